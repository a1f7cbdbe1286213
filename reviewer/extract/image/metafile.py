"""What a metafile draws, collected: pieces of text put together into lines, bitmaps handed to their reader."""

from __future__ import annotations

import struct

from reviewer.extract.pictures import WHOLE, read_picture, write_picture
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

_MOST_BITMAPS = 100
_MOST_CHARACTERS = 4_000_000
_FILE_HEADER_BYTES = 14
_CORE_HEADER_BYTES = 12
_LEAST_PIXELS = 64  # smaller bitmaps are brushes


class Drawing:
    """The texts of a metafile in the order in which they are drawn, and what could not be read of it."""

    def __init__(self, scribe: Scribe, part: Part, *, icon: bool = False) -> None:
        self._icon = icon  # too small for letters in outline
        self.scribe = scribe
        self._part = part
        self._line: list[str] = []
        self._height: float | None = None
        self._lines = 0
        self._characters = 0
        self._bitmaps: dict[bytes, None] = {}
        self._shapes = 0
        self._glyphs = 0
        self._damaged = False
        self._unknown = False

    def text(self, text: str, x: float, y: float) -> None:
        """Characters drawn from a point; what stands on the same height goes on the line."""
        text = text.replace("\0", "")
        self._characters += len(text)
        if not text or self._characters > _MOST_CHARACTERS:
            return
        if self._height is not None and y != self._height:
            self._end_line()
        self._height = y
        self._line.append(text)

    def glyphs(self, count: int) -> None:
        """Text of which only the glyphs' numbers are there."""
        self._glyphs += count

    def shape(self) -> None:
        """A line, curve or polygon: it may be a letter's outline."""
        self._shapes += 1

    def bitmap(self, file: bytes) -> None:
        """A device-independent bitmap made into a file; none for an operation without one."""
        if file:
            self.picture(file)

    def picture(self, file: bytes) -> None:
        """A picture in the metafile, once; brushes and icons are left to its reader, which passes over them."""
        if file not in self._bitmaps and len(self._bitmaps) <= _MOST_BITMAPS:
            self._bitmaps[file] = None

    def unknown_picture(self) -> None:
        self._unknown = True

    def damaged(self) -> None:
        """A record that cannot be what it says."""
        self._damaged = True

    def finish(self) -> None:
        """Write down the last line, the bitmaps, and the gaps."""
        self._end_line()
        for ordinal, file in enumerate(list(self._bitmaps)[:_MOST_BITMAPS], 1):
            self._read_bitmap(file, ordinal)
        for there, reason in (
            (self._damaged, _broken()),
            (self._unknown or len(self._bitmaps) > _MOST_BITMAPS, _unread_picture()),
            (self._glyphs > 0, _numbered()),
            (self._characters > _MOST_CHARACTERS, _too_much()),
            (self._shapes > 0 and not self._icon and not self._lines and not self._glyphs, _outlines()),
        ):
            if there:
                self.scribe.gap(WHOLE, reason)

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            self._lines += 1
            self.scribe.add(line, f"文字{self._lines}", part=self._part)

    def _read_bitmap(self, file: bytes, ordinal: int) -> None:
        write_picture(self.scribe, read_picture(file), f"位图{ordinal}")


def dib(header: bytes, bits: bytes) -> bytes:
    """A BMP file from a bitmap's header with its colours, and its pixels (MS-WMF 2.2.2.9)."""
    if len(header) < _CORE_HEADER_BYTES:
        return b""
    offset = _FILE_HEADER_BYTES + len(header)
    return b"BM" + struct.pack("<IHHI", offset + len(bits), 0, 0, offset) + header + bits


def packed_dib(data: bytes) -> bytes:
    """The same where header, colours and pixels follow each other."""
    if len(data) < 40:
        return b""
    size, width, height, _, depth, packing = struct.unpack_from("<IiiHHI", data)
    (colours,) = struct.unpack_from("<I", data, 32)
    if size < 40 or abs(width) * abs(height) < _LEAST_PIXELS:
        return b""
    table = 4 * (colours or (1 << depth if depth <= 8 else 0)) + (12 if packing == 3 and size == 40 else 0)
    end = min(size + table, len(data))
    return dib(data[:end], data[end:])


def _broken() -> str:
    return tr(
        "矢量图已损坏，其后内容未读取：另存为 PNG 后再审，或由审核人看图核对",
        "the drawing is damaged, what follows was not read: save it as PNG, or let a reviewer look at it",
    )


def _unread_picture() -> str:
    return tr(
        "矢量图内有图像未读取：另存为 PNG 后再审，或由审核人看图核对",
        "a picture in the drawing was not read: save it as PNG, or let a reviewer look at it",
    )


def _numbered() -> str:
    return tr(
        "文字以字形编号存储，取不出字：由审核人看图核对",
        "text is stored as numbers of glyphs and cannot be had: let a reviewer look at it",
    )


def _too_much() -> str:
    return tr("文字过多，未全部读取：由审核人看图核对", "too much text, not all read: let a reviewer look at it")


def _outlines() -> str:
    return tr(
        "有图形而没有文字，文字可能已转为曲线：由审核人看图核对",
        "drawn, but without text; the text may be outlines: let a reviewer look at it",
    )
