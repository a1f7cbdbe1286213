"""Drawings of legacy Office files ([MS-ODRAW]): what their shapes say, and the pictures in them."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from reviewer.extract.ole.codepages import UTF_16, text_of
from reviewer.extract.ole.records import Record, record_at
from reviewer.extract.ooxml.drawing import Aside, saying_name
from reviewer.extract.residue import OutOfTimeError, residue
from reviewer.terms import Part

SHAPE = 0xF004
STORE_ENTRY = 0xF007
_SHAPE_FACTS = 0xF00A
_OPTIONS = (0xF00B, 0xF121, 0xF122)
_METAFILES = (0xF01A, 0xF01B, 0xF01C)
_BITMAPS = (0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A)
_METAFILE_HEADER = 34
_MOST_UNPACKED = 1 << 26
_ENTRY_BYTES = 36
_BLIP = re.compile(rb"..[\x1a-\x1f\x29\x2a]\xf0", re.DOTALL)
_BLIP_INSTANCES = frozenset(
    {0x3D4, 0x3D5, 0x216, 0x217, 0x542, 0x543, 0x46A, 0x46B, 0x6E2, 0x6E3, 0x6E0, 0x6E1, 0x7A8, 0x7A9, 0x6E4, 0x6E5}
)

_WORD_ART, _PICTURE_NAME, _NAME, _DESCRIPTION, _LINK, _TOOLTIP = 0x00C0, 0x0105, 0x0380, 0x0381, 0x0382, 0x038D
_PICTURES = (0x0104, 0x0186, 0x01C5)
_FILL_NAME, _NEWER_SHAPE = 0x0187, 0x03A9
_VISIBILITY, _HIDDEN = 0x03BF, 0x00020002


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A shape: its number, what it says, the pictures it shows by their number in the store (from 1).

    `package` is the same shape as a newer program would write it, empty if none was kept.
    """

    identity: int
    asides: tuple[Aside, ...]
    pictures: tuple[int, ...]
    hidden: bool
    package: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreEntry:
    """A place in the picture store: the picture itself, or where in another stream it lies; its name."""

    picture: bytes | None
    delayed: int
    name: str


def read_shape(container: Record) -> Shape:
    """What the options of a shape say."""
    identity, options = 0, dict[int, tuple[int, bytes]]()
    for record in container.inner():
        if record.kind == _SHAPE_FACTS and record.end - record.start >= 4:
            (identity,) = struct.unpack_from("<I", record.body)
        elif record.kind in _OPTIONS:
            options.update(_options(record))
    hidden = options.get(_VISIBILITY, (0, b""))[0] & _HIDDEN == _HIDDEN
    return Shape(
        identity=identity,
        asides=tuple(_asides(options, hidden=hidden)),
        pictures=tuple(options[key][0] for key in _PICTURES if key in options and not options[key][1]),
        hidden=hidden,
        package=options.get(_NEWER_SHAPE, (0, b""))[1],
    )


def embedded_pictures(container: Record) -> Iterator[bytes]:
    """Pictures that stand in a shape's options themselves."""
    for record in container.inner():
        for key, (_, extra) in _options(record).items() if record.kind in _OPTIONS else ():
            blip = record_at(extra, 0) if key in _PICTURES and extra else None
            found = None if blip is None else picture(blip)
            if found is not None:
                yield found


def _options(record: Record) -> dict[int, tuple[int, bytes]]:
    """The options of one record: number and, where it is a length, the bytes it counts."""
    body, found = record.body, dict[int, tuple[int, bytes]]()
    count = min(record.instance, len(body) // 6)
    behind = 6 * count
    for number in range(count):
        key, value = struct.unpack_from("<HI", body, 6 * number)
        extra = b""
        if key & 0x8000:
            extra = body[behind : behind + value]
            behind += value
        found[key & 0x3FFF] = (value, extra)
    return found


def _asides(options: dict[int, tuple[int, bytes]], *, hidden: bool) -> Iterator[Aside]:
    def said(key: int) -> str:
        return text_of(options.get(key, (0, b""))[1], UTF_16).strip()

    if said(_WORD_ART):
        yield Aside(text=said(_WORD_ART), what="艺术字", part=Part.TEXT_BOX, hidden=hidden)
    for key in (_DESCRIPTION, _TOOLTIP):
        if said(key):
            yield Aside(text=said(key), what="替代文字", part=Part.ALT_TEXT)
    for key in (_NAME, _PICTURE_NAME, _FILL_NAME):
        if saying_name(said(key)):
            yield Aside(text=said(key), what="图形名称", part=Part.ALT_TEXT)
    for text in link_texts(options.get(_LINK, (0, b""))[1]):
        yield Aside(text=text, what="链接", part=Part.FIELD_CODE)


_ADDRESS = re.compile(r"[\x20-\x7e]{4,}")


def link_texts(moniker: bytes) -> Iterator[str]:
    """The addresses and labels in a hyperlink object ([MS-OSHARED] 2.3.7.1), wherever they stand in it."""
    told: dict[str, None] = {}
    with suppress(OutOfTimeError):  # the last look at the file will say so
        told |= dict.fromkeys(residue(moniker))
    for odd in (0, 1):
        text = moniker[odd : odd + (len(moniker) - odd) // 2 * 2].decode("utf-16-le", "replace")
        told |= dict.fromkeys(found[0] for found in _ADDRESS.finditer(text))
    yield from told


def picture(record: Record) -> bytes | None:
    """The bytes of a picture record as the picture file they were; None if it is no picture or cannot be unpacked."""
    if record.kind not in (*_METAFILES, *_BITMAPS):
        return None
    digests = 32 if record.instance & 1 else 16
    body = record.body
    if record.kind in _BITMAPS:
        return body[digests + 1 :]
    packed = body[digests + _METAFILE_HEADER :]
    if body[digests + _METAFILE_HEADER - 2 : digests + _METAFILE_HEADER - 1] != b"\0":
        return packed
    try:
        return zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
    except zlib.error:
        return packed


def store_entry(record: Record) -> StoreEntry:
    """One entry of the picture store ([MS-ODRAW] 2.2.32)."""
    body = record.body
    if len(body) < _ENTRY_BYTES:
        return StoreEntry(picture=None, delayed=-1, name="")
    size, delayed = struct.unpack_from("<I4xI", body, 20)
    length = body[33]
    name = text_of(body[_ENTRY_BYTES : _ENTRY_BYTES + length], UTF_16)
    inner = record_at(body, _ENTRY_BYTES + length)
    found = None if inner is None else picture(inner)
    empty = size == 0 or delayed == 0xFFFFFFFF
    return StoreEntry(picture=found, delayed=-1 if found is not None or empty else delayed, name=name)


def stray_pictures(data: bytes) -> Iterator[tuple[Record, bytes]]:
    """Picture records anywhere in some bytes."""
    at = 0
    while found := _BLIP.search(data, at):
        record = record_at(data, found.start())
        at = found.start() + 1
        if record is None or record.version != 0 or record.instance not in _BLIP_INSTANCES:
            continue
        content = picture(record)
        if content is not None and record.end > record.start + 32:
            yield record, content
            at = record.end
