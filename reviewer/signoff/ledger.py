"""Where the entries are kept: append-only, hash-chained. One SQLite file now; a server would fit the Protocol."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.language import tr
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.entry import Entry, Head, Header

_APPLICATION = 0x52455657  # "REVW": a file of ours, whatever its name
_VERSION = 1
_PATIENCE_S = 30
_COLUMNS = "seq, time, kind, actor, subject, body, prev, hash, envelope"

# One statement each, so that the whole creation is one transaction.
_TABLES = (
    """CREATE TABLE entry (
        seq INTEGER PRIMARY KEY CHECK (seq >= 1), time TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL,
        subject TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE,
        envelope TEXT NOT NULL)""",
    "CREATE INDEX entry_subject ON entry (subject, seq)",
    "CREATE INDEX entry_kind ON entry (kind, seq)",
    # A shortcut for the gate, believed in nothing: what it points to is verified before it counts.
    "CREATE TABLE covers (sha256 TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (sha256, subject)) WITHOUT ROWID",
)
GUARDS = {
    "entry_keeps": "CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "entry_stays": "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "covers_keeps": "CREATE TRIGGER covers_keeps BEFORE UPDATE ON covers BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "covers_stays": "CREATE TRIGGER covers_stays BEFORE DELETE ON covers BEGIN SELECT RAISE(ABORT, 'append-only'); END",
}


class Ledger(Protocol):
    """What the procedures ask of a ledger, wherever it is kept."""

    def entries(self) -> Iterator[Entry]:
        """Every entry from the genesis on."""

    def about(self, subject: str | None) -> Iterator[Entry]:
        """The roster's entries and those of one case, in order; with None the roster's alone."""

    def head(self) -> Head | None:
        """The last entry; None for a ledger that was never founded."""

    def last_number(self, year: int) -> int:
        """The highest case number given in that year; 0 if none was."""

    def covering(self, sha256: str) -> tuple[str, ...]:
        """The cases that once submitted a file of this digest: a hint, not evidence."""

    def append(self, write: Callable[[Head | None], Entry], covers: Iterable[str] = ()) -> Entry:
        """`write` is called with the head under the ledger's lock; what it returns is kept, or nothing at all is."""

    def missing_guards(self) -> tuple[str, ...]:
        """The devices against change that are no longer in place."""

    def close(self) -> None:
        """Let go of the ledger."""


class SqliteLedger:
    """A ledger in one SQLite file on a local disk: WAL, full synchronisation, one writer at a time.

    `synchronous=NORMAL` would lose the last acts on a power cut; a network share would lose the lock.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            raise ConfigurationError(
                tr(
                    f"没有台账：{path}。用 reviewer roster init 新建，或用 --ledger 指明。",
                    f"no ledger at {path}. Make one with reviewer roster init, or name it with --ledger.",
                )
            )
        self._path = path
        mode = "rwc" if create else "rw"
        with _told(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE_S, isolation_level=None
            )
        # Bytes that are no UTF-8 were put there by hand: they must reach the verification, not stop the reading.
        self._connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        try:
            self._prepare(create=create)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def entries(self) -> Iterator[Entry]:
        """Every entry from the genesis on."""
        return self._read("ORDER BY seq")

    def about(self, subject: str | None) -> Iterator[Entry]:
        """The roster's entries and those of one case, in order; with None the roster's alone."""
        marks = ", ".join("?" * len(ROSTER_KINDS))
        return self._read(f"WHERE kind IN ({marks}) OR subject = ? ORDER BY seq", *ROSTER_KINDS, subject)

    def head(self) -> Head | None:
        """The last entry; None for a ledger that was never founded."""
        for entry in tuple(self._read("ORDER BY seq DESC LIMIT 1")):
            if entry.header.hash != entry.hash:  # nobody signs after a line that was changed
                raise EvidenceError(tr(f"{entry.place}：哈希不符，内容被改动", f"{entry.place}: it was changed"))
            return entry.head
        return None

    def last_number(self, year: int) -> int:
        """The highest case number given in that year; 0 if none was."""
        question = "SELECT MAX(CAST(substr(subject, 6) AS INTEGER)) FROM entry WHERE kind = 'submit' AND subject GLOB ?"
        with _told(self._path):
            row = self._connection.execute(question, (f"{year:04d}-*",)).fetchone()
        return row[0] or 0

    def covering(self, sha256: str) -> tuple[str, ...]:
        """The cases that once submitted a file of this digest: a hint, not evidence."""
        with _told(self._path):
            rows = self._connection.execute("SELECT subject FROM covers WHERE sha256 = ? ORDER BY subject", (sha256,))
            return tuple(str(row[0]) for row in rows)

    def append(self, write: Callable[[Head | None], Entry], covers: Iterable[str] = ()) -> Entry:
        """`write` is called with the head under the ledger's lock; what it returns is kept, or nothing at all is."""
        with _told(self._path), self._transaction():
            entry = write(self.head())
            header = entry.header
            self._connection.execute(
                f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
                (
                    *(header.seq, header.time, header.kind, entry.actor, header.subject),
                    *(header.body, header.prev, entry.hash, entry.envelope),
                ),
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO covers (sha256, subject) VALUES (?, ?)",
                [(sha256, header.subject) for sha256 in covers],
            )
        return entry

    def missing_guards(self) -> tuple[str, ...]:
        """The triggers against UPDATE and DELETE that are gone or were rewritten."""
        with _told(self._path):
            rows = self._connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        present = {str(name): str(sql) for name, sql in rows}
        return tuple(name for name, sql in GUARDS.items() if present.get(name) != sql)

    def _prepare(self, *, create: bool) -> None:
        with _told(self._path):
            if create:
                self._create()
            self._check_format()
            (mode,) = self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
            self._connection.execute("PRAGMA synchronous = FULL")
        if mode != "wal":
            raise ConfigurationError(
                tr(
                    f"{self._path} 所在磁盘不支持安全写入（WAL）；台账放本机磁盘，不放网络共享。",
                    f"{self._path}: this disk cannot write safely (WAL); keep the ledger on a local disk, not a share.",
                )
            )

    def _create(self) -> None:
        with self._transaction():
            if self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                return  # made before; whether it was also founded is seen when the genesis entry is appended
            for statement in (*_TABLES, *GUARDS.values()):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {_VERSION}")

    def _check_format(self) -> None:
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if (application, version) != (_APPLICATION, _VERSION):
            raise EvidenceError(
                tr(
                    f"{self._path} 不是本程序第 {_VERSION} 版的台账（标识 {application:#x}，版本 {version}）。",
                    f"{self._path} is not a ledger of format {_VERSION} (id {application:#x}, version {version}).",
                )
            )

    def _read(self, condition: str, *values: object) -> Iterator[Entry]:
        with _told(self._path):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM entry {condition}", values)  # noqa: S608
            for row in rows:
                yield _entry(row)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """IMMEDIATE: the lock is taken before the head is read, so nobody else can append after it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def open_ledger(where: str | Path) -> SqliteLedger:
    """The ledger at that path. Raises ConfigurationError if there is none, EvidenceError if it is no ledger."""
    return SqliteLedger(_local(where))


def create_ledger(where: str | Path) -> SqliteLedger:
    """A new file without any entry, or the ledger that is there already; `procedure.found` gives it a beginning."""
    return SqliteLedger(_local(where), create=True)


def _local(where: str | Path) -> Path:
    if isinstance(where, str) and "://" in where:
        raise ConfigurationError(
            tr(
                f"{where.split('://', 1)[0]}://：本版只有嵌入式台账，请给出本机文件路径。",
                f"{where.split('://', 1)[0]}://: this release has the embedded ledger only; name a local file.",
            )
        )
    return Path(where)


def _entry(row: tuple[object, ...]) -> Entry:
    """A row as it is; a value of the wrong kind can only have been put there by hand."""
    seq, *texts = row
    if type(seq) is not int or not all(isinstance(text, str) for text in texts):
        raise EvidenceError(tr(f"台账第 {seq} 条：列的类型不对", f"ledger entry {seq}: a column of the wrong type"))
    time, kind, actor, subject, body, prev, own, envelope = (str(text) for text in texts)
    header = Header(seq=seq, time=time, kind=kind, subject=subject, body=body, prev=prev)
    return Entry(header=header, actor=actor, hash=own, envelope=envelope)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's complaints in the words of the house: busy is no damage, damage is no mistake of the caller."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ConfigurationError(
            tr(
                f"{path}：台账打不开或正忙（{error}）。检查路径与权限，稍后重试。",
                f"{path}: the ledger cannot be opened or is busy ({error}). Check path and permissions, try again.",
            )
        ) from error
    except sqlite3.Error as error:
        raise EvidenceError(tr(f"{path}：台账已损坏（{error}）", f"{path}: the ledger is damaged ({error})")) from error
