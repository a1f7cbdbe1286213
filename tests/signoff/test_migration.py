"""A file of format 1, as the program before wrote it: read and written as it is, brought to format 2 when told to."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.signoff import procedure
from reviewer.signoff.keys import OpenKey
from reviewer.signoff.ledger import create_ledger, look_up, open_ledger
from reviewer.signoff.proof import all_hold
from reviewer.signoff.storage.migration import migrate
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Role

from .office import UNIT, Office, raw

FORMAT_1 = (
    """CREATE TABLE entry (
        seq INTEGER PRIMARY KEY CHECK (seq >= 1), time TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL,
        subject TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE,
        envelope TEXT NOT NULL)""",
    "CREATE INDEX entry_subject ON entry (subject, seq)",
    "CREATE INDEX entry_kind ON entry (kind, seq)",
    "CREATE TABLE covers (sha256 TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (sha256, subject)) WITHOUT ROWID",
    "CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER covers_keeps BEFORE UPDATE ON covers BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER covers_stays BEFORE DELETE ON covers BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    f"PRAGMA application_id = {0x52455657}",
    "PRAGMA user_version = 1",
    "PRAGMA journal_mode = WAL",
)
KEPT = Path(__file__).parent / "first_form" / "ledger.jsonl"


def empty(path: Path) -> Path:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in FORMAT_1:
        connection.execute(statement)
    connection.close()
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The kept entries of the first release in the file that release made."""
    path = empty(tmp_path / "旧.db")
    connection = sqlite3.connect(path, isolation_level=None)
    for line in KEPT.read_text("utf-8").splitlines():
        row = json.loads(line)
        connection.execute(
            f"INSERT INTO entry ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
        )
        if row["kind"] == "submit":
            for file in digests_in(row["envelope"]):
                connection.execute("INSERT OR IGNORE INTO covers VALUES (?, ?)", (file, row["subject"]))
    connection.close()
    return path


def digests_in(envelope: str) -> list[str]:
    import base64

    said = json.loads(base64.b64decode(json.loads(envelope)["payload"]))
    return [file["sha256"] for file in said["act"]["manifest"]["files"]]


def test_it_is_read_as_it_is(old: Path) -> None:
    with open_ledger(old) as ledger, look_up(old) as gate:
        assert all_hold(verify_ledger(ledger))
        assert not ledger.keeps_nodes
        assert list(gate.about("2026-0001")) == list(ledger.about("2026-0001"))
    assert migrate(old, to=1) == (1, 1)


def test_it_is_written_as_it_is(tmp_path: Path, session_keys: dict[str, OpenKey]) -> None:
    path = empty(tmp_path / "旧.db")
    files = (tmp_path / "公告.docx",)
    files[0].write_bytes(b"x")
    with open_ledger(path) as ledger:
        office = Office(folder=tmp_path, ledger=ledger, keys=dict(session_keys), files=files)
        procedure.found(office.pen("管理员"), UNIT)
        for name, role in (("张三", Role.PUBLISHER), ("李四", Role.REVIEWER), ("王五", Role.LEADER)):
            procedure.enrol(office.pen("管理员"), name, role, office.keys[name].public_key)
        office.published()
        assert all_hold(verify_ledger(ledger))
        assert raw(ledger).execute("PRAGMA user_version").fetchone() == (1,)


def test_migration_adds_and_touches_no_entry(old: Path) -> None:
    with open_ledger(old) as ledger:
        before = list(ledger.entries())
    assert migrate(old) == (1, 2)
    assert migrate(old) == (2, 2)
    with open_ledger(old) as ledger:
        assert list(ledger.entries()) == before
        assert len(ledger.nodes()) == len(before) - len(before).bit_count()
        assert all_hold(verify_ledger(ledger))


def test_a_migrated_ledger_is_made_like_a_new_one(old: Path, tmp_path: Path) -> None:
    migrate(old)
    asked = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex%' ORDER BY 1, 2"
    columns = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?)'
    with open_ledger(old) as one, create_ledger(tmp_path / "新.db") as other:
        assert raw(one).execute(asked).fetchall() == raw(other).execute(asked).fetchall()
        for table in ("covers", "node", "alembic_version"):
            told = [raw(ledger).execute(columns, (table,)).fetchall() for ledger in (one, other)]
            assert told[0] == told[1]
        assert [ledger.missing_guards() for ledger in (one, other)] == [(), ()]


def test_a_newer_one_is_not_migrated(old: Path) -> None:
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    for opening in (open_ledger, look_up, migrate):
        with pytest.raises(ConfigurationError, match="比本程序（第 2 版）新"):
            opening(old)


def test_what_is_no_ledger_is_not_migrated(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(EvidenceError):
        migrate(tmp_path / "x.db")
    with pytest.raises(ConfigurationError, match="没有台账"):
        migrate(tmp_path / "无.db")
