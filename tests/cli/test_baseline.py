"""Rulings hit by hit at the terminal: masked, kept at once, two people for secrets."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer

Draft = Callable[[str, str], Path]

PEOPLE = "救助对象王小花，联系电话13800138000，家住青石县城关镇。\n救助对象李大山，联系电话13900139000。\n"
RULED = ("--by", "赵六", "--until", "2999-01-01")


def entries() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(Path("reviewer.baseline.json").read_text("utf-8"))["entries"]
    return found


def keys(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))


def test_keys_rule_hit_by_hit(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    path = draft("名单.txt", PEOPLE)
    keys(monkeypatch, "y\n已征得同意\nn\n属实\ns\n?\nq\n")
    said = reviewer("baseline", "audit", path, *RULED)
    assert said.code == 0
    assert [(entry["ruling"], entry["reason"]) for entry in entries()] == [
        ("false_positive", "已征得同意"),
        ("confirmed", "属实"),
    ]
    assert "13800138000" not in said.out + Path("reviewer.baseline.json").read_text("utf-8")
    assert "【" in said.out


def test_leaving_in_between_keeps_what_was_ruled(
    reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draft("名单.txt", PEOPLE)
    keys(monkeypatch, "y\n")
    assert reviewer("baseline", "audit", path, *RULED, "--reason", "已公开").code == 0
    assert len(entries()) == 1
    keys(monkeypatch, "y\n")
    assert reviewer("baseline", "audit", path, *RULED, "--reason", "已公开").code == 0
    assert len(entries()) == 2  # the one ruled on is not asked again


def test_a_ruling_does_not_cover_another_number(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("名单.txt", PEOPLE)
    words = (*RULED, "--reason", "已征得同意")
    assert reviewer("baseline", "create", path, *words).code == 0
    draft("reviewer.toml", 'baseline = "reviewer.baseline.json"\n')
    assert reviewer("screen", path).code == 0
    assert reviewer("baseline", "status", path).code == 0
    changed = draft("名单.txt", PEOPLE.replace("13800138000", "13811138000"))
    assert reviewer("screen", changed).code == 10


def test_a_stale_ruling_is_told(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("名单.txt", PEOPLE)
    assert reviewer("baseline", "create", path, *RULED, "--reason", "已公开").code == 0
    draft("名单.txt", "没有别的内容。\n")
    said = reviewer("baseline", "status", path)
    assert said.code == 10
    assert "无对应" in said.out


def test_an_earlier_form_is_refused_with_the_remedy(reviewer: Reviewer, draft: Draft) -> None:
    draft("reviewer.baseline.json", '{"schema": "reviewer.baseline/1", "entries": []}')
    said = reviewer("baseline", "audit")
    assert said.code == 4
    assert "重新裁定" in said.err
