"""Windows metafiles (MS-WMF): the texts they draw, each in the character set of its font, and their bitmaps."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.extract.image.emf import read_emf
from reviewer.extract.image.facts import Facts
from reviewer.extract.image.metafile import Drawing, packed_dib
from reviewer.extract.scribe import Scribe
from reviewer.terms import Part
from reviewer.text.decode import decode

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_PLACEABLE_BYTES, _HEADER_BYTES = 22, 18
_TEXT, _TEXT_EXTENDED = 0x0521, 0x0A32
_FONT, _SELECT, _DELETE = 0x02FB, 0x012D, 0x01F0
_CREATING = frozenset({_FONT, 0x02FA, 0x02FC, 0x00F7, 0x0142, 0x01F9, 0x06FF})
# Record: at which byte of its parameters the bitmap begins.
_BITMAPS = {0x0F43: 22, 0x0B41: 20, 0x0940: 16, 0x0D33: 18, 0x0142: 4}
_BARE_LENGTHS = {0x0B41: 24, 0x0940: 22}  # in bytes: no bitmap in such a record
_SHAPES = frozenset({0x0214, 0x0213, 0x041B, 0x0418, 0x061C, 0x0817, 0x0830, 0x081A, 0x0324, 0x0325, 0x0538})
_ESCAPE = 0x0626
_ENHANCED = b"WMFC\1\0\0\0"
_ENHANCED_HEAD_BYTES = 34
_GLYPHS, _OPAQUE, _CLIPPED = 0x10, 0x02, 0x04
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 204: "cp1251"}
_CHARSET_AT = 13  # of a LogFont
_MOST_RECORDS = 1_000_000
_MOST_OBJECTS = 65_536


@dataclass(slots=True)
class _Fonts:
    """The table of objects: a new one takes the lowest free place; `selected` is the font in use."""

    objects: dict[int, str | None] = field(default_factory=dict)
    selected: str | None = None
    free: int = 0

    def create(self, charset: str | None) -> None:
        while self.free in self.objects:
            self.free += 1
        if self.free < _MOST_OBJECTS:
            self.objects[self.free] = charset

    def delete(self, index: int) -> None:
        if index in self.objects:
            del self.objects[index]
            self.free = min(self.free, index)


def read_wmf(data: bytes, scribe: Scribe, part: Part) -> None:
    """The records in order; an enhanced metafile that is wrapped in comments says the same and more."""
    drawing = Drawing(scribe, part)
    fonts = _Fonts()
    enhanced = bytearray()
    for function, record in _records(data, drawing):
        if function == _ESCAPE and record[4:12] == _ENHANCED:
            enhanced += record[_ENHANCED_HEAD_BYTES + 4 :]
        else:
            _read_record(function, record, drawing, fonts)
    drawing.finish()
    if enhanced:
        read_emf(bytes(enhanced), scribe, part)


def _records(data: bytes, drawing: Drawing) -> Iterator[tuple[int, bytes]]:
    """Function and parameters of each record."""
    at = (_PLACEABLE_BYTES if data.startswith(_PLACEABLE) else 0) + _HEADER_BYTES
    for _ in range(_MOST_RECORDS):
        if at + 6 > len(data):
            break
        words, function = struct.unpack_from("<IH", data, at)
        if words < 3 or at + 2 * words > len(data):
            break
        yield function, data[at + 6 : at + 2 * words]
        at += 2 * words
        if function == 0:
            if data[at:].strip(b"\0"):
                Facts(drawing.scribe).tail(data[at:])
            return
    drawing.damaged()


def _read_record(function: int, record: bytes, drawing: Drawing, fonts: _Fonts) -> None:
    if function in _CREATING:
        fonts.create(_charset(record) if function == _FONT else None)
    elif function in (_SELECT, _DELETE) and len(record) >= 2:
        index = int.from_bytes(record[:2], "little")
        if function == _DELETE:
            fonts.delete(index)
        elif fonts.objects.get(index) is not None:
            fonts.selected = fonts.objects[index]
    elif function == _TEXT and len(record) >= 2:
        size = int.from_bytes(record[:2], "little")
        y, x = struct.unpack_from("<hh", record.ljust(size + 8, b"\0"), 2 + size + size % 2)
        _write(record[2 : 2 + size], x, y, drawing, fonts)
    elif function == _TEXT_EXTENDED and len(record) >= 8:
        y, x, size, options = struct.unpack_from("<hhHH", record)
        start = 16 if options & (_OPAQUE | _CLIPPED) else 8
        if options & _GLYPHS:
            drawing.glyphs(size)
        else:
            _write(record[start : start + size], x, y, drawing, fonts)
    elif function in _SHAPES:
        drawing.shape()
    if function in _BITMAPS and len(record) > _BARE_LENGTHS.get(function, 0):
        drawing.bitmap(packed_dib(record[_BITMAPS[function] :]))


def _charset(font: bytes) -> str:
    return _CHARSETS.get(font[_CHARSET_AT] if len(font) > _CHARSET_AT else 0, "")


def _write(raw: bytes, x: float, y: float, drawing: Drawing, fonts: _Fonts) -> None:
    charset = fonts.selected or None
    if charset in ("cp932", "cp949"):
        drawing.text(raw.decode(charset, "replace"), x, y)
    else:
        drawing.text(decode(raw, charset).text if raw else "", x, y)
