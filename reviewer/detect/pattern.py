"""Pattern rules: regular expressions on folded text, tried only near their anchors when they have any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.expressions import regex, union
from reviewer.detect.reading import Range, Reading
from reviewer.strict import Table
from reviewer.terms import Finding, Rule
from reviewer.value import dataclass

_REACH = 60  # characters on either side of an anchor in which its pattern is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """`patterns`: any of them, a group named `it` narrows the finding; `anchors`: words one of which is near."""

    patterns: str
    anchors: tuple[str, ...]
    conditions: Conditions


def decode(table: Table) -> Pattern:
    patterns = table.strings("patterns")
    if sum("(?P<it>" in p for p in patterns) not in (0, 1) or ("(?P<it>" in "".join(patterns) and len(patterns) > 1):
        raise table.error("patterns: (?P<it>…) only in a rule with one pattern")
    return Pattern(
        patterns=union(table, "patterns", patterns),
        anchors=table.strings("anchors", ()),
        conditions=decode_conditions(table),
    )


def words(match: object) -> Iterable[str]:
    return cast(Pattern, match).anchors


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule in rules:
        match = cast(Pattern, rule.match)
        for start, end in sorted(set(places(match, reading))):
            if match.conditions.hold(reading, start, end):
                yield reading.finding(rule, start, end)


def places(match: Pattern, reading: Reading) -> Iterator[Range]:
    """Every match near an anchor, whether it counts or not."""
    for first, last in _windows(match, reading):
        for found in regex(match.patterns).finditer(reading.text, first, last):
            start, end = found.span("it" if "it" in found.re.groupindex else 0)
            if start < end:
                yield start, end


def _windows(match: Pattern, reading: Reading) -> Iterator[Range]:
    if not match.anchors:
        yield 0, len(reading.text)
        return
    size = len(reading.text)
    near = sorted(
        (max(0, start - _REACH), min(size, end + _REACH))
        for word in reading.words.intersection(match.anchors)
        for start, end in reading.hits(word)
    )
    merged: list[Range] = []
    for start, end in near:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    yield from merged
