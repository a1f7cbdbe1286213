"""Facts in running text that expose a person: words widened to the phrase they stand in, or whole patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.detect.expressions import regex
from reviewer.detect.privacy.sought import Identifier
from reviewer.detect.reading import Range, Reading

_LEAD_REACH, _ANCHOR_REACH = 18, 50


def places(match: Identifier, reading: Reading, near: Sequence[Range] | None = None) -> list[Range]:
    """The phrases that a fact rule proposes, in order, each once and none inside another.

    `near`: the stretches to search for patterns without anchors.
    """
    found = sorted(
        {*_phrases(match, reading), *_matches(match, reading, near)}, key=lambda place: (place[0], -place[1])
    )
    kept: list[Range] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _phrases(match: Identifier, reading: Reading) -> Iterator[Range]:
    text = reading.text
    for word in reading.words.intersection(match.words):
        for start, end in reading.hits(word):
            lead = (
                regex(f"(?:{match.lead})\\Z").search(text, max(0, start - _LEAD_REACH), start) if match.lead else None
            )
            trail = regex(match.trail).match(text, end) if match.trail else None
            yield lead.start() if lead else start, trail.end() if trail else end


def _matches(match: Identifier, reading: Reading, near: Sequence[Range] | None) -> Iterator[Range]:
    """Patterns near their anchors; a named group narrows the place. Without words beside them they are led in too."""
    if not match.patterns:
        return
    lead = regex(f"(?:{match.lead})\\Z") if match.lead and not match.words else None
    for first, last in windows(match.anchors, reading) if match.anchors or near is None else near:
        for found in regex(match.patterns).finditer(reading.text, first, last):
            start, end = found.span(found.lastgroup or 0)
            if start < end:
                led = lead.search(reading.text, max(first, start - _LEAD_REACH), start) if lead else None
                yield led.start() if led else start, end


def windows(anchors: tuple[str, ...], reading: Reading) -> Iterator[Range]:
    """The stretches around the anchors, merged; the whole text where there are none."""
    if not anchors:
        yield 0, len(reading.text)
        return
    size = len(reading.text)
    near = sorted(
        (max(0, start - _ANCHOR_REACH), min(size, end + _ANCHOR_REACH))
        for word in reading.words.intersection(anchors)
        for start, end in reading.hits(word)
    )
    low = high = -1
    for start, end in near:
        if start > high:
            if high >= 0:
                yield low, high
            low, high = start, end
        else:
            high = max(high, end)
    if high >= 0:
        yield low, high
