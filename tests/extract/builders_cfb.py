"""Compound files ([MS-CFB]) made in memory: what .doc, .xls, .ppt, .msg and OLE objects are written into."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Tree = Mapping[str, "bytes | Tree"]
"""Names → the bytes of a stream, or the names in a storage. Control characters are written as such: "\\x01Ole"."""

_SECTOR = 512
_MINI = 64
_CUTOFF = 4096
_PER_FAT = _SECTOR // 4
_MOST_FATS = 109
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass(slots=True, kw_only=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    clsid: bytes = bytes(16)
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    color: int = _BLACK
    start: int = _END
    size: int = 0


@dataclass(slots=True, kw_only=True)
class _Sectors:
    """Sectors of one size and the table of what follows which."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def put(self, data: bytes) -> int:
        """Add a chain; returns its first sector."""
        if not data:
            return _END
        first, count = len(self.table), -(-len(data) // self.size)
        self.table += [*range(first + 1, first + count), _END]
        self.data += data.ljust(count * self.size, b"\0")
        return first


def compound(tree: Tree, *, clsid: bytes = bytes(16), clsids: Mapping[str, bytes] | None = None) -> bytes:
    """A version 3 compound file of these storages and streams, up to about 6 MB.

    `clsid` is the class of the root; `clsids` those of storages by their name.
    """
    entries = [_Entry(name="Root Entry", kind=_ROOT, clsid=clsid)]
    entries[0].child = _plant(entries, tree, clsids or {})
    sectors, mini = _Sectors(size=_SECTOR), _Sectors(size=_MINI)
    for entry in entries[1:]:
        entry.size = len(entry.data)
        entry.start = (mini if entry.size < _CUTOFF else sectors).put(entry.data) if entry.kind == _STREAM else 0
    entries[0].size = len(mini.data)
    entries[0].start = sectors.put(bytes(mini.data))
    mini_table = _packed(mini.table)
    first_mini = sectors.put(mini_table)
    directory = b"".join(map(_record, entries))
    blank = _record(_Entry(name="", kind=0))
    first_directory = sectors.put(directory + blank * (-len(entries) % 4))
    fats = _fats(len(sectors.table))
    table = sectors.table + [_FAT] * fats
    assert fats <= _MOST_FATS, "too large for this writer"
    header = struct.pack(
        "<8s16x5H6x9I",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, fats, first_directory, 0, _CUTOFF, first_mini, len(mini_table) // _SECTOR, _END, 0),
    )
    places = [len(sectors.table) + n for n in range(fats)]
    header += struct.pack("<109I", *places, *[_FREE] * (_MOST_FATS - fats))
    return header + bytes(sectors.data) + _packed(table)


def _plant(entries: list[_Entry], tree: Tree, clsids: Mapping[str, bytes]) -> int:
    """Append the entries of a storage and what is in them; returns the entry at the top of their tree."""
    names = sorted(tree, key=lambda name: (len(name.encode("utf-16-le")), name.upper()))
    first = len(entries)
    for name in names:
        content = tree[name]
        if isinstance(content, bytes):
            entries.append(_Entry(name=name, kind=_STREAM, data=content))
        else:
            entries.append(_Entry(name=name, kind=_STORAGE, clsid=clsids.get(name, bytes(16))))
    for index, name in enumerate(names, first):
        content = tree[name]
        if not isinstance(content, bytes):
            entries[index].child = _plant(entries, content, clsids)
    return _balance(entries, first, first + len(names), len(names).bit_length() - 1)


def _balance(entries: list[_Entry], low: int, high: int, deepest: int, depth: int = 0) -> int:
    """Hang neighbours into a binary tree; only its last, unfilled level is red."""
    if low >= high:
        return _NONE
    middle = (low + high) // 2
    entry = entries[middle]
    entry.left = _balance(entries, low, middle, deepest, depth + 1)
    entry.right = _balance(entries, middle + 1, high, deepest, depth + 1)
    entry.color = _RED if depth == deepest and depth > 0 else _BLACK
    return middle


def _record(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    assert len(name) <= 62, "a name has at most 31 characters"
    links = (entry.left, entry.right, entry.child)
    return struct.pack(
        "<64sHBB3I16sI16xIQ",
        name,
        len(name) + 2 if entry.kind else 0,
        entry.kind,
        entry.color,
        *links,
        entry.clsid,
        0,
        entry.start if entry.kind else 0,
        entry.size,
    )


def _packed(table: list[int]) -> bytes:
    whole = table + [_FREE] * (-len(table) % _PER_FAT)
    return struct.pack(f"<{len(whole)}I", *whole)


def _fats(sectors: int) -> int:
    """How many sectors the table takes, counting those sectors too."""
    fats = 1
    while fats * _PER_FAT < sectors + fats:
        fats += 1
    return fats


def streams(tree: Tree, *above: str) -> Iterator[tuple[str, bytes]]:
    """Path ("ObjectPool/_1/\\x01Ole") and bytes of every stream of a tree."""
    for name, content in tree.items():
        if isinstance(content, bytes):
            yield "/".join((*above, name)), content
        else:
            yield from streams(content, *above, name)
