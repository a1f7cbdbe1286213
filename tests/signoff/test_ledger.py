import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.signoff import procedure
from reviewer.signoff.ledger import create_ledger, look_up, open_ledger
from reviewer.signoff.proof import all_hold
from reviewer.signoff.verification import verify_ledger
from reviewer.signoff.vocabulary import Status

from .office import Office, raw


def path_of(office: Office) -> Path:
    return office.folder / "台账.db"


def test_what_was_appended_is_there_after_reopening(office: Office) -> None:
    number = office.published()
    with open_ledger(path_of(office)) as again:
        assert [entry.header.seq for entry in again.entries()] == list(range(1, 13))
        assert {entry.header.subject for entry in again.about(number) if entry.header.seq > 8} == {number}
        assert again.head() == office.ledger.head()


def test_the_gate_s_path_waits_for_neither_cryptography_nor_sqlalchemy(office: Office) -> None:
    """Half of a short command's time is importing: it is paid where something is signed or verified."""
    modules = ", ".join(f"reviewer.signoff.{name}" for name in ("clearance", "record_proof", "keyfile", "procedure"))
    opening = f"with ledger.look_up({str(path_of(office))!r}) as kept: kept.covering('0')"
    script = f"import sys, {modules}\nfrom reviewer.signoff import ledger\n{opening}\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert {"reviewer.signoff.guard", "sqlite3"} <= set(loaded)
    assert not {"alembic", "cryptography", "docx", "lxml", "numpy", "rich", "sqlalchemy", "typer"} & set(loaded)


def test_making_one_where_one_is_changes_nothing(office: Office) -> None:
    with create_ledger(path_of(office)) as again:
        assert again.head() == office.ledger.head()


def test_a_missing_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="roster init"):
        open_ledger(tmp_path / "无.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["100%?#台账.db", "一 二.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with create_ledger(tmp_path / "夹" / name):
        pass
    assert (tmp_path / "夹" / name).is_file()


def test_a_ledger_on_a_disc_is_read_and_nothing_is_left_beside_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an inspector is handed: the folder cannot be written."""
    number = office.published()
    office.ledger.close()
    disc = tmp_path / "光盘" / "台账.db"
    disc.parent.mkdir()
    disc.write_bytes(Path(office.ledger.where).read_bytes())
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with look_up(disc) as read, open_ledger(disc) as ledger:
        assert procedure.open_case(ledger, number).number == number
        assert len(list(read.about(number))) == len(list(ledger.about(number)))
        assert all_hold(verify_ledger(ledger))
        with pytest.raises(ConfigurationError, match="readonly"):
            replace(office, ledger=ledger).submit()
    assert [one.name for one in disc.parent.iterdir()] == ["台账.db"]


def test_a_log_beside_a_ledger_that_cannot_be_written_is_not_passed_over(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.published()
    disc = tmp_path / "光盘" / "台账.db"
    disc.parent.mkdir()
    for end in ("", "-wal", "-shm"):
        disc.with_name(disc.name + end).write_bytes(Path(f"{office.ledger.where}{end}").read_bytes())
    assert disc.with_name("台账.db-wal").stat().st_size
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with open_ledger(disc) as ledger:
        assert procedure.open_case(ledger, number).status is Status.PUBLISHED


@pytest.mark.parametrize("where", ["mysql://u:secret@db/x", "sqlite:///x", "postgresql+asyncpg://u:secret@db/x"])
def test_servers_of_other_kinds_are_refused(where: str) -> None:
    with pytest.raises(ConfigurationError, match="PostgreSQL") as refusal:
        open_ledger(where)
    assert "secret" not in str(refusal.value)


def test_what_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(EvidenceError, match=r"x\.db"):
        open_ledger(tmp_path / "x.db")
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE entry (seq)")
    connection.close()
    for opening in (open_ledger, create_ledger):
        with pytest.raises(EvidenceError, match="不是本程序"):
            opening(other)


def test_another_version_is_refused(office: Office) -> None:
    connection = sqlite3.connect(path_of(office))
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with pytest.raises(ConfigurationError, match="比本程序（第 2 版）新"):
        open_ledger(path_of(office))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET actor = '别人' WHERE seq = 9",
        "DELETE FROM entry WHERE seq = 9",
        "DELETE FROM covers",
        "UPDATE covers SET sha256 = 'x'",
        pytest.param("INSERT INTO entry SELECT 99, time, kind, '', '', '', prev, 'x', '' FROM entry", id="fork"),
    ],
)  # fmt: skip
def test_the_database_itself_refuses_changes(office: Office, statement: str) -> None:
    office.submit()
    connection = sqlite3.connect(path_of(office))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


def test_a_ledger_in_use_is_waited_for_and_then_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.signoff.storage.sqlite_file.PATIENCE_S", 0.1)
    with open_ledger(path_of(office)) as other:
        raw(office.ledger).execute("BEGIN IMMEDIATE")
        office.ledger, held = other, office.ledger
        with pytest.raises(ConfigurationError, match="正忙"):
            office.submit()
        raw(held).execute("ROLLBACK")
        assert office.submit() == "2026-0001"


def test_a_refused_act_leaves_no_trace(office: Office) -> None:
    before = office.ledger.head()
    with pytest.raises(Exception, match="没有"):
        office.case("2026-0001")
    with pytest.raises(Exception, match="不是发布人"):
        office.submit(by="李四")
    assert office.ledger.head() == before
    assert office.submit() == "2026-0001"


def test_verification_is_fast_enough(office: Office) -> None:
    """About 4,000 entries a second of one processor on the machine it was written on; a quarter of it anywhere."""
    for _ in range(40):
        office.published()
    rates = []
    for _ in range(3):
        began = time.process_time()
        verify_ledger(office.ledger)
        rates.append(168 / (time.process_time() - began))
    assert max(rates) > 1_000
