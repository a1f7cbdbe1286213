"""Extensions, corrections, suspected leaks, second looks, the archive: who may say so, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import Publish, TakeDown
from reviewer.signoff.aftermath import Archive, Correct, Extend, Incident, Ratify, Reassess, Report
from reviewer.signoff.case import LEAK_REPORT, OPEN, CaseState
from reviewer.signoff.duty import anybody, duty
from reviewer.signoff.entry import Statement
from reviewer.signoff.moment import instant
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Role, Status
from reviewer.signoff.wording import check_day, check_sentence, required_sentence
from reviewer.value import replace

MOST_EXTENSION_DAYS = 20  # working days: 政府信息公开条例 (2019) art. 33
ENDED = frozenset(
    {
        Status.PUBLISHED, Status.TAKEN_DOWN, Status.CORRECTED, Status.REFUSED, Status.ON_REQUEST, Status.WITHDRAWN,
        Status.QUARANTINED,
    }
)  # fmt: skip
WITHHELD = frozenset({Status.REFUSED, Status.ON_REQUEST})
WHEN: dict[type[Any], frozenset[Status]] = {
    Extend: OPEN,
    Correct: frozenset({Status.PUBLISHED, Status.ARCHIVED}),
    Incident: frozenset(Status),
    Report: frozenset(Status),
    Reassess: WITHHELD | {Status.ARCHIVED},
    Ratify: frozenset({Status.TAKEN_DOWN, Status.ARCHIVED}),
    Archive: ENDED,
}


def check_extension(act: Extend) -> None:
    """Raises NotAllowedError for an extension that art. 33 does not know."""
    if not 1 <= act.days <= MOST_EXTENSION_DAYS:
        raise NotAllowedError(
            tr(
                f"延长不得超过 {MOST_EXTENSION_DAYS} 个工作日（条例第三十三条）。",
                "art. 33: 1 to 20 working days longer.",
            )
        )
    required_sentence(act.reason, tr("延期理由", "the reason"))
    required_sentence(act.letter, tr("延期告知书文号", "the number of the notice to the applicant"))
    check_day(act.day, tr("告知日期", "the day of the notice"))


def _may_extend(state: CaseState, statement: Statement, act: Extend, roster: Roster) -> Role:
    """By consent of whoever heads the disclosure office (条例第三十三条), or of who signs last."""
    role = duty(state, statement, roster, dict.fromkeys((Role.DISCLOSURE_OFFICE, state.due[-1])))
    if not state.submitted.about.requested:
        raise NotAllowedError(tr("本件不是依申请公开，没有可延长的期限。", "this case answers no request."))
    if state.extension is not None:
        raise NotAllowedError(tr("已经延长过一次。", "it was extended once already."))
    check_extension(act)
    return role


def _may_correct(state: CaseState, statement: Statement, act: Correct, roster: Roster) -> Role:
    if not state.on_line:
        raise NotAllowedError(tr("本件已不在网上，不必更正。", "it is not on line any more; nothing to correct."))
    role = Role.PUBLISHER
    if not roster.holds(statement.actor, role, statement.keyid):
        raise NotAllowedError(tr("更正由发布人登记。", "a publisher records the correction."))
    if act.by_case == state.number or act.package == state.package:
        raise NotAllowedError(tr("更正件须另行送审。", "what replaces it is a case of its own."))
    required_sentence(act.by_case, tr("更正件编号", "the number of the case that replaces it"))
    required_sentence(act.reason, tr("更正理由", "the reason"))
    return role


def _may_tell(state: CaseState, statement: Statement, act: Incident, roster: Roster) -> Role:
    role = anybody(statement, roster)
    _check_moment(act.discovered, statement, tr("发现时间", "the time of discovery"))
    required_sentence(act.what, tr("事件概况（不写涉密内容）", "what happened, without what leaked"))
    for text in (act.carrier, act.reach, act.people, act.harm, act.measures):
        check_sentence(text, tr("事件情况", "a detail of the incident"))
    return role


def _may_report(state: CaseState, statement: Statement, act: Report, roster: Roster) -> Role:
    role = anybody(statement, roster)
    deadline = state.leak_deadline
    if deadline is None:
        raise NotAllowedError(
            tr("本件没有登记疑似泄密；先用 case incident。", "no leak is suspected here; case incident first.")
        )
    _check_moment(act.at, statement, tr("报告时间", "the time of the report"))
    if datetime.fromisoformat(act.at) < deadline - LEAK_REPORT:
        raise NotAllowedError(tr("报告时间早于发现时间。", "it was reported before it was discovered."))
    required_sentence(act.organ, tr("接受报告的单位", "who received the report"))
    required_sentence(act.means, tr("报告方式、文号", "how it was reported"))
    return role


def _check_moment(text: str, statement: Statement, what: str) -> None:
    try:
        sound = instant(datetime.fromisoformat(text)) == text
    except ValueError:
        sound = False
    if not sound:
        raise NotAllowedError(tr(f"{what}不合格式。", f"{what} is malformed."))
    if text > statement.time:
        raise NotAllowedError(tr(f"{what}晚于现在。", f"{what} lies in the future."))


def _may_reassess(state: CaseState, statement: Statement, act: Reassess, roster: Roster) -> Role:
    roles = (Role.DISCLOSURE_OFFICE, state.chain.submitter, state.due[-1])
    role = next((one for one in roles if roster.holds(statement.actor, one, statement.keyid)), None)
    if role is None:
        duties = "、".join(one.label for one in dict.fromkeys(roles))
        raise NotAllowedError(tr(f"重新评估由{duties}提出。", f"{duties} may have it looked at again."))
    if any(isinstance(one.act, Publish) for one in state.history):
        raise NotAllowedError(tr("本件已公开过。", "it was published."))
    if (state.filed_from or state.status) not in WITHHELD:
        raise NotAllowedError(tr("本件没有不予公开的决定。", "nothing was withheld in this case."))
    required_sentence(act.reason, tr("重新评估的理由", "the reason"))
    return role


def _may_archive(state: CaseState, statement: Statement, act: Archive, roster: Roster) -> Role:
    role = anybody(statement, roster)
    if state.objected_to or state.unreported:
        raise NotAllowedError(
            tr("尚有异议未决定或疑似泄密未报告，不能归档。", "an objection is not decided, or a leak not reported.")
        )
    required_sentence(act.file, tr("档号", "the file number"))
    return role


def _may_ratify(state: CaseState, statement: Statement, act: Ratify, roster: Roster) -> Role:
    role = state.due[-1]
    if not roster.holds(statement.actor, role, statement.keyid):
        raise NotAllowedError(tr(f"撤除由{role.label}确认。", f"the {role.label} confirms a taking down."))
    if unratified(state) is None:
        raise NotAllowedError(tr("没有待确认的撤除。", "no taking down waits to be confirmed."))
    required_sentence(act.comment, tr("确认意见", "the comment"))
    return role


def unratified(state: CaseState) -> Statement | None:
    """The last taking down, while no leader has confirmed it."""
    last = next((one for one in reversed(state.history) if isinstance(one.act, (TakeDown, Ratify))), None)
    return last if last is not None and isinstance(last.act, TakeDown) else None


def _unmoved(state: CaseState, statement: Statement, act: object, role: Role) -> CaseState:
    return state


def _corrected(state: CaseState, statement: Statement, act: Correct, role: Role) -> CaseState:
    return replace(state, status=Status.CORRECTED, filed_from=None)


def _suspected(state: CaseState, statement: Statement, act: Incident, role: Role) -> CaseState:
    """Everything stops: what was not published is quarantined, what is on line has to come off."""
    if state.status in OPEN:
        return replace(state, status=Status.QUARANTINED, holder="", signoffs=())
    return replace(state, status=Status.INCIDENT, filed_from=None) if state.on_line else state


def _reassessed(state: CaseState, statement: Statement, act: Reassess, role: Role) -> CaseState:
    return replace(state, status=Status.RETURNED, hop=0, holder="", signoffs=(), filed_from=None)


def _filed(state: CaseState, statement: Statement, act: Archive, role: Role) -> CaseState:
    return replace(state, status=Status.ARCHIVED, filed_from=state.status)


GUARDS: dict[type[Any], Callable[..., Role]] = {
    Extend: _may_extend,
    Correct: _may_correct,
    Incident: _may_tell,
    Report: _may_report,
    Reassess: _may_reassess,
    Ratify: _may_ratify,
    Archive: _may_archive,
}
STEPS: dict[type[Any], Callable[..., CaseState]] = {
    Extend: _unmoved,
    Correct: _corrected,
    Incident: _suspected,
    Report: _unmoved,
    Reassess: _reassessed,
    Ratify: _unmoved,
    Archive: _filed,
}
