"""What the gate lets out on a sign-off: those bytes, that channel, that unit's chain; all else says who must act."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer.__main__ import run
from reviewer.signoff.record import export_record, write_record
from reviewer.signoff.record_proof import proved_replay
from reviewer.signoff.vocabulary import Channel

from .office import Office


@pytest.fixture
def today(office: Office) -> Office:
    """The same office on this very day: the gate asks the real clock whether an approval has lapsed."""
    office.now = datetime.now(UTC)
    return office


def gate(office: Office, *words: object, file: int = 0) -> int:
    path = office.files[file]
    return run(["gate", "--require-signoff", *map(str, words), str(path)])


def ledger(office: Office) -> tuple[str, str]:
    return "--ledger", str(office.folder / "台账.db")


def record(office: Office, number: str, name: str = "记录.json") -> Path:
    path = office.folder / name
    path.write_bytes(write_record(export_record(office.ledger, number)))
    return path


def founding_key(office: Office, number: str) -> str:
    return export_record(office.ledger, number).predicate.genesis_key


def test_approved_bytes_go_out(today: Office) -> None:
    today.approved()
    assert gate(today, *ledger(today)) == 0
    assert gate(today, *ledger(today), file=1) == 0


def test_what_is_missing_and_who_must_act(today: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate(today, *ledger(today)) == 7
    assert "先 reviewer case submit" in capsys.readouterr().err
    number = today.submit()
    assert gate(today, *ledger(today)) == 7
    assert "下一步：审核人办理（李四、赵六）" in capsys.readouterr().err
    today.review(number)
    assert gate(today, *ledger(today)) == 7
    assert "王五" in capsys.readouterr().err


def test_a_file_swapped_after_the_signoff(today: Office, capsys: pytest.CaptureFixture[str]) -> None:
    today.approved()
    today.files[0].write_bytes(b"other bytes")
    assert gate(today, *ledger(today)) == 7
    assert "没有送审记录" in capsys.readouterr().err


def test_a_name_swapped_for_another_still_has_its_own_bytes(today: Office) -> None:
    today.approved()
    renamed = today.files[0].with_name("另一名.docx")
    today.files[0].rename(renamed)
    assert run(["gate", "--require-signoff", *ledger(today), str(renamed)]) == 0


def test_an_approval_of_long_ago(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.approved()
    assert gate(office, *ledger(office)) == 7
    assert "有效期" in capsys.readouterr().err


def test_another_channel(today: Office, capsys: pytest.CaptureFixture[str]) -> None:
    today.approved()
    assert gate(today, *ledger(today), "--channel", Channel.WEBSITE.value) == 0
    assert gate(today, *ledger(today), "--channel", Channel.NEW_MEDIA.value) == 7
    assert "按新渠道重新送审" in capsys.readouterr().err
    assert gate(today, *ledger(today), "--channel", "nowhere") == 2


def test_by_a_record(today: Office) -> None:
    number = today.approved()
    path, trust = record(today, number), founding_key(today, number)
    assert gate(today, "--record", path, "--trust", trust) == 0
    today.files[0].write_bytes(b"other bytes")
    assert gate(today, "--record", path, "--trust", trust) == 7


def test_by_the_record_beside_the_file(today: Office) -> None:
    number = today.approved()
    record(today, number, "公告.docx.record.json")
    assert gate(today, "--trust", founding_key(today, number)) == 0
    assert gate(today, "--trust", founding_key(today, number), file=1) == 7


def test_a_record_proves_nothing_without_the_founding_key(today: Office) -> None:
    number = today.approved()
    path = record(today, number)
    assert gate(today, "--record", path) == 2
    assert gate(today, "--record", path, "--trust", "0" * 64) == 5


@pytest.mark.parametrize("alter", ["summary", "chain", "signature"])
def test_an_altered_record(today: Office, alter: str) -> None:
    number = today.approved()
    path, trust = record(today, number), founding_key(today, number)
    told = json.loads(path.read_bytes())
    if alter == "summary":
        told["predicate"]["summary"]["publisher"] = "钱二"
    elif alter == "chain":
        told["predicate"]["acts"].pop(3)
    else:
        told["predicate"]["acts"][-1]["envelope"] = told["predicate"]["acts"][-2]["envelope"]
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    assert gate(today, "--record", path, "--trust", trust) == 5
    path.unlink()
    assert gate(today, "--record", path, "--trust", trust) == 3


def test_a_record_of_a_case_under_way(today: Office) -> None:
    number = today.submit()
    path = record(today, number)
    case, _ = proved_replay(path.read_bytes(), founding_key(today, number))
    assert case == number
    assert gate(today, "--record", path, "--trust", founding_key(today, number)) == 7


def test_staged_bytes_count_and_not_the_work_tree(today: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    today.approved()
    for name in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(today.folder)
    signed = today.files[0].read_bytes()
    for words in (["init", "-q"], ["add", "公告.docx"]):
        subprocess.run(["git", *words], check=True)
    words = ["gate", "--require-signoff", *ledger(today)]
    today.files[0].write_bytes(b"swapped in the work tree")
    assert run(words) == 0
    subprocess.run(["git", "add", "公告.docx"], check=True)
    today.files[0].write_bytes(signed)
    assert run(words) == 7
