"""VBA projects ([MS-OVBA]) made in memory."""

from __future__ import annotations

import struct

from builders_cfb import Tree

_CHUNK = 4096


def pack(data: bytes) -> bytes:
    """A compressed container: copies of up to eighteen bytes where the last 4096 hold them, letters otherwise."""
    packed = b"\x01"
    for start in range(0, len(data), _CHUNK):
        body = _chunk(data[start : start + _CHUNK])
        packed += struct.pack("<H", len(body) - 1 | 0xB000) + body
    return packed


def _chunk(data: bytes) -> bytes:
    body, at = b"", 0
    while at < len(data):
        flags, tokens = 0, b""
        for bit in range(8):
            if at >= len(data):
                break
            token, length = _copy(data, at)
            if length:
                flags |= 1 << bit
            tokens += token
            at += length or 1
        body += bytes([flags]) + tokens
    return body


def _copy(data: bytes, at: int) -> tuple[bytes, int]:
    bits = max((at - 1).bit_length(), 4) if at else 4
    for length in range(min(18, len(data) - at, (0xFFFF >> bits) + 3), 2, -1):
        found = data.rfind(data[at : at + length], 0, at + length - 1)
        if found >= 0 and at - found <= 1 << bits:
            return struct.pack("<H", (at - found - 1) << 16 - bits | length - 3), length
    return data[at : at + 1], 0


def project(*, code_page: int = 936, offset: int = 30, **modules: str) -> Tree:
    """The storages of a project; compiled code of `offset` bytes stands before each module's source."""
    directory = _record(0x0001, bytes(4)) + _record(0x0003, struct.pack("<H", code_page))
    directory += struct.pack("<HIIH", 0x0009, 4, 1, 1)
    streams: dict[str, bytes | Tree] = {"_VBA_PROJECT": b"\xcc\x61\xff\xff\0\0\0"}
    for name, source in modules.items():
        raw = name.encode("gb18030")
        directory += _record(0x0019, raw) + _record(0x001A, raw) + _record(0x0032, name.encode("utf-16-le"))
        directory += _record(0x0031, struct.pack("<I", offset)) + _record(0x002B, b"")
        text = f'Attribute VB_Name = "{name}"\r\n{source}'
        streams[name] = bytes(offset) + pack(text.encode("gb18030"))
    return {"VBA": streams | {"dir": pack(directory + _record(0x0010, b""))}, "PROJECT": b'ID="{0}"\r\n'}


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HI", kind, len(body)) + body
