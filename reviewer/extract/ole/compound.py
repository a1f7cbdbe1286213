"""A compound file ([MS-CFB]) as a tree of storages and streams, and the bytes of it that belong to none of them.

No length, offset or chain of the file is trusted: what leads nowhere is told as a fault and the rest is still read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER_FATS = 109
_ENTRY_BYTES = 128
_MINI_BYTES = 64
_LAST_SECTOR = 0xFFFFFFF9  # higher numbers are marks, not sectors
_NO_ENTRY = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MOST_ENTRIES = 100_000
_DEEPEST = 64
_BYTES_PER_FILE_BYTE = 4
"""Chains may share sectors; more than this many times the file is not unfolded."""


class DamagedError(Exception):
    """The bytes are no compound file whose directory can be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A stream: its name as written (some begin with a control character) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """A storage, and what lies in it; `clsid` says which program made it (16 bytes, zero if unsaid)."""

    name: str
    clsid: bytes
    streams: tuple[Stream, ...]
    storages: tuple[Storage, ...]

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream by name, whatever its case; None if there is none."""
        wanted = name.casefold()
        return next((stream.data for stream in self.streams if stream.name.casefold() == wanted), None)

    def storage(self, name: str) -> Storage | None:
        """A storage by name, whatever its case."""
        wanted = name.casefold()
        return next((storage for storage in self.storages if storage.name.casefold() == wanted), None)

    def walk(self, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Storage]]:
        """This storage and all below it, each with its path."""
        yield above, self
        for inner in self.storages:
            yield from inner.walk((*above, inner.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """One compound file: its tree, streams that no storage lists, bytes of no stream, and what is damaged."""

    root: Storage
    orphans: tuple[Stream, ...]
    slack: tuple[bytes, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    clsid: bytes
    start: int
    size: int


def open_compound(data: bytes) -> Compound:
    """Unfold a compound file; raises DamagedError where it has no header or directory."""
    return _Unfolding(data).compound()


class _Unfolding:
    """One pass over one file: sectors are marked as they are used, so that the unused ones are known in the end."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < 512:
            raise DamagedError
        self._data = data
        major, _, shift = struct.unpack_from("<3H", data, 26)
        if shift not in (9, 12):
            shift = 12 if major == 4 else 9
        self._size = 1 << shift
        self._wide = major == 4
        self._sectors = max(0, -(-len(data) // self._size) - 1)
        self._used = bytearray(self._sectors)
        self._budget = _BYTES_PER_FILE_BYTE * len(data)
        self._faults: dict[str, None] = {}
        self._tails: list[bytes] = []
        directory, self._cutoff, mini, self._mini_sectors = struct.unpack_from("<I4xIII", data, 48)
        self._table = self._read_table()
        self._entries = tuple(self._read_entries(directory))
        if not self._entries:
            raise DamagedError
        root = self._entries[0]
        self._mini = self._chain(root.start, root.size, "mini") if root.start <= _LAST_SECTOR else b""
        self._mini_used = bytearray(-(-len(self._mini) // _MINI_BYTES))
        self._mini_table = self._numbers(self._chain(mini, None, "mini") if mini <= _LAST_SECTOR else b"")

    def compound(self) -> Compound:
        seen = {0}
        root = self._storage(0, seen, 0)
        orphans = tuple(
            Stream(name=entry.name, data=self._contents(entry))
            for number, entry in enumerate(self._entries)
            if number not in seen and entry.kind == _STREAM
        )
        return Compound(root=root, orphans=orphans, slack=tuple(self._slack()), faults=tuple(self._faults))

    def _read_table(self) -> tuple[int, ...]:
        fats = list(struct.unpack_from(f"<{_HEADER_FATS}I", self._data, 76))
        (following,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while following <= _LAST_SECTOR and following not in seen and following < self._sectors:
            seen.add(following)
            *more, following = self._numbers(self._sector(following).ljust(self._size, b"\xff"))
            fats += more
        pieces = [self._sector(fat) for fat in fats if fat <= _LAST_SECTOR and fat < self._sectors]
        return self._numbers(b"".join(pieces))

    def _numbers(self, packed: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        self._used[number] = 1
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _read_entries(self, directory: int) -> Iterator[_Entry]:
        packed = self._chain(directory, None, "directory")
        for at in range(0, min(len(packed), _MOST_ENTRIES * _ENTRY_BYTES) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", packed, at + 64)
            left, right, child = struct.unpack_from("<3I", packed, at + 68)
            start, size = struct.unpack_from("<IQ", packed, at + 116)
            yield _Entry(
                name=packed[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"),
                kind=kind,
                left=left,
                right=right,
                child=child,
                clsid=packed[at + 80 : at + 96],
                start=start,
                # Version 3 leaves rubbish in the upper half.
                size=size if self._wide else size & 0xFFFFFFFF,
            )

    def _storage(self, number: int, seen: set[int], depth: int) -> Storage:
        streams, storages = [], []
        for child in self._children(self._entries[number].child, seen):
            entry = self._entries[child]
            if entry.kind == _STREAM:
                streams.append(Stream(name=entry.name, data=self._contents(entry)))
            elif entry.kind == _STORAGE and depth < _DEEPEST:
                storages.append(self._storage(child, seen, depth + 1))
            else:
                self._faults["entry"] = None
        entry = self._entries[number]
        return Storage(name=entry.name, clsid=entry.clsid, streams=tuple(streams), storages=tuple(storages))

    def _children(self, top: int, seen: set[int]) -> list[int]:
        """The entries of a storage by their order in the directory."""
        waiting, found = [top], []
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY:
                continue
            if number in seen or number >= len(self._entries):
                self._faults["directory"] = None
                continue
            seen.add(number)
            found.append(number)
            waiting += [self._entries[number].left, self._entries[number].right]
        return sorted(found)

    def _contents(self, entry: _Entry) -> bytes:
        if entry.size == 0:
            return b""
        if entry.size < self._cutoff:
            return self._mini_chain(entry.start, entry.size, entry.name)
        return self._chain(entry.start, entry.size, entry.name)

    def _chain(self, start: int, size: int | None, name: str) -> bytes:
        """The bytes of a chain of sectors, cut to `size`; what the last sector holds beyond is slack."""
        pieces, length, number = [], 0, start
        met: set[int] = set()
        while number <= _LAST_SECTOR and (size is None or length < size):
            if number >= self._sectors or number in met or self._budget <= 0:
                self._faults[name] = None
                break
            met.add(number)
            piece = self._sector(number)
            pieces.append(piece)
            length += len(piece)
            self._budget -= len(piece)
            number = self._table[number] if number < len(self._table) else _NO_ENTRY
        return self._cut(b"".join(pieces), size, name)

    def _mini_chain(self, start: int, size: int, name: str) -> bytes:
        pieces, length, number = [], 0, start
        while number < len(self._mini_used) and length < size and self._budget > 0:
            self._mini_used[number] = 1
            piece = self._mini[number * _MINI_BYTES : (number + 1) * _MINI_BYTES]
            pieces.append(piece)
            length += len(piece)
            self._budget -= len(piece)
            number = self._mini_table[number] if number < len(self._mini_table) else _NO_ENTRY
        return self._cut(b"".join(pieces), size, name)

    def _cut(self, whole: bytes, size: int | None, name: str) -> bytes:
        if size is None:
            return whole
        if len(whole) < size:
            self._faults[name] = None
        elif name != "mini" and whole[size:].strip(b"\0"):
            self._tails.append(whole[size:])
        return whole[:size]

    def _slack(self) -> Iterator[bytes]:
        """Runs of sectors that nothing uses, and what stands after the end of a stream in its last sector."""
        yield from self._tails
        yield from self._unused(self._used, self._size, self._data[self._size :])
        yield from self._unused(self._mini_used, _MINI_BYTES, self._mini)

    @staticmethod
    def _unused(used: bytearray, size: int, data: bytes) -> Iterator[bytes]:
        at = used.find(0)
        while at >= 0:
            end = used.find(1, at)
            end = len(used) if end < 0 else end
            run = data[at * size : end * size]
            if run.strip(b"\0\xff"):
                yield run
            at = used.find(0, end)
