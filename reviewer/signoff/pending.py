"""What has to be done about a case, and by whom: the one answer that its page, the list and the deadlines give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from reviewer.language import tr
from reviewer.signoff.act import Publish, Review
from reviewer.signoff.aftermath_rules import WITHHELD, unratified
from reviewer.signoff.case import CaseState, SignOff
from reviewer.signoff.duty import awaited, fallen, free, named
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import day_of, in_china
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Role, Status, Worded
from reviewer.value import dataclass

# What goes on although an objection is not decided: mending, and waiting for an answer.
_IN_SPITE = (Status.RETURNED, Status.CONSULTING)
_OFFICES = (Role.SECRECY_OFFICE, Role.DISCLOSURE_OFFICE)


class Matter(Worded):
    """What has to happen. Most of it in time (`deadline`); for taking down, mending and deciding no time is set."""

    TAKE_DOWN = "take_down", "立即撤下", "taking down"
    DECIDE = "decide", "决定异议", "decision on an objection"
    MEND = "mend", "修改后重新送审", "a new version"
    REVIEW = "review", "审批", "review"
    ANSWER = "answer", "商请答复", "written answer"
    DISCLOSE = "disclose", "主动公开", "proactive disclosure"
    REPLY = "reply", "答复申请", "answer to the request"
    PUBLISH = "publish", "发布", "publication"
    REMOVE = "remove", "公示期满撤下", "end of publicity"
    REPORT = "report", "泄密报告", "report of a leak"
    REASSESS = "reassess", "重新评估", "second look"
    RATIFY = "ratify", "撤除确认", "confirmation of a removal"


# What the chain waits for from outside it, or what comes after it.
ASIDE = frozenset({Matter.TAKE_DOWN, Matter.DECIDE, Matter.REPORT, Matter.ANSWER, Matter.RATIFY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One thing to do: `what` in a few words, `told` as a sentence with the names and the command.

    `day` (ISO) is the day from which on it has to be done; empty: now.
    """

    matter: Matter
    what: str
    told: str
    who: tuple[str, ...]
    day: str = ""

    @property
    def short(self) -> str:
        """What, from when on, and by whom."""
        return f"{self.what} {self.day}".rstrip() + tr(f"（{named(self.who)}）", f" ({named(self.who)})")


def pending(state: CaseState, roster: Roster) -> tuple[Pending, ...]:
    """Everything that has to be done, the most urgent first; nothing when a case has ended for good."""
    return tuple(_pending(state, roster))


def next_step(state: CaseState, roster: Roster) -> str:
    """What has to happen next, and who can do it."""
    return next((one.told for one in _pending(state, roster)), tr("本件已办结。", "this case has ended."))


def _pending(state: CaseState, roster: Roster) -> Iterator[Pending]:
    if state.must_come_down:
        yield _taking_down(state, roster)
    if state.objected_to:
        yield _decision(state, roster)
    if state.unreported:
        yield _report(state, roster)
    if state.is_open and (state.status in _IN_SPITE or not state.objected_to):
        yield _step(state, roster)
    if emergency(state, roster) is not None:
        yield _confirmation(state, roster)
    if state.status is Status.PUBLISHED and state.submitted.about.publicity_days and not state.must_come_down:
        yield _removal(state)
    day = _reassessment(state)
    if day:
        yield _second_look(state, roster, day)


def _taking_down(state: CaseState, roster: Roster) -> Pending:
    who = (state.publisher,) if state.publisher else roster.holders(Role.PUBLISHER)
    return Pending(
        matter=Matter.TAKE_DOWN,
        what=tr("撤下", "take it down"),
        told=tr(
            f"下一步：{named(who)}立即撤下（case takedown）。",
            f"next: {named(who)} takes it down at once (case takedown).",
        ),
        who=who,
    )


def _decision(state: CaseState, roster: Roster) -> Pending:
    """Whoever signs in this case may decide, and the offices (`objection_rules`)."""
    who = _each(name for role in (*state.due, *_OFFICES) for name in free(state, roster, role))
    names = "、".join(f"{one.number} {one.name}" for one in state.objected_to)
    return Pending(
        matter=Matter.DECIDE,
        what=tr("决定异议：", "objection: ") + "、".join(one.name for one in state.objected_to),
        told=tr(
            f"有异议未决定：{names}；{named(who)}用 case decide 登记决定和理由。",
            f"objections not decided: {names}; {named(who)}: case decide.",
        ),
        who=who,
    )


def _report(state: CaseState, roster: Roster) -> Pending:
    """Whoever told of the leak first sees to it that it is reported."""
    first = next((one for one in state.history if state.suspects(one)), state.history[-1])
    who = _present((first.actor,), roster) or _each(name for role in _OFFICES for name in roster.holders(role))
    organs = "、".join(one.label for one in state.unreported)
    return Pending(
        matter=Matter.REPORT,
        what=tr("报告疑似泄密", "report the leak"),
        told=tr(
            f"疑似泄密，尚未报告：{organs}；{named(who)}报告并登记（case reported）。",
            f"not reported yet: {organs}; {named(who)} (case reported).",
        ),
        who=who,
    )


def _step(state: CaseState, roster: Roster) -> Pending:
    """The step of an open case along its chain, or the answer for which it stands still."""
    if state.status is Status.CONSULTING:
        return _answer(state, roster)
    who = awaited(state, roster)
    gone = fallen(state, roster)
    if gone is not None:
        return _anew(gone, who)
    if state.status is Status.RETURNED:
        what, told = Matter.MEND.label, tr(f"{named(who)}改后重新送审", f"{named(who)} submits a new version")
        return Pending(matter=Matter.MEND, what=what, told=_next(told), who=who)
    if state.present is None and _has_lapsed(state, roster):
        return _too_old(state, who)
    if state.present is None:
        what, told = Matter.PUBLISH.label, tr(f"{named(who)}发布", f"{named(who)} publishes")
        return Pending(matter=Matter.PUBLISH, what=what, told=_next(told), who=who)
    label = state.present.label
    told = tr(f"{label}办理（{named(who)}）", f"{label} ({named(who)})")
    return Pending(matter=Matter.REVIEW, what=label, told=_next(told), who=who)


def _has_lapsed(state: CaseState, roster: Roster) -> bool:
    """Whether the approval's last day lies before the roster's; of the last day itself the hour decides (`duty`)."""
    return bool(roster.day) and state.expires is not None and day_of(state.expires) < roster.day


def _too_old(state: CaseState, who: tuple[str, ...]) -> Pending:
    days = state.chain.approval_ttl_days
    return Pending(
        matter=Matter.MEND,
        what=tr("批准过期，重新送审", "approval lapsed, a new version"),
        told=tr(
            f"批准已超过 {days} 天有效期：{named(who)}重新送审（case submit --case）。",
            f"the approval is older than {days} days: {named(who)} (case submit --case).",
        ),
        who=who,
    )


def _anew(gone: SignOff, who: tuple[str, ...]) -> Pending:
    """A signer has gone before anything was published on their word: nobody can go on from it."""
    return Pending(
        matter=Matter.MEND,
        what=tr("签批失效，重新送审", "sign-off void, a new version"),
        told=tr(
            f"{gone.role.label}{gone.by}已不在任，其签批失效：{named(who)}重新送审（case submit --case）。",
            f"{gone.by} is no longer {gone.role.label}, the sign-off is void: {named(who)} (case submit --case).",
        ),
        who=who,
    )


def _next(told: str) -> str:
    return tr(f"下一步：{told}。", f"next: {told}.")


def _answer(state: CaseState, roster: Roster) -> Pending:
    """Whoever asked sees to the answer."""
    who = _present(_each(one.by for one in state.open_consults), roster) or awaited(state, roster)
    letters = "、".join(f"{one.consult.organ} {one.consult.letter}" for one in state.open_consults)
    return Pending(
        matter=Matter.ANSWER,
        what=tr("等答复：", "answer of ") + "、".join(one.consult.organ for one in state.open_consults),
        told=tr(
            f"等待书面答复：{letters}；{named(who)}用 case answer 登记。",
            f"written answer awaited: {letters}; {named(who)}: case answer.",
        ),
        who=who,
    )


def emergency(state: CaseState, roster: Roster) -> Statement | None:
    """A taking down by neither the publisher nor who signs last, which a leader has still to confirm."""
    told = unratified(state)
    if told is None or state.chain.edition < 2 or told.actor == state.publisher:
        return None
    return None if roster.holds(told.actor, state.due[-1], told.keyid) else told


def _confirmation(state: CaseState, roster: Roster) -> Pending:
    who = roster.holders(state.due[-1])
    return Pending(
        matter=Matter.RATIFY,
        what=tr("确认撤除", "confirm the removal"),
        told=tr(
            f"先行撤除，尚待{state.hops[-1].label}确认：{named(who)}（case ratify）。",
            f"taken down in an emergency, to be confirmed by {state.hops[-1].label}: {named(who)} (case ratify).",
        ),
        who=who,
    )


def last_day_of_publicity(state: CaseState) -> date:
    """Calendar days, the day of publication not counted; it comes off on the day after."""
    put = next(one for one in reversed(state.history) if isinstance(one.act, Publish))
    return in_china(put.time).date() + timedelta(days=state.submitted.about.publicity_days)


def _removal(state: CaseState) -> Pending:
    day = (last_day_of_publicity(state) + timedelta(days=1)).isoformat()
    return Pending(
        matter=Matter.REMOVE,
        what=Matter.REMOVE.label,
        told=tr(
            f"公示期满后，{state.publisher}于 {day} 撤下（case takedown）。",
            f"{state.publisher} takes it down on {day}, when the publicity is over (case takedown).",
        ),
        who=(state.publisher,),
        day=day,
    )


def _reassessment(state: CaseState) -> str:
    """The day that a refusal itself set; empty for none."""
    if (state.filed_from or state.status) not in WITHHELD:
        return ""
    said = (one.act for one in reversed(state.history) if isinstance(one.act, Review))
    return next((review.reassess_on for review in said), "")


def _second_look(state: CaseState, roster: Roster, day: str) -> Pending:
    who = _each((*roster.holders(Role.DISCLOSURE_OFFICE), state.submitter))
    return Pending(
        matter=Matter.REASSESS,
        what=Matter.REASSESS.label,
        told=tr(
            f"不公开的，{day} 前由{named(who)}重新评估（case reassess）。",
            f"withheld; looked at again by {day}: {named(who)} (case reassess).",
        ),
        who=who,
        day=day,
    )


def _present(names: Iterable[str], roster: Roster) -> tuple[str, ...]:
    """Those of them who still hold a role."""
    held = {name for role in Role for name in roster.holders(role)}
    return tuple(name for name in names if name in held)


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
