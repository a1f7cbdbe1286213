"""Fonts, fills, number formats and cell formats of a binary workbook ([MS-XLSB] 2.1.7.50)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import replace

from reviewer.extract.ooxml.colour import MIXED, WHITE, alike, blend
from reviewer.extract.workbook.codes import GENERAL, Format, format_of
from reviewer.extract.workbook.palette import FIXED, PALETTE
from reviewer.extract.xlsb.records import Record
from reviewer.extract.xlsb.values import text_at

FONT, CODE, FILL, XF = 43, 44, 45, 47
_BEGIN_XFS, _END_XFS = 617, 618
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_INDEXED, _ARGB, _BY_THEME = 1, 2, 3
_FIRST_OF_PALETTE, _PAPER = 8, 65
_TINY_TWIPS = 40
_SOLID = 1
_TINT = 32767


class Styles:
    """Learns the records of the styles part; cell formats are worked out when first asked for."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._theme = colours
        self._fonts: list[tuple[int, str | None]] = []
        self._fills: list[str] = []
        self._xfs: list[tuple[int, int, int]] = []
        self._formats: dict[int, Format] = {}
        self._for_cells = False
        self.codes: dict[int, str] = {}

    def take(self, record: Record) -> bool:
        """Take in one record; whether it was one of these."""
        kind, data = record
        if kind == FONT:
            self._fonts.append((struct.unpack_from("<H", data)[0], self._colour(data, 12)))
        elif kind == CODE:
            self.codes[struct.unpack_from("<H", data)[0]] = text_at(data, 2)[0]
        elif kind == FILL:
            self._fills.append(self._fill(data))
        elif kind == XF and self._for_cells:
            _, code, font, fill = struct.unpack_from("<4H", data)
            self._xfs.append((code, font, fill))
        elif kind in (_BEGIN_XFS, _END_XFS):
            self._for_cells = kind == _BEGIN_XFS
        else:
            return kind == XF
        return True

    def of(self, index: int) -> Format:
        """The format of a cell's style index."""
        found = self._formats.get(index)
        if found is None:
            found = self._format(*self._xfs[index]) if index < len(self._xfs) else GENERAL
            self._formats[index] = found
        return found

    def pale_font(self, index: int) -> bool:
        """Whether letters of this font vanish on white paper."""
        height, colour = self._fonts[index] if index < len(self._fonts) else (_TINY_TWIPS + 1, None)
        return height <= _TINY_TWIPS or alike(colour, WHITE)

    def _format(self, code: int, font: int, fill: int) -> Format:
        height, colour = self._fonts[font] if font < len(self._fonts) else (_TINY_TWIPS + 1, None)
        ground = self._fills[fill] if fill < len(self._fills) else WHITE
        pale = height <= _TINY_TWIPS or alike(colour, ground)
        return replace(format_of(code, self.codes.get(code, "")), pale=pale, on_white=ground == WHITE)

    def _fill(self, data: bytes) -> str:
        (pattern,) = struct.unpack_from("<I", data)
        if pattern == 0:
            return WHITE
        return (self._colour(data, 4) or MIXED) if pattern == _SOLID else MIXED

    def _colour(self, data: bytes, at: int) -> str | None:
        """A BrtColor ([MS-XLSB] 2.5.4): kind, index, shade, and the colour itself if it is known."""
        kind, index, shade = struct.unpack_from("<BBh", data, at)
        kind >>= 1
        colour: str | None = None
        if kind == _ARGB:
            colour = data[at + 4 : at + 7].hex().upper()
        elif kind == _BY_THEME:
            colour = self._theme.get(_THEME[index]) if index < len(_THEME) else None
        elif kind == _INDEXED:
            colour = _indexed(index)
        if colour is None or shade == 0:
            return colour
        return blend(colour, 255 if shade > 0 else 0, min(abs(shade) / _TINT, 1.0))


def _indexed(index: int) -> str | None:
    if index == _PAPER:
        return WHITE
    if index < _FIRST_OF_PALETTE:
        return FIXED[index]
    index -= _FIRST_OF_PALETTE
    return PALETTE[index] if index < len(PALETTE) else None
