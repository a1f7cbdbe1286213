"""Keyword rules: words and phrases that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.reading import Reading
from reviewer.strict import Table
from reviewer.terms import Finding, Rule

_BLANKS = " \t（）()[]【】〔〕「」《》“”\"'*★·-—:：."


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """`words`: any of them; `whole_line`: it must be all that its line says, brackets and spaces aside."""

    words: tuple[str, ...]
    whole_line: bool
    conditions: Conditions


def decode(table: Table) -> Keyword:
    return Keyword(
        words=table.strings("words"),
        whole_line=table.flag("whole_line"),
        conditions=decode_conditions(table),
    )


def words(match: object) -> Iterable[str]:
    return cast(Keyword, match).words


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule in rules:
        match = cast(Keyword, rule.match)
        for word in match.words:
            for start, end in reading.hits(word):
                if match.whole_line and not is_whole_line(reading, start, end):
                    continue
                if match.conditions.hold(reading, start, end):
                    yield reading.finding(rule, start, end)


def is_whole_line(reading: Reading, start: int, end: int) -> bool:
    """Whether the word is all that its line says."""
    first, last = reading.bare_line(start, _BLANKS)
    return start <= first and last <= end
