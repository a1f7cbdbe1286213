"""Objections and silence: what they void, what may be concluded from them, and what nobody may conclude."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reviewer.errors import EvidenceError, NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import About
from reviewer.signoff.calendar import Calendar, shipped_calendar
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.objection import Decide, Lapse, Objection
from reviewer.signoff.proof import Standing
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import proved_replay, verify_record
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Addressee, Conclusion, Ground, Opinion, Outcome, Status

from .office import Office, screening_of

LATE = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
OBJECTION = Objection(
    party=Addressee.THIRD_PARTY, name="某公司", letter="函3号", day="2026-03-01", received="2026-03-02",
    reason="含商业秘密", outcome=Outcome.OBJECTION,
)  # fmt: skip


def decide(office: Office, case: str, conclusion: Conclusion, by: str = "周八", notice: str = "告〔2026〕2号") -> None:
    act = Decide(objection=1, conclusion=conclusion, reason="公共利益", notice=notice)
    procedure.say(office.pen(by), office.case(case), act)


def lapse(
    office: Office,
    case: str,
    conclusion: Conclusion,
    received: str = "2026-03-02",
    by: str = "李四",
    reason: str = "无损",
) -> None:
    calendar = shipped_calendar()
    procedure.lapse(office.pen(by), office.case(case), 1, received, conclusion, reason, calendar)


def requested(office: Office) -> str:
    manifest = read_manifest(office.files)
    about = About(title="合同", requested="2026-03-02")
    from reviewer.signoff.vocabulary import Channel

    return procedure.submit(office.pen("张三"), manifest, screening_of(manifest), Channel.ON_REQUEST, about)


def test_a_late_objection_voids_every_sign_off(office: Office) -> None:
    case = office.approved()
    procedure.say(office.pen("张三"), office.case(case), OBJECTION)
    state = office.case(case)
    assert (state.status, state.hop, state.signoffs) == (Status.SUBMITTED, 0, ())
    for step in (lambda: office.publish(case), lambda: office.approve(case)):
        with pytest.raises(NotAllowedError):
            step()
    with pytest.raises(NotAllowedError, match="有异议未决定"):
        office.review(case)


def test_an_objection_in_an_answer_must_be_decided_too(office: Office) -> None:
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.answer(case, Outcome.OBJECTION)
    with pytest.raises(NotAllowedError, match="有异议未决定，不能同意：1 青石县"):
        office.review(case)
    decide(office, case, Conclusion.DISCLOSE)
    office.review(case)
    office.approve(case)
    office.publish(case)


def test_disclosing_against_an_objection_is_told_in_writing(office: Office) -> None:
    case = office.submit()
    procedure.say(office.pen("张三"), office.case(case), OBJECTION)
    with pytest.raises(NotAllowedError, match="书面告知"):
        decide(office, case, Conclusion.DISCLOSE, notice="")
    with pytest.raises(NotAllowedError, match="不能视为同意"):
        decide(office, case, Conclusion.DEEMED)


def test_what_was_decided_to_be_withheld_needs_other_bytes(office: Office) -> None:
    case = office.submit()
    procedure.say(office.pen("张三"), office.case(case), OBJECTION)
    decide(office, case, Conclusion.WITHHOLD, notice="")
    with pytest.raises(NotAllowedError, match="已决定不公开这一版"):
        office.review(case)
    office.files[1].write_bytes(b"without the trade secret")
    office.submit(seen=office.case(case))
    office.review(case, Opinion.PARTIAL, grounds=(Ground.TRADE_SECRET,), comment="附件有删减")
    office.approve(case)


def test_a_new_version_does_not_lose_the_objection(office: Office) -> None:
    case = office.submit()
    procedure.say(office.pen("张三"), office.case(case), OBJECTION)
    office.files[1].write_bytes(b"one byte more")
    office.submit(seen=office.case(case))
    with pytest.raises(NotAllowedError, match="有异议未决定"):
        office.review(case)


def test_who_overrides_an_objection_does_not_approve(office: Office) -> None:
    case = office.submit()
    procedure.say(office.pen("张三"), office.case(case), OBJECTION)
    decide(office, case, Conclusion.DISCLOSE, by="王五")
    office.review(case)
    with pytest.raises(NotAllowedError, match="不能由其本人批准"):
        office.approve(case, by="王五")
    office.approve(case, by="孙七")


def test_silence_of_a_third_party_is_decided_upon_with_a_reason(office: Office) -> None:
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    with pytest.raises(NotAllowedError, match=r"期限未满.*2026-03-23"):
        lapse(office, case, Conclusion.DISCLOSE)
    office.now = datetime(2026, 3, 23, 15, 50, tzinfo=UTC)  # ten minutes before midnight in China
    with pytest.raises(NotAllowedError, match="期限未满"):
        lapse(office, case, Conclusion.DISCLOSE)
    office.now = LATE
    with pytest.raises(NotAllowedError, match="缺少理由"):
        lapse(office, case, Conclusion.DISCLOSE, reason="")
    with pytest.raises(NotAllowedError, match="结论应为：决定公开、决定不公开"):
        lapse(office, case, Conclusion.DEEMED)
    lapse(office, case, Conclusion.DISCLOSE)
    assert office.case(case).status is Status.SUBMITTED
    office.review(case)
    office.approve(case)


def test_withholding_after_silence_binds(office: Office) -> None:
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.now = LATE
    lapse(office, case, Conclusion.WITHHOLD)
    with pytest.raises(NotAllowedError, match="已决定不公开这一版"):
        office.review(case)
    office.review(case, Opinion.REFUSE, grounds=(Ground.TRADE_SECRET,))


@pytest.mark.parametrize("addressee", [Addressee.SECRECY_ADMINISTRATION, Addressee.ORGAN, Addressee.CO_ISSUER], ids=str)
@pytest.mark.parametrize("conclusion", list(Conclusion), ids=str)
def test_other_silence_means_nothing(office: Office, addressee: Addressee, conclusion: Conclusion) -> None:
    case = office.submit()
    office.consult(case, addressee=addressee)
    office.now = LATE
    with pytest.raises(NotAllowedError, match="不答复不等于同意"):
        lapse(office, case, conclusion)


def test_a_co_issuer_s_silence_on_a_request_is_consent_and_no_approval(office: Office) -> None:
    case = requested(office)
    office.consult(case, addressee=Addressee.CO_ISSUER)
    office.now = LATE
    with pytest.raises(NotAllowedError, match="结论应为：视为同意公开"):
        lapse(office, case, Conclusion.DISCLOSE)
    lapse(office, case, Conclusion.DEEMED)
    state = office.case(case)
    assert (state.status, state.signoffs) == (Status.SUBMITTED, ())
    with pytest.raises(NotAllowedError):
        office.publish(case)


def test_a_term_that_no_calendar_makes_is_refused(office: Office) -> None:
    """Who writes the act past the calendar still cannot say fewer than fifteen days."""
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.now += timedelta(days=12)
    act = Lapse(
        consult=1, received="2026-03-02", due="2026-03-10", conclusion=Conclusion.DISCLOSE, reason="无损"
    )  # fmt: skip
    with pytest.raises(NotAllowedError, match="期限未满"):
        procedure.say(office.pen("李四"), office.case(case), act)


def test_an_organ_classifies_what_is_its_own(office: Office) -> None:
    secret = replace(OBJECTION, party=Addressee.ORGAN, outcome=Outcome.SECRET)
    case = office.approved()
    procedure.say(office.pen("李四"), office.case(case), secret)
    assert office.case(case).status is Status.QUARANTINED
    with pytest.raises(NotAllowedError, match="第三方（权利人）的来函不能登记为“属密”"):
        procedure.say(office.pen("李四"), office.case(office.approved()), replace(secret, party=Addressee.THIRD_PARTY))
    with pytest.raises(NotAllowedError, match="case incident"):
        procedure.say(office.pen("李四"), office.case(office.published()), secret)


def test_an_objection_to_what_is_on_line_asks_for_a_decision(office: Office) -> None:
    from reviewer.signoff.pending import next_step

    case = office.published()
    procedure.say(office.pen("李四"), office.case(case), OBJECTION)
    roster = procedure.roster_of(office.ledger)
    assert "有异议未决定" in next_step(office.case(case), roster)
    decide(office, case, Conclusion.WITHHOLD, notice="")
    assert "立即撤下" in next_step(office.case(case), roster)


def silent(office: Office, due: str) -> str:
    """A case that went on because a third party was silent until that day, as one without the program writes it."""
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.now = LATE
    act = Lapse(consult=1, received="2026-03-02", due=due, conclusion=Conclusion.DISCLOSE, reason="无损")
    procedure.say(office.pen("李四"), office.case(case), act)
    office.review(case)
    office.approve(case)
    return case


OTHER_YEARS = Calendar(years=tuple(year for year in shipped_calendar().years if year.year != 2026))


@pytest.mark.parametrize(
    ("due", "calendar", "standing"),
    [
        ("2026-03-23", shipped_calendar(), Standing.PROVEN),
        pytest.param("2026-03-25", shipped_calendar(), Standing.PROVEN, id="longer by the office's own holidays"),
        ("2026-03-20", shipped_calendar(), Standing.BROKEN),
        pytest.param("2026-03-23", OTHER_YEARS, Standing.NOT_PROVEN, id="the year is not known to the reader"),
    ],
)
def test_working_days_of_a_silence_are_counted_again(
    office: Office, due: str, calendar: Calendar, standing: Standing
) -> None:
    record = write_record(export_record(office.ledger, silent(office, due)))
    for steps in (
        verify_ledger(office.ledger, calendar=calendar),
        verify_record(record, office.files, calendar=calendar),
    ):
        told = {step.name: step.standing for step in steps}
        assert told.pop("答复期限") is standing
        assert set(told.values()) <= {Standing.PROVEN, Standing.NOTICE}


def test_the_gate_lets_nothing_pass_on_a_silence_that_was_too_short(office: Office) -> None:
    record = write_record(export_record(office.ledger, silent(office, "2026-03-20")))
    with pytest.raises(EvidenceError, match=r"答复期限.*早于 2026-03-23"):
        proved_replay(record, procedure.roster_of(office.ledger).genesis_key)


def test_without_a_silence_no_step_speaks_of_one(office: Office) -> None:
    office.published()
    assert "答复期限" not in {step.name for step in verify_ledger(office.ledger)}
