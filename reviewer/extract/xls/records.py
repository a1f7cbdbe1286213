"""A BIFF stream as records ([MS-XLS] 2.1.4): kind, length, data; long data goes on in CONTINUE records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

CONTINUE = 0x003C
BOF_KINDS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_LONGEST = 8228
"""Bytes of data of one record; the newest version allows 8,224 ([MS-XLS] 2.1.4)."""
_LAST_KIND = 0x10FF
_BOF8 = b"\x09\x08\x10\x00\x00\x06"


@dataclass(slots=True, kw_only=True)
class Record:
    """One record: where it begins in the stream, its data, and the data of the CONTINUE records behind it."""

    kind: int
    at: int
    data: bytes
    more: list[bytes] = field(default_factory=list)

    @property
    def whole(self) -> bytes:
        """The data end to end, for records that are simply cut wherever they are full."""
        return b"".join([self.data, *self.more])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubble:
    """Bytes that are no records: half-open offsets in the stream."""

    start: int
    end: int


def records(stream: bytes, starts: set[int]) -> Iterator[Record | Rubble]:
    """Every record of a stream, and the stretches between them that are none.

    `starts` are offsets at which a substream is known to begin; it may grow while the records are handed out. After
    damage reading goes on at the next of them, or where a substream of the newest version seems to begin.
    """
    at, end = 0, len(stream)
    held: Record | None = None
    while at < end:
        kind, size = struct.unpack_from("<HH", stream, at) if at + 4 <= end else (0xFFFF, 0)
        if size > _LONGEST or kind > _LAST_KIND or at + 4 + size > end or (kind == size == 0):
            if held is not None:
                yield held
                held = None
            after = _next_start(stream, at, starts)
            yield Rubble(start=at, end=after)
            at = after
            continue
        data = stream[at + 4 : at + 4 + size]
        if kind == CONTINUE and held is not None:
            held.more.append(data)
        else:
            if held is not None:
                yield held
            held = Record(kind=kind, at=at, data=data)
        at += 4 + size
    if held is not None:
        yield held


def _next_start(stream: bytes, at: int, starts: set[int]) -> int:
    known = [start for start in starts if at < start < len(stream)]
    seen = stream.find(_BOF8, at + 1)
    return min([*known, seen if seen >= 0 else len(stream)])
