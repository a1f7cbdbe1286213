"""Where on a page the glyphs of a text stand, as pdfium sees them; and whether the others still stand there."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from reviewer.redact.located import located, occurrences

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
        """The glyphs of `text[start:end]`; empty when it is not certain which they are."""
        return [one for _, low, high in located([self._text], text, start, end) for one in self.all[low:high]]

    def alone(self, words: Iterable[str]) -> frozenset[Letter]:
        """The glyphs of those words that stand on the page only once."""
        found = ((word, occurrences(self._text, word)) for word in words)
        return frozenset(letter for word, at in found if len(at) == 1 for letter in self.all[at[0] : at[0] + len(word)])


def cells(letters: Sequence[Letter]) -> Counter[tuple[str, int, int]]:
    """Characters by where they stand, to half a point: what must not change for those that stay."""
    return Counter((one.char, round(one.x / _GRID), round(one.y / _GRID)) for one in letters)


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
