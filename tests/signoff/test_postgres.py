"""The same ledger on a server: the same acts, the same proofs, guards of its own, and never a password in a message."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from reviewer.errors import ConfigurationError
from reviewer.signoff.ledger import create_ledger, look_up, open_ledger
from reviewer.signoff.proof import Standing, all_hold
from reviewer.signoff.storage.address import server, shown, veiled
from reviewer.signoff.storage.migration import migrate
from reviewer.signoff.verification import verify_ledger

from .office import Office


def test_a_case_walks_to_its_end_on_a_server(server_office: Office, database: str) -> None:
    number = server_office.published()
    with look_up(database) as again:
        assert {one.header.subject for one in again.about(number) if one.header.seq > 8} == {number}
    steps = verify_ledger(server_office.ledger)
    assert all_hold(steps), steps


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET actor = '别人' WHERE seq = 9",
        "DELETE FROM entry WHERE seq = 9",
        "TRUNCATE entry",
        "DELETE FROM covers",
        "UPDATE node SET hash = ''",
        "SET session_replication_role = replica; DELETE FROM entry",
        "INSERT INTO entry SELECT 99, time, kind, '', '', '', prev, 'x', '' FROM entry WHERE seq = 9",
        "INSERT INTO entry SELECT -1, time, kind, '', '', '', 'x', 'x', '' FROM entry WHERE seq = 9",
    ],
)
def test_the_server_itself_refuses_changes(server_office: Office, statement: str) -> None:
    server_office.submit()
    before = list(server_office.ledger.entries())
    with pytest.raises(DBAPIError):
        server_office.ledger.connection.execute(text(statement))
    assert list(server_office.ledger.entries()) == before


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER entry_keeps ON entry",
        "ALTER TABLE entry DISABLE TRIGGER entry_keeps",
        "CREATE OR REPLACE FUNCTION reviewer_append_only() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NULL; END'",
    ],
)
def test_guards_that_were_taken_off_are_missed(server_office: Office, change: str) -> None:
    server_office.ledger.connection.execute(text(change))
    told = {step.name: step.detail for step in verify_ledger(server_office.ledger)
            if step.standing is Standing.BROKEN}  # fmt: skip
    assert list(told) == ["防改装置"]
    assert "entry_keeps" in told["防改装置"]


def test_a_row_changed_by_the_server_s_owner_is_named(server_office: Office) -> None:
    server_office.published()
    for change in (
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "UPDATE entry SET actor = '别人' WHERE seq = 9",
        "ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_keeps",
    ):
        server_office.ledger.connection.execute(text(change))
    told = {step.name: step.detail for step in verify_ledger(server_office.ledger) if step.standing is Standing.BROKEN}
    assert told["内容与签名一致"].startswith("台账第 9 条：行为人与签名不一致")
    assert told.keys() == {"内容与签名一致", "索引"}  # what an entry that is not believed submitted is in no index


def test_a_database_without_a_ledger(database: str) -> None:
    with pytest.raises(ConfigurationError, match="roster init"):
        open_ledger(database)


def test_a_server_that_is_not_there_says_so_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(ConfigurationError, match="打不开") as refusal:
        open_ledger(f"postgresql://office:gehe%40im@/ledger?host={tmp_path}&connect_timeout=2")
    told = f"{refusal.value} {refusal.value.__cause__} {refusal.value.__context__ if refusal.value.__cause__ else ''}"
    assert "gehe" not in told
    assert "office:***@/ledger" in told


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("postgresql://u:secret@db:5432/x", "postgresql://u:***@db:5432/x"),
        ("postgresql+psycopg://u:se%40cret@db/x", "postgresql+psycopg://u:***@db/x"),
        ("postgresql://u:a@b@db/x", "postgresql://u:***@db/x"),
        ("postgresql://u@/x?host=/run&password=secret&service=s", "postgresql://u@/x?host=/run&password=***&service=s"),
        ("postgresql:///x?service=office", "postgresql:///x?service=office"),
        ("台账.db", "台账.db"),
    ],
)
def test_no_name_of_a_ledger_shows_a_password(where: str, named: str) -> None:
    assert shown(where) == named


@pytest.mark.parametrize("said", ["auth failed for secret@x", "bad conninfo password=secret%40x"])
def test_a_driver_s_words_are_veiled(said: str) -> None:
    assert "secret" not in veiled(said, "postgresql://u:secret%40x@db/x")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_spellings_of_the_scheme(scheme: str) -> None:
    assert server(f"{scheme}://u@db/x") == "postgresql+psycopg://u@db/x"


def test_service_and_password_files_are_libpq_s(
    server_office: Office, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = tmp_path / "service.conf"
    service.write_text(f"[office]\nhost={postgres}\nuser=office\ndbname=ledger\n", "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    with open_ledger("postgresql:///?service=office") as again:
        assert again.head() == server_office.ledger.head()


def test_an_older_and_a_newer_ledger_on_a_server(server_office: Office, database: str) -> None:
    number = server_office.published()
    kept = server_office.ledger.nodes()
    for change in (
        "DROP TABLE node",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        server_office.ledger.connection.execute(text(change))
    with pytest.raises(ConfigurationError, match="ledger migrate"):
        open_ledger(database)
    assert migrate(database) == (1, 2)
    with open_ledger(database) as again:
        assert again.nodes() == kept
        assert all_hold(verify_ledger(again))
        assert {one.header.subject for one in again.about(number)} >= {number}
        again.connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    with pytest.raises(ConfigurationError, match="升级 reviewer"):
        open_ledger(database)


def test_making_one_where_one_is_changes_nothing(server_office: Office, database: str) -> None:
    with create_ledger(database) as again:
        assert again.head() == server_office.ledger.head()
