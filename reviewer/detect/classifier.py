"""The classifier's findings: sentences that read like matter of a category. They refer, never more, never less.

What other rules found it may doubt, where they ask for that (`likelihood`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast
from weakref import WeakKeyDictionary

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.model import Model
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Category, Finding, Part, Rule
from reviewer.text.lazy import lazy
from reviewer.value import dataclass, replace

_SHORTEST = 10  # characters with something to say
_LONGEST = 400  # a longer run without a full stop is a table or a list: judged in pieces
_PIECES = lazy(r"[^，,、\n]{1,200}+[，,、]?")
_HAN = lazy(r"[\u4e00-\u9fff]")
_SUREST = 0.99  # nothing that was learned is certain: more is not said
_CONTENT = frozenset(Part) - {Part.PROPERTY, Part.FILE_NAME, Part.SCRIPT, Part.ATTRIBUTE, Part.FIELD_CODE, Part.FORMULA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The rule's category is the model's head; `margin` is added to that head's threshold."""

    margin: float
    conditions: Conditions


def decode(table: Table) -> Passage:
    return Passage(margin=table.number("margin", 0.0), conditions=decode_conditions(table))


def words(match: object) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What the model thinks of one passage for one rule: the probability, and the one from which it is told."""

    rule: Rule
    start: int
    end: int
    chance: float
    threshold: float


def alone(model: Model, category: Category, sentence: str) -> float:
    """The probability that a sentence would have without its surroundings: what they add or take is the rest."""
    return model.probabilities([sentence])[category][0]


def summed(model: Model, category: Category, sentence: str) -> float:
    """The same by words added up, before the network was heard: what these say only together is the rest."""
    return replace(model, opinion=None).probabilities([sentence])[category][0]


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule, (start, end), chance, threshold in _judged(rules, reading):
        if chance >= threshold and cast(Passage, rule.match).conditions.hold(reading, start, end):
            yield reading.finding(rule, start, end, confidence=chance, note=_note(rule, reading, chance))


def _note(rule: Rule, reading: Reading, chance: float) -> str:
    """How sure the model is, and how rare such a score is among lawful documents."""
    model = reading.ruleset.model
    rarity = model.heads[rule.category].rarity(chance) if model is not None else None
    sure = f"{min(chance, _SUREST):.0%}"
    told = tr(f"这句话像此类信息，把握 {sure}", f"reads like such matter: {sure} sure")
    if rarity is None:
        return told
    rare = tr(
        f"；同类合法文稿中至多 {rarity:.1%} 会有这样的句子",
        f"; at most {rarity:.1%} of lawful drafts like it hold such a sentence",
    )
    return told + rare


def scored(rules: Sequence[Rule], reading: Reading) -> Iterator[Scored]:
    """Every passage under every rule, told or not."""
    for rule, (start, end), chance, threshold in _judged(rules, reading):
        yield Scored(rule=rule, start=start, end=end, chance=chance, threshold=threshold)


def _judged(rules: Sequence[Rule], reading: Reading) -> Iterator[tuple[Rule, Range, float, float]]:
    model = reading.ruleset.model
    if model is None:
        return
    passages = _passages_of(reading)
    for rule in rules:
        threshold = model.heads[rule.category].threshold + cast(Passage, rule.match).margin
        for passage, chance in zip(passages.places, passages.chances[rule.category], strict=True):
            yield rule, passage, chance, threshold


def likelihood(reading: Reading, start: int, end: int) -> float | None:
    """The highest probability, of any category, of the passages that a folded range touches.

    None where nothing can be said: without a model, and in parts and stretches that it does not look at.
    """
    if reading.ruleset.model is None:
        return None
    passages = _passages_of(reading)
    first = max(0, bisect_right(passages.places, (start, start)) - 1)  # the last that begins at or before the range
    touched = range(first, bisect_left(passages.places, (end, end)))
    told = [at for at in touched if start < passages.places[at][1]]
    return max((chances[at] for chances in passages.chances.values() for at in told), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passages:
    """A document's passages in order, and for each category the probability of each."""

    places: Sequence[Range]
    chances: Mapping[Category, Sequence[float]]


_JUDGED: WeakKeyDictionary[Reading, _Passages] = WeakKeyDictionary()


def _passages_of(reading: Reading) -> _Passages:
    """Judged once for a reading, under its ruleset's model."""
    held = _JUDGED.get(reading)
    if held is None:
        model = reading.ruleset.model
        assert model is not None, "nothing judges the passages"
        places = list(_passages(reading))
        chances = model.probabilities([reading.text[start:end] for start, end in places])
        held = _JUDGED[reading] = _Passages(places=places, chances=chances)
    return held


def _passages(reading: Reading) -> Iterator[Range]:
    """Sentences worth a look: long enough, with Chinese in them, in a part that people wrote."""
    for start, end in reading.sentences:
        if end - start < _SHORTEST or reading.part_of(start) not in _CONTENT:
            continue
        if end - start > _LONGEST:
            for piece in _PIECES.finditer(reading.text, start, end):
                if len(piece[0]) >= _SHORTEST and _HAN.search(piece[0]):
                    yield piece.span()
        elif _HAN.search(reading.text, start, end):
            yield start, end
