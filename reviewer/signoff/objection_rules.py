"""Silence and objections: who may conclude what from them, and how the case stands afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Answer
from reviewer.signoff.calendar import Calendar
from reviewer.signoff.case import OPEN, Asked, CaseState
from reviewer.signoff.duty import anybody, duty
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import in_china
from reviewer.signoff.objection import Decide, Lapse, Objected, Objection
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Addressee, Channel, Conclusion, Outcome, Role, Status
from reviewer.signoff.wording import check_day, check_sentence, required_sentence
from reviewer.value import replace

OPINION_DAYS = 15  # working days: 政府信息公开条例 (2019) art. 32, a third party; art. 34, a co-issuing organ
WHEN: dict[type[Any], frozenset[Status]] = {
    Lapse: frozenset({Status.CONSULTING}),
    Objection: OPEN | {Status.PUBLISHED, Status.ARCHIVED},
    Decide: OPEN | {Status.PUBLISHED, Status.ARCHIVED},
}
_OBJECTING = {
    Addressee.THIRD_PARTY: (Outcome.OBJECTION,),
    Addressee.ORGAN: (Outcome.OBJECTION, Outcome.SECRET),
    Addressee.CO_ISSUER: (Outcome.OBJECTION, Outcome.SECRET),
}


def _may_lapse(state: CaseState, statement: Statement, act: Lapse, roster: Roster) -> Role:
    role = _deciding(state, statement, roster)
    asked = next((one for one in state.open_consults if one.number == act.consult), None)
    if asked is None:
        raise NotAllowedError(
            tr(f"没有待答复的第 {act.consult} 次商请。", f"consult {act.consult} is not waiting for an answer.")
        )
    _check_conclusion(state, asked, act)
    _check_term(asked, act, statement)
    required_sentence(act.reason, tr("理由", "the reason"))
    return role


def _check_conclusion(state: CaseState, asked: Asked, act: Lapse) -> None:
    """Whose silence means what: 条例 arts 32 and 34; of everybody else it means nothing."""
    fitting = conclusions(state, asked)
    if not fitting:
        raise NotAllowedError(
            tr(
                f"{asked.consult.addressee.label}不答复不等于同意，须取得书面答复。（条例第三十四条的视为同意，"
                "只适用于依申请公开中共同制作机关逾期不答复。）",
                f"the silence of a {asked.consult.addressee.label} is no answer; a written one is needed. "
                "(Art. 34 knows deemed consent only of a co-issuing organ, on a request.)",
            )
        )
    if act.conclusion not in fitting:
        listed = "、".join(one.label for one in fitting)
        raise NotAllowedError(tr(f"结论应为：{listed}。", f"the conclusion must be one of: {listed}."))


def conclusions(state: CaseState, asked: Asked) -> tuple[Conclusion, ...]:
    """What may be concluded from the silence of whom that letter asks; empty for nothing."""
    if asked.consult.addressee is Addressee.THIRD_PARTY:
        return (Conclusion.DISCLOSE, Conclusion.WITHHOLD)
    about = state.submitted.about
    on_request = state.submitted.channel is Channel.ON_REQUEST or about.requested or about.request
    return (Conclusion.DEEMED,) if asked.consult.addressee is Addressee.CO_ISSUER and on_request else ()


def term(received: str, calendar: Calendar) -> date:
    """The last working day on which a letter received on that day (ISO) may be answered. Raises UnknownYearError."""
    return calendar.following(date.fromisoformat(received), OPINION_DAYS)


def _check_term(asked: Asked, act: Lapse, statement: Statement) -> None:
    """The term itself is counted when the act is made, over the office's calendar; here stands what no calendar moves.

    Fifteen working days are at least fifteen days, and they must be over.
    """
    for day, what in ((act.received, tr("收到日期", "the day of receipt")), (act.due, tr("期限", "the last day"))):
        check_day(day, what)
    received, due = date.fromisoformat(act.received), date.fromisoformat(act.due)
    if received < date.fromisoformat(asked.consult.day):
        raise NotAllowedError(tr("收到日期早于函的日期。", "it was received before the letter's day."))
    if (due - received).days < OPINION_DAYS or in_china(statement.at).date() <= due:
        raise NotAllowedError(
            tr(
                f"期限未满：收到征求意见书之日（{received}）起 {OPINION_DAYS} 个工作日，即 {due} 以后才能作出决定。",
                f"the time has not passed: {OPINION_DAYS} working days from receipt ({received}), that is after {due}.",
            )
        )


def _may_object(state: CaseState, statement: Statement, act: Objection, roster: Roster) -> Role:
    """Whoever learns of it writes it down: an objection waits for nobody's turn."""
    role = anybody(statement, roster)
    fitting = _OBJECTING.get(act.party, ())
    if act.outcome not in fitting:
        raise NotAllowedError(
            tr(
                f"{act.party.label}的来函不能登记为“{act.outcome.label}”；保密行政管理部门的答复用 case answer。",
                f"a {act.party.label} does not say {act.outcome.label} here; case answer is for answers.",
            )
        )
    if act.outcome is Outcome.SECRET and state.status not in OPEN:
        raise NotAllowedError(
            tr(
                "已公开的内容被定密：用 case incident 登记并报告，立即撤下。",
                "published already: case incident, and take it down.",
            )
        )
    required_sentence(act.name, tr("提出异议者", "who objects"))
    required_sentence(act.reason, tr("异议理由", "the reason of the objection"))
    check_sentence(act.letter, tr("来函号", "the letter's number"))
    for day, what in (
        (act.day, tr("来函日期", "the letter's date")),
        (act.received, tr("收到日期", "the day of receipt")),
    ):
        check_day(day, what)
    if act.received < act.day:
        raise NotAllowedError(tr("收到日期早于来函日期。", "it was received before it was written."))
    return role


def _may_decide(state: CaseState, statement: Statement, act: Decide, roster: Roster) -> Role:
    role = _deciding(state, statement, roster)
    if all(one.number != act.objection for one in state.undecided):
        numbers = "、".join(str(one.number) for one in state.undecided)
        raise NotAllowedError(
            tr(
                f"没有待决定的第 {act.objection} 号异议；待决定：{numbers or '无'}。",
                f"objection {act.objection} does not wait for a decision: {numbers or 'none does'}.",
            )
        )
    if act.conclusion not in (Conclusion.DISCLOSE, Conclusion.WITHHOLD):
        raise NotAllowedError(tr("异议不能视为同意。", "an objection is no consent."))
    required_sentence(act.reason, tr("决定理由", "the reason of the decision"))
    if act.conclusion is Conclusion.DISCLOSE:
        # 条例第三十二条：决定公开的，将内容和理由书面告知第三方
        required_sentence(act.notice, tr("书面告知的文号（--notice）", "the number of the written notice (--notice)"))
    check_sentence(act.notice, tr("书面告知的文号", "the number of the written notice"))
    return role


def _deciding(state: CaseState, statement: Statement, roster: Roster) -> Role:
    offices = (Role.SECRECY_OFFICE, Role.DISCLOSURE_OFFICE)
    return duty(state, statement, roster, dict.fromkeys((*state.due, *offices)))


def check_objections(state: CaseState) -> None:
    """Nobody agrees past an objection. Raises NotAllowedError; the first edition of the rules knew no decisions."""
    if state.undecided:
        names = "、".join(f"{one.number} {one.name}" for one in state.undecided)
        raise NotAllowedError(
            tr(
                f"有异议未决定，不能同意：{names}。先用 case decide 登记决定和理由。",
                f"objections are not decided: {names}. Record a decision and its reason first (case decide).",
            )
        )
    if state.withheld:
        raise NotAllowedError(
            tr(
                "已决定不公开这一版；改后重新送审，或不予公开（--opinion refuse）。",
                "it was decided that this version is not disclosed; submit another one, or refuse.",
            )
        )


def objected(state: CaseState, statement: Statement, act: Answer) -> CaseState:
    """The case with the objection that an answer brought; the first edition of the rules did not keep it apart."""
    if act.outcome is not Outcome.OBJECTION or state.chain.edition < 2:
        return state
    letter = next(one.consult for one in state.asked if one.number == act.consult)
    one = Objected(
        number=len(state.objections) + 1, party=letter.addressee, name=letter.organ, package=letter.package,
        time=statement.time, reason=act.note, consult=act.consult,
    )  # fmt: skip
    return replace(state, objections=(*state.objections, one))


def _lapsed(state: CaseState, statement: Statement, act: Lapse, role: Role) -> CaseState:
    asked = tuple(
        replace(one, lapse=act, lapsed_by=statement.actor) if one.number == act.consult else one for one in state.asked
    )
    state = replace(state, asked=asked)
    if state.open_consults:
        return state
    return replace(state, status=Status.REVIEWED if state.hop else Status.SUBMITTED)


def _objected(state: CaseState, statement: Statement, act: Objection, role: Role) -> CaseState:
    """Whatever was signed was signed without it; what is published stays, until somebody decides and takes it down."""
    one = Objected(
        number=len(state.objections) + 1, party=act.party, name=act.name, package=state.package, time=statement.time,
        reason=act.reason,
    )  # fmt: skip
    state = replace(state, objections=(*state.objections, one))
    if state.status not in OPEN:
        return state
    if act.outcome is Outcome.SECRET:
        return replace(state, status=Status.QUARANTINED, holder="", signoffs=())
    waiting = state.status in (Status.CONSULTING, Status.RETURNED)
    return replace(state, status=state.status if waiting else Status.SUBMITTED, hop=0, holder="", signoffs=())


def _decided(state: CaseState, statement: Statement, act: Decide, role: Role) -> CaseState:
    objections = tuple(
        replace(one, decision=act, decided_by=statement.actor) if one.number == act.objection else one
        for one in state.objections
    )
    return replace(state, objections=objections)


GUARDS: dict[type[Any], Callable[..., Role]] = {Lapse: _may_lapse, Objection: _may_object, Decide: _may_decide}
STEPS: dict[type[Any], Callable[..., CaseState]] = {Lapse: _lapsed, Objection: _objected, Decide: _decided}
