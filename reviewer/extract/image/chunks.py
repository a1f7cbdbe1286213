"""WebP's chunks, and for formats without a walker of their own the well-known blocks wherever they stand."""

from __future__ import annotations

import re

from reviewer.extract.image.exif import read_exif
from reviewer.extract.image.facts import Facts
from reviewer.extract.image.xmp import read_xmp
from reviewer.language import tr

_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_MOST_CHUNKS = 10_000
_HEAD_BYTES = 12
_EXIF = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_MOST_PACKETS = 16
_LONGEST_EXIF_BYTES = 4 << 20


def read_webp(data: bytes, facts: Facts) -> None:
    """The chunks of the RIFF file (RFC 9649), then what follows its end."""
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = _HEAD_BYTES
    for _ in range(_MOST_CHUNKS):
        if at + 8 > end:
            break
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : min(end, at + 8 + size)]
        if len(body) < size:
            facts.gap("WebP", _cut_off())
        if kind == b"EXIF":
            read_exif(body.removeprefix(b"Exif\0\0"), facts)
        elif kind == b"XMP ":
            read_xmp(body, facts)
        elif kind not in _PIXELS:
            facts.sweep("WebP", body)
        at += 8 + size + size % 2
    facts.tail(data[end + end % 2 :])


def read_bitmap(data: bytes, facts: Facts) -> None:
    """A BMP says nothing but how long it is: what follows is not shown."""
    size = int.from_bytes(data[2:6], "little")
    if size > 54:  # some writers leave it empty
        facts.tail(data[size:])


def read_packets(data: bytes, facts: Facts) -> None:
    """EXIF and XMP wherever they stand in the file (HEIC, AVIF, JPEG 2000)."""
    for found in list(_EXIF.finditer(data))[:_MOST_PACKETS]:
        read_exif(data[found.end() : found.end() + _LONGEST_EXIF_BYTES], facts)
    for packet in list(_XMP.finditer(data))[:_MOST_PACKETS]:
        read_xmp(packet[0], facts)


def _cut_off() -> str:
    return tr(
        "图片文件不完整，其后内容未读取：取得完整文件后再审",
        "the picture is cut short, what follows was not read: get the whole file",
    )
