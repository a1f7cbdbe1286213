"""The characters of a page in reading order, each with its place on the page and the font that draws it."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from math import degrees
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from reviewer.extract.pdf.leaf import Box, Leaf, Matrix, address

INVISIBLE = 3  # text rendering mode (ISO 32000-1, table 106): neither filled nor stroked
_LINE_END_HYPHENS = (0x02, 0xFFFE)
_WHITE = (0x09, 0x0A, 0x0D, 0x20)
_NOT_A_CHARACTER = "\ufffd"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_UPRIGHT_WITHIN = 3  # degrees


class Font(NamedTuple):
    """A font by the name the document gives it; a font that is not embedded looks different everywhere."""

    name: str
    embedded: bool


class Run(NamedTuple):
    """What the characters of one text object share."""

    font: Font
    size: float  # points, as displayed
    turned: int  # degrees clockwise as displayed; 0 reads from left to right
    mode: int
    order: int  # when it is painted, among the page's objects


class Glyph(NamedTuple):
    """One character; `ink` is the box of its drawing, `body` that of its advance and line."""

    char: str
    ink: Box
    body: Box
    run: Run
    mapped: bool  # False: the font does not say which character this is

    @property
    def is_letter(self) -> bool:
        """Letters, digits and ideographs: what a visibility can be judged of."""
        return self.char.isalnum()


class Break(NamedTuple):
    """What pdfium put between characters: a line end, or a space that stands in no text object."""

    char: str


Token = Glyph | Break


def glyphs(leaf: Leaf, textpage: Any) -> tuple[Token, ...]:
    """The page's characters and the breaks between them, as pdfium orders them."""
    return tuple(_Characters(leaf, textpage))


class _Characters:
    """Walks a text page; fonts and runs are looked up once each."""

    def __init__(self, leaf: Leaf, textpage: Any) -> None:
        self._leaf, self._textpage = leaf, textpage
        self._runs: dict[int, Run] = {}
        self._fonts: dict[int, Font] = {}
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._loose = raw.FS_RECTF()

    def __iter__(self) -> Iterator[Token]:
        high = 0
        for index in range(raw.FPDFText_CountChars(self._textpage)):
            code = raw.FPDFText_GetUnicode(self._textpage, index)
            owner = raw.FPDFText_GetTextObject(self._textpage, index)
            if 0xD800 <= code < 0xDC00:  # Windows: a character beyond the BMP comes in two halves
                high = code
                continue
            if code in _LINE_END_HYPHENS and raw.FPDFText_IsHyphen(self._textpage, index) == 1:
                code = ord("-")
            char = _character(high, code)
            high = 0
            yield self._glyph(index, char, owner) if owner else Break(char)

    def _glyph(self, index: int, char: str, owner: Any) -> Glyph:
        left, right, bottom, top = self._edges
        loose = self._loose
        raw.FPDFText_GetCharBox(self._textpage, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(self._textpage, index, loose)
        shown = self._leaf.shown
        return Glyph(
            char,
            shown(left.value, bottom.value, right.value, top.value),
            shown(loose.left, loose.bottom, loose.right, loose.top),
            self._run(index, owner),
            raw.FPDFText_HasUnicodeMapError(self._textpage, index) != 1,
        )

    def _run(self, index: int, owner: Any) -> Run:
        key = address(owner)
        if key not in self._runs:
            self._runs[key] = self._new_run(index, owner, self._leaf.text_orders.get(key, 0))
        return self._runs[key]

    def _new_run(self, index: int, owner: Any, order: int) -> Run:
        values = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._textpage, index, values)
        matrix = Matrix(values.a, values.b, values.c, values.d)
        angle = round(degrees(raw.FPDFText_GetCharAngle(self._textpage, index))) + self._leaf.rotation
        return Run(
            self._font(raw.FPDFTextObj_GetFont(owner)),
            raw.FPDFText_GetFontSize(self._textpage, index) * matrix.height,
            0 if min(angle % 360, -angle % 360) <= _UPRIGHT_WITHIN else angle % 360,
            raw.FPDFTextObj_GetTextRenderMode(owner),
            order,
        )

    def _font(self, handle: Any) -> Font:
        key = address(handle)
        if key not in self._fonts:
            self._fonts[key] = Font(_name_of(handle), raw.FPDFFont_GetIsEmbedded(handle) == 1)
        return self._fonts[key]


def _character(high: int, code: int) -> str:
    if high and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
    if 0xD800 <= code < 0xE000 or code > sys.maxunicode or (code < 0x20 and code not in _WHITE):
        return _NOT_A_CHARACTER
    return chr(code)


def _name_of(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = min(raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer)), len(buffer))
    return bare_name(buffer.raw[:length].rstrip(b"\0").decode("utf-8", "replace"))


def bare_name(base_font: str) -> str:
    """A font's name without the tag of a subset."""
    return _SUBSET.sub("", base_font)
