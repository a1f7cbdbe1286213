"""An older ledger brought to the present format by Alembic: tables are added, no entry is ever touched."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from reviewer.signoff.storage import sqlite_file
from reviewer.signoff.storage.address import server, shown
from reviewer.signoff.storage.database import begin, complaint, file_of, server_engine, server_format
from reviewer.signoff.storage.format import OLDEST_FILE, PRESENT, check_format


def migrate(where: str | Path, to: int = PRESENT) -> tuple[int, int]:
    """The format before and after. All or nothing, under the lock of the ledger's writers.

    Raises ConfigurationError for a ledger that is newer than this program or cannot be reached, EvidenceError for
    what is no ledger.
    """
    url = server(where)
    path = None if url else Path(where)
    if path is not None:
        with sqlite_file.told(path):
            raw = sqlite_file.connect(path)
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
    else:
        engine = server_engine(where, str(url))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return _migrate(connection, where, path, to)
    except SQLAlchemyError as error:
        raise complaint(error, where) from None
    finally:
        engine.dispose()


def _migrate(connection: Connection, where: str | Path, path: Path | None, to: int) -> tuple[int, int]:
    begin(connection)
    try:
        if path is not None:
            with sqlite_file.told(path):
                before = sqlite_file.format_of(file_of(connection), path)
        else:
            before = server_format(connection, shown(where))
        check_format(shown(where), before, OLDEST_FILE)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        if not inspect(connection).has_table("alembic_version"):  # a file from before Alembic kept the number
            command.stamp(config, f"{before:04d}")
        command.upgrade(config, f"{to:04d}")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")
    return before, max(before, to)
