"""How a case moves: the state after each kind of act. Whether the act was allowed is `guard.allowed`'s to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reviewer.signoff import aftermath_rules, objection_rules, redaction_rules
from reviewer.signoff.act import (
    Answer,
    Approve,
    Consult,
    HandOver,
    Publish,
    Review,
    Submit,
    TakeDown,
    Withdraw,
)
from reviewer.signoff.case import Acted, Asked, CaseState, Looked, Ruled, SignOff
from reviewer.signoff.chain import Chain
from reviewer.signoff.entry import Statement
from reviewer.signoff.objection import Objection
from reviewer.signoff.route import facts_of, higher
from reviewer.signoff.vocabulary import Opinion, Outcome, Role, Status
from reviewer.value import replace


def after(state: CaseState | None, statement: Statement, role: Role, chain: Chain) -> CaseState:
    """The case after one more statement, made in that role; whether it was allowed is `guard.allowed`'s to say.

    `chain` is the one that holds now: a case that begins follows it to its end.
    """
    following = _next(state, statement, role, chain)
    acted, mine = following.acted, Acted(role=role, name=statement.actor, keyid=statement.keyid)
    if mine not in acted and not isinstance(statement.act, _NO_DUTY):
        acted = (*acted, mine)
    return replace(following, acted=acted, history=(*following.history, statement))


# Whoever tells of these takes no duty in the case by it.
_NO_DUTY = (HandOver, TakeDown, Objection, *aftermath_rules.GUARDS, *redaction_rules.GUARDS)


def _next(state: CaseState | None, statement: Statement, role: Role, chain: Chain) -> CaseState:
    act = statement.act
    if isinstance(act, Submit):
        return _submitted(state, statement, act, state.chain if state else chain)
    step: Callable[..., CaseState] = _STEPS[type(act)]
    return step(state, statement, act, role)


def ruled(state: CaseState, statement: Statement, act: Review, role: Role) -> CaseState:
    """The case with the rulings and inspections of one review added."""
    if not act.settled and not act.inspected:
        return state
    return replace(
        state,
        rulings=(*state.rulings, *(Ruled(settled=one, by=statement.actor, role=role) for one in act.settled)),
        looks=(
            *state.looks,
            *(Looked(inspected=one, by=statement.actor, role=role) for one in act.inspected),
        ),
    )


def _submitted(state: CaseState | None, statement: Statement, act: Submit, chain: Chain) -> CaseState:
    """A new version voids every sign-off, ruling and inspection of the old one, and finds its way anew."""
    return CaseState(
        number=statement.subject,
        status=Status.SUBMITTED,
        chain=chain,
        due=chain.due(facts_of(act)),
        submitter=statement.actor,
        publisher=statement.actor if chain.submitter is Role.PUBLISHER else "",
        holder="",
        hop=0,
        package=act.manifest.digest,
        submitted=act,
        signoffs=(),
        rulings=(),
        looks=(),
        asked=state.asked if state else (),
        acted=state.acted if state else (),
        history=state.history if state else (),
        objections=state.objections if state else (),
    )


_ENDED_BY = {
    Opinion.RETURN: Status.RETURNED,
    Opinion.AGREE_AFTER_FIX: Status.RETURNED,
    Opinion.DEFER: Status.DEFERRED,
    Opinion.ON_REQUEST: Status.ON_REQUEST,
    Opinion.REFUSE: Status.REFUSED,
}


def _reviewed(state: CaseState, statement: Statement, act: Review, role: Role) -> CaseState:
    state = ruled(state, statement, act, role)
    if act.opinion in _ENDED_BY:
        status = _ENDED_BY[act.opinion]
        return replace(state, status=status, holder=statement.actor if status is Status.DEFERRED else "")
    if act.opinion is Opinion.SUBMIT_UP:
        state = replace(state, due=higher(state))
    return _signed(state, statement, role, act)


def _approved(state: CaseState, statement: Statement, act: Approve, role: Role) -> CaseState:
    said = Review(
        package=act.package, opinion=act.opinion, comment=act.comment, grounds=act.grounds, inspected=act.inspected
    )
    return _signed(ruled(state, statement, said, role), statement, role, said, act.shown)


def _signed(state: CaseState, statement: Statement, role: Role, said: Review, shown: tuple[str, ...] = ()) -> CaseState:
    signoff = SignOff(
        role=role,
        by=statement.actor,
        keyid=statement.keyid,
        time=statement.time,
        opinion=said.opinion,
        grounds=said.grounds,
        comment=said.comment,
        shown=shown,
    )
    hop = state.hop + 1
    status = Status.APPROVED if hop == len(state.due) else Status.REVIEWED
    return replace(state, status=status, hop=hop, holder="", signoffs=(*state.signoffs, signoff))


def _consulted(state: CaseState, statement: Statement, act: Consult, role: Role) -> CaseState:
    """Whoever asks takes the case back to the own hop: the sign-offs from there on were given without the answer."""
    hop = state.due.index(role)
    asked = Asked(number=len(state.asked) + 1, by=statement.actor, time=statement.time, consult=act, answer=None)
    return replace(
        state,
        status=Status.CONSULTING,
        hop=hop,
        holder=statement.actor,
        signoffs=state.signoffs[:hop],
        asked=(*state.asked, asked),
    )


def _answered(state: CaseState, statement: Statement, act: Answer, role: Role) -> CaseState:
    asked = tuple(replace(one, answer=act) if one.number == act.consult else one for one in state.asked)
    state = objection_rules.objected(replace(state, asked=asked), statement, act)
    if act.outcome is Outcome.SECRET:
        return replace(state, status=Status.QUARANTINED, holder="", signoffs=())
    if state.open_consults:
        return state
    return replace(state, status=Status.REVIEWED if state.hop else Status.SUBMITTED)


def _published(state: CaseState, statement: Statement, act: Publish, role: Role) -> CaseState:
    return replace(state, status=Status.PUBLISHED, publisher=statement.actor)


def _withdrawn(state: CaseState, statement: Statement, act: Withdraw, role: Role) -> CaseState:
    return replace(state, status=Status.WITHDRAWN, holder="", signoffs=())


def _taken_down(state: CaseState, statement: Statement, act: TakeDown, role: Role) -> CaseState:
    return replace(state, status=Status.TAKEN_DOWN, filed_from=None)


def _handed_over(state: CaseState, statement: Statement, act: HandOver, role: Role) -> CaseState:
    """The taker answers for the case from here on, as the giver did; `guard.allowed` has seen to the duties."""
    if act.role is state.chain.submitter:
        publisher = act.taker if act.role is Role.PUBLISHER else state.publisher
        return replace(state, submitter=act.taker, publisher=publisher)
    return replace(state, holder=act.taker)


_STEPS: dict[type[Any], Callable[..., CaseState]] = {
    Review: _reviewed,
    Consult: _consulted,
    Answer: _answered,
    Approve: _approved,
    Publish: _published,
    Withdraw: _withdrawn,
    TakeDown: _taken_down,
    HandOver: _handed_over,
    **objection_rules.STEPS,
    **aftermath_rules.STEPS,
    **redaction_rules.STEPS,
}
