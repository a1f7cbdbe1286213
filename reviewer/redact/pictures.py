"""Takes everything out of a JPEG or PNG that is not the picture; its pixels stay as they are, to the bit.

Of EXIF the one fact stays without which a photograph would lie on its side: how it is to be turned.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB pHYs bKGD sBIT".split())
_JPEG = b"\xff\xd8\xff"
_SCAN, _END, _APP0, _APP1, _APP14, _COMMENT = 0xDA, 0xD9, 0xE0, 0xE1, 0xEE, 0xFE
_ORIENTATION, _UPRIGHT, _MOST_ENTRIES = 0x0112, 1, 200
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def stripped(data: bytes) -> bytes:
    """The picture alone; anything that is neither a sound JPEG nor PNG comes back as it is."""
    if data.startswith(_PNG):
        return _PNG + b"".join(_chunks(data)) if _is_whole_png(data) else data
    if data.startswith(_JPEG):
        kept = list(_segments(data))
        return data[:2] + b"".join(kept) if kept and kept[-1].endswith(b"\xff\xd9") else data
    return data


def _is_whole_png(data: bytes) -> bool:
    return any(chunk[4:8] == b"IEND" for chunk in _chunks(data))


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        name, end = data[at + 4 : at + 8], at + 12 + size
        if end > len(data):
            return
        if name in _PNG_KEPT:
            yield data[at:end]
        if name == b"IEND":
            return
        at = end


def _segments(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG up to its end, without the applications' own (but JFIF and Adobe) and comments."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _BARE:
            yield data[at : at + 2]
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        is_extra = (_APP0 < marker < 0xF0 and marker != _APP14) or marker == _COMMENT
        if marker == _APP0:
            yield _without_thumbnail(data[at:end])
        elif marker == _APP1:
            yield _turn_alone(data[at:end])
        elif not is_extra:
            yield data[at:end]
        at = end
        if data[at : at + 2] == bytes((0xFF, _END)):
            yield data[at : at + 2]
            return


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: not a stuffed byte, nor a restart."""
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)


def _without_thumbnail(segment: bytes) -> bytes:
    """A JFIF header says how large its thumbnail is in its last two bytes (ITU-T T.871, 10.1)."""
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"


def _turn_alone(segment: bytes) -> bytes:
    """EXIF (JEITA CP-3451, 4.6.4) with the orientation as its one entry; nothing where the picture stands upright."""
    turn = _orientation(segment[10:]) if segment[4:10] == b"Exif\0\0" else _UPRIGHT
    if not 1 < turn < 9:
        return b""
    body = b"Exif\0\0" + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return _UPRIGHT
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    if first + 2 > len(tiff):
        return _UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for at in range(first + 2, first + 2 + 12 * min(count, _MOST_ENTRIES), 12):
        if at + 12 > len(tiff):
            break
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
        if tag == _ORIENTATION:
            return int(value)
    return _UPRIGHT
