"""Pictures of a BIFF workbook: a store of them, and which of the store stands where."""

from __future__ import annotations

from reviewer.extract import pictures
from reviewer.extract.ole.officeart import STORE_ENTRY, store_entry
from reviewer.extract.ole.presentation import picture_within
from reviewer.extract.ole.records import records
from reviewer.extract.scribe import Scribe

_MOST = 100_000


class Pictures:
    """The pictures of one workbook, numbered in the order in which a reader meets them."""

    def __init__(self, scribe: Scribe) -> None:
        self._pictures = pictures.Pictures(scribe)
        self._group: list[bytes] = []
        self._stored: list[bytes] | None = None
        self._placed: set[int] = set()

    def group(self, data: bytes) -> None:
        """A piece of the store of pictures; long stores go on in the next record of the kind."""
        self._group.append(data)

    def placed(self, number: int, near: str) -> None:
        """The picture of this number, from 1, stands near this place."""
        store = self._store()
        if 0 < number <= len(store) and number not in self._placed:
            self._placed.add(number)
            self._pictures.placed(store[number - 1], near)

    def direct(self, data: bytes, near: str) -> None:
        """A picture that stands in a record of its own."""
        self._pictures.placed(picture_within(data), near)

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere."""
        self._pictures.leftover(
            picture for number, picture in enumerate(self._store(), 1) if number not in self._placed
        )

    def _store(self) -> list[bytes]:
        """The pictures by number; empty for one whose data are not there."""
        if self._stored is None:
            tops = records(b"".join(self._group))
            entries = (record for top in tops for record in top.all() if record.kind == STORE_ENTRY)
            self._stored = [store_entry(record).picture or b"" for record in entries][:_MOST]
        return self._stored
