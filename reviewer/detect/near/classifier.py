"""What the classifier thinks of a place: always with its number, told or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.classifier import Passage, Scored, alone, scored
from reviewer.detect.near.miss import Miss
from reviewer.detect.near.wording import failure
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    """For each rule the passage of this place that it suspects most, when it is not a finding."""
    best: dict[str, Scored] = {}
    for one in scored(rules, reading):
        if one.start < place[1] and place[0] < one.end:
            held = best.get(one.rule.id)
            if held is None or one.chance > held.chance:
                best[one.rule.id] = one
    for one in best.values():
        miss = _miss(one, reading)
        if miss is not None:
            yield miss


def _miss(one: Scored, reading: Reading) -> Miss | None:
    if one.chance < one.threshold:
        model = reading.ruleset.model
        assert model is not None, "nothing scored the passage"
        lone = alone(model, one.rule.category, reading.text[one.start : one.end])
        low = tr(
            f"把握 {one.chance:.1%}（只看这一句 {lone:.1%}），到 {one.threshold:.1%} 才报",
            f"{one.chance:.1%} sure ({lone:.1%} by the sentence alone); told from {one.threshold:.1%} on",
        )
        return Miss(rule=one.rule, stood=(), lacking=low, distance=1, score=one.chance, needed=one.threshold)
    conditions = cast(Passage, one.rule.match).conditions
    failing = conditions.failing(reading, one.start, one.end)
    if not failing:
        return None
    why, covered = failure(failing, conditions, reading, one.start, one.end)
    return Miss(
        rule=one.rule,
        stood=(),
        lacking=why,
        distance=0,
        score=one.chance,
        needed=one.threshold,
        covered=covered,
    )
