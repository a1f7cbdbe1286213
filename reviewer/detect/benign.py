"""Lawful mentions: wordings in which a word of secrecy names a rule, a body or an idiom, not this document.

Each has an id, so that a reader can be told why a place was not flagged. Suppression is local to the span:
a slogan and a genuine mark on the same page are judged apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.detect.expressions import regex, union
from reviewer.strict import Table


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


def benign_at(wordings: Sequence[Benign], text: str, line: tuple[int, int], start: int, end: int) -> Benign | None:
    """The wording that covers the whole range `start`-`end` of `line`, if any."""
    for wording in wordings:
        for match in regex(wording.patterns).finditer(text, *line):
            if match.start() <= start and end <= match.end():
                return wording
            if match.start() >= end:
                break
    return None
