"""Expressions that match here and do not count, and anchors with nothing of the wanted form beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.expressions import regex
from reviewer.detect.near.miss import Miss
from reviewer.detect.near.wording import examples, failure
from reviewer.detect.pattern import Pattern, places
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule

_WIDEST = 2_000  # characters of a place in which an expression is tried without its anchors


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    for rule in rules:
        match = cast(Pattern, rule.match)
        stood = tuple(word for word in match.anchors if reading.hits_in(word, place))
        matched = False
        for start, end in places(match, reading):
            if start < place[1] and place[0] < end:
                matched = True
                failing = match.conditions.failing(reading, start, end)
                if failing:
                    why, covered = failure(failing, match.conditions, reading, start, end)
                    yield Miss(rule=rule, stood=stood, lacking=why, distance=0, covered=covered)
        if not matched and stood:
            form = tr("旁边没有规则要找的写法", "nothing of the form that the rule looks for is beside it")
            yield Miss(rule=rule, stood=stood, lacking=form, distance=1)
        elif not matched and match.anchors and _stands(match, reading, place):
            some = examples(match.anchors, "")
            far = tr(f"写法相符，但近处没有{some}", f"the form is there, but no {some} is near")
            yield Miss(rule=rule, stood=(), lacking=far, distance=1)


def _stands(match: Pattern, reading: Reading, place: Range) -> bool:
    found = regex(match.patterns).search(reading.text, place[0], min(place[1], place[0] + _WIDEST))
    return found is not None and found[0] != ""
