"""Hyperlinks as the hyperlink library of Office keeps them ([MS-OSHARED] 2.3.7.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reviewer.extract.residue import residue

_URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE = bytes.fromhex("0303000000000000c000000000000046")
_DISPLAY, _MONIKER, _LOCATION, _FRAME, _AS_TEXT = 0x10, 0x01, 0x08, 0x80, 0x100


def link_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """What a hyperlink object says, as "链接" (address) or "链接提示" (shown); what is not understood is searched."""
    at = 0
    try:
        _, flags = struct.unpack_from("<II", data)
        at = 8
        for switch, what in ((_DISPLAY, "链接提示"), (_FRAME, "链接提示")):
            if flags & switch:
                text, at = _text(data, at)
                yield what, text
        address = ""
        if flags & _MONIKER and flags & _AS_TEXT:
            address, at = _text(data, at)
        elif flags & _MONIKER:
            address, at = _moniker(data, at)
        location = ""
        if flags & _LOCATION:
            location, at = _text(data, at)
        yield "链接", f"{address}#{location}" if location and address else address or location
    except (struct.error, IndexError, UnicodeDecodeError):
        yield from (("链接", text) for text in residue(data[at:]))


def is_place_only(data: bytes) -> bool:
    """Whether a link leads to a place in the same workbook."""
    return len(data) >= 8 and not struct.unpack_from("<I", data, 4)[0] & _MONIKER


def _text(data: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * count
    if end > len(data):
        raise IndexError
    return data[at + 4 : end].decode("utf-16-le", "replace").partition("\0")[0], end


def _moniker(data: bytes, at: int) -> tuple[str, int]:
    kind = data[at : at + 16]
    at += 16
    if kind == _URL:
        (size,) = struct.unpack_from("<I", data, at)
        end = at + 4 + size
        if end > len(data):
            raise IndexError
        return data[at + 4 : end].decode("utf-16-le", "replace").partition("\0")[0], end
    if kind != _FILE:
        raise IndexError
    up, size = struct.unpack_from("<HI", data, at)
    short = data[at + 6 : at + 6 + size].partition(b"\0")[0]
    at += 6 + size + 24
    (rest,) = struct.unpack_from("<I", data, at)
    at += 4
    if rest == 0:
        return "..\\" * min(up, 50) + short.decode("gb18030", "replace"), at
    (size,) = struct.unpack_from("<I", data, at)
    path = data[at + 6 : at + 6 + size].decode("utf-16-le", "replace")
    return "..\\" * min(up, 50) + path, at + rest
