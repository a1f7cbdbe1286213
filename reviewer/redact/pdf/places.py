"""Where on a page the glyphs of a text stand, as pdfium sees them; and whether the others still stand there."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as raw

_CONTEXTS = (12, 6, 3, 0)
_SURE = 6
_GRID = 0.5


class Letter(NamedTuple):
    """One glyph: its character, its origin and its box on the page (left, bottom, right, top)."""

    char: str
    x: float
    y: float
    box: tuple[float, float, float, float]


class Letters:
    """The glyphs of one page in pdfium's order, without white space."""

    def __init__(self, page: Any) -> None:
        textpage = page.get_textpage()
        self.all = tuple(_letters(textpage.raw))
        self._text = "".join(letter.char for letter in self.all)

    def places(self, text: str, start: int, end: int) -> list[Letter]:
        """The glyphs of `text[start:end]`, found by what stands around it; empty when that is not certain."""
        value = _squeezed(text[start:end])
        if not value:
            return []
        before, after = _squeezed(text[:start]), _squeezed(text[end:])
        for context in _CONTEXTS:
            head = before[-context:] if context else ""
            tail = after[:context] if context else ""
            found = self._find(head + value + tail)
            if found and (len(found) == 1 or context or len(value) >= _SURE):
                return [one for at in found for one in self.all[at + len(head) : at + len(head) + len(value)]]
        return []

    def alone(self, words: Iterable[str]) -> frozenset[Letter]:
        """The glyphs of those words that stand on the page only once."""
        found = ((word, self._find(word)) for word in words)
        return frozenset(letter for word, at in found if len(at) == 1 for letter in self.all[at[0] : at[0] + len(word)])

    def _find(self, text: str) -> list[int]:
        found: list[int] = []
        at = self._text.find(text)
        while at >= 0:
            found.append(at)
            at = self._text.find(text, at + 1)
        return found


def cells(letters: Sequence[Letter]) -> Counter[tuple[str, int, int]]:
    """Characters by where they stand, to half a point: what must not change for those that stay."""
    return Counter((one.char, round(one.x / _GRID), round(one.y / _GRID)) for one in letters)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _letters(textpage: Any) -> list[Letter]:
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = raw.FS_RECTF()
    found: list[Letter] = []
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if not raw.FPDFText_GetTextObject(textpage, index):
            continue
        char = chr(code) if not 0xD800 <= code < 0xE000 and code < 0x110000 else "\ufffd"
        if code in (0x02, 0xFFFE):
            char = "-"
        if char.isspace() or code == 0:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, index, loose)
        box = (loose.left, loose.bottom, loose.right, loose.top)
        found += [Letter(one, x.value, y.value, box) for one in char]
    return found
