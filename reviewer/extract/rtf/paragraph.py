"""One RTF paragraph while it is written: what is seen, and what stands beside or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reviewer.extract.paragraph import Aside
from reviewer.extract.rtf.look import Voice
from reviewer.terms import Cell, Part

_SURROGATE = re.compile("[\ud800-\udfff]")
_ASIDES = {
    Voice.HIDDEN: ("隐藏文字", None),
    Voice.DELETED: ("修订删除", Part.DELETION),
    Voice.INSERTED: ("修订插入", Part.INSERTION),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something to write down: a paragraph, a cell, an aside."""

    text: str
    place: str
    part: Part
    hidden: bool = False
    cell: Cell | None = None
    after: str = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as read."""

    text: str
    asides: tuple[Aside, ...]


class Pieces:
    """Collects a paragraph; `take` gives it and begins the next."""

    def __init__(self) -> None:
        self._pieces: list[tuple[Voice, str]] = []
        self._asides: list[Aside] = []

    @property
    def empty(self) -> bool:
        return not self._pieces and not self._asides

    def add(self, text: str, voice: Voice) -> None:
        self._pieces.append((voice, text))

    def aside(self, aside: Aside) -> None:
        self._asides.append(aside)

    def take(self) -> Paragraph:
        """What was collected since the last time."""
        seen = "".join(text for voice, text in self._pieces if voice in (Voice.SEEN, Voice.INSERTED))
        paragraph = Paragraph(text=mended(seen), asides=(*self._spoken(), *self._asides))
        self._pieces, self._asides = [], []
        return paragraph

    def _spoken(self) -> Iterator[Aside]:
        """Neighbouring pieces of one voice together; insertions are seen in the line as well."""
        if all(voice is Voice.SEEN for voice, _ in self._pieces):
            return
        for voice, pieces in groupby(self._pieces, key=lambda piece: piece[0]):
            text = mended("".join(text for _, text in pieces))
            if voice is not Voice.SEEN and text.strip():
                what, part = _ASIDES[voice]
                yield Aside(text=text, what=what, part=part)


def mended(text: str) -> str:
    r"""Halves of a character that two \u wrote are joined; a half alone is U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
