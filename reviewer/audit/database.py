"""The results: one SQLite file that is whole after a kill at any moment.

A rollback journal, not a write-ahead log: runs commit about once a second, so nothing is gained by a log, and
a log needs shared memory, which network drives do not give, and a writable folder even for reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer.errors import EvidenceError, ReviewerError
from reviewer.language import tr

_APPLICATION = 0x52415544  # "RAUD"
_VERSION = 4
_PATIENCE_S = 60  # a report that reads a large store holds a writer up for a few seconds
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_FORMAT})

_TABLES = (
    # The manifests this program wrote: an edited one is not among them.
    "CREATE TABLE manifest (digest TEXT PRIMARY KEY)",
    """CREATE TABLE yardstick (
        id INTEGER PRIMARY KEY, version TEXT NOT NULL, readers TEXT NOT NULL, rules TEXT NOT NULL, model TEXT NOT NULL,
        policy TEXT NOT NULL, baseline TEXT NOT NULL, day TEXT NOT NULL,
        UNIQUE (version, readers, rules, model, policy, baseline, day))""",
    # What is the same for every finding of a rule stands once, in both languages.
    """CREATE TABLE rule (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, title_en TEXT NOT NULL, basis TEXT NOT NULL, remedy TEXT NOT NULL,
        remedy_en TEXT NOT NULL) WITHOUT ROWID""",
    # `listed` is set when every source was walked to its end, `ended` when nothing was left to screen.
    """CREATE TABLE run (
        number INTEGER PRIMARY KEY, yardstick INTEGER NOT NULL, started TEXT NOT NULL, listed TEXT, ended TEXT)""",
    "CREATE TABLE skipped (run INTEGER NOT NULL, source INTEGER NOT NULL, path BLOB NOT NULL, why TEXT NOT NULL)",
    # What was found on the disk, and by which run last. Paths are bytes: not every file name is text.
    # `was` is its verdict when a run last came to its end, `year` that of its path or else of its time.
    """CREATE TABLE file (
        id INTEGER PRIMARY KEY, source INTEGER NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL, run INTEGER NOT NULL, year INTEGER NOT NULL, was TEXT, UNIQUE (source, path))""",
    # What was judged: size and time are those of the file when it was listed, before it was read. `alone`: no file
    # beside it can change its verdict. `copy_of`: another file of the same bytes and name was read in its stead.
    """CREATE TABLE document (
        file INTEGER PRIMARY KEY REFERENCES file (id), yardstick INTEGER NOT NULL, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL, sm3 TEXT NOT NULL, media_type TEXT NOT NULL,
        characters INTEGER NOT NULL, segments INTEGER NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('clear', 'redact', 'refer', 'block')), found INTEGER NOT NULL,
        asking INTEGER NOT NULL, critical INTEGER NOT NULL, high INTEGER NOT NULL, unread INTEGER NOT NULL,
        findings TEXT NOT NULL, gaps TEXT NOT NULL, set_aside TEXT NOT NULL, mentions TEXT NOT NULL,
        alone INTEGER NOT NULL, sketch INTEGER NOT NULL, millis INTEGER NOT NULL, copy_of INTEGER)""",
    "CREATE INDEX document_by_bytes ON document (sha256)",
    # How often each rule found something, so that sums need not read the findings.
    """CREATE TABLE tally (
        file INTEGER NOT NULL REFERENCES document (file) ON DELETE CASCADE, rule TEXT NOT NULL,
        category TEXT NOT NULL, action TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (file, rule, category, action)) WITHOUT ROWID""",
    # What a person has to rule on: the same matter, by its keyed digest, once for each document in which it stands.
    """CREATE TABLE matter (
        file INTEGER NOT NULL REFERENCES document (file) ON DELETE CASCADE, rule TEXT NOT NULL, value TEXT NOT NULL,
        type TEXT NOT NULL, category TEXT NOT NULL, severity TEXT NOT NULL, action TEXT NOT NULL,
        confidence REAL NOT NULL, count INTEGER NOT NULL, fingerprint TEXT NOT NULL,
        PRIMARY KEY (file, rule, value)) WITHOUT ROWID""",
    "CREATE INDEX matter_by_value ON matter (rule, value)",
    # Of which things a document tells which parts, by keyed digests: harmless in one document, maybe not in several.
    """CREATE TABLE part (
        file INTEGER NOT NULL REFERENCES document (file) ON DELETE CASCADE, aggregation TEXT NOT NULL,
        number INTEGER NOT NULL, key TEXT NOT NULL, part TEXT NOT NULL, value TEXT NOT NULL, place TEXT NOT NULL,
        PRIMARY KEY (file, number, key, part)) WITHOUT ROWID""",
    "CREATE INDEX part_by_key ON part (aggregation, key)",
    # Documents that are like each other, as of the last run that ended; `kin` is the first of them.
    "CREATE TABLE near (file INTEGER PRIMARY KEY REFERENCES document (file) ON DELETE CASCADE, kin INTEGER NOT NULL)",
    # What each run that ended changed, and its sums: how an audit goes over time.
    "CREATE TABLE change (run INTEGER NOT NULL, file INTEGER NOT NULL, was TEXT, now TEXT)",
    "CREATE TABLE trend (run INTEGER NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL)",
    # What people said. `again`: the question was put a second time, to another person, who did not know it.
    """CREATE TABLE ruling (
        id INTEGER PRIMARY KEY, rule TEXT NOT NULL, value TEXT NOT NULL, fingerprint TEXT NOT NULL,
        ruling TEXT NOT NULL CHECK (ruling IN ('confirmed', 'false_positive', 'releasable', 'skipped')),
        by TEXT NOT NULL, at TEXT NOT NULL, again INTEGER NOT NULL, seconds REAL NOT NULL)""",
    """CREATE TABLE draw (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, seed TEXT NOT NULL, size INTEGER NOT NULL,
        population INTEGER NOT NULL, pile TEXT NOT NULL)""",
    """CREATE TABLE drawn (
        draw INTEGER NOT NULL REFERENCES draw (id), place INTEGER NOT NULL, file INTEGER NOT NULL, sha256 TEXT NOT NULL,
        leaks INTEGER, by TEXT, at TEXT, PRIMARY KEY (draw, place)) WITHOUT ROWID""",
)


def created(path: Path) -> sqlite3.Connection:
    """A new, empty database."""
    connection = _connected(path, "rwc")
    with transaction(connection):
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        for statement in _TABLES:
            connection.execute(statement)
    return connection


def opened(path: Path, *, for_writing: bool) -> sqlite3.Connection:
    """The database of a store. Raises EvidenceError when it is not one, or is damaged."""
    if not path.is_file():
        raise EvidenceError(
            tr(
                f"{path}：审查结果不见了。从备份恢复，或换一个新的 STORE 重新审查",
                f"{path}: the results are gone. Restore them from a backup, or audit anew into a new STORE",
            )
        )
    with plainly(path):
        # Opened for writing even to read: what a killed run left half written is rolled back first.
        connection = _connected(path, "rw")
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks[0] == _APPLICATION and 0 < marks[1] != _VERSION:
            connection.close()
            raise EvidenceError(_of_another_version(path))
        if marks != [_APPLICATION, _VERSION] or connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            connection.close()
            raise EvidenceError(_damaged(path))
        connection.execute(f"PRAGMA query_only = {'OFF' if for_writing else 'ON'}")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All of it or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Say what SQLite says in the program's own words: damage is one thing, a full disk another."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The exit code of broken evidence (5): a store is what somebody will sign for, not a setting.
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _BROKEN:
            raise EvidenceError(_damaged(path)) from None
        raise ReviewerError(
            tr(
                f"{path}：写不进去或读不出来（{error}）。检查磁盘空间和权限；已存的结果不受影响，同一命令可接着审",
                f"{path}: cannot be written or read ({error}). Check disk space and permissions; what was stored "
                "is safe, and the same command goes on",
            )
        ) from None


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE_S, isolation_level=None
    )
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _of_another_version(path: Path) -> str:
    return tr(
        f"{path}：由另一版本的 reviewer 写成，本版本读不了。用那个版本看，或换一个新的 STORE 重新审查",
        f"{path}: written by another version of reviewer. Read it with that one, or audit anew into a new STORE",
    )


def _damaged(path: Path) -> str:
    return tr(
        f"{path}：审查结果已损坏，不能据此得出结论。从备份恢复，或换一个新的 STORE 重新审查",
        f"{path}: the results are damaged, nothing may be concluded. Restore a backup, or audit into a new STORE",
    )
