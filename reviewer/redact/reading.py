"""What the copy must say: the original as it was read, edited; and whether another reading is that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from reviewer.redact.edit import Edit, pieces, written
from reviewer.terms import Document, Part, Segment

_BESIDE = frozenset(
    {
        *(Part.FILE_NAME, Part.PROPERTY, Part.ALT_TEXT, Part.ATTRIBUTE, Part.FIELD_CODE, Part.FORMULA),
        *(Part.ANNOTATION, Part.FORM_VALUE),  # kept or dropped as a whole
    }
)

UNSEEN = dict.fromkeys((*range(9), *range(14, 26), 127))
"""Control characters that no program shows; 1A may end a file, 1B begins what a terminal shows."""
_PICTURE = re.compile(r"图片\d+（(.+) 附近）!")


def edited(document: Document, edits: Sequence[Edit], *, without_hidden: bool = True) -> Document:
    """The document as it reads once the edits are made and, unless told otherwise, all that is hidden is gone."""
    changes = pieces(document, edits)
    unseen = unseen_pictures(document)
    text: list[str] = []
    segments: list[Segment] = []
    at = length = 0
    for index, segment in enumerate(document.segments):
        between = document.text[at : segment.start]
        at = segment.end
        is_gone = without_hidden and (segment.hidden or segment.place in unseen)
        words = "" if is_gone else written(segment.text, changes.get(index, ()))
        text += [between, words]
        length += len(between)
        if words:
            segments.append(replace(segment, text=words, start=length))
        length += len(words)
    return replace(document, text="".join(text) + document.text[at:], segments=tuple(segments))


def unseen_pictures(document: Document) -> frozenset[str]:
    """Places in pictures that stand on a hidden page or in notes: a reader of pictures knows only what is near."""
    near = {segment.place: found[1] for segment in document.segments if (found := _PICTURE.match(segment.place))}
    if not near:
        return frozenset()
    seen = {spot: _is_seen(document, spot) for spot in set(near.values())}
    return frozenset(place for place, spot in near.items() if not seen[spot])


def _is_seen(document: Document, spot: str) -> bool:
    """Whether anything at a place, or nothing at all but a picture and its alternative text, is shown there."""
    there = [
        segment
        for segment in document.segments
        if segment.part not in _BESIDE and (segment.place == spot or segment.place.startswith((f"{spot} ", f"{spot}!")))
    ]
    return not there or any(not segment.hidden for segment in there)


def visible(document: Document) -> str:
    """All that a reader of the page sees, without white space and control characters."""
    return "".join(_letters(s) for s in document.segments if is_visible(s))


def _letters(segment: Segment) -> str:
    return "".join(segment.text.split()).translate(UNSEEN)


def is_visible(segment: Segment) -> bool:
    return not segment.hidden and segment.part not in _BESIDE


def differing_place(expected: Document, copy: Document) -> str | None:
    """The first place at which the copy says something else than it must; None if there is none."""
    if visible(expected) == visible(copy):
        return None
    for must, does in zip_longest(_passages(expected), _passages(copy)):
        if must is None or does is None or must[1] != does[1]:
            return (must or does or ("", ""))[0]
    return expected.name


def _passages(document: Document) -> list[tuple[str, str]]:
    found = ((s.place, _letters(s)) for s in document.segments if is_visible(s))
    return [(place, text) for place, text in found if text]
