"""The directories of a TIFF file (TIFF 6.0; BigTIFF), which is also what an EXIF block is (CIPA DC-008, 4.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

_MOST_DIRECTORIES = 2_000
_MOST_ENTRIES = 4_096
_UNIT_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, UTF8 = 1, 2, 3, 4, 5, 7, 129


class Kind(Enum):
    """What a directory is about."""

    PICTURE = "picture"  # a page of a TIFF; in EXIF the first is of the picture, the second of its thumbnail
    EXIF = "exif"
    GPS = "gps"
    OTHER = "other"


_POINTERS = {0x8769: Kind.EXIF, 0x8825: Kind.GPS, 0xA005: Kind.OTHER, 0x014A: Kind.PICTURE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field: its tag, its type, and its bytes as they stand."""

    tag: int
    type: int
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """One image file directory; `number` counts those of its chain, `nested` is set for one in another."""

    kind: Kind
    number: int
    nested: bool
    entries: tuple[Entry, ...]

    def raw(self, tag: int) -> bytes:
        """The bytes of a field; none if there is no such field."""
        return next((entry.raw for entry in self.entries if entry.tag == tag), b"")


@dataclass(slots=True)
class Tiff:
    """Walks through the directories; `damaged` is set when something pointed nowhere."""

    data: bytes
    damaged: bool = False
    _seen: set[int] = field(default_factory=set)

    @property
    def order(self) -> str:
        """The byte order, as `struct` writes it."""
        return ">" if self.data[:2] == b"MM" else "<"

    @property
    def byte_order(self) -> str:
        """The byte order as a suffix of a codec's name: "le" or "be"."""
        return "be" if self.order == ">" else "le"

    def directories(self) -> Iterator[Directory]:
        """Every directory once: the chain of the file's pictures, each followed by those that it points to."""
        big = self._number(2, 2) == 43
        waiting = [(self._number(8, 8) if big else self._number(4, 4), Kind.PICTURE, 0, False)]
        while waiting and len(self._seen) < _MOST_DIRECTORIES:
            offset, kind, number, nested = waiting.pop()
            if offset == 0 or offset in self._seen:
                continue
            self._seen.add(offset)
            entries, following = self._entries(offset, big)
            if not nested:
                waiting.append((following, Kind.PICTURE, number + 1, False))
            for entry in entries:
                if entry.tag in _POINTERS:
                    waiting += [(at, _POINTERS[entry.tag], number, True) for at in reversed(self.numbers(entry))]
            yield Directory(kind=kind, number=number, nested=nested, entries=tuple(entries))
        self.damaged |= bool(waiting)

    def numbers(self, entry: Entry) -> list[int]:
        """An entry's whole numbers."""
        code = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}.get(entry.type)
        if code is None:
            return []
        count = min(len(entry.raw) // struct.calcsize(self.order + code), _MOST_ENTRIES)
        return list(struct.unpack_from(f"{self.order}{count}{code}", entry.raw))

    def rationals(self, raw: bytes) -> list[float]:
        """Fractions as numbers; one over nothing is nothing."""
        pairs = struct.iter_unpack(self.order + "II", raw[: len(raw) // 8 * 8])
        return [above / below for above, below in pairs if below]

    def _entries(self, offset: int, big: bool) -> tuple[list[Entry], int]:
        head, size, word = (8, 20, 8) if big else (2, 12, 4)
        count = self._number(offset, head)
        if count > _MOST_ENTRIES or offset + head + count * size > len(self.data):
            self.damaged = True
            count = max(0, min(count, _MOST_ENTRIES, (len(self.data) - offset - head) // size))
        entries = []
        for at in range(offset + head, offset + head + count * size, size):
            entry = self._entry(at, word)
            if entry is not None:
                entries.append(entry)
        end = offset + head + count * size
        return entries, self._number(end, word) if end + word <= len(self.data) else 0

    def _entry(self, at: int, word: int) -> Entry | None:
        tag, kind, count = self._number(at, 2), self._number(at + 2, 2), self._number(at + 4, word)
        size = count * _UNIT_BYTES.get(kind, 1)
        start = at + 4 + word if size <= word else self._number(at + 4 + word, word)
        raw = self.data[start : start + size]
        if len(raw) < size:
            self.damaged = True
        return Entry(tag=tag, type=kind, raw=raw) if raw else None

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "big" if self.order == ">" else "little")
