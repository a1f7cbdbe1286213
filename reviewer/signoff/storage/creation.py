"""A new ledger's tables in the present format, in the transaction of whoever asks."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from reviewer.signoff.storage.format import PRESENT
from reviewer.signoff.storage.schema import METADATA, put_guards
from reviewer.signoff.storage.sqlite_file import APPLICATION


def create_tables(connection: Connection) -> None:
    """Nothing where anything is already; whether it was also founded is seen when the genesis entry is appended."""
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first():
            return
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {PRESENT}")
    elif inspect(connection).has_table("alembic_version"):
        return
    METADATA.create_all(connection, checkfirst=False)
    for number in range(1, PRESENT + 1):
        put_guards(connection, number)
    # As Alembic writes it, so that `ledger migrate` finds where this ledger stands.
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{PRESENT:04d}')")  # noqa: S608
