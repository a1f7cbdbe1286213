"""The documents a run still has to screen: only their numbers are held, a path is fetched when its turn comes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import overload

from reviewer.audit.store import Store
from reviewer.screen.beside import Neighbours
from reviewer.screen.one import Task


class Pending(Sequence[Task]):
    """400,000 of them take six megabytes. `files` are their numbers in the store, `sizes` are in bytes."""

    def __init__(self, store: Store, run: int, yardstick: int) -> None:
        self._store = store
        self._neighbours = Neighbours()
        self.files, self.sizes = array("q"), array("q")
        for file, size in store.results.execute(
            """SELECT id, file.size FROM file LEFT JOIN document ON file = id
            WHERE run = ? AND (file IS NULL OR yardstick <> ?) ORDER BY id""",
            (run, yardstick),
        ):
            self.files.append(file)
            self.sizes.append(size)

    def only(self, files: array[int]) -> Pending:
        """These of them, in that order; their sizes are nobody's concern any more."""
        some = copy(self)
        some.files, some.sizes = files, array("q")
        return some

    def __len__(self) -> int:
        return len(self.files)

    @overload
    def __getitem__(self, index: int) -> Task: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Task, ...]: ...
    def __getitem__(self, index: int | slice) -> Task | tuple[Task, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(len(self))[index])
        source, path = self._store.results.execute(
            "SELECT source, path FROM file WHERE id = ?", (self.files[index],)
        ).fetchone()
        task = self._store.task(source, path)
        alone = path == b"" or task.within  # the source is this one file: nobody asked for those beside it
        return task if alone else replace(task, beside=self._neighbours.of(task.path))
