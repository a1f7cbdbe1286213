"""What is asked of a ledger, wherever it is kept, and how one is opened: a file, or a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from reviewer.signoff.entry import Entry, Head
from reviewer.signoff.storage.address import server

if TYPE_CHECKING:
    from reviewer.signoff.storage.database import DatabaseLedger


class Lookup(Protocol):
    """What the gate asks of a ledger."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def about(self, subject: str | None) -> Iterator[Entry]:
        """The roster's entries and those of one case, in order; with None the roster's alone."""

    def covering(self, sha256: str) -> tuple[str, ...]:
        """The cases that once submitted a file of this digest: a hint, not evidence."""


class Ledger(Protocol):
    """What the procedures ask of a ledger."""

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Every entry from the genesis on, or those after that number."""

    def about(self, subject: str | None) -> Iterator[Entry]:
        """The roster's entries and those of one case, in order; with None the roster's alone."""

    def entry(self, seq: int) -> Entry | None:
        """The entry of that number; None if there is none."""

    def hashes(self) -> Iterator[str]:
        """The hash of every entry as it is written, in order: the data of the Merkle tree's leaves."""

    def head(self) -> Head | None:
        """The last entry; None for a ledger that was never founded."""

    def last_number(self, year: int) -> int:
        """The highest case number given in that year; 0 if none was."""

    def covering(self, sha256: str) -> tuple[str, ...]:
        """The cases that once submitted a file of this digest: a hint, not evidence."""

    def covers(self) -> frozenset[tuple[str, str]]:
        """The gate's whole index: digest of a file, case."""

    def node(self, level: int, position: int) -> bytes | None:
        """A full subtree of the Merkle tree, as it is kept; None where it is not."""

    def nodes(self) -> dict[tuple[int, int], str]:
        """Every subtree that is kept."""

    @property
    def where(self) -> str | Path:
        """The file or URL under which another process opens the same ledger."""

    @property
    def keeps_nodes(self) -> bool:
        """Whether the ledger's format has the subtrees of the Merkle tree."""

    def append(self, write: Callable[[Head | None], Entry], covers: Iterable[str] = ()) -> Entry:
        """`write` is called with the head under the ledger's lock; what it returns is kept, or nothing at all is."""

    def missing_guards(self) -> tuple[str, ...]:
        """The devices against change that are no longer in place."""

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong with its own pages and indices."""

    def close(self) -> None:
        """Let go of the ledger."""


def open_ledger(where: str | Path) -> DatabaseLedger:
    """The ledger in that file or at that URL.

    Raises ConfigurationError if there is none, it cannot be reached, or its format is another; EvidenceError if it is
    no ledger.
    """
    from reviewer.signoff.storage.database import open_database

    return open_database(where, server(where))


def create_ledger(where: str | Path) -> DatabaseLedger:
    """A new ledger without any entry, or the one that is there already; `procedure.found` gives it a beginning."""
    from reviewer.signoff.storage.database import open_database

    return open_database(where, server(where), create=True)


def look_up(where: str | Path) -> Lookup:
    """The ledger as the gate needs it: a file is read without SQLAlchemy, whose import takes longer than the gate."""
    if server(where) is not None:
        return open_ledger(where)
    from reviewer.signoff.storage.sqlite_file import SqliteReader

    return SqliteReader(Path(where))
