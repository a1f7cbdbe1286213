"""Decompression of Outlook's RTF bodies ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_SIZE = 4096
_COMPRESSED, _STORED = b"LZFu", b"MELA"
_MOST = 64 << 20


def decompressed(data: bytes) -> tuple[bytes, bool]:
    """The RTF, and whether it is whole; of damaged data, as much as can be had."""
    if len(data) < 16:
        return b"", False
    _, size = struct.unpack_from("<II", data)
    if data[8:12] == _STORED:
        return data[16 : 16 + size], len(data) >= 16 + size
    if data[8:12] != _COMPRESSED:
        return b"", False
    rtf = _unpacked(data, min(size, _MOST))
    return rtf, len(rtf) >= size


def _unpacked(data: bytes, size: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(_SIZE, b"\0"))
    at, write = 16, len(_DICTIONARY)
    out = bytearray()
    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                if at >= len(data):
                    return bytes(out)
                piece = data[at : at + 1]
                at += 1
            else:
                if at + 2 > len(data):
                    return bytes(out)
                reference = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == write:
                    return bytes(out)
                piece = _copied(window, offset, length, write)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _SIZE
            out += piece
    return bytes(out)


def _copied(window: bytearray, offset: int, length: int, write: int) -> bytes:
    """A reference may run into what it writes itself."""
    reach = (write - offset) % _SIZE
    piece = bytes(window[(offset + step) % _SIZE] for step in range(min(length, reach)))
    return (piece * (length // len(piece) + 1))[:length] if piece else b""
