"""`rules new` and `rules import`: an office's own rules, written, proved and in force."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer

from reviewer.detect import detect
from reviewer.detect.overlay import overlaid
from reviewer.detect.proof import DAY
from reviewer.detect.specimen import document_of
from reviewer.resources import shipped
from reviewer.terms import Specimen

Draft = Callable[[str, str], Path]


def found(pack: Path, text: str) -> list[str]:
    """Which of the office's rules find something, were the pack in force."""
    ruleset = overlaid((shipped("rules") / "concealed",), pack, shipped("models"))
    return [f.rule.id for f in detect(document_of(Specimen(text=text)), ruleset, today=DAY).findings]


def test_a_rule_of_words_is_complete_and_in_force(reviewer: Reviewer, tmp_path: Path) -> None:
    words = ("--word", "青山工程", "--with", "进度、造价", "--unless", "已公布", "--title", "青山工程的进度和造价")
    said = reviewer("rules", "new", "work-secret/green-hill", *words, "--miss", "青山工程造价已公布。")
    assert said.code == 0, said.err
    (rule,) = tomllib.loads((tmp_path / "规则" / "work-secret-green-hill.toml").read_text("utf-8"))["rule"]
    assert (rule["kind"], rule["hits"], rule["match"]["all"]) == (
        "concept",
        ["⟦青山工程，进度⟧"],
        [["青山工程"], ["进度", "造价"]],
    )
    assert found(tmp_path / "规则", "青山工程造价又涨了。\n") == ["work-secret/green-hill"]
    assert found(tmp_path / "规则", "青山工程进展顺利。青山工程造价已公布。\n") == []


def test_a_rule_that_fails_its_examples_is_not_left(reviewer: Reviewer, tmp_path: Path) -> None:
    said = reviewer("rules", "new", "work-secret/own", "--word", "青山工程", "--miss", "青山工程")
    assert said.code == 4
    assert "反例（misses）被误报" in said.err
    assert not list((tmp_path / "规则").iterdir())


def test_asked_for_it_asks(reviewer: Reviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["青山工程的安排", "青山工程，青山项目", "", "已公布", "", "", "见⟦青山项目⟧安排。", ""]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
    assert reviewer("rules", "new", "work-secret/own", "--ask").code == 0
    (rule,) = tomllib.loads((tmp_path / "规则" / "work-secret-own.toml").read_text("utf-8"))["rule"]
    assert (rule["title"], rule["hits"]) == ("青山工程的安排", ["见⟦青山项目⟧安排。"])
    assert rule["match"] == {"words": ["青山工程", "青山项目"], "unless": ["已公布"]}


LIST = """事项,词语,依据,例外,反例
年度招生预案,招生预案+人数、招生底数,本单位工作秘密事项清单第一项,,招生人数已向社会公布。
青山工程,青山工程,,简介,青山工程简介
"""


def test_a_list_of_matters_becomes_a_pack(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    said = reviewer("rules", "import", draft("清单.csv", LIST), "-o", "清单.toml")
    assert said.code == 0, said.err
    rules = {rule["id"]: rule for rule in tomllib.loads((tmp_path / "清单.toml").read_text("utf-8"))["rule"]}
    assert set(rules) == {"work-secret/matter-001", "work-secret/matter-001-2", "work-secret/matter-002"}
    assert rules["work-secret/matter-001-2"]["match"]["all"] == [["招生预案"], ["人数"]]
    assert rules["work-secret/matter-001"]["basis"] == ["本单位工作秘密事项清单第一项"]
    assert found(tmp_path / "清单.toml", "招生预案拟定人数三百。") == ["work-secret/matter-001-2"]
    assert reviewer("rules", "import", "清单.csv", "-o", "清单.toml").code == 2


def test_the_list_may_be_a_workbook(reviewer: Reviewer, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["本单位工作秘密事项清单"], ["序号", "工作秘密事项", "关键词"], [1, "青山工程", "青山工程"]):
        book.active.append(row)
    book.save(tmp_path / "清单.xlsx")
    assert "1 条规则" in reviewer("rules", "import", "清单.xlsx", "-o", "清单.toml").out


def test_a_list_without_its_headers_is_refused(reviewer: Reviewer, draft: Draft) -> None:
    said = reviewer("rules", "import", draft("清单.csv", "甲,乙\n1,2\n"), "-o", "清单.toml")
    assert said.code == 2
    assert "表头" in said.err
