"""Keywords that stand here, but not as the rule wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.keyword import Keyword, is_whole_line
from reviewer.detect.near.miss import Miss
from reviewer.detect.near.wording import failure
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    for rule in rules:
        match = cast(Keyword, rule.match)
        for word in match.words:
            for start, end in reading.hits_in(word, place):
                failing = match.conditions.failing(reading, start, end)
                if match.whole_line and not is_whole_line(reading, start, end):
                    alone = tr("要独占一行才算，此处夹在一行文字中", "counts only as all that its line says")
                    yield Miss(rule=rule, stood=(word,), lacking=alone, distance=1)
                elif failing:
                    why, covered = failure(failing, match.conditions, reading, start, end)
                    yield Miss(rule=rule, stood=(word,), lacking=why, distance=0, covered=covered)
