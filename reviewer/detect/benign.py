"""Lawful mentions: wordings in which a word of secrecy names a rule, a body or an idiom, not this document.

Each has an id, so that a reader can be told why a place was not flagged. Suppression is local to the span:
a slogan and a genuine mark on the same page are judged apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reviewer.detect.expressions import regex, union
from reviewer.strict import Table
from reviewer.value import dataclass

_BEYOND = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Benign:
    """One lawful wording: `patterns` on folded text; `examples` must stay silent under the whole ruleset."""

    id: str
    title: str
    patterns: str
    examples: tuple[str, ...]


def decode_benign(table: Table) -> Benign:
    benign = Benign(
        id=table.string("id"),
        title=table.string("title"),
        patterns=union(table, "patterns", table.strings("patterns")),
        examples=table.strings("examples"),
    )
    if not benign.examples:
        raise table.error("examples")
    table.finish()
    return benign


@dataclass(frozen=True, slots=True)
class Lawful:
    """Where one wording stands in a line: its ranges in their order."""

    wording: Benign
    ranges: Sequence[tuple[int, int]]


def lawful(wordings: Sequence[Benign], text: str, line: tuple[int, int]) -> Sequence[Lawful]:
    """The wordings that stand in a line."""
    found = (Lawful(held, [match.span() for match in regex(held.patterns).finditer(text, *line)]) for held in wordings)
    return [held for held in found if held.ranges]


def covering(found: Sequence[Lawful], start: int, end: int) -> tuple[Benign, tuple[int, int]] | None:
    """The wording that covers the whole range `start`-`end`, and what it covers; None when there is none."""
    for held in found:
        index = bisect_right(held.ranges, (start, _BEYOND)) - 1
        if index >= 0 and end <= held.ranges[index][1]:
            return held.wording, held.ranges[index]
    return None
