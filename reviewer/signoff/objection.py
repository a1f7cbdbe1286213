"""What can be said when somebody whose interest or information it is objects, or says nothing in time."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.signoff.codec import later
from reviewer.signoff.vocabulary import Addressee, Conclusion, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """The statutory time for the answer to consult number `consult` has passed in silence (条例第三十二、三十四条).

    `received` is the day on which the addressee had the letter, `due` the 15th working day after it. Silence decides
    nothing by itself: `conclusion` is a person's, with the `reason`.
    """

    consult: int
    received: str
    due: str
    conclusion: Conclusion
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Somebody objects in writing without being asked, or after having been answered for: every sign-off is void.

    `outcome` is an objection, or *secret* where the organ whose information it is has classified it.
    """

    party: Addressee
    name: str
    letter: str
    day: str
    received: str
    reason: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What the organ decides on objection number `objection` of the case (from 1), and why.

    `notice` is the number of the letter that tells whoever objected (条例第三十二条：书面告知); empty when the
    objection is followed.
    """

    objection: int
    conclusion: Conclusion
    reason: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """An objection as the case keeps it: whose, to which package, and what was decided once it was.

    `consult` is the letter that it answers; 0 where nobody had asked.
    """

    number: int
    party: Addressee
    name: str
    package: str
    time: str
    reason: str
    consult: int = later(0)
    decision: Decide | None = later(None)
    decided_by: str = later("")
