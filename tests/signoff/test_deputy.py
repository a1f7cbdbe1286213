"""Terms and deputies: who holds a role for how long, whose role it is, and what that binds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reviewer.errors import NotAllowedError
from reviewer.signoff import procedure
from reviewer.signoff.act import About, Enrol
from reviewer.signoff.codec import encode
from reviewer.signoff.form import form
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.record_proof import verify_record
from reviewer.signoff.roster import Roster
from reviewer.signoff.screening import LeftOut, Screening
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Channel, Role

from .by_hand import exported
from .office import ENGINE, Office, screening_of
from .printed import text_of
from .second_verifier import holds

MANDATE = "青办〔2026〕5号"


def add(office: Office, name: str, role: Role = Role.LEADER, **more: Any) -> None:
    key = office.keys.get(name) or office.newcomer(name)
    act = Enrol(name=name, role=role, public_key=key.public_key, exception=more.pop("exception", ""), **more)
    procedure.enrolled(office.pen("管理员"), act)


def delegate(office: Office, name: str = "郑十", giver: str = "王五", **more: Any) -> None:
    """From 2 March 2026, the day on which the office begins, to the 20th."""
    add(office, name, **{"deputy_for": giver, "mandate": MANDATE, "ends": "2026-03-20"} | more)


def roster(office: Office) -> Roster:
    return procedure.roster_of(office.ledger)


def on(office: Office, day: int, month: int = 3) -> None:
    office.now = datetime(2026, month, day, 2, 0, tzinfo=UTC)


# --- terms


@pytest.mark.parametrize(
    ("day", "names"),
    [("2026-03-09", ()), ("2026-03-10", ("郑十",)), ("2026-06-30", ("郑十",)), ("2026-07-01", ())],
)
def test_a_role_is_held_from_its_first_to_its_last_day(bare_office: Office, day: str, names: tuple[str, ...]) -> None:
    add(bare_office, "郑十", begins="2026-03-10", ends="2026-06-30", unit="青石县民政局/社会救助科")
    assert roster(bare_office).on(day).holders(Role.LEADER) == names
    assert [one.unit for one in roster(bare_office).active("郑十")] == ["青石县民政局/社会救助科"]


def test_nobody_signs_outside_the_term(office: Office) -> None:
    add(office, "郑十", begins="2026-03-10", ends="2026-03-12")
    number = office.submit()
    office.review(number)
    for day in (9, 13):
        on(office, day)
        with pytest.raises(NotAllowedError, match="郑十不是分管领导"):
            office.approve(number, by="郑十")
    assert procedure.roster_of(office.ledger).on("2026-03-13").holders(Role.LEADER) == ("王五", "孙七")


def test_the_day_is_a_chinese_one(office: Office) -> None:
    """The last day of a term ends at 16:00 UTC."""
    add(office, "郑十", ends="2026-03-02")
    number = office.submit()
    office.review(number)
    office.now = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    with pytest.raises(NotAllowedError, match="郑十不是分管领导"):
        office.approve(number, by="郑十")


def test_an_approval_falls_with_its_signers_term(office: Office) -> None:
    add(office, "郑十", ends="2026-03-12")
    number = office.submit()
    office.review(number)
    office.approve(number, by="郑十")
    on(office, 13)
    with pytest.raises(NotAllowedError, match="任期或代理已满"):
        office.publish(number)
    assert all_hold(verify_ledger(office.ledger))


def test_a_term_that_is_over_is_renewed(office: Office) -> None:
    add(office, "郑十", ends="2026-03-12")
    on(office, 13)
    add(office, "郑十", ends="2026-12-31")
    assert roster(office).on("2026-05-01").holders(Role.LEADER) == ("王五", "孙七", "郑十")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ends": "2026-3-1"}, "任期止"),
        ({"ends": "2026-03-01"}, "已过"),
        ({"begins": "2026-05-01", "ends": "2026-04-01"}, "早于任期起"),
        ({"role": Role.ADMINISTRATOR, "ends": "2026-04-01"}, "管理员不设任期"),
        ({"unit": "科\x00室"}, "控制字符"),
    ],
)
def test_terms_that_are_refused(bare_office: Office, more: dict[str, Any], said: str) -> None:
    with pytest.raises(NotAllowedError, match=said):
        add(bare_office, "郑十", **more)


# --- deputies


def test_a_deputy_signs_and_every_paper_says_for_whom(office: Office) -> None:
    delegate(office)
    number = office.submit()
    office.review(number)
    office.approve(number, by="郑十")
    office.publish(number)
    data = exported(office, number)
    steps = verify_record(data, office.files)
    told = [step.detail for step in steps if step.standing is Standing.NOTICE and step.name == "本件代签"]
    assert all_hold(steps)
    assert holds(data, office.files)
    assert told == [f"郑十代王五任分管领导，至 2026-03-20，{MANDATE}"]
    assert f"代王五签，授权：{MANDATE}" in text_of(form(office.case(number), roster(office), {}))
    assert any(step.name == "授权代理" for step in verify_ledger(office.ledger))


def test_whoever_signs_in_their_own_right_is_nobodys_deputy(office: Office) -> None:
    delegate(office)
    steps = verify_record(exported(office, office.published()), office.files)
    assert "本件代签" not in [step.name for step in steps]


def test_a_delegation_ends_on_its_day_and_voids_what_was_not_published(office: Office) -> None:
    delegate(office)
    number = office.submit()
    office.review(number)
    office.approve(number, by="郑十")
    on(office, 21)
    with pytest.raises(NotAllowedError, match="任期或代理已满"):
        office.publish(number)


def test_a_deputy_is_no_way_around_the_duties_of_who_delegates(office: Office) -> None:
    """The leader reviewed it, or drafted it, or let its findings pass: their deputy does not give the last word."""
    add(office, "王五", Role.REVIEWER, exception="人手不足")
    delegate(office)
    number = office.submit()
    office.review(number, by="王五")
    with pytest.raises(NotAllowedError, match="已在本件中任审核人"):
        office.approve(number, by="郑十")
    drafted = office.submit(drafter="陈一、王五")
    office.review(drafted)
    with pytest.raises(NotAllowedError, match="王五是承办人，不能审批自己的稿件，郑十也不能代其审批"):
        office.approve(drafted, by="郑十")
    office.approve(drafted, by="孙七")


def test_who_lent_a_duty_has_taken_it(office: Office) -> None:
    """Reviewed in the place of somebody who is leader besides: that one does not approve, nor does another deputy."""
    add(office, "王五", Role.REVIEWER, exception="人手不足")
    delegate(office, role=Role.REVIEWER)
    delegate(office, name="甲一")
    number = office.submit()
    office.review(number, by="郑十")
    for name in ("王五", "甲一"):
        with pytest.raises(NotAllowedError, match="已在本件中任审核人"):
            office.approve(number, by=name)
    office.approve(number, by="孙七")


def test_a_deputy_does_not_grant_the_exemption_of_who_delegates(office: Office) -> None:
    """Set aside beforehand by the leader: their deputy does not give the last word either."""
    delegate(office)
    aside = LeftOut(fingerprint="f", rule="personal-privacy/plate", by="王五", reason="公务用车", until="")
    manifest = read_manifest(office.files)
    first, *rest = screening_of(manifest).files
    screening = Screening(engine=ENGINE, files=(replace(first, set_aside=(aside,)), *rest))
    about = About(title="公务用车处置公告")
    number = procedure.submit(office.pen("张三"), manifest, screening, Channel.WEBSITE, about)
    office.review(number)
    with pytest.raises(NotAllowedError, match=r"王五本人作出的例外.*郑十也不能代其"):
        office.approve(number, by="郑十")
    office.approve(number, by="孙七")


def test_a_case_in_hand_is_handed_over_to_the_deputy_too(office: Office) -> None:
    delegate(office)
    number = office.submit()
    office.review(number)
    office.consult(number, by="王五")
    procedure.hand_over(office.pen("管理员"), "王五", "郑十", "出差")
    assert office.case(number).holder == "郑十"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"mandate": ""}, "授权文号"),
        ({"ends": ""}, "代理须有止日"),
        ({"giver": "李四"}, "李四不是在岗的分管领导"),
        ({"giver": "路人"}, "路人不是在岗的分管领导"),
        ({"name": "王五", "giver": "王五"}, "王五已是分管领导"),
        ({"giver": ""}, "没有写代理谁"),
        ({"role": Role.ADMINISTRATOR, "giver": "管理员"}, "不由人代理"),
    ],
)
def test_delegations_that_are_refused(office: Office, more: dict[str, Any], said: str) -> None:
    with pytest.raises(NotAllowedError, match=said):
        delegate(office, **more)


def test_a_delegation_is_not_passed_on_nor_outlasts_the_giver(office: Office) -> None:
    add(office, "甲一", ends="2026-03-15")
    with pytest.raises(NotAllowedError, match="代理不得长于甲一的任期"):
        delegate(office, giver="甲一")
    delegate(office)
    with pytest.raises(NotAllowedError, match="郑十不是在岗的分管领导"):
        delegate(office, name="乙二", giver="郑十")


def test_a_deputy_falls_with_who_delegates(office: Office) -> None:
    delegate(office)
    procedure.revoke(office.pen("管理员"), "王五", "调离")
    assert roster(office).holders(Role.LEADER) == ("孙七",)


def test_a_delegation_alone_is_ended(office: Office) -> None:
    """The reviewer who stood in for the leader goes on reviewing; both verifiers follow."""
    add(office, "赵六", deputy_for="王五", mandate=MANDATE, ends="2026-03-20")
    procedure.revoke(office.pen("管理员"), "赵六", "返岗", deputy_for="王五")
    assert [one.role for one in roster(office).active("赵六")] == [Role.REVIEWER]
    with pytest.raises(NotAllowedError, match="赵六没有代理王五"):
        procedure.revoke(office.pen("管理员"), "赵六", "返岗", deputy_for="王五")
    number = office.submit()
    office.review(number, by="赵六")
    office.approve(number)
    data = exported(office, number)
    assert all_hold(verify_record(data, office.files))
    assert holds(data, office.files)


def test_what_was_signed_before_terms_reads_as_it_did() -> None:
    act = Enrol(name="甲", role=Role.LEADER, public_key="k", exception="")
    assert encode(act) == {"name": "甲", "role": "leader", "public_key": "k", "exception": ""}
