"""Pictures: nobody reads them here, so each one that may hold text becomes a gap, once."""

from __future__ import annotations

import hashlib
import struct

from reviewer.extract.ooxml import Package
from reviewer.language import tr

SUFFIXES = frozenset(
    {"png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "emz", "wmz"}
    | {"webp", "heic", "ico", "pict", "pct", "jp2", "wdp", "hdp"}
)
SMALLEST_SIDE = 64
"""Pixels: what is smaller in both directions is an icon and too small for a line of text."""

_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Pictures:
    """The pictures of one file, numbered in the order in which a reader meets them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._seen: set[bytes] = set()
        self._count = 0

    def placed(self, source: str, relation_id: str | None, near: str) -> None:
        """A picture stands near this place; linked pictures are told with the external addresses."""
        relation = self._package.relation(source, relation_id)
        if relation is None or relation.external or not self._package.has(relation.target):
            return
        if not is_picture(relation.target):
            return
        data = self._package.data(relation.target)
        if data is None or not self._new(data):
            return
        self._count += 1
        self._package.scribe.gap(
            f"图片{self._count}（{near} 附近）" if near else f"图片{self._count}",
            tr("图中可能有文字，未读取", "the picture may hold text and was not read"),
        )

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere: one gap for all of them."""
        names = [member for member in self._package.unread() if is_picture(member.name)]
        new = [data for data in map(self._package.member_data, names) if data is not None and self._new(data)]
        if new:
            self._package.scribe.gap(
                "未放置的图片",
                tr(
                    f"文件内另有 {len(new)} 张没有放在文中的图片，可能有文字，未读取",
                    f"{len(new)} more picture(s) lie in the file without being placed; not read",
                ),
            )

    def _new(self, data: bytes) -> bool:
        digest = hashlib.sha256(data).digest()
        if digest in self._seen or is_icon(data):
            return False
        self._seen.add(digest)
        return True


def is_picture(name: str) -> bool:
    """Whether a member's name is that of a picture (SVG is XML and is read as such)."""
    return name.rpartition(".")[2].casefold() in SUFFIXES


def is_icon(data: bytes) -> bool:
    """Whether both sides are known from the header and below SMALLEST_SIDE."""
    sides = size(data)
    return sides is not None and max(sides) < SMALLEST_SIDE


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels from the header of a PNG, GIF, BMP, EMF or JPEG; None if it does not say."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data.startswith(b"BM") and len(data) >= 26:
        width, height = struct.unpack("<ii", data[18:26])
        return abs(width), abs(height)
    if data[40:44] == b" EMF":
        left, top, right, bottom = struct.unpack("<iiii", data[8:24])
        return abs(right - left), abs(bottom - top)
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        mark = data[position + 1]
        if mark in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        if mark == 0xFF or 0xD0 <= mark <= 0xD8 or mark == 0x01:
            position += 1 if mark == 0xFF else 2
            continue
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None
