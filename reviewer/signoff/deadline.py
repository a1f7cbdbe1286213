"""Until when what has to be done about a case: a pure function of the case, the roster and the calendar.

No deadline decides anything. What is late is told; silence is never an answer, and a case never moves by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from reviewer.signoff.act import Answer, Submit
from reviewer.signoff.calendar import Calendar, UnknownYearError
from reviewer.signoff.case import Asked, CaseState
from reviewer.signoff.moment import CHINA, in_china
from reviewer.signoff.objection_rules import OPINION_DAYS
from reviewer.signoff.pending import Matter, emergency, last_day_of_publicity, pending
from reviewer.signoff.request_rules import KEEPERS, RequestState
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Addressee, Attribute, Channel, Overdue, Role, Status, Worded

STATUTORY_DAYS = 20  # 政府信息公开条例 (2019) art. 26: proactive disclosure; art. 33: the answer to a request
_UNDER_REVIEW = (Status.SUBMITTED, Status.REVIEWED, Status.DEFERRED, Status.CONSULTING)
_DAY = timedelta(days=1)


class Standing(Worded):
    """How a deadline stands at a moment."""

    OVERDUE = "overdue", "已超期", "overdue"
    TODAY = "today", "今天到期", "due today"
    SOON = "soon", "将到期", "due soon"
    RUNNING = "running", "未到期", "running"
    SUSPENDED = "suspended", "中止计时", "suspended"
    UNKNOWN = "unknown", "算不出", "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One thing to do about one case.

    `until` is the first instant that is too late; None while the clock is suspended (`left` working days remain) or
    cannot be told (`fault` says why). `to_the_hour`: the hour counts, not the day. `also` are told once it is overdue.
    """

    number: str
    title: str
    matter: Matter
    until: datetime | None
    who: tuple[str, ...]
    basis: str
    basis_en: str
    also: tuple[str, ...] = ()
    to_the_hour: bool = False
    left: int = 0
    fault: str = ""

    @property
    def day(self) -> date | None:
        """The last day on which it is in time, in China."""
        if self.until is None:
            return None
        return (in_china(self.until) - timedelta(microseconds=1)).date()

    def standing(self, now: datetime, within_days: int) -> Standing:
        """How it stands `now`; soon means within so many calendar days."""
        if self.fault:
            return Standing.UNKNOWN
        if self.until is None or self.day is None:
            return Standing.SUSPENDED
        if now >= self.until:
            return Standing.OVERDUE
        days = (self.day - in_china(now).date()).days
        if days == 0:
            return Standing.TODAY
        return Standing.SOON if days <= within_days else Standing.RUNNING


def deadlines(state: CaseState, roster: Roster, calendar: Calendar) -> tuple[Deadline, ...]:
    """Every clock that runs for this case. A year nobody entered makes its deadline one that cannot be told."""
    return tuple(_Clocks(state, roster, calendar).running())


def request_deadlines(
    state: RequestState, answering: tuple[CaseState, ...], roster: Roster, calendar: Calendar
) -> tuple[Deadline, ...]:
    """The clock of a request; `answering` are the cases that answer it, whose questions to others stop it."""
    if state.reply is not None:
        return ()
    days = STATUTORY_DAYS + (state.extension.days if state.extension else 0)
    start = date.fromisoformat(state.starts)
    told = Deadline(
        number=state.number, title=state.request.matter, matter=Matter.REPLY, until=None,
        who=tuple(dict.fromkeys(name for role in KEEPERS for name in roster.holders(role))),
        basis=f"条例第三十三条：自收到申请或补正之日（{start}）起 {days} 个工作日内，征求意见不计",
        basis_en=f"art. 33: within {days} working days from {start}, opinions asked for not counted",
    )  # fmt: skip
    if state.awaits_applicant:
        return (replace(told, left=days),)
    waits = [_waits(case, _OPINIONS) for case in answering]
    ended = _Waits(ended=tuple(span for one in waits for span in one.ended))
    since = min((one.open_since for one in waits if one.open_since), default=None)
    return (_count(calendar, told, start, days, replace(ended, open_since=since)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waits:
    """The times spent waiting for answers: those that ended, from day to day, and since when one is open."""

    ended: tuple[tuple[date, date], ...] = ()
    open_since: date | None = None

    def cover(self, day: date) -> bool:
        """Whether the day is not counted: after the day of asking, up to and with the day of the answer."""
        if self.open_since is not None and day > self.open_since:
            return True
        return any(asked < day <= answered for asked, answered in self.ended)


_NO_WAIT = _Waits()
_OPINIONS = (Addressee.THIRD_PARTY, Addressee.ORGAN, Addressee.CO_ISSUER)


def _waits(state: CaseState, addressees: tuple[Addressee, ...]) -> _Waits:
    """From the day on which it was asked to the one on which the answer arrived, or the time for it was over."""
    answers = {one.act.consult: one for one in state.history if isinstance(one.act, Answer)}
    asked = [one for one in state.asked if one.consult.addressee in addressees]
    ended = []
    for one in asked:
        answer = answers.get(one.number)
        if answer is not None and isinstance(answer.act, Answer):
            arrived = answer.act.received or in_china(answer.time).date().isoformat()
            ended.append((in_china(one.time).date(), date.fromisoformat(arrived)))
        elif one.lapse is not None:
            ended.append((in_china(one.time).date(), date.fromisoformat(one.lapse.due)))
    since = (in_china(one.time).date() for one in asked if one.open)
    return _Waits(ended=tuple(ended), open_since=min(since, default=None))


def _count(calendar: Calendar, told: Deadline, start: date, days: int, waits: _Waits) -> Deadline:
    """The same deadline, with its end in working days from `start`."""
    try:
        if waits.open_since is not None:
            used = calendar.between(start, waits.open_since, waits.cover)
            if used < days:
                return replace(told, left=days - used)
        # Without an open wait, or late before anybody asked.
        return replace(told, until=_end_of(calendar.following(start, days, waits.cover)))
    except UnknownYearError as error:
        return replace(told, fault=str(error))


class _Clocks:
    """The clocks of one case."""

    def __init__(self, state: CaseState, roster: Roster, calendar: Calendar) -> None:
        self._state = state
        self._roster = roster
        self._calendar = calendar
        self._todo = pending(state, roster)

    def running(self) -> Iterator[Deadline]:
        state, about = self._state, self._state.submitted.about
        if state.status in _UNDER_REVIEW:
            yield self._review()
        for asked in state.open_consults if state.status is Status.CONSULTING else ():
            yield self._answer(asked)
        on_request = state.submitted.channel is Channel.ON_REQUEST
        if state.is_open and about.formed and about.attribute is Attribute.PROACTIVE and not on_request:
            yield self._counted(
                Matter.DISCLOSE, date.fromisoformat(about.formed), STATUTORY_DAYS, _NO_WAIT,
                f"条例第二十六条：自形成之日（{about.formed}）起 {STATUTORY_DAYS} 个工作日内",
                f"art. 26: within {STATUTORY_DAYS} working days from {about.formed}",
            )  # fmt: skip
        if state.is_open and about.requested and not about.request:  # a registered request has its own clock
            days = STATUTORY_DAYS + (state.extension.days if state.extension else 0)
            yield self._counted(
                Matter.REPLY, date.fromisoformat(about.requested), days, _waits(state, _OPINIONS),
                f"条例第三十三条：自收到申请之日（{about.requested}）起 {days} 个工作日内，征求意见不计",
                f"art. 33: within {days} working days from {about.requested}, opinions asked for not counted",
            )  # fmt: skip
        if state.status is Status.APPROVED and state.expires is not None:
            days = state.chain.approval_ttl_days
            yield self._deadline(
                Matter.PUBLISH, state.expires, f"批准有效期 {days} 天", f"an approval lasts {days} days",
                to_the_hour=True,
            )  # fmt: skip
        if state.status is Status.PUBLISHED and about.publicity_days:
            yield self._publicity()
        if state.leak_deadline is not None and state.unreported:
            organs, organs_en = (
                "、".join(words) for words in zip(*((o.zh, o.en) for o in state.unreported), strict=True)
            )
            yield self._deadline(
                Matter.REPORT, state.leak_deadline, f"保密法实施条例第六十一条：24 小时内报告{organs}",
                f"within 24 hours, to: {organs_en}", to_the_hour=True,
            )  # fmt: skip
        if (down := emergency(state, self._roster)) is not None:
            yield self._counted(
                Matter.RATIFY, in_china(down.time).date(), 1, _NO_WAIT,
                f"{down.actor}先行撤除的，1 个工作日内由{state.hops[-1].label}确认（case ratify）",
                f"taken down by {down.actor}: confirmed within 1 working day (case ratify)",
            )  # fmt: skip
        for one in self._todo:
            if one.matter is Matter.REASSESS:
                yield self._deadline(
                    Matter.REASSESS, _end_of(date.fromisoformat(one.day)), "条例第十八条：不公开的信息定期评估",
                    "art. 18: what is withheld is looked at again",
                )  # fmt: skip

    def _review(self) -> Deadline:
        """From the present version's submission to its approval; what is asked in writing stops the clock."""
        state = self._state
        urgent = state.submitted.about.urgent
        days = state.chain.urgent_days if urgent else state.chain.review_days
        sent = next(one for one in reversed(state.history) if isinstance(one.act, Submit))
        also = self._roster.holders(state.due[-1]) if state.chain.on_timeout is Overdue.ESCALATE else ()
        deadline = self._counted(
            Matter.REVIEW, in_china(sent.time).date(), days, _waits(state, tuple(Addressee)),
            f"本单位审批链：送审起 {days} 个工作日{'（急件）' if urgent else ''}",
            f"this unit's chain: {days} working days from submission{' (urgent)' if urgent else ''}",
        )  # fmt: skip
        return replace(deadline, also=tuple(name for name in also if name not in deadline.who))

    def _answer(self, asked: Asked) -> Deadline:
        """Counted from the letter's day; by statute from its receipt, which is never before that day."""
        letter, days = asked.consult, OPINION_DAYS
        basis = {
            Addressee.THIRD_PARTY: (
                "条例第三十二条：收到征求意见书起 15 个工作日；逾期未答复的，由本机关决定是否公开（case lapse）",
                "art. 32: 15 working days from receipt; after that the organ decides (case lapse)",
            ),
            Addressee.CO_ISSUER: (
                "条例第三十四条：收到征求意见书起 15 个工作日；依申请公开的，逾期视为同意，须登记（case lapse）",
                "art. 34: 15 working days from receipt; on a request, silence is then consent, by case lapse",
            ),
            Addressee.ORGAN: (
                "条例第十一条：协商、确认；逾期应催办，不视为同意",
                "art. 11: to be agreed with; silence is no consent",
            ),
        }.get(letter.addressee)
        if basis is None:
            days = self._state.chain.consult_days
            basis = (
                f"本单位审批链：{days} 个工作日；逾期应催办，不视为同意",
                f"this unit's chain: {days} working days; silence is no consent",
            )
        zh, en = basis
        deadline = self._counted(
            Matter.ANSWER, date.fromisoformat(letter.day), days, _NO_WAIT,
            f"{letter.organ} {letter.letter}。{zh}", f"{letter.organ} {letter.letter}. {en}",
        )  # fmt: skip
        return replace(deadline, who=(asked.by,)) if asked.by in deadline.who else deadline

    def _publicity(self) -> Deadline:
        last, days = last_day_of_publicity(self._state), self._state.submitted.about.publicity_days
        return self._deadline(
            Matter.REMOVE, _end_of(last + _DAY), f"公示 {days} 天，至 {last} 止，次日撤下",
            f"published for {days} days, until {last}; it comes off the next day",
        )  # fmt: skip

    def _counted(self, matter: Matter, start: date, days: int, waits: _Waits, basis: str, basis_en: str) -> Deadline:
        return _count(self._calendar, self._deadline(matter, None, basis, basis_en), start, days, waits)

    def _deadline(
        self, matter: Matter, until: datetime | None, basis: str, basis_en: str, *, to_the_hour: bool = False
    ) -> Deadline:
        state = self._state
        who = next((one.who for one in self._todo if one.matter is matter), None)
        if who is None:  # a clock of the whole case is kept by whoever has to do the next thing
            who = self._todo[0].who if self._todo else self._roster.holders(Role.PUBLISHER)
        return Deadline(
            number=state.number, title=state.submitted.about.title, matter=matter, until=until, who=who, basis=basis,
            basis_en=basis_en, to_the_hour=to_the_hour,
        )  # fmt: skip


def _end_of(day: date) -> datetime:
    """Midnight after that day, in China."""
    return datetime.combine(day + _DAY, time(), CHINA)
