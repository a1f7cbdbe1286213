"""Format 1: the entries, the gate's index, and their guards."""

from __future__ import annotations

from alembic import op

from reviewer.signoff.storage.schema import METADATA, TABLES_OF_FORMAT, put_guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """On a server; a file of format 1 is there already."""
    METADATA.create_all(op.get_bind(), tables=list(TABLES_OF_FORMAT[1]), checkfirst=False)
    put_guards(op.get_bind(), 1)
