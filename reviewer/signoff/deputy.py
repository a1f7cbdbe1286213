"""Who signed in whose place: a deputy's word, told with the mandate it was given under."""

from __future__ import annotations

from reviewer.language import tr
from reviewer.signoff.case import CaseState, SignOff
from reviewer.signoff.roster import Enrolment, Roster


def mandate_of(signoff: SignOff, state: CaseState, roster: Roster) -> Enrolment | None:
    """The delegation under which it was given; None where the signer held the role in their own right."""
    said = next((one for one in state.history if (one.actor, one.time) == (signoff.by, signoff.time)), None)
    held = roster.granted(said, signoff.role) if said else ()
    return held[0] if held and all(one.deputy_for for one in held) else None


def mandate_told(one: Enrolment) -> str:
    """A delegation in one line: who for whom, as what, how long, by which writing."""
    term = f"{one.begins} – {one.ends}" if one.begins else tr(f"至 {one.ends}", f"until {one.ends}")
    return tr(
        f"{one.name}代{one.deputy_for}任{one.role.label}，{term}，{one.mandate}",
        f"{one.name} for {one.deputy_for} as {one.role.label}, {term}, {one.mandate}",
    )
