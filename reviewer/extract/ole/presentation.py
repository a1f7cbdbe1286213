"""Pictures that lie in a compound file without being a file: how an object looks while nobody opens it, a thumbnail.

Formats of the clipboard stand before them ([MS-OLEDS] 2.3.4, [MS-OLEPS] 2.11): a metafile without its placeable
header, a bitmap without its file header.
"""

from __future__ import annotations

import re
import struct

_FARTHEST = 512
_METAFILE = re.compile(rb"\xd7\xcd\xc6\x9a|[\x01\x02]\0\x09\0\0[\x01\x03]|\x01\0\0\0[\s\S]{36} EMF")
_FILE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM[\s\S]{4}\0\0\0\0")
_BITMAP = re.compile(rb"[\x28\x6c\x7c]\0\0\0[\s\S]{8}\x01\0[\x01\x04\x08\x10\x18\x20]\0")
_CORE_BITMAP = re.compile(rb"\x0c\0\0\0[\s\S]{4}\x01\0[\x01\x04\x08\x18]\0")


def picture_within(data: bytes) -> bytes:
    """The picture that begins within the first bytes, as the file that it would be; all of the bytes if none does."""
    for pattern in (_METAFILE, _FILE):
        found = pattern.search(data, 0, _FARTHEST)
        if found:
            return data[found.start() :]
    found = _BITMAP.search(data, 0, _FARTHEST)
    if found:
        return _bitmap(data[found.start() :])
    found = _CORE_BITMAP.search(data, 0, _FARTHEST)
    return _core_bitmap(data[found.start() :]) if found else data


def _bitmap(data: bytes) -> bytes:
    from reviewer.extract.image.metafile import packed_dib

    return packed_dib(data) or data


def _core_bitmap(data: bytes) -> bytes:
    """The header of the first Windows versions: its colours have three bytes each (BITMAPCOREHEADER)."""
    from reviewer.extract.image.metafile import dib

    (depth,) = struct.unpack_from("<H", data, 10)
    end = 12 + (3 << depth if depth <= 8 else 0)
    return dib(data[:end], data[end:])
