"""Every exit code of the contract, reached through the front door."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer

from reviewer.errors import EvidenceError

Draft = Callable[[str, str], Path]
CLEAR = "关于城区停水检修的通知\n7月1日8时至12时，城区北片停水检修，请提前储水。\n"
PRIVATE = "户主：郝连庄，身份证号：110101190001010015，联系电话13900000000。\n"
MARKED = "机密★10年\n关于有关事项的通知\n"


def test_0_every_document_is_clear(reviewer: Reviewer, draft: Draft) -> None:
    assert reviewer("screen", draft("停水通知.txt", CLEAR)).code == 0


def test_1_a_bug_concludes_nothing_and_quotes_nothing(
    reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(PRIVATE)

    monkeypatch.setattr("reviewer.screen.screener.detect", broken)
    said = reviewer("screen", draft("停水通知.txt", CLEAR))
    assert said.code == 1
    assert "RuntimeError" in said.err
    assert "110101190001010015" not in said.err + said.out


@pytest.mark.parametrize(
    "words",
    [
        ("screen",),
        ("screen", ".", "--format", "xls"),
        ("screen", ".", "--no-such-option"),
        ("nonsense",),
        ("--lang", "fr", "screen", "."),
        ("screen", ".", "--today", "yesterday"),
        ("gate", "--frobnicate"),
        ("case", "show", "2026-0001"),
        ("explain", "no-such/rule"),
    ],
)
def test_2_wrong_usage(reviewer: Reviewer, draft: Draft, words: tuple[str, ...]) -> None:
    draft("停水通知.txt", CLEAR)
    said = reviewer(*words)
    assert said.code == 2
    assert said.err


def test_3_no_such_path(reviewer: Reviewer) -> None:
    said = reviewer("screen", "没有.txt")
    assert said.code == 3
    assert "没有.txt" in said.err


def test_3_an_empty_folder(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert reviewer("screen", "空").code == 3


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "unit = 3",
        "unti = '县'",
        "rules = ['没有']",
        "[[unused]]\nrule = 'no/such'\nby='a'\nreason='b'\nuntil='c'",
        "x =",
    ],
)
def test_4_a_wrong_policy_is_refused_with_its_name(reviewer: Reviewer, draft: Draft, policy: str) -> None:
    draft("停水通知.txt", CLEAR)
    draft("reviewer.toml", policy)
    said = reviewer("screen", "停水通知.txt")
    assert said.code == 4
    assert "reviewer.toml" in said.err


def test_4_a_wrong_rule_is_refused_with_file_and_place(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "规则").mkdir()
    (tmp_path / "规则" / "own.toml").write_text('[[rule]]\nid = "work-secret/x"\n', "utf-8")
    draft("reviewer.toml", 'rules = ["规则"]')
    said = reviewer("screen", draft("停水通知.txt", CLEAR))
    assert said.code == 4
    assert "own.toml" in said.err
    assert "第 1 条" in said.err


def test_5_a_record_that_does_not_hold(reviewer: Reviewer, draft: Draft) -> None:
    assert reviewer("record", "verify", draft("record.json", '{"schema": "x"}')).code == EvidenceError.exit_code == 5


def test_6_a_redaction_that_cannot_be_proved(reviewer: Reviewer, draft: Draft) -> None:
    said = reviewer("redact", draft("通知.txt", MARKED), "-o", "副本.txt")
    assert said.code == 6
    assert not Path("副本.txt").exists()


def test_7_nobody_signed(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    draft("empty", "")
    ledger = tmp_path / "ledger.db"
    founded = reviewer(
        "roster", "init", "--unit", "青石县", "--by", "管理员", "--ledger", ledger, "--passphrase-file", "empty"
    )
    assert founded.code == 0
    said = reviewer("gate", "--require-signoff", "--ledger", ledger, draft("停水通知.txt", CLEAR))
    assert said.code == 7
    assert "停水通知.txt" in said.err


def test_10_something_to_do(reviewer: Reviewer, draft: Draft) -> None:
    said = reviewer("screen", draft("低保名单.txt", PRIVATE), "--format", "jsonl")
    assert said.code == 10
    assert json.loads(said.out)["verdict"] == "redact"


def test_10_unreadable_is_never_clear(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "数据.bin").write_bytes(bytes(range(256)) * 8)
    said = reviewer("screen", "数据.bin", "--format", "jsonl")
    assert said.code == 10
    assert json.loads(said.out)["gaps"]


def test_11_a_marked_document_is_blocked(reviewer: Reviewer, draft: Draft) -> None:
    said = reviewer("screen", draft("通知.txt", MARKED), draft("停水通知.txt", CLEAR))
    assert said.code == 11


def test_130_interrupted(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reviewer.screen.screener.detect", stopped)
    assert reviewer("screen", draft("停水通知.txt", CLEAR)).code == 130
