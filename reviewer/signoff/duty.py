"""Whose duty a case is: roles held, duties kept apart, the one who has it in hand, and sign-offs still in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from reviewer.errors import NotAllowedError
from reviewer.language import tr
from reviewer.signoff.act import HandOver
from reviewer.signoff.case import CaseState, SignOff
from reviewer.signoff.entry import Statement
from reviewer.signoff.roster import Roster
from reviewer.signoff.vocabulary import Role, Status

_BETWEEN_NAMES = re.compile(r"[、，,；;/\s]+")


def awaited(state: CaseState, roster: Roster) -> tuple[str, ...]:
    """Who can do the next step: the one who has the case in hand, or else everybody who may take it up."""
    if not state.is_open:
        return ()
    if state.status is Status.RETURNED or fallen(state, roster) is not None:
        return (state.submitter,)
    if state.holder:
        return (state.holder,)
    if state.present is None:
        return (state.publisher,) if state.publisher else free(state, roster, Role.PUBLISHER)
    return free(state, roster, state.present.role)


def free(state: CaseState, roster: Roster, role: Role) -> tuple[str, ...]:
    """Who holds the role and has no duty in this case that keeps them from it."""
    drafters = drafters_of(state)
    return tuple(
        name
        for name in roster.holders(role)
        if not hinders(state, role, _bound(state, name, "", roster, role))
        and (role is Role.PUBLISHER or drafters.isdisjoint(roster.stands_for(name, role)))
    )


def named(names: Iterable[str]) -> str:
    """The names, or that there is nobody."""
    return "、".join(names) or tr("名册上无人", "nobody on the roster")


def duty(state: CaseState | None, statement: Statement, roster: Roster, roles: Iterable[Role]) -> Role:
    """The role among `roles` in which this person may act here: held, and not at odds with a duty already taken."""
    wanted = tuple(roles)
    held = [role for role in wanted if roster.holds(statement.actor, role, statement.keyid)]
    if not held:
        names = "、".join(dict.fromkeys(name for role in wanted for name in roster.holders(role)))
        duties = "、".join(role.label for role in wanted)
        raise NotAllowedError(
            tr(
                f"{statement.actor}不是{duties}。能办这一步的人：{names or '（名册上无人）'}。",
                f"{statement.actor} is not {duties}. Who can do this: {names or '(nobody on the roster)'}.",
            )
        )
    taken = _taken(state, statement.actor, statement.keyid) if state else set()
    role = next((role for role in held if role in taken), held[0])
    bound = _bound(state, statement.actor, statement.keyid, roster, role) if state else set()
    hindering = hinders(state, role, bound) if state else set()
    if hindering:
        duties = "、".join(sorted(other.label for other in hindering))
        raise NotAllowedError(
            tr(
                f"{statement.actor}（或同一把密钥）已在本件中任{duties}，不能再任{role.label}；须由另一人办理。",
                f"{statement.actor} (or the same key) already is {duties} in this case and cannot be {role.label} too; "
                "another person must do it.",
            )
        )
    return role


_ANYBODY = tuple(role for role in Role if role is not Role.DRAFTER)


def anybody(statement: Statement, roster: Roster) -> Role:
    """Any role this person holds: what must be told at once is not a matter of duties."""
    held = [role for role in _ANYBODY if roster.holds(statement.actor, role, statement.keyid)]
    if not held:
        raise NotAllowedError(tr(f"{statement.actor}不在名册上。", f"{statement.actor} is not on the roster."))
    return held[0]


def _taken(state: CaseState, name: str, keyid: str) -> set[Role]:
    taken = {one.role for one in state.acted if name == one.name or keyid == one.keyid}
    if name == state.submitter:
        taken.add(state.chain.submitter)
    if name == state.publisher:
        taken.add(Role.PUBLISHER)
    return taken


def _bound(state: CaseState, name: str, keyid: str, roster: Roster, role: Role) -> set[Role]:
    """The duties taken by this person, by whoever's role they would exercise as a deputy, and by deputies of both."""
    own, *others = names = roster.stands_for(name, role)
    taken = _taken(state, own, keyid).union(*(_taken(state, other, "") for other in others))
    return taken | _lent(state, frozenset(names), roster) if roster.deputies else taken


def _lent(state: CaseState, names: frozenset[str], roster: Roster) -> set[Role]:
    """The duties that somebody took in this case in the place of one of these."""
    return {
        one.role
        for one in state.acted
        for said in state.history
        if said.actor == one.name and any(grant.deputy_for in names for grant in roster.granted(said, one.role))
    }


def hinders(state: CaseState, role: Role, taken: set[Role]) -> set[Role]:
    """The duties taken that do not go with `role`: every other one, but for the mergers that the chain records."""
    return {other for other in taken - {role} if state.chain.merger(role, other) is None}


def drafters_of(state: CaseState) -> frozenset[str]:
    """Who drafted it: the register's entry as typed, and each name of it where several are written there."""
    typed = state.submitted.about.drafter
    if state.submitted.route is None:  # the first form knew the entry as a whole only
        return frozenset({typed})
    return frozenset({typed, *(name.strip() for name in _BETWEEN_NAMES.split(typed))}) - {""}


def giving_role(state: CaseState, statement: Statement, act: HandOver, roster: Roster) -> Role:
    """The giver hands over; where the giver has left, an administrator does."""
    if statement.actor == act.giver and roster.holds(statement.actor, act.role, statement.keyid):
        return act.role
    if roster.holds(statement.actor, Role.ADMINISTRATOR, statement.keyid):
        return Role.ADMINISTRATOR
    raise NotAllowedError(tr(f"移交由{act.giver}本人或管理员办理。", f"{act.giver} or an administrator hands over."))


def present_holder(state: CaseState, role: Role) -> str:
    """Who has the case in hand in that role; empty if nobody took it up."""
    if role is state.chain.submitter:
        return state.submitter
    return state.holder if state.present is not None and role is state.present.role else ""


def check_holder(state: CaseState, statement: Statement, role: Role) -> None:
    """Who took a case up finishes it, or hands it over."""
    if state.holder and statement.actor != state.holder:
        raise not_the_holder(state.holder, role)


def check_signer(state: CaseState, statement: Statement, package: str, roster: Roster, role: Role) -> None:
    """What was looked at is what is signed, and nobody signs the own draft, nor has a deputy sign it."""
    if package != state.package:
        raise NotAllowedError(
            tr(
                f"{state.number} 已有新版本（指纹 {state.manifest.fingerprint}），请重新查看后再签。",
                f"{state.number} has a newer version ({state.manifest.fingerprint}); look at it before signing.",
            )
        )
    for name in roster.stands_for(statement.actor, role):
        if name in drafters_of(state):
            raise NotAllowedError(
                tr(
                    f"{name}是承办人，不能审批自己的稿件{_nor_by_deputy(name, statement)}。",
                    f"{name} drafted it and cannot sign it off{_nor_by_deputy(name, statement)}.",
                )
            )


def _nor_by_deputy(name: str, statement: Statement) -> str:
    if name == statement.actor:
        return ""
    return tr(f"，{statement.actor}也不能代其审批", f", nor can {statement.actor} in their place")


def check_signoffs(state: CaseState, roster: Roster) -> None:
    """A sign-off falls with the signer's role while nothing has been published on it."""
    signoff = fallen(state, roster)
    if signoff is not None:
        raise NotAllowedError(
            tr(
                f"{signoff.role.label}{signoff.by}已被撤销、任期或代理已满，或更换了密钥，其签批失效，请重新送审。",
                f"{signoff.by} is no longer {signoff.role.label} with that key: sign-off void, submit again.",
            )
        )


def fallen(state: CaseState, roster: Roster) -> SignOff | None:
    """The first sign-off whose signer does not hold that role with that key any more."""
    return next((one for one in state.signoffs if not roster.holds(one.by, one.role, one.keyid)), None)


def check_exemptions(state: CaseState, statement: Statement, roster: Roster, role: Role) -> None:
    """Whose word lets a finding pass does not also give the last one, nor does their deputy."""
    for name in roster.stands_for(statement.actor, role):
        if state.submitted.route is not None and state.exempted_by(name):
            raise NotAllowedError(
                tr(
                    f"本件有{name}本人作出的例外（误报、可公开），不能由其本人批准{_nor_by_deputy(name, statement)}；"
                    "须由另一人签批。",
                    f"{name} let findings of this package pass and cannot approve that"
                    f"{_nor_by_deputy(name, statement)}; another person signs.",
                )
            )


def check_age(state: CaseState, now: datetime) -> None:
    """An approval lasts as long as the chain says, and no longer."""
    lapses = state.expires
    if lapses is None or now > lapses:
        days = state.chain.approval_ttl_days
        raise NotAllowedError(
            tr(
                f"批准已超过 {days} 天有效期，请重新送审。",
                f"the approval is older than {days} days; submit again.",
            )
        )


def not_the_holder(holder: str, role: Role) -> NotAllowedError:
    """The refusal for everybody but the one who has the case in hand."""
    return NotAllowedError(
        tr(
            f"本件由{holder}（{role.label}）经办；换人须先移交（case handover）。",
            f"{holder} ({role.label}) has this case; hand it over first (case handover).",
        )
    )
