"""A BIFF12 part as records ([MS-XLSB] 2.1.4): kind and length in as many bytes as they need, then the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_LONGEST = 1 << 27


class Record(NamedTuple):
    """One record."""

    kind: int
    data: bytes


class Rubble(NamedTuple):
    """The rest of a part, from where it can no longer be told apart."""

    data: bytes


def records(part: bytes) -> Iterator[Record | Rubble]:
    """Every record of a part; damage ends it, because nothing marks where a record begins."""
    at, end = 0, len(part)
    while at < end:
        start = at
        kind = part[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        more = True
        while more and shift < 28 and at < end:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            more = bool(byte & 0x80)
        if more or size > _LONGEST or at + size > end:
            yield Rubble(part[start:])
            return
        yield Record(kind, part[at : at + size])
        at += size
