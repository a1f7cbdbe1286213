"""Until when: reviews, answers, statutory periods, publicity, reports; over weekends, festivals and year ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewer.signoff import procedure
from reviewer.signoff.act import About, Answer
from reviewer.signoff.calendar import shipped_calendar
from reviewer.signoff.case import CaseState
from reviewer.signoff.deadline import Deadline, Standing, deadlines
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.ledger import create_ledger
from reviewer.signoff.manifest import read_manifest
from reviewer.signoff.moment import CHINA
from reviewer.signoff.pending import Matter
from reviewer.signoff.presets import preset
from reviewer.signoff.vocabulary import Addressee, Attribute, Channel, Opinion, Outcome, Overdue

from .office import PEOPLE, UNIT, Office, screening_of


@pytest.fixture
def office(tmp_path: Path, session_keys: dict[str, OpenKey]) -> Iterator[Office]:
    """Everybody in their roles since January."""
    files = tuple(tmp_path / name for name in ("公告.docx", "附件1.xlsx"))
    for path in files:
        path.write_bytes(path.name.encode())
    with create_ledger(tmp_path / "台账.db") as ledger:
        made = Office(folder=tmp_path, ledger=ledger, keys=dict(session_keys), files=files)
        move(made, "2026-01-05 09:00")
        procedure.found(made.pen("管理员"), UNIT)
        for name, role in PEOPLE.items():
            procedure.enrol(made.pen("管理员"), name, role, made.keys[name].public_key)
        move(made, "2026-03-02 09:00")
        yield made


def at(text: str) -> datetime:
    """A moment on a Chinese clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def move(office: Office, text: str) -> None:
    office.now = at(text).astimezone(UTC)


def send(
    office: Office, on: str, seen: CaseState | None = None, channel: Channel = Channel.WEBSITE, **more: object
) -> str:
    move(office, on)
    manifest = read_manifest(office.files)
    about = About(title="季度公告", **more)  # type: ignore[arg-type]
    return procedure.submit(office.pen("张三"), manifest, screening_of(manifest), channel, about, seen)


def clocks(office: Office, number: str) -> dict[Matter, Deadline]:
    roster = procedure.roster_of(office.ledger)
    return {one.matter: one for one in deadlines(office.case(number), roster, shipped_calendar())}


def last_day(office: Office, number: str, matter: Matter) -> str:
    return str(clocks(office, number)[matter].day)


def reply(office: Office, number: str, on: str, outcome: Outcome = Outcome.NOT_SECRET) -> None:
    move(office, on)
    act = Answer(consult=1, outcome=outcome, letter="复1号", day=on[:10], signatory="吴九", note="", received=on[:10])
    procedure.answer(office.pen("李四"), office.case(number), act)


@pytest.mark.parametrize(
    ("on", "urgent", "until"),
    [
        ("2026-03-02 09:00", False, "2026-03-09"),
        ("2026-03-02 23:58", False, "2026-03-09"),
        ("2026-03-02 09:00", True, "2026-03-03"),
        ("2026-02-13 17:00", False, "2026-02-27"),
        ("2026-09-30 17:00", True, "2026-10-08"),
    ],
)
def test_a_review_has_its_working_days(office: Office, on: str, urgent: bool, until: str) -> None:
    number = send(office, on, urgent=urgent)
    assert last_day(office, number, Matter.REVIEW) == until


def test_a_review_over_the_year_s_end(office: Office) -> None:
    number = send(office, "2026-12-24 09:00")
    assert last_day(office, number, Matter.REVIEW) == "2026-12-31"
    late = clocks(office, send(office, "2026-12-25 09:00"))[Matter.REVIEW]
    assert "2027 年放假安排没有录入" in late.fault
    assert late.standing(at("2027-02-01 09:00"), 3) is Standing.UNKNOWN


def test_asking_in_writing_stops_the_clock(office: Office) -> None:
    number = send(office, "2026-03-02 09:00")  # Monday
    move(office, "2026-03-04 09:00")
    office.consult(number, day="2026-03-04")
    waiting = clocks(office, number)[Matter.REVIEW]
    assert (waiting.until, waiting.left) == (None, 3)
    assert waiting.standing(at("2026-12-01 09:00"), 3) is Standing.SUSPENDED
    assert last_day(office, number, Matter.ANSWER) == "2026-03-25"
    reply(office, number, "2026-03-20 16:00")
    assert last_day(office, number, Matter.REVIEW) == "2026-03-25"
    assert Matter.ANSWER not in clocks(office, number)


def test_two_letters_do_not_stop_it_twice(office: Office) -> None:
    number = send(office, "2026-03-02 09:00")
    office.consult(number, addressee=Addressee.THIRD_PARTY)
    office.consult(number)
    move(office, "2026-03-06 09:00")
    act = Answer(
        consult=2, outcome=Outcome.ADVICE, letter="复2号", day="2026-03-06", signatory="吴九", note="",
        received="2026-03-06",
    )  # fmt: skip
    procedure.answer(office.pen("李四"), office.case(number), act)
    assert clocks(office, number)[Matter.REVIEW].left == 5
    reply(office, number, "2026-03-09 09:00", Outcome.CONSENT)
    assert last_day(office, number, Matter.REVIEW) == "2026-03-16"


def test_what_was_late_before_anybody_asked_stays_late(office: Office) -> None:
    number = send(office, "2026-03-02 09:00")
    move(office, "2026-03-12 09:00")
    office.consult(number, day="2026-03-12")
    late = clocks(office, number)[Matter.REVIEW]
    assert (str(late.day), late.standing(office.now, 3)) == ("2026-03-09", Standing.OVERDUE)


def test_a_new_version_starts_the_clock_again(office: Office) -> None:
    number = send(office, "2026-03-02 09:00")
    office.review(number, Opinion.RETURN)
    assert clocks(office, number) == {}
    send(office, "2026-03-10 09:00", office.case(number))
    assert last_day(office, number, Matter.REVIEW) == "2026-03-17"


@pytest.mark.parametrize(
    ("addressee", "until", "said"),
    [
        (Addressee.SECRECY_ADMINISTRATION, "2026-03-23", "不视为同意"),
        (Addressee.THIRD_PARTY, "2026-03-23", "第三十二条：收到征求意见书起 15 个工作日"),
        (Addressee.ORGAN, "2026-03-23", "第十一条"),
        (Addressee.CO_ISSUER, "2026-03-23", "第三十四条"),
    ],
)
def test_an_answer_is_expected(office: Office, addressee: Addressee, until: str, said: str) -> None:
    number = send(office, "2026-03-02 09:00")
    office.consult(number, addressee=addressee)
    answer = clocks(office, number)[Matter.ANSWER]
    assert (str(answer.day), answer.who) == (until, ("李四",))
    assert said in answer.basis


def test_disclosure_within_twenty_days_is_not_suspended(office: Office) -> None:
    number = send(office, "2026-03-03 09:00", formed="2026-03-02")
    office.consult(number)
    assert last_day(office, number, Matter.DISCLOSE) == "2026-03-30"


def test_what_is_not_proactive_has_no_such_period(office: Office) -> None:
    number = send(office, "2026-03-03 09:00", formed="2026-03-02", attribute=Attribute.NONE, channel=Channel.OTHER)
    assert Matter.DISCLOSE not in clocks(office, number)


@pytest.mark.parametrize(
    ("addressee", "outcome", "until"),
    [
        pytest.param(Addressee.THIRD_PARTY, Outcome.CONSENT, "2026-04-07", id="a third party's time is not counted"),
        pytest.param(Addressee.ORGAN, Outcome.CONSENT, "2026-04-07", id="nor another organ's"),
        pytest.param(Addressee.SECRECY_ADMINISTRATION, Outcome.NOT_SECRET, "2026-03-30", id="the secrecy office's is"),
    ],
)
def test_a_request_is_answered_within_twenty_days(
    office: Office, addressee: Addressee, outcome: Outcome, until: str
) -> None:
    on_request = {"attribute": Attribute.ON_REQUEST, "channel": Channel.ON_REQUEST}
    number = send(office, "2026-03-02 09:00", requested="2026-03-02", **on_request)
    office.consult(number, addressee=addressee)
    reply(office, number, "2026-03-09 09:00", outcome)
    assert last_day(office, number, Matter.REPLY) == until


def test_an_approval_waits_to_the_hour(office: Office) -> None:
    number = office.approved()
    publish = clocks(office, number)[Matter.PUBLISH]
    expires = office.case(number).expires
    assert expires is not None
    assert (publish.until, publish.who, publish.to_the_hour) == (expires, ("张三",), True)
    assert publish.standing(expires, 3) is Standing.OVERDUE
    assert publish.standing(expires - timedelta(hours=1), 3) is Standing.TODAY


@pytest.mark.parametrize(("days", "off"), [(7, "2026-03-10"), (5, "2026-03-08")])
def test_publicity_counts_calendar_days(office: Office, days: int, off: str) -> None:
    """Published on 2 March for seven days: 3 to 9 March, off on the 10th, were it a Sunday."""
    number = send(office, "2026-03-02 09:00", publicity_days=days)
    office.review(number)
    office.approve(number)
    office.publish(number)
    removal = clocks(office, number)[Matter.REMOVE]
    assert (str(removal.day), removal.who) == (off, ("张三",))
    procedure.take_down(office.pen("张三"), office.case(number), "公示期满", suspected_leak=False)
    assert clocks(office, number) == {}


def test_a_leak_is_reported_within_24_hours(office: Office) -> None:
    number = office.published()
    move(office, "2026-03-06 17:30")
    procedure.take_down(office.pen("张三"), office.case(number), "误发", suspected_leak=True)
    report = clocks(office, number)[Matter.REPORT]
    assert report.until == office.case(number).leak_deadline
    assert str(report.day) == "2026-03-07"  # a Saturday: hours do not rest


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("2026-03-02 10:00", Standing.RUNNING),
        ("2026-03-06 00:00", Standing.SOON),
        ("2026-03-09 00:00", Standing.TODAY),
        ("2026-03-09 23:59", Standing.TODAY),
        ("2026-03-10 00:00", Standing.OVERDUE),
    ],
)
def test_how_a_deadline_stands(office: Office, now: str, standing: Standing) -> None:
    review = clocks(office, send(office, "2026-03-02 09:00"))[Matter.REVIEW]
    assert review.standing(at(now), 3) is standing


def test_late_reviews_are_told_to_the_leader_where_the_chain_says_so(office: Office) -> None:
    from dataclasses import replace

    number = send(office, "2026-03-02 09:00")
    assert clocks(office, number)[Matter.REVIEW].also == ()
    chain = replace(preset("three"), on_timeout=Overdue.ESCALATE)
    procedure.adopt(office.pen("管理员"), chain, "加强督办")
    late = clocks(office, send(office, "2026-03-03 09:00"))[Matter.REVIEW]
    assert (late.who, late.also) == (("李四", "赵六"), ("王五", "孙七"))


def test_time_alone_moves_nothing(office: Office) -> None:
    number = send(office, "2026-03-02 09:00")
    before = office.case(number)
    office.now += timedelta(days=300)
    assert office.case(number) == before
