"""Concept rules: no single word says it; several concepts that meet in one sentence, line or stretch do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.expressions import regex, union
from reviewer.detect.reading import Range, Reading
from reviewer.strict import Table
from reviewer.terms import Finding, Rule

_UNITS = ("sentence", "line", "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One idea: words (found by the automaton) or patterns (tried only where the words of another concept are)."""

    words: tuple[str, ...]
    patterns: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`concepts` that must all be present in one `within` unit, `reach` characters apart at most."""

    concepts: tuple[Concept, ...]
    within: str
    reach: int
    conditions: Conditions


def decode(table: Table) -> Meeting:
    concepts = tuple(_concept(table, item, at) for at, item in enumerate(table.items("all"), 1))
    within = table.string("within", "sentence")
    if within not in _UNITS:
        raise table.error(f"within: {within}? {' '.join(_UNITS)}")
    if len(concepts) < 2 or not concepts[0].words:
        raise table.error("all: two concepts or more, the first of them with words")
    return Meeting(
        concepts=concepts,
        within=within,
        reach=table.integer("reach", 200),
        conditions=decode_conditions(table),
    )


def _concept(table: Table, item: object, at: int) -> Concept:
    if not isinstance(item, list | tuple) or not item or not all(isinstance(w, str) and w for w in item):
        raise table.error(f"all[{at}]: a list of words; «re:…» is a pattern")
    plain = tuple(word for word in item if not word.startswith("re:"))
    patterns = [word[3:] for word in item if word.startswith("re:")]
    return Concept(words=plain, patterns=union(table, f"all[{at}]", patterns))


def words(match: object) -> Iterable[str]:
    for concept in cast(Meeting, match).concepts:
        yield from concept.words


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule in rules:
        match = cast(Meeting, rule.match)
        for start, end in sorted(set(_meetings(match, reading))):
            if match.conditions.hold(reading, start, end):
                yield reading.finding(rule, start, end)


def _meetings(match: Meeting, reading: Reading) -> Iterator[Range]:
    """The smallest stretch that holds, for each place of the first concept, the nearest of every other."""
    first, *others = match.concepts
    for word in first.words:
        for start, end in reading.hits(word):
            unit = _unit(match, reading, start)
            nearest = [_nearest(concept, reading, unit, start) for concept in others]
            if all(nearest):
                places = [(start, end), *cast("list[Range]", nearest)]
                low, high = min(p[0] for p in places), max(p[1] for p in places)
                if high - low <= match.reach:
                    yield low, high


def _unit(match: Meeting, reading: Reading, at: int) -> Range:
    if match.within == "sentence":
        return reading.sentence_at(at)
    if match.within == "line":
        return reading.line_at(at)
    return max(0, at - match.reach), min(len(reading.text), at + match.reach)


def _nearest(concept: Concept, reading: Reading, unit: Range, at: int) -> Range | None:
    places = [
        place for word in concept.words for place in reading.hits(word) if unit[0] <= place[0] and place[1] <= unit[1]
    ]
    if concept.patterns:
        places += [m.span() for m in regex(concept.patterns).finditer(reading.text, *unit) if m[0]]
    return min(places, key=lambda place: abs(place[0] - at), default=None)
