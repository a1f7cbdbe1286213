"""Concept rules: no single word says it; several that meet in a sentence, a line, a stretch or a table's heads do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import cast

from reviewer.detect.classifier import likelihood
from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.edges import whole
from reviewer.detect.expressions import regex, union
from reviewer.detect.heading import headed
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action, Finding, Rule
from reviewer.value import dataclass

HEADING = "heading"
_ENOUGH = 3  # types of matter in one sentence that nobody doubts; two meet in lawful drafts, too
_UNITS = ("sentence", "line", "document", HEADING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One idea: words (found by the automaton) or patterns (tried only where the words of another concept are)."""

    words: frozenset[str]
    patterns: str

    def may_occur(self, reading: Reading) -> bool:
        """Whether any of its words stands in the document; a pattern is not tried for this."""
        return bool(self.patterns) or not self.words.isdisjoint(reading.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`concepts` that must all be present in one `within` unit, `reach` characters apart at most.

    Within the heads of a table: the finding is on the values below them, of rows in which one below the first concept
    looks like `values`, unless what stands above the table matches `unless_title`.
    `doubt`: a finding in passages that the classifier holds for less likely than this, whatever the category, asks for
    nothing and is only noted; 0 for never.
    """

    concepts: tuple[Concept, ...]
    within: str
    reach: int
    conditions: Conditions
    doubt: float
    values: str = ""
    unless_title: str = ""


def decode(table: Table) -> Meeting:
    concepts = tuple(_concept(table, item, at) for at, item in enumerate(table.items("all"), 1))
    within = table.string("within", "sentence")
    if within not in _UNITS:
        raise table.error(f"within: {within}? {' '.join(_UNITS)}")
    if len(concepts) < 2 or not concepts[0].words or concepts[0].patterns:
        raise table.error("all: two concepts or more, the first of words only")
    doubt = table.number("doubt", 0.0)
    if not 0 <= doubt < 1 or (doubt and within == HEADING):
        raise table.error("doubt: 0 <= doubt < 1; 0 within heading")
    tabled = ("values", "unless_title") if within == HEADING else ()
    return Meeting(
        concepts=concepts,
        within=within,
        reach=table.integer("reach", 200),
        conditions=decode_conditions(table),
        doubt=doubt,
        **{key: union(table, key, table.strings(key, ())) for key in tabled},
    )


def _concept(table: Table, item: object, at: int) -> Concept:
    if not isinstance(item, list | tuple) or not item or not all(isinstance(w, str) and w for w in item):
        raise table.error(f"all[{at}]: a list of words; «re:…» is a pattern")
    plain = frozenset(word for word in item if not word.startswith("re:"))
    patterns = [word[3:] for word in item if word.startswith("re:")]
    return Concept(words=plain, patterns=union(table, f"all[{at}]", patterns))


def words(match: object) -> Iterable[str]:
    for concept in cast(Meeting, match).concepts:
        yield from concept.words


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    met: list[tuple[Rule, Range]] = []
    for rule in rules:
        match = cast(Meeting, rule.match)
        if match.within == HEADING:
            yield from _tabled(rule, match, reading)
        else:
            met += [(rule, place) for place in _places(match, reading)]
    telling = _telling(met, reading)
    for rule, place in met:
        alone = len(telling[reading.sentence_at(place[0])]) < _ENOUGH
        yield _finding(rule, reading, place, _doubt(rule, reading, place) if alone else None)


def _telling(met: Sequence[tuple[Rule, Range]], reading: Reading) -> Mapping[Range, Set[str]]:
    """What types of matter the rules find in each sentence: where several agree, nothing is doubted."""
    telling: dict[Range, set[str]] = {}
    for rule, place in met:
        telling.setdefault(reading.sentence_at(place[0]), set()).add(rule.type)
    return telling


def _tabled(rule: Rule, match: Meeting, reading: Reading) -> Iterator[Finding]:
    """On every value of a table whose heads tell what it is."""
    if not all(concept.may_occur(reading) for concept in match.concepts):
        return
    for table in headed(match.concepts, match.values, reading):
        if match.unless_title and reading.holds(match.unless_title, table.title(reading)):
            continue
        if not match.conditions.hold(reading, *table.head):
            continue
        named = tr("、", ", ").join(table.heads)
        note = tr(f"表头“{named}”，共 {table.rows} 行", f"columns “{named}”, {table.rows} rows")
        for start, end in table.values:
            yield reading.finding(rule, start, end, note=note, group=f"h{table.head[0]}:{rule.id}")


def _places(match: Meeting, reading: Reading) -> Iterator[Range]:
    """Where they meet; what overlaps in one sentence is one place, and none begins or ends inside a number."""
    if not all(concept.may_occur(reading) for concept in match.concepts):
        return
    held: Range | None = None
    for met in sorted(set(_meetings(match, reading))):
        if not match.conditions.hold(reading, *met):
            continue
        place = whole(reading.text, *met)
        if held is not None and _are_one(held, place, reading):
            held = held[0], max(held[1], place[1])
            continue
        if held is not None:
            yield held
        held = place
    if held is not None:
        yield held


def _are_one(first: Range, other: Range, reading: Reading) -> bool:
    """Whether two places in order are told as one: one holds the other, or they overlap within a sentence."""
    inside = other[1] <= first[1]
    return inside or (other[0] < first[1] and reading.sentence_at(other[0]) == reading.sentence_at(first[0]))


def _doubt(rule: Rule, reading: Reading, place: Range) -> float | None:
    """What the classifier gives the passages of a place, where that is less than the rule wants."""
    least = cast(Meeting, rule.match).doubt
    chance = likelihood(reading, *place) if least else None
    return chance if chance is not None and chance < least else None


def _finding(rule: Rule, reading: Reading, place: Range, chance: float | None) -> Finding:
    start, end = place
    least = cast(Meeting, rule.match).doubt
    if chance is None:
        return reading.finding(rule, start, end)
    return reading.finding(
        rule,
        start,
        end,
        action=Action.NOTE,
        note=tr(
            f"词语相符，但分类器认为这句话不像（把握 {chance:.1%}，低于 {least:.0%}）：只作提示",
            f"the words meet, but the classifier doubts it ({chance:.1%}, below {least:.0%}): noted only",
        ),
    )


def _meetings(match: Meeting, reading: Reading) -> Iterator[Range]:
    """The smallest stretch that holds, for each place of the first concept, the nearest of every other."""
    first, *others = match.concepts
    held = [(concept.patterns, _places_of(concept, reading)) for concept in others]
    for word in first.words & reading.words:
        for place in reading.hits(word):
            stretch = _stretch(held, reading, unit_around(match, reading, place[0]), place)
            if stretch is not None and stretch[1] - stretch[0] <= match.reach:
                yield stretch


def _places_of(concept: Concept, reading: Reading) -> list[Sequence[Range]]:
    """The places in the document of each word of a concept that stands there."""
    return [reading.hits(word) for word in concept.words & reading.words]


def _stretch(
    others: Sequence[tuple[str, Sequence[Sequence[Range]]]], reading: Reading, unit: Range, place: Range
) -> Range | None:
    """From the first to the last of `place` and its nearest others, or None when one of them is missing.

    `others`: the patterns of each other concept, and the places of its words.
    """
    low, high = place
    for patterns, words in others:
        held = _nearest(patterns, words, reading.text, unit, place[0])
        if held is None:
            return None
        low, high = min(low, held[0]), max(high, held[1])
    return low, high


def unit_around(match: Meeting, reading: Reading, at: int) -> Range:
    """The unit around `at`, cut to the reach: a page without line ends must not be searched whole for every word."""
    low, high = max(0, at - match.reach), min(len(reading.text), at + match.reach)
    if match.within == "document":
        return low, high
    unit = reading.sentence_at(at) if match.within == "sentence" else reading.line_at(at)
    return max(low, unit[0]), min(high, unit[1])


def nearest(concept: Concept, reading: Reading, unit: Range, at: int) -> Range | None:
    """The place of a concept in a unit that is nearest to folded offset `at`."""
    return _nearest(concept.patterns, _places_of(concept, reading), reading.text, unit, at)


def _nearest(patterns: str, words: Sequence[Sequence[Range]], text: str, unit: Range, at: int) -> Range | None:
    places = [place for hits in words for place in _inside(hits, unit)]
    if patterns:
        places += [m.span() for m in regex(patterns).finditer(text, *unit) if m[0]]
    return min(places, key=lambda place: (abs(place[0] - at), place), default=None)


def _inside(places: Sequence[Range], unit: Range) -> Sequence[Range]:
    """Those of the places, which are of one word and in order, that lie in a unit."""
    first = bisect_left(places, (unit[0], unit[0]))
    if first == len(places) or places[first][0] >= unit[1]:
        return ()
    inside = places[first : bisect_left(places, (unit[1], unit[1]))]
    return inside if inside[-1][1] <= unit[1] else [place for place in inside if place[1] <= unit[1]]
