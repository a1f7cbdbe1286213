"""Concept rules of which some ideas stand here: which are missing, how far apart they are, what took them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.concept import HEADING, Concept, Meeting, nearest, unit_around
from reviewer.detect.heading import unmet
from reviewer.detect.near.miss import Miss, nearer
from reviewer.detect.near.wording import examples, failure
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule

_UNITS = {
    "sentence": ("同一句", "the sentence"),
    "line": ("同一行", "the line"),
    "document": ("近处", "reach"),
    HEADING: ("表头", "a table's heads"),
}
_MOST_TRIED = 200  # places of a rule's first concept: more of them tell a reader nothing new


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    """The nearest miss of each rule of which some word stands here."""
    for rule in rules:
        match = cast(Meeting, rule.match)
        here = [word for concept in match.concepts for word in concept.words & reading.words]
        if not any(reading.hits_in(word, place) for word in here):
            continue
        if match.within == HEADING:
            yield from _headless(rule, match, reading, place)
            continue
        best: Miss | None = None
        for at in _firsts(match, reading, place):
            miss = _miss(rule, match, reading, at)
            if miss is not None and nearer(miss, best):
                best = miss
        if best is None and not _firsts(match, reading, place):
            best = _without_first(rule, match, reading, place)
        if best is not None:
            yield best


def _headless(rule: Rule, match: Meeting, reading: Reading, place: Range) -> Iterator[Miss]:
    """A rule of tables of which some word stands here: in what heads it stands, and what these do not hold."""
    found = [
        (hit, word) for concept in match.concepts for word in concept.words for hit in reading.hits_in(word, place)
    ]
    if any(one.rule is rule for one in reading.findings):
        return
    for hit, word in sorted(found)[:_MOST_TRIED]:
        missing = unmet(match.concepts, hit[0], reading)
        if missing is None:
            continue
        lacking = (
            _missing(match, cast(Sequence[Concept], missing))
            if missing
            else tr(
                "表头齐备的表格里没有这样的值，或者标题、上下文属公开内容",
                "the heads are there; no such values below, or its title or surroundings are public",
            )
        )
        yield Miss(rule=rule, stood=(word,), lacking=lacking, distance=len(missing))
        return


def _firsts(match: Meeting, reading: Reading, place: Range) -> Sequence[Range]:
    """Places of the first concept from which a meeting could reach into this place."""
    wide = place[0] - match.reach, place[1] + match.reach
    found = [hit for word in match.concepts[0].words & reading.words for hit in reading.hits_in(word, wide)]
    units = [(hit, unit_around(match, reading, hit[0])) for hit in sorted(found)[:_MOST_TRIED]]
    return [hit for hit, unit in units if unit[0] < place[1] and place[0] < unit[1]]


def _miss(rule: Rule, match: Meeting, reading: Reading, first: Range) -> Miss | None:
    """What is lacking around one place of the first concept; None when nothing is."""
    unit = unit_around(match, reading, first[0])
    met = [first, *(nearest(concept, reading, unit, first[0]) for concept in match.concepts[1:])]
    stood = _words(match, reading, met)
    missing = [concept for concept, where in zip(match.concepts, met, strict=True) if where is None]
    if missing:
        return Miss(rule=rule, stood=stood, lacking=_missing(match, missing), distance=len(missing))
    held = [where for where in met if where is not None]
    start, end = min(low for low, _ in held), max(high for _, high in held)
    if end - start > match.reach:
        apart = tr(
            f"几项都有，但相隔 {end - start} 字，{match.reach} 字以内才算",
            f"all are there, but {end - start} characters apart; {match.reach} at most count",
        )
        return Miss(rule=rule, stood=stood, lacking=apart, distance=1, score=match.reach / (end - start), needed=1.0)
    failing = match.conditions.failing(reading, start, end)
    if not failing:
        return None
    why, covered = failure(failing, match.conditions, reading, start, end)
    return Miss(rule=rule, stood=stood, lacking=why, distance=0, covered=covered)


def _without_first(rule: Rule, match: Meeting, reading: Reading, place: Range) -> Miss:
    """The rule's leading words are not near; what else is missing is told with them."""
    unit = unit_around(match, reading, place[0])
    unit = min(unit[0], place[0]), max(unit[1], min(place[1], place[0] + match.reach))
    met = [None, *(nearest(concept, reading, unit, place[0]) for concept in match.concepts[1:])]
    missing = [concept for concept, where in zip(match.concepts, met, strict=True) if where is None]
    stood = _words(match, reading, met)
    return Miss(rule=rule, stood=stood, lacking=_missing(match, missing), distance=len(missing))


def _missing(match: Meeting, missing: Sequence[Concept]) -> str:
    where = tr(*_UNITS[match.within])
    some = tr("，也没有", ", nor ").join(examples(concept.words, concept.patterns) for concept in missing)
    count = len(match.concepts)
    return tr(
        f"{count} 项须在{where}齐备，还缺 {len(missing)} 项：没有{some}",
        f"{count} things must meet in {where}, {len(missing)} missing: no {some}",
    )


def _words(match: Meeting, reading: Reading, met: Sequence[Range | None]) -> tuple[str, ...]:
    """The words of the rule's own lists that were met; what an expression matched is not repeated."""
    found = []
    for concept, where in zip(match.concepts, met, strict=True):
        word = "" if where is None else reading.text[slice(*where)]
        if word in concept.words:
            found.append(word)
    return tuple(dict.fromkeys(found))
