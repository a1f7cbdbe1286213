"""A ledger through SQLAlchemy Core: the same code over a file of SQLite and over a PostgreSQL server.

Reading is in autocommit, page by page, so that no cursor stays open. Writing is one transaction that takes the only
writer's lock *before* it reads the head: BEGIN IMMEDIATE in SQLite, an advisory lock of the transaction in PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    cast,
    create_engine,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from reviewer.errors import ConfigurationError, ReviewerError
from reviewer.language import tr
from reviewer.signoff.act import ROSTER_KINDS
from reviewer.signoff.entry import Entry, Head
from reviewer.signoff.merkle import filled, leaf
from reviewer.signoff.storage import sqlite_file
from reviewer.signoff.storage.address import shown, veiled
from reviewer.signoff.storage.format import COLUMNS, OLDEST_FILE, PRESENT, check_format
from reviewer.signoff.storage.row import entry_of, row_of, sound_head
from reviewer.signoff.storage.schema import COVERS, ENTRY, NODE, missing_guards

_PAGE = 2_000  # rows held in memory at once
_LOCK = 0x52455657  # "REVW": the key of the advisory lock, one for all ledgers of a database
_COLUMNS = [ENTRY.c[name] for name in COLUMNS]
_BEGIN = {
    "sqlite": ("BEGIN IMMEDIATE",),
    # The lock is waited for as long as a file is; READ COMMITTED sees what the writer before has committed.
    "postgresql": (
        "BEGIN ISOLATION LEVEL READ COMMITTED",
        f"SET LOCAL lock_timeout = '{sqlite_file.PATIENCE_S}s'",
        f"SELECT pg_advisory_xact_lock({_LOCK})",
    ),
}


class DatabaseLedger:
    """A ledger, wherever it is kept. One connection, for one thread."""

    def __init__(self, where: str | Path, engine: Engine, *, create: bool = False) -> None:
        self._where = where
        self._engine = engine
        with self._told():
            self.connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with self._told():
                self._format = self._prepare(create=create)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self.connection.close()
        self._engine.dispose()

    @property
    def where(self) -> str | Path:
        """The file or URL under which another process opens the same ledger."""
        return self._where

    @property
    def place(self) -> str:
        """How messages name the ledger."""
        return shown(self._where)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Every entry from the genesis on, or those after that number."""
        asked = select(*_COLUMNS)
        return self._read(asked.where(ENTRY.c.seq > after) if after else asked)

    def about(self, subject: str | None) -> Iterator[Entry]:
        """The roster's entries and those of one case, in order; with None the roster's alone."""
        return self._read(select(*_COLUMNS).where(or_(ENTRY.c.kind.in_(ROSTER_KINDS), ENTRY.c.subject == subject)))

    def entry(self, seq: int) -> Entry | None:
        """The entry of that number; None if there is none."""
        return next(self._read(select(*_COLUMNS).where(ENTRY.c.seq == seq)), None)

    def hashes(self) -> Iterator[str]:
        """The hash of every entry as it is written, in order: the data of the Merkle tree's leaves."""
        for row in self._pages(select(ENTRY.c.seq, ENTRY.c.hash)):
            yield str(row[1])

    def head(self) -> Head | None:
        """The last entry; None for a ledger that was never founded."""
        with self._told():
            row = self.connection.execute(select(*_COLUMNS).order_by(ENTRY.c.seq.desc()).limit(1)).first()
        return sound_head(entry_of(row)) if row is not None else None

    def last_number(self, year: int) -> int:
        """The highest case number given in that year; 0 if none was."""
        number = cast(func.substr(ENTRY.c.subject, 6), Integer)
        given = ENTRY.c.kind == "submit", ENTRY.c.subject.like(f"{year:04d}-%")
        with self._told():
            return self.connection.execute(select(func.max(number)).where(*given)).scalar() or 0

    def covering(self, sha256: str) -> tuple[str, ...]:
        """The cases that once submitted a file of this digest: a hint, not evidence."""
        with self._told():
            asked = select(COVERS.c.subject).where(COVERS.c.sha256 == sha256).order_by(COVERS.c.subject)
            return tuple(str(one) for one in self.connection.execute(asked).scalars())

    def covers(self) -> frozenset[tuple[str, str]]:
        """The gate's whole index: digest of a file, case."""
        with self._told():
            return frozenset((str(one), str(other)) for one, other in self.connection.execute(select(COVERS)))

    def node(self, level: int, position: int) -> bytes | None:
        """A full subtree of the Merkle tree, as it is kept; None where it is not."""
        if level == 0:
            asked = select(ENTRY.c.hash).where(ENTRY.c.seq == position + 1)
        else:
            asked = select(NODE.c.hash).where(NODE.c.level == level, NODE.c.position == position)
        with self._told():
            kept = self.connection.execute(asked).scalar()
        hashed = _bytes(kept)
        return leaf(hashed) if level == 0 and hashed is not None else hashed

    def nodes(self) -> dict[tuple[int, int], str]:
        """Every subtree that is kept."""
        if not self.keeps_nodes:
            return {}
        with self._told():
            return {(row[0], row[1]): str(row[2]) for row in self.connection.execute(select(NODE))}

    @property
    def keeps_nodes(self) -> bool:
        """Whether the ledger's format has the subtrees of the Merkle tree."""
        return self._format >= NODES_SINCE

    def append(self, write: Callable[[Head | None], Entry], covers: Iterable[str] = ()) -> Entry:
        """`write` is called with the head under the ledger's lock; what it returns is kept, or nothing at all is."""
        with self._told(), self._transaction():
            entry = write(self.head())
            self.connection.execute(insert(ENTRY), row_of(entry))
            self._cover(entry.header.subject, covers)
            if self.keeps_nodes:
                grow(self.connection, self.node, entry)
        return entry

    def missing_guards(self) -> tuple[str, ...]:
        """The triggers against change that are gone or were rewritten."""
        with self._told():
            return missing_guards(self.connection, self._format)

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong with its own pages and indices, and a format that is told twice."""
        if self.connection.dialect.name != "sqlite":
            return ()
        try:
            with self._told():
                told = self.connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
        except Exception as error:  # noqa: BLE001 - whatever stops the check is the finding
            return (str(error),)
        with self._told():
            stated = server_format(self.connection, self.place) if self.keeps_nodes else self._format
        other = () if stated == self._format else (tr("alembic_version 与文件不符", "alembic_version is another"),)
        return (*other, *(str(one) for one in told if one != "ok"))

    def _cover(self, subject: str, covers: Iterable[str]) -> None:
        known = set(self.connection.execute(select(COVERS.c.sha256).where(COVERS.c.subject == subject)).scalars())
        new = [{"sha256": one, "subject": subject} for one in dict.fromkeys(covers) if one not in known]
        if new:
            self.connection.execute(insert(COVERS), new)

    def _prepare(self, *, create: bool) -> int:
        """The number of the ledger's format, after the connection was made safe to write."""
        if create:
            from reviewer.signoff.storage.creation import create_tables

            with self._transaction():
                create_tables(self.connection)
        if isinstance(self._where, Path):
            with sqlite_file.told(self._where):
                number = sqlite_file.format_of(file_of(self.connection), self._where)
                check_format(self.place, number, OLDEST_FILE)
                sqlite_file.write_safely(file_of(self.connection), self._where)
            return number
        # What was acknowledged is on the server's disk, whatever its default is.
        self.connection.exec_driver_sql("SET synchronous_commit = on")
        number = server_format(self.connection, self.place)
        check_format(self.place, number)
        return number

    def _read(self, question: Select[*tuple[object, ...]]) -> Iterator[Entry]:
        for row in self._pages(question):
            yield entry_of(row)

    def _pages(self, question: Select[*tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        """The rows in the order of their numbers; what was read does not change, so pages make no gap."""
        asked = question.order_by(ENTRY.c.seq).limit(_PAGE)
        page = self._page(asked)
        while page:
            yield from page
            if len(page) < _PAGE:
                return
            page = self._page(asked.where(ENTRY.c.seq > page[-1][0]))

    def _page(self, question: Select[*tuple[object, ...]]) -> list[tuple[object, ...]]:
        with self._told():
            return [tuple(row) for row in self.connection.execute(question).fetchall()]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One writer at a time: the lock is taken before the head is read, so nobody else can append after it."""
        begin(self.connection)
        try:
            yield
        except BaseException:
            self._give_up()
            raise
        self.connection.exec_driver_sql("COMMIT")

    def _give_up(self) -> None:
        """A connection that broke in the middle has nothing left to take back."""
        try:
            self.connection.exec_driver_sql("ROLLBACK")
        except SQLAlchemyError:
            self.connection.invalidate()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The driver's complaints in the words of the house: busy is no damage, damage is no mistake of the caller."""
        try:
            yield
        except SQLAlchemyError as error:
            raise complaint(error, self._where) from None  # the driver's own error may hold the address


NODES_SINCE = 2


def file_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection to a file."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def complaint(error: SQLAlchemyError, where: str | Path) -> ReviewerError:
    """What the driver says, without a password and in the words of the house."""
    if not isinstance(error, DBAPIError):
        return sqlite_file.busy(shown(where), type(error).__name__)
    words = veiled(str(error.orig).strip().partition("\n")[0], where)
    unusable = isinstance(error, (OperationalError, ProgrammingError)) or error.connection_invalidated
    return (sqlite_file.busy if unusable else sqlite_file.damaged)(shown(where), words)


def begin(connection: Connection) -> None:
    """A transaction that is the ledger's only writer until it ends."""
    for statement in _BEGIN[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def grow(connection: Connection, node: Callable[[int, int], bytes | None], entry: Entry) -> None:
    """Keeps the subtrees that this entry fills. One that cannot be computed is left out: a verification misses it."""

    class _Kept:
        def node(self, level: int, position: int) -> bytes:
            known = node(level, position)
            if known is None:
                raise LookupError(f"{level}/{position}")
            return known

    hashed = _bytes(entry.hash)
    if hashed is None:
        return
    try:
        new = list(filled(_Kept(), entry.header.seq - 1, leaf(hashed)))
    except LookupError:
        return
    if new:
        rows = [{"level": level, "position": position, "hash": one.hex()} for level, position, one in new]
        connection.execute(insert(NODE), rows)


def server_format(connection: Connection, place: str) -> int:
    """The number of the format on a server; raises ConfigurationError where no ledger is."""
    if not inspect(connection).has_table("alembic_version"):
        raise ConfigurationError(
            tr(
                f"没有台账：{place}。用 reviewer roster init 新建，或用 --ledger 指明。",
                f"no ledger at {place}. Make one with reviewer roster init, or name it with --ledger.",
            )
        )
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return int(found) if found and str(found).isdigit() else PRESENT + 1


def open_database(where: str | Path, url: str | None, *, create: bool = False) -> DatabaseLedger:
    """The ledger in that file, or at that URL. Raises ConfigurationError or EvidenceError as `DatabaseLedger` does."""
    if url is None:
        path = Path(where)
        with sqlite_file.told(path):
            raw = sqlite_file.connect(path, create=create)
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
        try:
            return DatabaseLedger(path, engine, create=create)
        except BaseException:
            raw.close()
            raise
    return DatabaseLedger(where, server_engine(where, url), create=create)


def server_engine(where: str | Path, url: str) -> Engine:
    """An engine for a server. What the URL leaves open libpq takes from its environment, service and password files."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise ConfigurationError(
            tr(
                "PostgreSQL 台账需要扩展：pip install 'reviewer[postgres]'。",
                "a ledger on PostgreSQL needs the extra: pip install 'reviewer[postgres]'.",
            )
        ) from None
    try:
        return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"client_encoding": "utf8"})
    except (SQLAlchemyError, ValueError, TypeError):
        raise ConfigurationError(
            tr(f"{shown(where)}：台账地址不合格。", f"{shown(where)}: not acceptable as the address of a ledger.")
        ) from None


def _bytes(kept: object) -> bytes | None:
    try:
        return bytes.fromhex(kept) if isinstance(kept, str) and len(kept) == 64 else None
    except ValueError:
        return None
