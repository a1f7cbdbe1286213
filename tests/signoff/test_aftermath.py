"""Partial approvals, extensions, corrections, suspected leaks, second looks, the archive, requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import About, Answer, Approve
from reviewer.signoff.aftermath import Archive, Extend, Incident, Ratify, Reassess, Report
from reviewer.signoff.calendar import shipped_calendar
from reviewer.signoff.clearance import Cleared, NotCleared, signed_off
from reviewer.signoff.deadline import Matter, deadlines, request_deadlines
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.moment import instant
from reviewer.signoff.pen import said
from reviewer.signoff.request import Applicant, Means, Reply, Request, Result, Supplement
from reviewer.signoff.vocabulary import Addressee, Channel, Ground, Opinion, Outcome, Recipient, Retention, Status
from reviewer.terms import Action

from .office import Office, screening_of, warned

FILED = Archive(file="2026-保-3", retention=Retention.TEN_YEARS)


def say(office: Office, case: str, act: object, by: str = "张三") -> None:
    procedure.say(office.pen(by), office.case(case), act)  # type: ignore[arg-type]


def sent(office: Office, channel: Channel = Channel.WEBSITE, **more: object) -> str:
    manifest = read_manifest(office.files)
    about = About(title="季度公告", **more)  # type: ignore[arg-type]
    return procedure.submit(office.pen("张三"), manifest, screening_of(manifest), channel, about)


def matters(office: Office, case: str) -> dict[Matter, str]:
    roster = procedure.roster_of(office.ledger)
    return {one.matter: str(one.day) for one in deadlines(office.case(case), roster, shipped_calendar())}


# --- approving


def test_a_leader_approves_a_part_with_ground_and_words(office: Office) -> None:
    case = office.submit()
    office.review(case)
    with pytest.raises(NotAllowedError, match="缺少签批意见"):
        procedure.approve(office.pen("王五"), office.case(case), withheld=(Ground.PERSONAL_PRIVACY,))
    procedure.approve(office.pen("王五"), office.case(case), "附件略去住址", withheld=(Ground.PERSONAL_PRIVACY,))
    state = office.case(case)
    assert (state.outcome, state.signoffs[-1].grounds) == (Opinion.PARTIAL, (Ground.PERSONAL_PRIVACY,))


def test_an_approval_states_every_warning_that_was_shown(office: Office) -> None:
    from .office import releasable

    case = office.submit(warned("f-one"), warned("f-two"))
    office.review(case, settled=(releasable("f-one"), releasable("f-two")))
    for shown in ((), ("f-one",), ("f-two", "f-one")):
        with pytest.raises(NotAllowedError, match="显示过的全部提示"):
            say(office, case, Approve(package=office.case(case).package, comment="", shown=shown), by="王五")
    office.approve(case)
    assert office.case(case).signoffs[-1].shown == ("f-one", "f-two")


@pytest.mark.parametrize(
    ("found", "allowed"),
    [
        ((), True),
        ((warned("f-known"),), True),
        ((warned("f-new"),), False),
        ((warned("f-new", Action.NOTE),), True),
    ],
    ids=["nothing", "what was shown", "something grave", "a note"],
)
def test_a_grave_finding_of_newer_rules_voids_the_approval(office: Office, found: tuple, allowed: bool) -> None:  # type: ignore[type-arg]
    from .office import releasable

    case = office.submit(warned("f-known"))
    office.review(case, settled=(releasable("f-known"),))
    office.approve(case)
    again = screening_of(read_manifest(office.files), *found)
    if allowed:
        procedure.publish(office.pen("张三"), office.case(case), office.files, screening=again)
        return
    with pytest.raises(NotAllowedError, match=r"现行规则发现了批准时没有提示过的问题[\s\S]*公告\.docx 表1!C4"):
        procedure.publish(office.pen("张三"), office.case(case), office.files, screening=again)


# --- extension


def test_the_time_for_an_answer_is_extended_once(office: Office) -> None:
    case = sent(office, Channel.ON_REQUEST, requested="2026-03-02")
    assert matters(office, case)[Matter.REPLY] == "2026-03-30"
    act = Extend(days=20, reason="需征求意见", letter="告〔2026〕1号", day="2026-03-20")
    with pytest.raises(NotAllowedError, match="不得超过 20"):
        say(office, case, Extend(days=21, reason="多", letter="告1号", day="2026-03-20"), by="王五")
    with pytest.raises(NotAllowedError, match="政府信息公开工作机构、分管领导"):
        say(office, case, act)
    say(office, case, act, by="王五")
    assert matters(office, case)[Matter.REPLY] == "2026-04-28"  # Qingming is a holiday
    with pytest.raises(NotAllowedError, match="已经延长过"):
        say(office, case, act, by="王五")
    with pytest.raises(NotAllowedError, match="不是依申请公开"):
        say(office, office.submit(), act, by="王五")


def test_the_wait_ends_on_the_day_the_answer_arrived(office: Office) -> None:
    case = sent(office, Channel.ON_REQUEST, requested="2026-03-02")
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.now += timedelta(days=14)  # recorded on 16 March, but received on the 6th
    office.answer(case, Outcome.CONSENT)
    assert matters(office, case)[Matter.REPLY] == "2026-04-03"


# --- correction


def test_a_correction_is_a_case_of_its_own(office: Office) -> None:
    old = office.published()
    digest = office.case(old).manifest.files[0].sha256
    with pytest.raises(NotAllowedError, match="不是 2026-0001 的更正件"):
        procedure.correct(office.pen("张三"), office.case(old), office.submit(), "数字有误")
    office.files[0].write_bytes(b"corrected")
    new = sent(office, corrects=old)
    with pytest.raises(NotAllowedError, match="尚未发布"):
        procedure.correct(office.pen("张三"), office.case(old), new, "数字有误")
    office.review(new)
    office.approve(new)
    office.publish(new)
    procedure.correct(office.pen("张三"), office.case(old), new, "数字有误")
    assert (office.case(old).status, office.case(old).on_line) == (Status.CORRECTED, False)
    assert isinstance(signed_off(office.ledger, [digest], office.now)[0], NotCleared)


# --- suspected leaks


def reported(office: Office, case: str, to: Recipient) -> None:
    at = instant(office.now)
    say(office, case, Report(to=to, organ="青石县某局", at=at, means="密传 3 号"), by="周八")


def test_a_suspected_leak_stops_everything_and_waits_for_two_reports(office: Office) -> None:
    case = office.published()
    found = office.now
    say(office, case, Incident(discovered=instant(found), what="附件含内部电话"), by="李四")
    state = office.case(case)
    assert (state.status, state.leak_deadline) == (Status.INCIDENT, found + timedelta(hours=24))
    assert isinstance(signed_off(office.ledger, [state.manifest.files[0].sha256], office.now)[0], NotCleared)
    procedure.take_down(office.pen("李四"), state, "疑似泄密", suspected_leak=False)
    reported(office, case, Recipient.SECRECY_ADMINISTRATION)
    assert Matter.REPORT in matters(office, case)
    with pytest.raises(NotAllowedError, match="疑似泄密未报告，不能归档"):
        say(office, case, FILED)
    reported(office, case, Recipient.SUPERIOR)
    assert Matter.REPORT not in matters(office, case)
    say(office, case, FILED)


def test_a_draft_that_leaked_is_quarantined(office: Office) -> None:
    case = office.approved()
    say(office, case, Incident(discovered=instant(office.now), what="稿件外传"))
    assert office.case(case).status is Status.QUARANTINED
    with pytest.raises(NotAllowedError):
        office.publish(case)


@pytest.mark.parametrize(
    ("discovered", "why"), [("2027-01-01T00:00:00Z", "晚于现在"), ("三月二日", "不合格式"), ("2026-03-02", "不合格式")]
)
def test_a_leak_was_discovered_at_some_time(office: Office, discovered: str, why: str) -> None:
    case = office.published()
    with pytest.raises(NotAllowedError, match=why):
        say(office, case, Incident(discovered=discovered, what="误发"))


def test_nothing_is_reported_before_it_was_discovered(office: Office) -> None:
    case = office.published()
    with pytest.raises(NotAllowedError, match="先用 case incident"):
        reported(office, case, Recipient.SUPERIOR)
    say(office, case, Incident(discovered=instant(office.now), what="误发"))
    early = Report(to=Recipient.SUPERIOR, organ="某局", at="2026-03-01T00:00:00Z", means="电话")
    with pytest.raises(NotAllowedError, match="早于发现时间"):
        say(office, case, early)


def test_an_emergency_removal_is_confirmed_by_a_leader(office: Office) -> None:
    case = office.published()
    procedure.take_down(office.pen("周八"), office.case(case), "误发", suspected_leak=False)
    assert matters(office, case)[Matter.RATIFY] == "2026-03-03"
    with pytest.raises(NotAllowedError, match="撤除由分管领导确认"):
        say(office, case, Ratify(comment="同意"), by="李四")
    say(office, case, Ratify(comment="同意撤除"), by="孙七")
    assert Matter.RATIFY not in matters(office, case)
    with pytest.raises(NotAllowedError, match="没有待确认的撤除"):
        say(office, case, Ratify(comment="再确认"), by="王五")


@pytest.mark.parametrize("by", ["张三", "王五"])
def test_a_removal_in_order_needs_no_confirmation(office: Office, by: str) -> None:
    case = office.published()
    procedure.take_down(office.pen(by), office.case(case), "过期", suspected_leak=False)
    assert Matter.RATIFY not in matters(office, case)


# --- second looks and the archive


def test_what_was_withheld_is_looked_at_again(office: Office) -> None:
    case = office.submit()
    office.review(case, Opinion.REFUSE, grounds=(Ground.IN_PROCESS,), reassess_on="2026-09-01")
    assert matters(office, case)[Matter.REASSESS] == "2026-09-01"
    say(office, case, FILED)
    with pytest.raises(NotAllowedError, match="重新评估由"):
        say(office, case, Reassess(reason="已印发"), by="李四")
    say(office, case, Reassess(reason="已印发"))
    assert office.case(case).status is Status.RETURNED
    office.submit(seen=office.case(case))
    office.review(case)
    office.approve(case)


def test_only_what_is_withheld_has_a_second_look(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="只有不公开的"):
        office.review(office.submit(), reassess_on="2026-09-01")
    case = office.published()
    say(office, case, FILED)
    with pytest.raises(NotAllowedError, match="已公开过"):
        say(office, case, Reassess(reason="再看"))


def test_what_is_refused_needs_no_decision_on_an_objection_to_be_filed(office: Office) -> None:
    case = office.submit()
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    office.answer(case, Outcome.OBJECTION)
    office.review(case, Opinion.REFUSE, grounds=(Ground.IN_PROCESS,))
    assert office.case(case).undecided
    say(office, case, FILED)
    assert office.case(case).status is Status.ARCHIVED


def test_what_is_on_file_is_still_on_line(office: Office) -> None:
    case = office.published()
    digest = office.case(case).manifest.files[0].sha256
    say(office, case, FILED)
    assert isinstance(signed_off(office.ledger, [digest], office.now)[0], Cleared)
    procedure.take_down(office.pen("张三"), office.case(case), "过期", suspected_leak=False)
    assert isinstance(signed_off(office.ledger, [digest], office.now)[0], NotCleared)


# --- requests


def asked(office: Office, received: str = "2026-03-02") -> str:
    act = Request(means=Means.NETWORK, received=received, applicant=Applicant.COMPANY, matter="2025 年供水合同")
    return procedure.receive(office.pen("张三"), act)


def request_day(office: Office, number: str) -> str | None:
    state = procedure.open_request(office.ledger, number)
    cases = tuple(one for one in procedure.all_cases(office.ledger) if one.submitted.about.request == number)
    found = request_deadlines(state, cases, procedure.roster_of(office.ledger), shipped_calendar())
    return str(found[0].day) if found else None


def test_a_request_from_receipt_to_answer(office: Office) -> None:
    number = asked(office, "2026-03-01")
    assert (number, asked(office, "2026-02-28")) == ("申2026-0001", "申2026-0002")
    say_of = lambda act: procedure.answer_request(office.pen("张三"), number, act)  # noqa: E731
    assert request_day(office, number) == "2026-03-27"
    say_of(Supplement(letter="补〔2026〕1号", asked="2026-03-03"))
    assert request_day(office, number) == "None"
    with pytest.raises(NotAllowedError, match="尚未收到"):
        say_of(Supplement(letter="补〔2026〕2号", asked="2026-03-04"))
    say_of(Supplement(letter="补〔2026〕1号", asked="2026-03-03", answered="2026-03-09"))
    assert request_day(office, number) == "2026-04-07"
    say_of(Extend(days=5, reason="量大", letter="告1号", day="2026-03-10"))
    assert request_day(office, number) == "2026-04-14"
    office.now += timedelta(days=8)  # 10 March
    case = sent(office, Channel.ON_REQUEST, request=number)
    office.consult(case, addressee=Addressee.THIRD_PARTY)
    assert request_day(office, number) == "None"
    answer = Answer(
        consult=1, outcome=Outcome.CONSENT, letter="复1号", day="2026-03-12", signatory="某", note="",
        received="2026-03-13",
    )  # fmt: skip
    procedure.answer(office.pen("李四"), office.case(case), answer)
    assert request_day(office, number) == "2026-04-17"
    say_of(Reply(result=Result.DISCLOSED, letter="答〔2026〕1号", day="2026-03-30", case=case))
    assert request_day(office, number) is None
    with pytest.raises(NotAllowedError, match="已答复"):
        say_of(Supplement(letter="补3号", asked="2026-03-31"))
    assert len(procedure.all_cases(office.ledger)) == 1


@pytest.mark.parametrize(
    ("act", "by", "why"),
    [
        (Reply(result=Result.NOT_HELD, letter="", day="2026-03-30"), "张三", "缺少答复文号"),
        (Reply(result=Result.NOT_HELD, letter="答1号", day="2026-02-01"), "张三", "早于收到日期"),
        (Reply(result=Result.NOT_HELD, letter="答1号", day="2026-03-30"), "李四", "依申请公开由"),
    ],
)
def test_an_answer_to_a_request_has_its_form(office: Office, act: Reply, by: str, why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        procedure.answer_request(office.pen(by), asked(office), act)


def test_a_request_is_no_case_and_no_case_a_request(office: Office) -> None:
    from reviewer.signoff.act import Withdraw

    number = asked(office)
    with pytest.raises(NotAllowedError, match="是依申请登记"):
        said(office.pen("张三"), number, Withdraw(reason="不办了"))
    with pytest.raises(NotAllowedError):
        said(office.pen("张三"), "2026-0009", Reply(result=Result.OTHER, letter="1", day="2026-03-02"))
    case = office.submit()
    for act in (
        Reply(result=Result.OTHER, letter="1", day="2026-03-02"),
        Request(means=Means.POST, received="2026-03-02", applicant=Applicant.OTHER, matter="合同"),
    ):
        with pytest.raises(NotAllowedError, match="不能办这一步"):
            said(office.pen("张三"), case, act)
