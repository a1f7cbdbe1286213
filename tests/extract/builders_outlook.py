"""Outlook's messages made in memory: .msg and winmail.dat, property by property."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from builders_cfb import Tree, compound

UNICODE, STRING8, BINARY, INTEGER, OBJECT = 0x1F, 0x1E, 0x102, 0x03, 0x0D

Values = Mapping[int, "str | bytes | int | tuple[int, bytes]"]
"""Id → text (Unicode), bytes, an integer, or a kind and its bytes."""


def _kind_and_value(value: str | bytes | int | tuple[int, bytes]) -> tuple[int, bytes]:
    if isinstance(value, str):
        return UNICODE, value.encode("utf-16-le")
    if isinstance(value, int):
        return INTEGER, struct.pack("<I", value)
    return value if isinstance(value, tuple) else (BINARY, value)


def storage(values: Values, header: int) -> dict[str, bytes | Tree]:
    """Streams of properties, as a message (24 or 32 bytes of header), recipient or attachment (8) has them."""
    table, streams = bytes(header), dict[str, "bytes | Tree"]()
    for number, value in values.items():
        kind, data = _kind_and_value(value)
        if kind == INTEGER:
            table += struct.pack("<HHI8s", kind, number, 6, data)
        else:
            table += struct.pack("<HHII4x", kind, number, 6, len(data))
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {"__properties_version1.0": table, **streams}


def message(
    values: Values, *, recipients: Sequence[Values] = (), attachments: Sequence[Tree] = (), inner: bool = False
) -> Tree:
    """The storage of a message; `inner` for one inside of another."""
    tree = storage(values, 24 if inner else 32)
    tree |= {f"__recip_version1.0_#{n:08X}": storage(one, 8) for n, one in enumerate(recipients)}
    tree |= {f"__attach_version1.0_#{n:08X}": one for n, one in enumerate(attachments)}
    return tree


def enclosed(values: Values, inner: Tree) -> Tree:
    """An attachment that is a storage: a message, or an OLE object."""
    return {**storage(values, 8), "__substg1.0_3701000D": inner}


def msg(values: Values, **more: Sequence[object]) -> bytes:
    return compound(message(values, **more))  # type: ignore[arg-type]


def attribute(number: int, data: bytes, *, level: int = 1, kind: int = 6) -> bytes:
    """One attribute of a TNEF stream."""
    head = struct.pack("<BHHI", level, number, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def mapi(values: Values, names: Mapping[int, str] | None = None) -> bytes:
    """Properties as an attribute holds them; `names` are those of named ones."""
    out = struct.pack("<I", len(values))
    for number, value in values.items():
        kind, data = _kind_and_value(value)
        out += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            name = ((names or {}).get(number, "x") + "\0").encode("utf-16-le")
            out += bytes(16) + struct.pack("<II", 1, len(name)) + _padded(name)
        out += data if kind == INTEGER else struct.pack("<II", 1, len(data)) + _padded(data)
    return out


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def tnef(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def packed_rtf(rtf: bytes) -> bytes:
    """RTF as Outlook packs it, in literals only ([MS-OXRTFCP]); the end refers to the place of writing."""
    body = bytearray()
    for at in range(0, len(rtf), 8):
        body += b"\0" + rtf[at : at + 8]
    last = len(rtf) % 8
    end = (207 + len(rtf)) % 4096 << 4
    if last:
        body[-last - 1] = 1 << last
        body += struct.pack(">H", end)
    else:
        body += b"\1" + struct.pack(">H", end)
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + bytes(body)
