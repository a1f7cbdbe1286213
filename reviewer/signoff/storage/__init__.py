"""Where the entries lie: one file of SQLite, or a PostgreSQL server; the same tables, guards and code for both.

`sqlite_file` knows files and needs nothing but the standard library: the gate reads through it, because importing
SQLAlchemy would double the gate's time. `database` does everything else, through SQLAlchemy Core, wherever the
entries are. `schema` has the tables, `migration` brings an older ledger to the present format.
"""
