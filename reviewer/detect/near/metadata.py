"""Properties that a rule knows by name, and whose value it lets pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reviewer.detect.expressions import found
from reviewer.detect.metadata import Property
from reviewer.detect.near.miss import Miss
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Part, Rule


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    segment = reading.segment_of(place[0])
    if segment.part is not Part.PROPERTY:
        return
    for rule in rules:
        match = cast(Property, rule.match)
        if not match.places or not found(match.places, segment.place, 0, len(segment.place)):
            continue
        if match.values and not found(match.values, segment.text, 0, len(segment.text)):
            value = tr("属性在查，内容不是要查的", "the property is looked at, its value is not what is looked for")
            yield Miss(rule=rule, stood=(), lacking=value, distance=1)
        elif match.residue is not None:
            own = tr("标题与正文相符，不是别的文件留下的", "the title goes with the text")
            yield Miss(rule=rule, stood=(), lacking=own, distance=1)
