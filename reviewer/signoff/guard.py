"""Who may do what to a case, and what is missing when it is not allowed. Pure; verification asks the same questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.report.places import place_told
from reviewer.signoff import aftermath_rules, objection_rules, redaction_rules
from reviewer.signoff.act import (
    Answer,
    Approve,
    Consult,
    HandOver,
    Inspected,
    Publish,
    Review,
    Submit,
    TakeDown,
    Withdraw,
)
from reviewer.signoff.case import OPEN, CaseState
from reviewer.signoff.chain import AGREEING, Hop
from reviewer.signoff.duty import (
    anybody,
    check_age,
    check_exemptions,
    check_holder,
    check_signer,
    check_signoffs,
    drafters_of,
    duty,
    giving_role,
    hinders,
    not_the_holder,
    present_holder,
)
from reviewer.signoff.entry import Statement
from reviewer.signoff.manifest import differences
from reviewer.signoff.objection_rules import check_objections
from reviewer.signoff.pending import next_step
from reviewer.signoff.roster import Roster
from reviewer.signoff.route import check_route, higher
from reviewer.signoff.submission import check_number, check_rescreening, check_settlements, check_submission
from reviewer.signoff.succession_rules import check_adopted, check_claims
from reviewer.signoff.transition import ruled
from reviewer.signoff.vocabulary import Addressee, Opinion, Outcome, Role, Status
from reviewer.signoff.wording import check_day, check_sentence, required_sentence

# In which states an act makes sense at all; an absent row is none.
_WHEN: dict[type[Any], frozenset[Status]] = {
    Submit: OPEN - {Status.CONSULTING},
    Review: frozenset({Status.SUBMITTED, Status.REVIEWED, Status.DEFERRED}),
    Consult: OPEN - {Status.RETURNED},
    Answer: frozenset({Status.CONSULTING}),
    Approve: frozenset({Status.SUBMITTED, Status.REVIEWED, Status.DEFERRED}),
    Publish: frozenset({Status.APPROVED}),
    Withdraw: OPEN,
    TakeDown: frozenset({Status.PUBLISHED, Status.INCIDENT, Status.ARCHIVED}),
    HandOver: OPEN,
    **objection_rules.WHEN,
    **aftermath_rules.WHEN,
    **redaction_rules.WHEN,
}
_ANSWERS = {
    Addressee.SECRECY_ADMINISTRATION: (Outcome.NOT_SECRET, Outcome.SECRET, Outcome.ADVICE),
    Addressee.THIRD_PARTY: (Outcome.CONSENT, Outcome.OBJECTION),
    Addressee.ORGAN: (Outcome.CONSENT, Outcome.OBJECTION, Outcome.ADVICE),
    Addressee.CO_ISSUER: (Outcome.CONSENT, Outcome.OBJECTION, Outcome.ADVICE),
}
_SENDS_ON = (Opinion.AGREE, Opinion.PARTIAL, Opinion.SUBMIT_UP)
_NEEDS_GROUNDS = (Opinion.REFUSE, Opinion.PARTIAL)


def allowed(state: CaseState | None, statement: Statement, roster: Roster) -> Role:
    """The role in which this may be said of this case now; raises NotAllowedError with what is missing."""
    act = statement.act
    if state is None and not isinstance(act, Submit):
        raise NotAllowedError(tr(f"没有 {statement.subject} 这一件。", f"there is no case {statement.subject}."))
    if state is not None and state.status not in _WHEN.get(
        type(act), ()
    ):  # what is said of requests is said of no case
        raise _not_now(state, roster)
    guard: Callable[..., Role] = _GUARDS[type(act)]
    return guard(state, statement, act, roster)


def _not_now(state: CaseState, roster: Roster) -> NotAllowedError:
    return NotAllowedError(
        tr(
            f"{state.number} 现为“{state.status.label}”，不能办这一步。{next_step(state, roster)}",
            f"{state.number} is {state.status.label}; that is not possible now. {next_step(state, roster)}",
        )
    )


def _may_submit(state: CaseState | None, statement: Statement, act: Submit, roster: Roster) -> Role:
    chain = state.chain if state else roster.chain
    role = duty(state, statement, roster, (chain.submitter,))
    if state is None:
        check_number(statement)
    elif statement.actor != state.submitter:
        raise not_the_holder(state.submitter, role)
    if act.version != (state.version + 1 if state else 1):
        raise NotAllowedError(tr("版本号不连续，请重新打开本件。", "the version does not follow; open the case again."))
    check_submission(act)
    check_claims(act)
    check_route(act, chain)
    return role


def _may_review(state: CaseState, statement: Statement, act: Review, roster: Roster) -> Role:
    hop = state.hops[state.hop]
    role = duty(state, statement, roster, (hop.role,))
    check_holder(state, statement, role)
    check_signer(state, statement, act.package, roster, role)
    _check_opinion(act)
    _check_rulings(state, act)
    if act.opinion in (Opinion.AGREE, Opinion.PARTIAL):
        _check_passes_on(state, hop, act.opinion)
    if act.opinion is Opinion.SUBMIT_UP and higher(state) == state.due:
        raise NotAllowedError(
            tr(
                f"本件之上没有更高一级可报审（审批链 {state.chain.name}）；没有把握的用 case consult 商请。",
                f"there is nothing higher to submit to (chain {state.chain.name}); ask by case consult when in doubt.",
            )
        )
    if act.opinion in _SENDS_ON:
        check_objections(state)
        _check_settled(ruled(state, statement, act, role))
    return role


def _check_passes_on(state: CaseState, hop: Hop, opinion: Opinion) -> None:
    if state.hop == len(state.due) - 1:
        raise NotAllowedError(tr(f"{hop.label}同意用 case approve 签批。", f"the {hop.label} agrees by case approve."))
    if opinion not in hop.opinions:
        raise NotAllowedError(
            tr(f"{hop.label}不能给出“{opinion.label}”。", f"the {hop.label} cannot say {opinion.label}.")
        )


def _check_opinion(act: Review) -> None:
    what = tr("审核意见", "the opinion's text")
    (check_sentence if act.opinion is Opinion.AGREE else required_sentence)(act.comment, what)
    if act.reassess_on:
        check_day(act.reassess_on, tr("重新评估日期", "the day of reassessment"))
        if act.opinion not in (Opinion.REFUSE, Opinion.ON_REQUEST):
            raise NotAllowedError(tr("只有不公开的才须重新评估。", "only what is withheld is looked at again."))
    if act.opinion in _NEEDS_GROUNDS and not act.grounds:
        raise NotAllowedError(
            tr(
                f"“{act.opinion.label}”须写明依据（--ground，如 15.2 个人隐私）。",
                f"“{act.opinion.label}” needs its ground (--ground, e.g. 15.2).",
            )
        )


def _check_rulings(state: CaseState, act: Review) -> None:
    check_settlements(act.settled, state.submitted.screening)
    check_adopted(state.submitted, act.settled)
    _check_looks(state, act.inspected)


def _check_looks(state: CaseState, looks: Iterable[Inspected]) -> None:
    gaps = {(file.name, gap.place) for file, gap in state.submitted.screening.unread()}
    for look in looks:
        if (look.file, look.place) not in gaps:
            raise NotAllowedError(
                tr(
                    f"{look.file} {look.place} 不是未读部分。",
                    f"{look.file} {look.place} is not an unread part.",
                )
            )
        required_sentence(look.note, tr("看图签注", "the note of an inspection"))


def _looked(state: CaseState, statement: Statement, act: Approve, role: Role) -> CaseState:
    said = Review(package=act.package, opinion=act.opinion, comment=act.comment, inspected=act.inspected)
    return ruled(state, statement, said, role)


def _check_settled(state: CaseState, *, proposed: bool = False) -> None:
    """Nobody agrees past a warning: every one is ruled on, and every unread part was looked at.

    `proposed`: the submitter's proposals count, since who signs last accepts each of them by name.
    """
    findings = [
        f"{file.name} {place_told(one.place)} {one.rule} {one.fingerprint}"
        for file, one in state.unsettled()
        if not (proposed and state.proposal(one.fingerprint) and state.ruling(one.fingerprint) is None)
    ]
    gaps = [f"{file.name} {place_told(gap.place)} {gap.reason}" for file, gap in state.uninspected()]
    if findings or gaps:
        listed = "\n  ".join((*findings, *gaps))
        raise NotAllowedError(
            tr(
                f"还有 {len(findings)} 项发现未处置、{len(gaps)} 处未读未签注，不能同意："
                f"\n  {listed}\n逐项处置（--settle、--inspected，序号见 case show），或退回修改；"
                "属实的问题只能改后重新送审。",
                f"{len(findings)} findings are not settled and {len(gaps)} unread parts not inspected:"
                f"\n  {listed}\nSettle each (--settle, --inspected, numbers from case show), or return the package; "
                "a true finding is cured only by a new version.",
            )
        )


def _may_consult(state: CaseState, statement: Statement, act: Consult, roster: Roster) -> Role:
    role = duty(state, statement, roster, state.due[: state.hop + 1])
    if state.present is not None and role is state.present.role:
        check_holder(state, statement, role)
    check_signer(state, statement, act.package, roster, role)
    required_sentence(act.organ, tr("商请单位", "the addressee"))
    required_sentence(act.letter, tr("商请函号", "the letter's number"))
    required_sentence(act.question, tr("商请事项", "the question"))
    check_day(act.day, tr("商请日期", "the letter's date"))
    known = {one.fingerprint for _, one in state.submitted.screening.asking()}
    for unknown in sorted(set(act.fingerprints) - known):
        raise NotAllowedError(tr(f"本版没有发现项 {unknown}。", f"this version has no finding {unknown}."))
    return role


def _may_answer(state: CaseState, statement: Statement, act: Answer, roster: Roster) -> Role:
    role = duty(state, statement, roster, dict.fromkeys((*state.due, Role.SECRECY_OFFICE)))
    asked = next((one for one in state.open_consults if one.number == act.consult), None)
    if asked is None:
        numbers = "、".join(str(one.number) for one in state.open_consults)
        raise NotAllowedError(
            tr(
                f"没有待答复的第 {act.consult} 次商请；待答复：{numbers}。",
                f"consult {act.consult} is not open: {numbers}.",
            )
        )
    if act.outcome not in _ANSWERS[asked.consult.addressee]:
        fitting = "、".join(outcome.label for outcome in _ANSWERS[asked.consult.addressee])
        raise NotAllowedError(
            tr(
                f"{asked.consult.addressee.label}的答复应为：{fitting}。",
                f"the answer must be one of: {fitting}.",
            )
        )
    required_sentence(act.letter, tr("复函号", "the answer's number"))
    required_sentence(act.signatory, tr("复函签署人", "who signed the answer"))
    check_sentence(act.note, tr("备注", "the note"))
    check_day(act.day, tr("复函日期", "the answer's date"))
    _check_received(state, act)
    return role


def _check_received(state: CaseState, act: Answer) -> None:
    """The day it arrived ends the wait (条例第三十三条); the first edition of the rules did not ask for it."""
    if not act.received and state.chain.edition < 2:
        return
    check_day(act.received, tr("收到复函日期（--received）", "the day the answer arrived (--received)"))
    if act.received < act.day:
        raise NotAllowedError(tr("收到日期早于复函日期。", "it arrived before it was written."))


def _may_approve(state: CaseState, statement: Statement, act: Approve, roster: Roster) -> Role:
    if state.hop != len(state.due) - 1:
        raise _not_now(state, roster)
    role = duty(state, statement, roster, (state.due[-1],))
    check_holder(state, statement, role)
    check_signer(state, statement, act.package, roster, role)
    check_signoffs(state, roster)
    check_exemptions(state, statement, roster, role)
    _check_approval(act)
    check_objections(state)
    _check_looks(state, act.inspected)
    if state.submitted.route is not None:  # the first form left this to the reviewers alone
        _check_settled(_looked(state, statement, act, role), proposed=True)
    if tuple(sorted(set(act.accepted))) != state.for_leader():
        raise NotAllowedError(
            tr(
                "下列发现项只有一人的理由，须由签批人逐项确认：" + "、".join(state.for_leader()),
                "these findings rest on one person's reason alone; accept each of them: "
                + ", ".join(state.for_leader()),
            )
        )
    if state.chain.edition >= 2 and act.shown != state.asking:
        raise NotAllowedError(
            tr("签批须写明向签批人显示过的全部提示。", "an approval states every warning that its signer was shown.")
        )
    return role


def _check_approval(act: Approve) -> None:
    """All of it, or the part that may go out (条例第三十七条 区分处理) with its ground and words."""
    if act.opinion not in AGREEING:  # who signs last may always grant less
        raise NotAllowedError(tr(f"签批不能是“{act.opinion.label}”。", f"an approval cannot be {act.opinion.label}."))
    if act.opinion is Opinion.AGREE:
        check_sentence(act.comment, tr("签批意见", "the comment"))
        if act.grounds:
            raise NotAllowedError(tr("全部公开没有不公开的依据。", "what goes out whole has no ground to withhold."))
        return
    required_sentence(act.comment, tr("签批意见（哪些不公开）", "the comment: what is withheld"))
    if not act.grounds:
        raise NotAllowedError(tr("部分公开须写明依据（--ground）。", "a partial approval needs its ground (--ground)."))


def _may_publish(state: CaseState, statement: Statement, act: Publish, roster: Roster) -> Role:
    role = duty(state, statement, roster, (Role.PUBLISHER,))
    if state.publisher and statement.actor != state.publisher:
        raise not_the_holder(state.publisher, role)
    changed = differences(state.manifest, act.manifest)
    if changed:
        listed = "\n  ".join(changed)
        raise NotAllowedError(
            tr(
                f"与批准的文件不一致，批准失效：\n  {listed}\n恢复原文件，或重新送审。",
                f"not the approved files, the approval is void:\n  {listed}\nRestore them, or submit a new version.",
            )
        )
    if act.channel is not state.submitted.channel:
        granted = state.submitted.channel.label
        raise NotAllowedError(
            tr(
                f"批准的渠道是{granted}；换渠道须重新送审。",
                f"approved for {granted}; another channel needs a new review.",
            )
        )
    check_signoffs(state, roster)
    check_age(state, statement.at)
    check_sentence(act.address, tr("发布地址", "the address"))
    check_rescreening(state.submitted.screening, act)
    return role


def _may_withdraw(state: CaseState, statement: Statement, act: Withdraw, roster: Roster) -> Role:
    role = duty(state, statement, roster, (state.chain.submitter, state.due[-1]))
    if role is state.chain.submitter and statement.actor != state.submitter:
        raise not_the_holder(state.submitter, role)
    required_sentence(act.reason, tr("撤回理由", "the reason"))
    return role


def _may_take_down(state: CaseState, statement: Statement, act: TakeDown, roster: Roster) -> Role:
    """In an emergency anybody on the roster may: duties are not weighed against a leak."""
    role = anybody(statement, roster)
    if not state.on_line:
        raise _not_now(state, roster)
    required_sentence(act.reason, tr("撤除理由", "the reason"))
    return role


def _may_hand_over(state: CaseState, statement: Statement, act: HandOver, roster: Roster) -> Role:
    role = giving_role(state, statement, act, roster)
    if act.giver != present_holder(state, act.role):
        raise NotAllowedError(
            tr(
                f"{state.number} 不在{act.giver}（{act.role.label}）手上。",
                f"{act.giver} does not hold {state.number} as {act.role.label}.",
            )
        )
    key = next((one.keyid for one in roster.active(act.taker) if one.role is act.role), None)
    if key is None or act.taker == act.giver:
        raise NotAllowedError(
            tr(
                f"{act.taker}不能接手 {state.number}：不是{act.role.label}。",
                f"{act.taker} cannot take {state.number}: not {act.role.label}.",
            )
        )
    names = frozenset(roster.stands_for(act.taker, act.role))
    others = {one.role for one in state.acted if one.name in names or key == one.keyid}
    own = {state.submitter, state.publisher, *drafters_of(state)}
    if hinders(state, act.role, others) or (act.role is not state.chain.submitter and names & own):
        raise NotAllowedError(
            tr(
                f"{act.taker}在 {state.number} 中另有职责，不能接手。",
                f"{act.taker} has another duty in {state.number}.",
            )
        )
    required_sentence(act.reason, tr("移交理由", "the reason"))
    return role


_GUARDS: dict[type[Any], Callable[..., Role]] = {
    Submit: _may_submit,
    Review: _may_review,
    Consult: _may_consult,
    Answer: _may_answer,
    Approve: _may_approve,
    Publish: _may_publish,
    Withdraw: _may_withdraw,
    TakeDown: _may_take_down,
    HandOver: _may_hand_over,
    **objection_rules.GUARDS,
    **aftermath_rules.GUARDS,
    **redaction_rules.GUARDS,
}
