"""Windows' enhanced metafiles (MS-EMF, MS-EMFPLUS): the texts they draw, and the bitmaps that stand in them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from reviewer.extract.image.facts import Facts
from reviewer.extract.image.look import SMALLEST_SIDE
from reviewer.extract.image.metafile import Drawing, dib
from reviewer.extract.scribe import Scribe
from reviewer.terms import Part
from reviewer.text.decode import decode

_HEADER, _END, _COMMENT = 1, 14, 70
_TEXT_ANSI, _TEXT_WIDE, _SMALL_TEXT = 83, 84, 108
_TEXTS_ANSI, _TEXTS_WIDE = 96, 97
_GLYPHS = 0x10  # ETO_GLYPH_INDEX: numbers of glyphs, not of characters
_SMALL_NO_RECTANGLE, _SMALL_ANSI = 0x100, 0x200
# Record: where its description of the bitmap's header, and of its bits, stands (offset, size; offset, size).
_BITMAPS = {76: 84, 77: 84, 78: 84, 79: 96, 80: 48, 81: 48, 114: 84, 116: 84, 93: 28, 94: 28}
_SHAPES = frozenset({*range(2, 9), *range(41, 48), *range(53, 57), *range(85, 93), 62, 63, 64})
_PLUS = b"EMF+"
_PLUS_OBJECT, _PLUS_STRING, _PLUS_DRIVER_STRING = 0x4008, 0x401C, 0x4036
_PLUS_SHAPES = range(0x400A, 0x401C)
_REALISED = 1  # DriverString: characters rather than glyphs
_PICTURES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xc0-\xfe]|GIF8[79]a|II\*\0|MM\0\*")
_MOST_RECORDS = 1_000_000


@dataclass(slots=True)
class _Plus:
    """EMF+ comments joined: a record may be cut into several of them."""

    data: bytearray = field(default_factory=bytearray)


def read_emf(data: bytes, scribe: Scribe, part: Part) -> None:
    """The title in the header, then the records in order; a record that lies about its length ends the walk."""
    left, top, right, bottom = struct.unpack_from("<4i", data.ljust(108, b"\0"), 8)
    drawing = Drawing(scribe, part, icon=max(abs(right - left), abs(bottom - top)) < SMALLEST_SIDE)
    facts = Facts(scribe)
    count, at = struct.unpack_from("<II", data.ljust(108, b"\0"), 60)
    for text in data[at : at + 2 * count].decode("utf-16-le", "replace").split("\0") if count else ():
        facts.say("EMF/说明", text)
    plus = _Plus()
    for kind, record in _records(data, drawing):
        _read_record(kind, record, drawing, facts, plus)
    _read_plus(bytes(plus.data), drawing)
    drawing.finish()


def _records(data: bytes, drawing: Drawing) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 8 > len(data):
            break
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or at + size > len(data):
            break
        yield kind, data[at : at + size]
        at += size
        if kind == _END:
            if data[at:].strip(b"\0"):
                Facts(drawing.scribe).tail(data[at:])
            return
    drawing.damaged()


def _read_record(kind: int, record: bytes, drawing: Drawing, facts: Facts, plus: _Plus) -> None:
    if kind in (_TEXT_ANSI, _TEXT_WIDE):
        _read_text(record, 36, drawing, wide=kind == _TEXT_WIDE)
    elif kind in (_TEXTS_ANSI, _TEXTS_WIDE):
        (count,) = struct.unpack_from("<I", record.ljust(40, b"\0"), 36)
        for number in range(min(count, len(record) // 40)):
            _read_text(record, 40 + number * 40, drawing, wide=kind == _TEXTS_WIDE)
    elif kind == _SMALL_TEXT:
        _read_small_text(record, drawing)
    elif kind == _COMMENT:
        _read_comment(record, drawing, facts, plus)
    elif kind in _BITMAPS:
        header_at, header_size, bits_at, bits_size = struct.unpack_from("<4I", record.ljust(128, b"\0"), _BITMAPS[kind])
        drawing.bitmap(
            dib(record[header_at : header_at + header_size], record[bits_at : bits_at + bits_size])
            if bits_size
            else b""
        )
    elif kind in _SHAPES:
        drawing.shape()


def _read_text(record: bytes, at: int, drawing: Drawing, *, wide: bool) -> None:
    """An EmrText object (MS-EMF 2.2.5): reference point, count, offset of the string, options."""
    if len(record) < at + 20:
        drawing.damaged()
        return
    x, y, count, start, options = struct.unpack_from("<iiIII", record, at)
    raw = record[start : start + count * (2 if wide else 1)]
    if len(raw) < count * (2 if wide else 1):
        drawing.damaged()
    if options & _GLYPHS:
        drawing.glyphs(count)
    else:
        drawing.text(raw.decode("utf-16-le", "replace") if wide else decode(raw).text, x, y)


def _read_small_text(record: bytes, drawing: Drawing) -> None:
    if len(record) < 36:
        drawing.damaged()
        return
    x, y, count, options = struct.unpack_from("<iiII", record, 8)
    body = record[36 if options & _SMALL_NO_RECTANGLE else 52 :]
    if options & _GLYPHS:
        drawing.glyphs(count)
    elif options & _SMALL_ANSI:
        drawing.text(decode(body[:count]).text, x, y)
    else:
        drawing.text(body[: 2 * count].decode("utf-16-le", "replace"), x, y)


def _read_comment(record: bytes, drawing: Drawing, facts: Facts, plus: _Plus) -> None:
    (size,) = struct.unpack_from("<I", record.ljust(12, b"\0"), 8)
    body = record[12 : 12 + size]
    if body.startswith(_PLUS):
        plus.data += body[4:]
        return
    pictures = [found.start() for found in _PICTURES.finditer(body)]
    for start, end in pairwise([*pictures, len(body)]):
        drawing.picture(body[start:end])
    facts.sweep("EMF/注释", body[: pictures[0]] if pictures else body)


def _read_plus(data: bytes, drawing: Drawing) -> None:
    """EMF+ records (MS-EMFPLUS 2.3): type, flags, size, size of the data, data."""
    at = 0
    picture = bytearray()
    while at + 12 <= len(data):
        kind, flags, size, length = struct.unpack_from("<HHII", data, at)
        body = data[at + 12 : at + 12 + length]
        if size < 12 or at + size > len(data):
            drawing.damaged()
            break
        if kind == _PLUS_STRING and len(body) >= 28:
            (count,) = struct.unpack_from("<I", body, 8)
            x, y = struct.unpack_from("<ff", body, 12)
            drawing.text(body[28 : 28 + 2 * count].decode("utf-16-le", "replace"), x, y)
        elif kind == _PLUS_DRIVER_STRING and len(body) >= 16:
            options, _, count = struct.unpack_from("<III", body, 4)
            if options & _REALISED:
                drawing.text(body[16 : 16 + 2 * count].decode("utf-16-le", "replace"), 0, 0)
            else:
                drawing.glyphs(count)
        elif kind == _PLUS_OBJECT and flags & 0x7F00 == 0x0500:
            picture += body[4:] if flags & 0x8000 else body
            if not flags & 0x8000:
                _read_plus_picture(bytes(picture), drawing)
                picture.clear()
        elif kind in _PLUS_SHAPES:
            drawing.shape()
        at += size
    if picture:
        _read_plus_picture(bytes(picture), drawing)


def _read_plus_picture(body: bytes, drawing: Drawing) -> None:
    """An image object: packed pictures are in the formats of their own, others are rows of pixels or metafiles."""
    found = _PICTURES.search(body, 0, 64)
    drawing.picture(body[found.start() :]) if found else drawing.unknown_picture()
