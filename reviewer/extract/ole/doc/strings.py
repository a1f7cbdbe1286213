"""Tables of strings ([MS-DOC] 2.2.4 STTB, 2.9.355 Xst)."""

from __future__ import annotations

import struct

from reviewer.extract.ole.codepages import text_of

_WIDE = 0xFFFF
_MOST = 65536


def read_strings(packed: bytes, code_page: int = 1252) -> tuple[tuple[str, ...], int]:
    """The strings of an STTB as far as they go, and the byte behind the last of them."""
    if len(packed) < 6:
        return (), len(packed)
    wide = struct.unpack_from("<H", packed)[0] == _WIDE
    at = 2 if wide else 0
    count, extra = struct.unpack_from("<HH", packed, at)
    at += 4
    found: list[str] = []
    for _ in range(min(count, _MOST)):
        size = int.from_bytes(packed[at : at + (2 if wide else 1)], "little") * (2 if wide else 1)
        at += 2 if wide else 1
        raw = packed[at : at + size]
        if len(raw) < size or at > len(packed):
            break
        found.append(raw.decode("utf-16-le", "replace") if wide else text_of(raw, code_page))
        at += size + extra
    return tuple(found), at


def read_counted(packed: bytes) -> tuple[str, ...]:
    """Strings one behind the other, each with its length before it."""
    found: list[str] = []
    at = 0
    while at + 2 <= len(packed) and len(found) < _MOST:
        size = 2 * struct.unpack_from("<H", packed, at)[0]
        raw = packed[at + 2 : at + 2 + size]
        if len(raw) < size:
            break
        found.append(raw.decode("utf-16-le", "replace"))
        at += 2 + size
    return tuple(found)
