"""What is pending and for whom: the deadlines, the page and the list of cases say the same, whatever happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from reviewer.cli.case_page import listed, told
from reviewer.cli.case_way import way as drawn
from reviewer.errors import NotAllowedError
from reviewer.signoff.act import About, Revoke
from reviewer.signoff.calendar import Calendar, shipped_calendar
from reviewer.signoff.case import CaseState
from reviewer.signoff.deadline import deadlines
from reviewer.signoff.moment import day_of
from reviewer.signoff.pending import Matter, pending
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Attribute, Ground, Opinion, Status

from .desk import Desk
from .test_transitions import ACTS, FOLLOWS, STATES

# Every clock there is may run for this one.
ABOUT = About(
    title="公示", formed="2026-03-01", requested="2026-03-02", publicity_days=7, attribute=Attribute.PROACTIVE
)
# Clocks of the whole case: for whoever has to do the next thing. A removal is at once where it is ordered.
WHOLE = frozenset({Matter.REVIEW, Matter.DISCLOSE, Matter.REPLY})
# Nothing is published on the word of somebody who has gone.
IN_PLACE = {Matter.REMOVE: Matter.TAKE_DOWN, Matter.PUBLISH: Matter.MEND}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return shipped_calendar()


def refused_until(desk: Desk) -> None:
    desk.review(Opinion.REFUSE, grounds=(Ground.IN_PROCESS,), reassess_on="2026-09-01")


def agree(case: CaseState, roster: Roster, calendar: Calendar) -> set[Matter]:
    """Every duty that has a deadline stands on the page and in the list, for the same people; the matters found."""
    page, row, todo = "\n".join(told(case, roster)), listed(case, roster), pending(case, roster)
    for one in todo:
        assert one.told in page
        assert one.short in row
        assert all(name in one.told and name in one.short for name in one.who)
    running = deadlines(case, roster, calendar)
    for clock in running:
        kept = todo[:1] if clock.matter in WHOLE else [one for one in todo if one.matter is clock.matter]
        kept = kept or [one for one in todo if one.matter is IN_PLACE.get(clock.matter)]
        (here,) = kept
        assert set(clock.who) <= set(here.who), clock
    assert todo or not running
    assert bool(todo) == ("本件已办结" not in page) == (not row.endswith("\t"))
    assert todo or not case.is_open
    return {clock.matter for clock in running} | {one.matter for one in todo}


@pytest.mark.parametrize("status", Status, ids=str)
def test_wherever_two_acts_lead_all_three_agree(desk: Desk, calendar: Calendar, status: Status) -> None:
    here = desk.fork()
    here.submit(about=ABOUT)
    STATES[status](here)
    agree(here.case, here.replay.roster, calendar)
    for first in FOLLOWS[status].split():
        there = then(here, ACTS[first.partition("→")[0]])
        agree(there.case, there.replay.roster, calendar)
        for second in ACTS.values():
            try:
                beyond = then(there, second)
            except NotAllowedError:
                continue
            agree(beyond.case, beyond.replay.roster, calendar)


def then(desk: Desk, act: Callable[[Desk], None]) -> Desk:
    after = desk.fork()
    act(after)
    return after


def test_every_matter_occurs(desk: Desk, calendar: Calendar) -> None:
    """The property above speaks of each of them."""
    seen: set[Matter] = set()
    ways = [
        *((STATES[status],) for status in Status),
        (STATES[Status.PUBLISHED], ACTS["take_down"]),
        (STATES[Status.SUBMITTED], ACTS["objection"]),
        (refused_until,),
    ]
    for way in ways:
        here = desk.fork()
        here.submit(about=ABOUT)
        for step in way:
            step(here)
        seen |= agree(here.case, here.replay.roster, calendar)
    assert seen == set(Matter)


def test_what_runs_later_is_told_with_its_day(desk: Desk) -> None:
    here = desk.fork()
    here.submit(about=replace(ABOUT, requested=""))
    STATES[Status.PUBLISHED](here)
    (one,) = pending(here.case, here.replay.roster)
    assert one.told == "公示期满后，张三于 2026-03-10 撤下（case takedown）。"
    assert listed(here.case, here.replay.roster).endswith("\t公示期满撤下 2026-03-10（张三）")
    assert "·公示期满撤下 2026-03-10" in "\n".join(told(here.case, here.replay.roster))


@pytest.mark.parametrize(("gone", "acts"), [("李四", 1), ("李四", 2), ("王五", 2)])
def test_a_signer_who_has_gone_sends_the_case_back(desk: Desk, calendar: Calendar, gone: str, acts: int) -> None:
    here = desk.fork()
    here.submit(about=ABOUT)
    for act in (here.review, here.approve)[:acts]:
        act()
    here.say("管理员", Revoke(name=gone, reason="调离"), gone)
    (first, *_) = pending(here.case, here.replay.roster)
    assert (first.matter, first.who) == (Matter.MEND, ("张三",))
    assert f"{gone}已不在任，其签批失效：张三重新送审" in first.told
    assert "▶发布人 张三" in drawn(here.case, here.replay.roster)
    agree(here.case, here.replay.roster, calendar)
    here.submit(about=ABOUT)
    assert here.case.version == 2


def test_an_approval_past_its_days_sends_the_case_back(desk: Desk, calendar: Calendar) -> None:
    here = desk.fork()
    here.submit(about=ABOUT)
    STATES[Status.APPROVED](here)
    assert here.case.expires is not None
    last = here.case.expires
    on_it, after = (here.replay.roster.dated(day_of(day)) for day in (last, last + timedelta(days=1)))
    assert pending(here.case, on_it)[0].matter is Matter.PUBLISH
    (first, *_) = pending(here.case, after)
    assert (first.matter, first.who) == (Matter.MEND, ("张三",))
    assert f"批准已超过 {here.case.chain.approval_ttl_days} 天有效期：张三重新送审" in first.told
    assert "▶发布人 张三" in drawn(here.case, after)
    agree(here.case, after, calendar)
