"""Records with a header of eight bytes, of which drawings and presentations consist ([MS-ODRAW] 2.2.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_CONTAINER = 0xF
_TAG_DATA = 0x138B  # an atom by its version, but full of records: comments lie in it ([MS-PPT] 2.4.23.5)
_HEADER = 8
_MOST = 2_000_000
DEEPEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of some bytes; its body is `[start, end)`."""

    data: bytes
    kind: int
    version: int
    instance: int
    start: int
    end: int

    @property
    def body(self) -> bytes:
        return self.data[self.start : self.end]

    @property
    def is_container(self) -> bool:
        return self.version == _CONTAINER or self.kind == _TAG_DATA

    def inner(self) -> Iterator[Record]:
        """The records right inside this one; none in an atom."""
        if self.is_container:
            yield from records(self.data, self.start, self.end)

    def first(self, kind: int) -> Record | None:
        """The first record of a kind right inside this one."""
        return next((record for record in self.inner() if record.kind == kind), None)

    def all(self, depth: int = 0) -> Iterator[Record]:
        """This record and everything inside it, in order."""
        yield self
        if depth < DEEPEST:
            for record in self.inner():
                yield from record.all(depth + 1)


def record_at(data: bytes, at: int) -> Record | None:
    """The record that begins at a byte, cut to what is there; None if no header fits."""
    if at < 0 or at + _HEADER > len(data):
        return None
    first, kind, size = struct.unpack_from("<HHI", data, at)
    start = at + _HEADER
    return Record(
        data=data, kind=kind, version=first & 0xF, instance=first >> 4, start=start, end=min(start + size, len(data))
    )


def records(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Record]:
    """The records one behind the other between two bytes."""
    end = len(data) if end is None else min(end, len(data))
    for _ in range(_MOST):
        record = record_at(data, start) if start + _HEADER <= end else None
        if record is None:
            return
        if record.end > end:
            record = Record(
                data=data,
                kind=record.kind,
                version=record.version,
                instance=record.instance,
                start=record.start,
                end=end,
            )
        yield record
        start = record.end
