"""Stock-taking: what lies on the disk now, against what was judged before."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from reviewer.audit.database import transaction
from reviewer.audit.listing import Found, Passed
from reviewer.audit.sources import entries_of
from reviewer.audit.store import Store, bytes_of
from reviewer.audit.twins import sha256_of
from reviewer.signoff.moment import in_china

_BATCH = 2000  # files listed in one transaction
_PAGE = 200  # files hashed between two
_CLOCK_NS = 2_000_000_000  # the coarsest clock of a file system in use (FAT)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?=\d{4}(?!\d)|\D|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a run found different from before: files with other bytes, files worth another try, judged otherwise.

    `regrouped`: files that announce attachments, in folders where files came or went.
    """

    changed: int
    retried: int
    stale: int
    regrouped: int


def take_stock(store: Store, run: int) -> int:
    """List every source into the store; how many files there are. Rows of a listing cut short are listed again."""
    results, total = store.results, 0
    for source, origin in enumerate(store.manifest.sources):
        entries = entries_of(origin, hidden=store.manifest.hidden, store=store.folder)
        while batch := tuple(islice(entries, _BATCH)):
            found = [entry for entry in batch if isinstance(entry, Found)]
            total += len(found)
            with transaction(results):
                _note_files(results, source, run, found)
                _note_skipped(results, source, run, [entry for entry in batch if isinstance(entry, Passed)])
    return total


def _note_files(results: sqlite3.Connection, source: int, run: int, found: list[Found]) -> None:
    results.executemany(
        """INSERT INTO file (source, path, size, mtime_ns, run, year) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (source, path) DO UPDATE
        SET size = excluded.size, mtime_ns = excluded.mtime_ns, run = excluded.run, year = excluded.year""",
        [(source, bytes_of(one.path), one.size, one.mtime_ns, run, year_of(one)) for one in found],
    )


def year_of(found: Found) -> int:
    """The year that the path tells last (2024年/公告.docx), else that of the file's own time."""
    told = _YEAR.findall(found.path)
    if told:
        return int(told[-1])
    return in_china(datetime.fromtimestamp(found.mtime_ns / 1e9, UTC)).year


def _note_skipped(results: sqlite3.Connection, source: int, run: int, passed: list[Passed]) -> None:
    results.executemany(
        "INSERT INTO skipped (run, source, path, why) VALUES (?, ?, ?, ?)",
        [(run, source, bytes_of(one.path), one.why.value) for one in passed],
    )


def settle(store: Store, run: int, yardstick: int, started_ns: int) -> Changes:
    """Forget the rows of files whose bytes are others now, and of files that could not be opened last time.

    Size and time are looked at first: reading 400,000 files only to see that nothing happened takes hours. Where
    they differ the digest decides: an archive copied back from a backup has new times and old bytes, and
    hashing is a hundred times faster than screening. What that misses is a file changed within one tick of the
    clock, to the same size: such a young file is stored without its time (see `trusted_ns`) and so is hashed.
    """
    changed = sum(_settled(store, page, started_ns) for page in _touched(store.results, run))
    with transaction(store.results):
        retried = store.results.execute(
            "DELETE FROM document WHERE sha256 = '' AND file IN (SELECT id FROM file WHERE run = ?)", (run,)
        ).rowcount
    regrouped = _regrouped(store, run)
    (stale,) = store.results.execute(
        "SELECT COUNT(*) FROM document JOIN file ON id = file WHERE run = ? AND yardstick <> ?", (run, yardstick)
    ).fetchone()
    return Changes(changed=changed, retried=retried, stale=stale, regrouped=regrouped)


def _regrouped(store: Store, run: int) -> int:
    """Forget what was said of attachments where the files beside the text are others now.

    A note or gap about attachments says so by its rule's type or its words; where a file went, every text of the
    folder may have lost an attachment that it had. Objects of a storage are judged by themselves: nothing lies beside
    one.
    """
    results = store.results
    together = {source for source, origin in enumerate(store.manifest.sources) if not origin.is_remote}
    came = {_folder(row) for row in results.execute(_NEWCOMERS, {"run": run}) if row[0] in together}
    went = {_folder(row) for row in results.execute(_GONE, {"run": run}) if row[0] in together}
    if not came | went:
        return 0
    doubtful = [
        (file,)
        for file, source, path, speaks in results.execute(_JUDGED, {"run": run})
        if (folder := _folder((source, path))) in went or (speaks and folder in came)
    ]
    with transaction(results):
        results.executemany("DELETE FROM document WHERE file = ?", doubtful)
    return len(doubtful)


# Files of this run that were never judged; there were others before them, or this is the first run.
_NEWCOMERS = """SELECT source, path FROM file LEFT JOIN document ON file = id WHERE run = :run AND document.file IS NULL
    AND EXISTS (SELECT 1 FROM document)"""
_GONE = """SELECT source, path FROM file JOIN document ON file = id
    WHERE run < :run AND run >= (SELECT MAX(number) FROM run WHERE listed IS NOT NULL AND number < :run)"""
_JUDGED = """SELECT id, source, path, findings LIKE '%attach_mismatch%' OR gaps LIKE '%附件%'
    FROM document JOIN file ON id = file WHERE run = :run"""


def _folder(row: tuple[int, bytes]) -> tuple[int, bytes]:
    """The folder in which a file lies; one named 附件 counts as the one above it."""
    source, path = row
    folder = path.rpartition(b"/")[0]
    above, _, name = folder.rpartition(b"/")
    return source, above if name.startswith("附件".encode()) else folder


def trusted_ns(mtime_ns: int, started_ns: int) -> int:
    """The time to store for a file: -1, which no file has, when it may change again within the same tick."""
    return mtime_ns if mtime_ns < started_ns - _CLOCK_NS else -1


_Touched = tuple[int, int, bytes, int, int, int, str]  # file, source, path, size and time now, size then, digest then


def _touched(results: sqlite3.Connection, run: int) -> Iterator[list[_Touched]]:
    """In pages, for rows are changed and dropped while this goes on."""
    after = 0
    while page := results.execute(
        """SELECT id, source, path, file.size, file.mtime_ns, document.size, sha256
        FROM document JOIN file ON id = file
        WHERE run = ? AND id > ? AND sha256 <> ''
        AND (file.size <> document.size OR file.mtime_ns <> document.mtime_ns)
        ORDER BY id LIMIT ?""",
        (run, after, _PAGE),
    ).fetchall():
        yield page
        after = page[-1][0]


def _settled(store: Store, page: list[_Touched], started_ns: int) -> int:
    """How many files of the page have other bytes; the others get their new time."""
    same: list[tuple[int, int]] = []
    other: list[tuple[int]] = []
    for file, source, path, size, mtime_ns, size_then, sha256 in page:
        if size == size_then and sha256_of(store.task(source, path)) == sha256:
            same.append((trusted_ns(mtime_ns, started_ns), file))
        else:
            other.append((file,))
    with transaction(store.results):
        store.results.executemany("UPDATE document SET mtime_ns = ? WHERE file = ?", same)
        store.results.executemany("DELETE FROM document WHERE file = ?", other)
    return len(other)
