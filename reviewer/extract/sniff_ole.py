"""What an OLE compound file really is, by the streams at its root ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

STORAGE = "application/x-ole-storage"
ENCRYPTED = "application/encrypted"

# In this order: an encrypted package may keep other streams beside it, a message its attachments' names.
_BY_STREAM = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("VisioDocument", "application/vnd.visio"),
)
_ENTRY_BYTES = 128
_NO_ENTRY = 0xFFFFFFFF
_HEADER_FATS = 109
_LONGEST = 100_000  # sectors or entries; a chain that is longer runs in a circle


def sniff_ole(data: bytes) -> str:
    """The media type of a compound file; damaged or unknown ones are only storage."""
    try:
        names = {name.casefold() for name in _root_names(_Sectors(data))}
    except (struct.error, IndexError):
        return STORAGE
    return next((kind for stream, kind in _BY_STREAM if stream.casefold() in names), STORAGE)


class _Sectors:
    """The sectors of a compound file and their chains; raises struct.error where the file is cut short."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        self._size = 1 << max(9, min(shift, 16))
        (self.directory,) = struct.unpack_from("<I", data, 48)
        self._fats = [*struct.unpack_from(f"<{_HEADER_FATS}I", data, 76), *self._more_fats()]

    def chain(self, sector: int) -> Iterator[bytes]:
        """The contents of a chain's sectors."""
        for _ in range(_LONGEST):
            if sector >= 0xFFFFFFFA:
                return
            at = (sector + 1) * self._size
            yield self._data[at : at + self._size]
            sector = self._next(sector)

    def _more_fats(self) -> Iterator[int]:
        """The tables behind the first 109, which reach over 7 MB; the directory of a larger file may lie beyond."""
        (sector,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while sector < 0xFFFFFFFA and sector not in seen and (sector + 2) * self._size <= len(self._data):
            seen.add(sector)
            *fats, sector = struct.unpack_from(f"<{self._size // 4}I", self._data, (sector + 1) * self._size)
            yield from fats

    def _next(self, sector: int) -> int:
        table, entry = divmod(sector, self._size // 4)
        at = (self._fats[table] + 1) * self._size + entry * 4
        return int(struct.unpack_from("<I", self._data, at)[0])


def _root_names(sectors: _Sectors) -> Iterator[str]:
    """The names of what stands at the root, not of what is embedded deeper."""
    directory = b"".join(sectors.chain(sectors.directory))
    (child,) = struct.unpack_from("<I", directory, 76)
    waiting, seen = [child], set[int]()
    while waiting:
        entry = waiting.pop()
        if entry == _NO_ENTRY or entry in seen or len(seen) > _LONGEST:
            continue
        seen.add(entry)
        at = entry * _ENTRY_BYTES
        (length,) = struct.unpack_from("<H", directory, at + 64)
        waiting += struct.unpack_from("<II", directory, at + 68)
        yield directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
