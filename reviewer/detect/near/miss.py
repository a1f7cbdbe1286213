"""A near miss: a rule that something at a place speaks to, and what kept it from becoming a finding."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.terms import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """`stood`: the rule's own words that stand here; `lacking`: why that is not enough, for a reader.

    `distance`: 0 when all that the rule looks for is here and something lawful or a condition took it out, else how
    many of its clauses are not met. `score` and `needed`: where a rule counts or estimates. `covered`: what of the
    text took it out (words of public context), for a person to see how far that reached.
    """

    rule: Rule
    stood: tuple[str, ...]
    lacking: str
    distance: int
    score: float | None = None
    needed: float | None = None
    covered: str = ""


def nearer(one: Miss, held: Miss | None) -> bool:
    """Whether of two misses of one rule this one tells more."""
    if held is None:
        return True
    return (one.distance, -(one.score or 0.0), -len(one.stood)) < (
        held.distance,
        -(held.score or 0.0),
        -len(held.stood),
    )
