"""Text that is written backwards and turned around on the screen: written down once more as it is seen there."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.extract.remarks import Addition, with_additions
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part
from reviewer.text.lazy import lazy

OVERRIDE = "\u202e"
AS_SEEN = " 显示的顺序"
"""Ends the place of a line that is written down as it is seen."""

# It turns what follows around, up to U+202C or the end of the line (Unicode standard annex 9, 2.2).
_TURNED = lazy(r"\u202e([^\u202c\u202e\r\n]+)")


def as_seen(extracted: Extracted) -> Extracted:
    """The same with the lines that hold such text behind it, in the order in which a person reads them."""
    held = [segment for segment in extracted.segments if OVERRIDE in segment.text]
    return with_additions(
        extracted, [Addition(f"{one.place}{AS_SEEN}", _seen(one.text), Part.ATTRIBUTE) for one in held]
    )


def _seen(text: str) -> str:
    lines = (line for line in text.splitlines() if OVERRIDE in line)
    return "\n".join(_TURNED.sub(lambda found: found[1][::-1], line) for line in lines)


def runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each text that is turned around begins and ends, its marks included, and how it is seen."""
    for found in _TURNED.finditer(text):
        yield found.start(), found.end() + text.startswith("\u202c", found.end()), found[1][::-1]
