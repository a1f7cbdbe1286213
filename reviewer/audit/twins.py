"""Files of the same bytes under the same name: one of them is read, the others take over what was said of it."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.screen.within import opened

if TYPE_CHECKING:
    from reviewer.audit.store import Store
    from reviewer.screen.one import Task

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A file that need not be read: `of` has the same bytes (`sha256`) and name. Numbers of the store."""

    file: int
    of: int
    sha256: str


def divided(store: Store, run: int, yardstick: int, pending: array[int]) -> array[int]:
    """The files of a run that are to be read; the others are `twins` of one of them, or of one judged before.

    Only files whose size another file of this run has are hashed: the others are like none. The name counts, too:
    it is read and judged with the document.
    """
    results = store.results
    for statement in _TABLES:
        results.execute(statement)
    results.execute("INSERT INTO common SELECT size FROM file WHERE run = ? GROUP BY size HAVING COUNT(*) > 1", (run,))
    read = array("q")
    for file in pending:
        place = results.execute(_OF_COMMON_SIZE, (file,)).fetchone()
        sha256 = sha256_of(store.task(*place)) if place else ""
        of = _first(store, yardstick, file, place[1], sha256) if sha256 else file
        if of == file:
            read.append(file)
        else:
            results.execute("INSERT INTO twin VALUES (?, ?, ?)", (file, of, sha256))
    return read


def twins(store: Store) -> Iterator[Twin]:
    """What `divided` put aside."""
    after = 0
    while page := store.results.execute(
        "SELECT file, of, sha256 FROM twin WHERE file > ? ORDER BY file LIMIT ?", (after, _PAGE)
    ).fetchall():
        yield from (Twin(file=file, of=of, sha256=sha256) for file, of, sha256 in page)
        after = page[-1][0]


# Of this connection only, and on disk when they grow: a million files must not be held in memory.
_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS held (identity BLOB PRIMARY KEY, file INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS twin (file INTEGER PRIMARY KEY, of INTEGER NOT NULL, sha256 TEXT NOT NULL)",
    "CREATE TEMP TABLE IF NOT EXISTS common (size INTEGER PRIMARY KEY)",
    "DELETE FROM held",
    "DELETE FROM twin",
    "DELETE FROM common",
)
# Empty ones are left out: there is nothing to read in them.
_OF_COMMON_SIZE = "SELECT source, path FROM file WHERE id = ? AND size > 0 AND size IN (SELECT size FROM common)"
_PAGE = 500


def _first(store: Store, yardstick: int, file: int, path: bytes, sha256: str) -> int:
    """The file by which this one is known: one that was judged, or the first of this run; itself if it is that."""
    name = _name(path)
    identity = hashlib.sha256(sha256.encode() + name).digest()
    known = store.results.execute("SELECT file FROM held WHERE identity = ?", (identity,)).fetchone()
    if known:
        return int(known[0])
    judged = store.results.execute(
        "SELECT id, path FROM document JOIN file ON id = file WHERE sha256 = ? AND yardstick = ? AND alone",
        (sha256, yardstick),
    )
    first = next((other for other, where in judged if _name(where) == name), file)
    store.results.execute("INSERT INTO held VALUES (?, ?)", (identity, first))
    return first


def _name(path: bytes) -> bytes:
    return path.rpartition(b"/")[2]


def sha256_of(task: Task) -> str:
    """Empty when it cannot be read: then it is screened, and says why."""
    found = hashlib.sha256()
    try:
        for piece in _pieces(task):
            found.update(piece)
    except OSError:
        return ""
    return found.hexdigest()


def _pieces(task: Task) -> Iterator[bytes]:
    with opened(task.path, task.within) as file:
        while piece := file.read(_CHUNK_BYTES):
            yield piece
