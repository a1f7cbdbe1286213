import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from reviewer.errors import ConfigurationError, EvidenceError
from reviewer.signoff.ledger import create_ledger, open_ledger
from reviewer.signoff.proof import all_hold
from reviewer.signoff.verification import verify_ledger

from .conftest import Office


def path_of(office: Office) -> Path:
    return office.folder / "台账.db"


def test_what_was_appended_is_there_after_reopening(office: Office) -> None:
    number = office.published()
    with open_ledger(path_of(office)) as again:
        assert [entry.header.seq for entry in again.entries()] == list(range(1, 13))
        assert {entry.header.subject for entry in again.about(number) if entry.header.seq > 8} == {number}
        assert again.head() == office.ledger.head()


def test_the_gate_s_path_waits_for_no_cryptography() -> None:
    """Half of a short command's time is importing: it is paid where something is signed or verified."""
    modules = ", ".join(f"reviewer.signoff.{name}" for name in ("clearance", "record_proof", "keyfile", "procedure"))
    script = f"import sys, {modules}\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "reviewer.signoff.guard" in loaded
    assert not {"cryptography", "docx", "lxml", "numpy", "rich", "typer"} & set(loaded)


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


@pytest.mark.parametrize("where", ["postgresql://db/reviewer", "postgresql+psycopg://u:secret@db/x", "mysql://x"])
def test_a_server_is_not_in_this_release(where: str) -> None:
    with pytest.raises(ConfigurationError, match="只有嵌入式台账") as refusal:
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
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(EvidenceError, match="版本 2"):
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
    monkeypatch.setattr("reviewer.signoff.ledger._PATIENCE_S", 0.1)
    with open_ledger(path_of(office)) as other:
        office.ledger._connection.execute("BEGIN IMMEDIATE")
        office.ledger, held = other, office.ledger
        with pytest.raises(ConfigurationError, match="正忙"):
            office.submit()
        held._connection.execute("ROLLBACK")
        assert office.submit() == "2026-0001"


def test_a_refused_act_leaves_no_trace(office: Office) -> None:
    before = office.ledger.head()
    with pytest.raises(Exception, match="没有"):
        office.case("2026-0001")
    with pytest.raises(Exception, match="不是发布人"):
        office.submit(by="李四")
    assert office.ledger.head() == before
    assert office.submit() == "2026-0001"


# A process of its own: no fork of open connections, and the same on every platform.
WRITER = textwrap.dedent(
    """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from reviewer.signoff import procedure
    from reviewer.signoff.act import About
    from reviewer.signoff.keyfile import load_key
    from reviewer.signoff.ledger import open_ledger
    from reviewer.signoff.manifest import FileDigest, Manifest
    from reviewer.signoff.screening import FileScreening, Screening
    from reviewer.signoff.vocabulary import Channel
    from reviewer.terms import Decision, Engine

    folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    file = FileDigest(name="a", size_bytes=1, sha256="0" * 64, sm3="1" * 64)
    screened = FileScreening(name="a", sha256="0" * 64, decision=Decision.CLEAR, findings=(), gaps=(), set_aside=())
    engine = Engine(version="1", rules="", model="", policy="")
    clock = lambda: datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    with open_ledger(folder / "台账.db") as ledger:
        pen = procedure.Pen(ledger=ledger, signer=load_key(folder, name, str), clock=clock)
        for _ in range(count):
            number = procedure.submit(
                pen, Manifest(files=(file,)), Screening(engine=engine, files=(screened,)), Channel.WEBSITE,
                About(title="公告"),
            )
            print(number, flush=True)
    """
)


@pytest.fixture
def writers(bare_office: Office) -> Office:
    """Four publishers whose keys lie on disk, so that other processes can load them."""
    from reviewer.signoff import procedure
    from reviewer.signoff.vocabulary import Role

    for name in ("甲", "乙", "丙", "丁"):
        procedure.enrol(bare_office.pen("管理员"), name, Role.PUBLISHER, bare_office.newcomer(name).public_key)
    return bare_office


def start(office: Office, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-X", "utf8", "-c", WRITER, str(office.folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def test_four_writers_at_once(writers: Office) -> None:
    processes = [start(writers, name, 12) for name in ("甲", "乙", "丙", "丁")]
    numbers = [line for process in processes for line in process.communicate(timeout=120)[0].split()]
    assert sorted(numbers) == [f"2026-{number:04d}" for number in range(1, 49)]
    steps = verify_ledger(writers.ledger)
    assert all_hold(steps), steps


def test_a_killed_writer_loses_nothing_it_acknowledged(writers: Office) -> None:
    victim, survivor = start(writers, "甲", 10_000), start(writers, "乙", 15)
    assert victim.stdout is not None
    acknowledged = [victim.stdout.readline().strip() for _ in range(10)]
    victim.kill()
    acknowledged += [line for line in victim.stdout.read().split("\n") if len(line) == len("2026-0001")]
    victim.stdout.close()
    victim.wait()
    others = survivor.communicate(timeout=120)[0].split()
    assert len(others) == 15
    kept = {entry.header.subject for entry in writers.ledger.entries() if entry.header.kind == "submit"}
    assert {*acknowledged, *others} <= kept
    steps = verify_ledger(writers.ledger)
    assert all_hold(steps), steps


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
