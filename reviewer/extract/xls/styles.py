"""Fonts, number formats and cell formats of a BIFF workbook, as far as they decide what a reader sees."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import replace

from reviewer.extract.ooxml.colour import MIXED, WHITE, alike
from reviewer.extract.workbook.codes import GENERAL, Format, format_of
from reviewer.extract.workbook.palette import FIXED, PALETTE
from reviewer.extract.xls.records import Record
from reviewer.extract.xls.strings import flagged, narrow

_FIRST_OF_PALETTE = 8
_PAPER = 65
_TINY_TWIPS = 40
_FONT_THAT_NEVER_WAS = 4
_SOLID = 1


class Styles:
    """Learns the records of fonts and formats as they come by; cell formats are worked out when first asked for."""

    def __init__(self) -> None:
        self.version = 8
        self.codec = "cp1252"
        self._palette: tuple[str, ...] = PALETTE
        self._fonts: list[tuple[int, int]] = []  # height in twips, colour index
        self._codes: dict[int, str] = {}
        self._xfs: list[bytes] = []
        self._formats: dict[int, Format] = {}

    @property
    def codes(self) -> Iterable[str]:
        """The number codes of the workbook."""
        return self._codes.values()

    def palette(self, record: Record) -> None:
        """PALETTE: its own colours."""
        count = min(struct.unpack_from("<H", record.data)[0], 56)
        data = record.data[2 : 2 + 4 * count]
        own = tuple(data[i : i + 3].hex().upper() for i in range(0, len(data) - 3, 4))
        self._palette = own + PALETTE[len(own) :]

    def font(self, record: Record) -> None:
        """FONT."""
        (height,) = struct.unpack_from("<H", record.data)
        colour = struct.unpack_from("<H", record.data, 4)[0] if self.version > 2 else 0
        self._fonts.append((height, colour))

    def number_code(self, record: Record) -> None:
        """FORMAT: by number in newer versions, by order in older ones."""
        data = record.data
        if self.version >= 8:
            self._codes[struct.unpack_from("<H", data)[0]] = flagged(data, 2, 2)[0]
        elif self.version >= 4:
            number = struct.unpack_from("<H", data)[0] if self.version >= 5 else len(self._codes)
            self._codes[number] = narrow(data[3 : 3 + data[2]], self.codec)
        else:
            self._codes[len(self._codes)] = narrow(data[1 : 1 + data[0]], self.codec)

    def xf(self, record: Record) -> None:
        """XF: kept as it is until a cell asks for it."""
        self._xfs.append(record.data)

    def of(self, index: int) -> Format:
        """The format of a cell's XF index."""
        found = self._formats.get(index)
        if found is None:
            try:
                found = self._format(self._xfs[index])
            except (IndexError, struct.error):
                found = GENERAL
            self._formats[index] = found
        return found

    def pale_font(self, index: int) -> bool:
        """Whether letters of this font vanish on white paper."""
        height, colour = self._font_of(index)
        return height <= _TINY_TWIPS or alike(self._colour(colour), WHITE)

    def _font_of(self, index: int) -> tuple[int, int]:
        index -= index > _FONT_THAT_NEVER_WAS
        return self._fonts[index] if index < len(self._fonts) else (_TINY_TWIPS + 1, 0)

    def _colour(self, index: int) -> str | None:
        if index < _FIRST_OF_PALETTE:
            return FIXED[index]
        if index == _PAPER:
            return WHITE
        index -= _FIRST_OF_PALETTE
        return self._palette[index] if index < len(self._palette) else None

    def _format(self, xf: bytes) -> Format:
        font, number = struct.unpack_from("<HH", xf) if self.version >= 5 else (xf[0], xf[1])
        if self.version == 2:
            number = xf[2] & 0x3F
        height, colour = self._font_of(font)
        ground = self._ground(xf)
        pale = height <= _TINY_TWIPS or alike(self._colour(colour), ground)
        return replace(format_of(number, self._codes.get(number, "")), pale=pale, on_white=ground == WHITE)

    def _ground(self, xf: bytes) -> str:
        """The fill: pattern and its front colour ([MS-XLS] 2.5.20 CellXF; OpenOffice documentation 5.115)."""
        if self.version >= 8:
            pattern, front = xf[17] >> 2, struct.unpack_from("<H", xf, 18)[0] & 0x7F
        elif self.version >= 5:
            (area,) = struct.unpack_from("<I", xf, 8)
            pattern, front = (area >> 16) & 0x3F, area & 0x7F
        else:
            return WHITE
        if pattern == 0:
            return WHITE
        return (self._colour(front) or MIXED) if pattern == _SOLID else MIXED
