"""Format 2: the full subtrees of the Merkle tree, filled from the hashes that are there."""

from __future__ import annotations

from alembic import op
from sqlalchemy import insert, select

from reviewer.signoff.merkle import Grown, leaf
from reviewer.signoff.storage.schema import ENTRY, METADATA, NODE, put_guards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No entry is touched; the subtrees follow from the entries' hashes."""
    connection = op.get_bind()
    METADATA.create_all(connection, tables=[NODE], checkfirst=False)
    hashes = connection.execute(select(ENTRY.c.hash).order_by(ENTRY.c.seq)).scalars()
    grown = Grown(leaf(bytes.fromhex(one)) for one in hashes)
    rows = [{"level": level, "position": position, "hash": one.hex()} for level, position, one in grown.inner()]
    if rows:
        connection.execute(insert(NODE), rows)
    put_guards(connection, 2)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA user_version = 2")
