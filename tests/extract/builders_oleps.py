"""Property sets ([MS-OLEPS]) made in memory, in the ways in which different programs write them."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
DOCUMENT = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
CUSTOM = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")


def narrow(text: str, encoding: str) -> bytes:
    """Text in one-byte letters (VT_LPSTR)."""
    raw = text.encode(encoding) + b"\0"
    return struct.pack("<II", 30, len(raw)) + raw


def wide(text: str) -> bytes:
    """Text in UTF-16 (VT_LPWSTR)."""
    return struct.pack("<II", 31, len(text) + 1) + (text + "\0").encode("utf-16-le")


def vector(*texts: str, padded: bool = False) -> bytes:
    """Several texts (VT_VECTOR | VT_LPSTR)."""
    items = b""
    for text in texts:
        raw = text.encode("gb18030") + b"\0"
        items += struct.pack("<I", len(raw)) + raw + (bytes(-len(raw) % 4) if padded else b"")
    return struct.pack("<II", 0x101E, len(texts)) + items


def number(value: int) -> bytes:
    """A whole number (VT_I4)."""
    return struct.pack("<II", 3, value)


def property_set(
    *sets: tuple[bytes, int, Mapping[int, bytes], Mapping[int, str]],
) -> bytes:
    """Sets of a format, a code page, values by number, and names by number."""
    head = b"\xfe\xff\0\0\x05\x01\x02\0" + bytes(16) + struct.pack("<I", len(sets))
    at, heads, bodies = len(head) + 20 * len(sets), b"", b""
    for kind, code_page, values, names in sets:
        body = _set(code_page, values, names)
        heads += kind + struct.pack("<I", at + len(bodies))
        bodies += body
    return head + heads + bodies


def _set(code_page: int, values: Mapping[int, bytes], names: Mapping[int, str]) -> bytes:
    all_values = {1: struct.pack("<Ihxx", 2, code_page if code_page < 0x8000 else code_page - 0x10000), **values}
    if names:
        all_values[0] = _dictionary(code_page, names)
    at, places, body = 8 + 8 * len(all_values), b"", b""
    for identity, value in all_values.items():
        places += struct.pack("<II", identity, at + len(body))
        body += value + bytes(-len(value) % 4)
    return struct.pack("<II", at + len(body), len(all_values)) + places + body


def _dictionary(code_page: int, names: Mapping[int, str]) -> bytes:
    packed = struct.pack("<I", len(names))
    for identity, name in names.items():
        raw = (name + "\0").encode("utf-16-le" if code_page == 1200 else "gb18030")
        packed += struct.pack("<II", identity, len(name) + 1 if code_page == 1200 else len(raw)) + raw
        packed += bytes(-len(packed) % 4) if code_page == 1200 else b""
    return packed
