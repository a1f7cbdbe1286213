"""A storage written as a compound file of its own, so that an embedded document is read like any other."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from reviewer.extract.ole.compound import MAGIC, Storage

_SECTOR = 4096  # version 4: one table for half a gigabyte fits into the header's 109 places
_MINI = 64
_CUTOFF = 4096
_PER_TABLE = _SECTOR // 4
_HEADER_FATS = 109
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK = 1


@dataclass(slots=True, kw_only=True)
class _Entry:
    name: str
    kind: int
    clsid: bytes
    data: bytes = b""
    right: int = _NONE
    child: int = _NONE


@dataclass(slots=True, kw_only=True)
class _Sectors:
    size: int
    pieces: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)

    def put(self, data: bytes) -> int:
        """Add a chain; returns its first sector."""
        if not data:
            return _END
        first, count = len(self.table), -(-len(data) // self.size)
        self.table += [*range(first + 1, first + count), _END]
        self.pieces.append(data.ljust(count * self.size, b"\0"))
        return first


def rebuild(storage: Storage) -> bytes:
    """The bytes of a compound file that has `storage` as its root.

    Entries hang in a chain, not in a balanced tree: the readers at hand do not ask for one.
    """
    entries = [_Entry(name="Root Entry", kind=_ROOT, clsid=storage.clsid)]
    entries[0].child = _hang(entries, storage)
    sectors, mini = _Sectors(size=_SECTOR), _Sectors(size=_MINI)
    starts = [(mini if len(entry.data) < _CUTOFF else sectors).put(entry.data) for entry in entries]
    entries[0].data = b"".join(mini.pieces)
    starts[0] = sectors.put(entries[0].data)
    mini_table = _packed(mini.table)
    first_mini = sectors.put(mini_table)
    directory = sectors.put(b"".join(map(_record, entries, starts)))
    fats = -(-(len(sectors.table) + _HEADER_FATS) // _PER_TABLE)
    places = range(len(sectors.table), len(sectors.table) + fats)
    header = struct.pack(
        "<8s16x5H6x9I",
        MAGIC,
        *(0x3E, 4, 0xFFFE, 12, 6),
        *(1, fats, directory, 0, _CUTOFF, first_mini, len(mini_table) // _SECTOR, _END, 0),
    ) + struct.pack(f"<{_HEADER_FATS}I", *places, *[_FREE] * (_HEADER_FATS - fats))
    return header.ljust(_SECTOR, b"\0") + b"".join(sectors.pieces) + _packed([*sectors.table, *[_FAT] * fats])


def _packed(table: list[int]) -> bytes:
    whole = table + [_FREE] * (-len(table) % _PER_TABLE)
    return struct.pack(f"<{len(whole)}I", *whole)


def _hang(entries: list[_Entry], storage: Storage) -> int:
    """Append what lies in a storage; returns the first entry of its chain."""
    first = len(entries)
    entries += [_Entry(name=s.name, kind=_STREAM, clsid=bytes(16), data=s.data) for s in storage.streams]
    entries += [_Entry(name=s.name, kind=_STORAGE, clsid=s.clsid) for s in storage.storages]
    last = len(entries)
    for number in range(first, last - 1):
        entries[number].right = number + 1
    for number, inner in enumerate(storage.storages, last - len(storage.storages)):
        entries[number].child = _hang(entries, inner)
    return first if last > first else _NONE


def _record(entry: _Entry, start: int) -> bytes:
    name = entry.name.encode("utf-16-le", "replace")[:62]
    return struct.pack(
        "<64sHBB3I16sI16xIQ",
        name,
        len(name) + 2,
        entry.kind,
        _BLACK,
        *(_NONE, entry.right, entry.child),
        entry.clsid,
        0,
        start,
        len(entry.data),
    )
