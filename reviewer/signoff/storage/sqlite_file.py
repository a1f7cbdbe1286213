"""A ledger in one SQLite file: how it is opened, what marks it as ours, and the reading that the gate does.

Nothing but the standard library is imported here. Measured: `import sqlite3` adds 5 ms to a start, SQLAlchemy 350 ms,
and the whole gate takes 200 ms.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.language import tr
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.entry import Entry
from reviewer.signoff.storage.format import COLUMNS, OLDEST_FILE, check_format
from reviewer.signoff.storage.row import entry_of

APPLICATION = 0x52455657  # "REVW": a file of ours, whatever its name
PATIENCE_S = 30
_FIXED = "ro&immutable=1"


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """An open file, in autocommit, not looked at yet. Raises ConfigurationError where there is none."""
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise ConfigurationError(
            tr(
                f"没有台账：{path}。用 reviewer roster init 新建，或用 --ledger 指明。",
                f"no ledger at {path}. Make one with reviewer roster init, or name it with --ledger.",
            )
        )
    mode = "rwc" if create else _mode(path)
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
    # Bytes that are no UTF-8 were put there by hand: they must reach the verification, not stop the reading.
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    if mode == _FIXED:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _mode(path: Path) -> str:
    """For writing; on a medium that cannot be written (an inspector's disc) for reading alone.

    SQLite keeps a file beside a ledger even to read it, unless told that nobody can change it. What a log beside still
    holds would then be passed over, so that with one it is not told so.
    """
    log = path.with_name(f"{path.name}-wal")
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return "rw" if writable or (log.exists() and log.stat().st_size) else _FIXED


def format_of(connection: sqlite3.Connection, path: Path) -> int:
    """The number of the file's format, any; raises EvidenceError for a file that is no ledger of ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION or version < OLDEST_FILE:
        raise EvidenceError(
            tr(
                f"{path} 不是本程序的台账（标识 {application:#x}，版本 {version}）。",
                f"{path} is not a ledger of this program (id {application:#x}, version {version}).",
            )
        )
    return int(version)


def write_safely(connection: sqlite3.Connection, path: Path) -> None:
    """WAL and full synchronisation: NORMAL would lose the last acts on a power cut, a network share the lock."""
    (reading_only,) = connection.execute("PRAGMA query_only").fetchone()
    if reading_only:
        return
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    if mode != "wal":
        raise ConfigurationError(
            tr(
                f"{path} 所在磁盘不支持安全写入（WAL）；台账放本机磁盘，不放网络共享。",
                f"{path}: this disk cannot write safely (WAL); keep the ledger on a local disk, not a share.",
            )
        )


class SqliteReader:
    """What the gate asks of a ledger in a file; it cannot write."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with told(path):
            self._connection = connect(path)
        try:
            with told(path):
                check_format(str(path), format_of(self._connection, path), OLDEST_FILE)
                self._connection.execute("PRAGMA query_only = ON")
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

    def about(self, subject: str | None) -> Iterator[Entry]:
        """The roster's entries and those of one case, in order; with None the roster's alone."""
        marks = ", ".join("?" * len(ROSTER_KINDS))
        question = f"SELECT {', '.join(COLUMNS)} FROM entry WHERE kind IN ({marks}) OR subject = ? ORDER BY seq"  # noqa: S608
        with told(self._path):
            for row in self._connection.execute(question, (*ROSTER_KINDS, subject)):
                yield entry_of(row)

    def covering(self, sha256: str) -> tuple[str, ...]:
        """The cases that once submitted a file of this digest: a hint, not evidence."""
        with told(self._path):
            rows = self._connection.execute("SELECT subject FROM covers WHERE sha256 = ? ORDER BY subject", (sha256,))
            return tuple(str(row[0]) for row in rows)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's complaints in the words of the house: busy is no damage, damage is no mistake of the caller."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise busy(path, error) from error
    except sqlite3.Error as error:
        raise damaged(path, error) from error


def busy(place: object, error: object) -> ConfigurationError:
    """The ledger cannot be had now; nothing is said about what is in it."""
    return ConfigurationError(
        tr(
            f"{place}：台账打不开或正忙（{error}）。检查路径与权限，稍后重试。",
            f"{place}: the ledger cannot be opened or is busy ({error}). Check path and permissions, try again.",
        )
    )


def damaged(place: object, error: object) -> EvidenceError:
    """The ledger is there and is not what it should be."""
    return EvidenceError(tr(f"{place}：台账已损坏（{error}）", f"{place}: the ledger is damaged ({error})"))
