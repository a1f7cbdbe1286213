"""dBASE tables made in memory."""

from __future__ import annotations

import struct


def dbf(
    fields: list[tuple[str, str, int]],
    records: list[tuple[bytes, list[bytes]]],
    *,
    version: int = 3,
    language: int = 0x4D,
    codec: str = "gb18030",
    count: int | None = None,
    behind_fields: bytes = b"",
    tail: bytes = b"\x1a",
) -> bytes:
    """A table; each record is its mark (space, star) and its values, padded here."""
    heads = b"".join(
        name.encode(codec)[:10].ljust(11, b"\0")
        + kind.encode()
        + bytes(4)
        + bytes([size % 256, size // 256])
        + bytes(14)
        for name, kind, size in fields
    )
    start = 33 + len(heads) + len(behind_fields)
    size = 1 + sum(size for *_, size in fields)
    head = struct.pack("<4BIHH", version, 126, 1, 1, len(records) if count is None else count, start, size)
    head = (head + bytes(17) + bytes([language])).ljust(32, b"\0")
    rows = b"".join(
        mark + b"".join(value.ljust(size, b" ")[:size] for value, (*_, size) in zip(values, fields, strict=True))
        for mark, values in records
    )
    return head + heads + b"\r" + behind_fields + rows + tail
