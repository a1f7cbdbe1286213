"""The tables of a ledger and the guards against change, for SQLite and for PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

ENTRY = Table(
    "entry",
    METADATA,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in ("time", "kind", "actor", "subject", "body", "prev", "hash")),
    Column("envelope", Text, nullable=False),
    CheckConstraint("seq >= 1", name="entry_seq_check"),
    UniqueConstraint("prev", name="entry_prev_key"),  # whatever else fails, a chain cannot fork
    UniqueConstraint("hash", name="entry_hash_key"),
    Index("entry_subject", "subject", "seq"),
    Index("entry_kind", "kind", "seq"),
)
# A shortcut for the gate, believed in nothing: what it points to is verified before it counts.
COVERS = Table(
    "covers",
    METADATA,
    Column("sha256", Text, nullable=False),
    Column("subject", Text, nullable=False),
    PrimaryKeyConstraint("sha256", "subject", name="covers_pkey"),
    sqlite_with_rowid=False,
)
# The full subtrees of the Merkle tree from level 1 up, so that a proof need not hash the whole ledger. Believed in
# nothing either: a verification computes every one of them again.
NODE = Table(
    "node",
    METADATA,
    Column("level", Integer, nullable=False),
    Column("position", _NUMBER, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("level", "position", name="node_pkey"),
    sqlite_with_rowid=False,
)
TABLES_OF_FORMAT = {1: (ENTRY, COVERS), 2: (NODE,)}  # what each format added


def _sqlite_guards(table: str) -> dict[str, str]:
    return {
        f"{table}_{name}": f"CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        for name, what in (("keeps", "UPDATE"), ("stays", "DELETE"))
    }


GUARDS = {name: sql for table in ("entry", "covers", "node") for name, sql in _sqlite_guards(table).items()}

_REFUSE = "\nBEGIN RAISE EXCEPTION 'append-only'; END\n"
_REFUSING = f"CREATE FUNCTION reviewer_append_only() RETURNS trigger LANGUAGE plpgsql AS $${_REFUSE}$$"
_BEFORE_UPDATE_DELETE_TRUNCATE = 2 + 16 + 8 + 32  # pg_trigger.tgtype, of a trigger for each statement
_IN_PLACE = text(
    "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = to_regclass(:name) "
    "AND t.tgenabled = 'A' AND t.tgtype = :type AND t.tgqual IS NULL AND p.prosrc = :source"
)


def put_guards(connection: Connection, number: int) -> None:
    """Makes the tables that came with format `number` refuse every change but an addition."""
    for table in TABLES_OF_FORMAT[number]:
        if connection.dialect.name == "sqlite":
            for sql in _sqlite_guards(table.name).values():
                connection.exec_driver_sql(sql)
            continue
        if table is ENTRY:
            connection.exec_driver_sql(_REFUSING)
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table.name}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION reviewer_append_only()"
        )
        # ALWAYS: not even a session that plays a replica goes past it.
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER {table.name}_keeps")


def missing_guards(connection: Connection, number: int) -> tuple[str, ...]:
    """The guards of a ledger of that format that are gone, switched off or rewritten."""
    tables = [table.name for added in range(1, number + 1) for table in TABLES_OF_FORMAT[added]]
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        present = {str(name): str(sql) for name, sql in rows}
        wanted = {name: sql for table in tables for name, sql in _sqlite_guards(table).items()}
        return tuple(name for name, sql in wanted.items() if present.get(name) != sql)
    missing = []
    for table in tables:
        asked = {"name": table, "type": _BEFORE_UPDATE_DELETE_TRUNCATE, "source": _REFUSE}
        if f"{table}_keeps" not in {str(name) for name in connection.execute(_IN_PLACE, asked).scalars()}:
            missing.append(f"{table}_keeps")
    return tuple(missing)
