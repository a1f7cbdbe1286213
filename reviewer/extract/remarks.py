"""What a person should know of a reading although nothing is missing from it: hidden segments behind all others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reviewer.extract.scribe import Extracted
from reviewer.terms import Part, Segment
from reviewer.value import replace

_PLACE = "读取说明"
"""Data, like every place: the rule `concealed/reading-remark` knows it by this name."""


class Addition(NamedTuple):
    """A hidden segment to be written down behind a reading."""

    place: str
    text: str
    part: Part


def remark(what: str, more: str) -> Addition:
    """Something to be known: `what` in the place, which every report shows, and `more` of it in the text."""
    return Addition(f"{_PLACE}：{what}", more, Part.PROPERTY)


def with_additions(extracted: Extracted, additions: Iterable[Addition]) -> Extracted:
    """The same with these segments behind everything; offsets before them stay as they are."""
    additions = tuple(additions)
    if not additions:
        return extracted
    pieces, segments = [extracted.text], list(extracted.segments)
    at, ended = len(extracted.text), not extracted.text or extracted.text.endswith("\n")
    for place, text, part in additions:
        pieces += ["" if ended else "\n", text, "\n"]
        at += not ended
        segments.append(Segment(place=place, text=text, start=at, part=part, hidden=True))
        at += len(text) + 1
        ended = True
    return replace(extracted, text="".join(pieces), segments=tuple(segments))
