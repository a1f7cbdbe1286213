"""Tables of strings ([MS-DOC] 2.2.4 STTB, 2.9.355 Xst)."""

from __future__ import annotations

import struct

from reviewer.extract.ole.codepages import text_of
from reviewer.extract.telling import telling

_WIDE = 0xFFFF
_MOST = 65536
_DROP_DOWN = 2
_FIELD_HEAD, _FIELD_STRINGS = 10, 7


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


def field_texts(field: bytes) -> tuple[str, ...]:
    """What a form field says: default, help, status line, macros, list entries; its name if a person gave it."""
    kind = field[4] & 0x3 if len(field) > 4 else 0
    at, found = _FIELD_HEAD, list[str]()
    for number in range(_FIELD_STRINGS):
        if number == 1 and kind != 0:  # a box or a list keeps its default as a number
            at += 2
            continue
        size = 2 * int.from_bytes(field[at : at + 2], "little")
        if at + 2 + size > len(field):
            break
        text = field[at + 2 : at + 2 + size].decode("utf-16-le", "replace")
        if number > 0 or telling(text):
            found.append(text)
        at += 4 + size
    entries = read_strings(field[at:])[0] if kind == _DROP_DOWN else ()
    return tuple(dict.fromkeys(text for text in (*found, *entries) if text.strip("\0 ")))


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
