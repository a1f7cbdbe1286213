"""Who signed in whose place: a deputy's word, told with the mandate it was given under."""

from __future__ import annotations

from reviewer.language import tr
from reviewer.signoff.case import CaseState, SignOff
from reviewer.signoff.entry import Statement
from reviewer.signoff.mandate import covers
from reviewer.signoff.moment import day_of
from reviewer.signoff.roster import Enrolment, Roster
from reviewer.signoff.vocabulary import Role


def mandate_of(signoff: SignOff, state: CaseState, roster: Roster) -> Enrolment | None:
    """The delegation under which it was given; None where the signer held the role in their own right."""
    said = next((one for one in state.history if (one.actor, one.time) == (signoff.by, signoff.time)), None)
    held = _held(said, signoff.role, roster) if said else []
    return held[0] if held and all(one.deputy_for for one in held) else None


def _held(said: Statement, role: Role, roster: Roster) -> list[Enrolment]:
    """What gave that person that role when they said it."""
    return [
        one
        for one in roster.enrolments
        if (one.name, one.role) == (said.actor, role)
        and one.since < said.seq < (one.until or said.seq + 1)
        and covers(one, day_of(said.time))
    ]


def mandate_told(one: Enrolment) -> str:
    """A delegation in one line: who for whom, as what, how long, by which writing."""
    term = f"{one.begins} – {one.ends}" if one.begins else tr(f"至 {one.ends}", f"until {one.ends}")
    return tr(
        f"{one.name}代{one.deputy_for}任{one.role.label}，{term}，{one.mandate}",
        f"{one.name} for {one.deputy_for} as {one.role.label}, {term}, {one.mandate}",
    )
