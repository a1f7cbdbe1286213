"""What Alembic runs, in order; each file is one format of the ledger."""
