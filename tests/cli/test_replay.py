"""`rules replay`: what a changed pack gains and loses, rule by rule and document by document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from front_door import Reviewer

from reviewer.resources import shipped

Draft = Callable[[str, str], Path]
PACK = """
[[rule]]
id = "work-secret/own-list"
kind = "keyword"
title = "本单位清单"
title_en = "own list"
category = "work_secret"
type = "office_list"
severity = "high"
action = "{action}"
confidence = 0.9
basis = ["保守国家秘密法（2024）第六十四条"]
remedy = "删去"
remedy_en = "cut"
since = "1"
hits = ["见⟦{word}⟧。"]
misses = ["另一句话"]
[rule.match]
words = ["{word}"]
"""


@pytest.fixture
def office(draft: Draft, tmp_path: Path) -> None:
    """A policy with one pack that looks for 青山工程, and two drafts."""
    (tmp_path / "规则").mkdir()
    (tmp_path / "规则" / "own.toml").write_text(PACK.format(word="青山工程", action="refer"), "utf-8")
    (tmp_path / "稿").mkdir()
    (tmp_path / "稿" / "一.txt").write_text("青山工程进展顺利。\n", "utf-8")
    (tmp_path / "稿" / "二.txt").write_text("绿水工程进展顺利。\n", "utf-8")
    draft("reviewer.toml", 'rules = ["规则"]')


def _replayed(reviewer: Reviewer, code: int, *words: object) -> Any:
    said = reviewer("rules", "replay", *words, "--json")
    assert said.code == code, said.err
    return json.loads(said.out)


@pytest.mark.usefixtures("office")
def test_the_same_pack_changes_nothing(reviewer: Reviewer) -> None:
    told = _replayed(reviewer, 0, "规则", "稿")
    assert (told["documents"], told["changed"], told["rules"], told["differences"]) == (2, 0, {}, [])


@pytest.mark.usefixtures("office")
def test_another_word_is_gained_and_the_old_one_lost(reviewer: Reviewer, draft: Draft) -> None:
    pack = draft("新.toml", PACK.format(word="绿水工程", action="refer"))
    told = _replayed(reviewer, 10, pack, "稿")
    assert told["rules"] == {"work-secret/own-list": {"gained": 1, "lost": 1, "altered": 0, "documents": 2}}
    one, two = told["differences"]
    assert (one["path"], one["before"], one["after"], len(one["lost"])) == ("稿/一.txt", "refer", "clear", 1)
    assert two["gained"][0]["place"] == "¶1"
    assert "青山工程" not in json.dumps(told, ensure_ascii=False)
    said = reviewer("rules", "replay", pack, "稿").out
    assert "work-secret/own-list\t多报 1\t少报 1" in said
    assert "共 2 份，2 份有变化" in said


@pytest.mark.usefixtures("office")
def test_another_action_is_told_as_altered(reviewer: Reviewer, draft: Draft) -> None:
    told = _replayed(reviewer, 10, draft("新.toml", PACK.format(word="青山工程", action="block")), "稿")
    (one,) = told["differences"]
    assert (one["before"], one["after"]) == ("refer", "block")
    assert one["altered"][0]["after"]["action"] == "block"


@pytest.mark.usefixtures("office")
def test_what_a_replaced_pack_no_longer_holds_is_gone(reviewer: Reviewer, draft: Draft) -> None:
    other = PACK.format(word="绿水工程", action="refer").replace("own-list", "new-list")
    pack = draft("新.toml", other)
    beside = _replayed(reviewer, 10, pack, "稿")
    assert beside["rules"].keys() == {"work-secret/new-list"}
    instead = _replayed(reviewer, 10, pack, "稿", "--instead-of", "规则")
    assert instead["rules"].keys() == {"work-secret/new-list", "work-secret/own-list"}
    assert reviewer("rules", "replay", pack, "稿", "--instead-of", "没有").code == 4


@pytest.mark.usefixtures("office")
def test_a_pack_that_fails_its_examples_is_told_and_leaves_4(reviewer: Reviewer, draft: Draft) -> None:
    broken = PACK.format(word="绿水工程", action="refer").replace("另一句话", "绿水工程")
    told = _replayed(reviewer, 4, draft("新.toml", broken), "稿")
    assert told["failing"] == ["work-secret/own-list：第 1 个反例（misses）被误报"]
    assert told["rules"]["work-secret/own-list"]["gained"] == 1


@pytest.mark.usefixtures("office")
def test_an_edited_copy_of_a_shipped_file(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "稿" / "三.txt").write_text("李局长提出异议，认为补偿标准偏高，要求再议。\n", "utf-8")
    text = (shipped("rules") / "work-secret" / "minutes.toml").read_text("utf-8")
    pack = draft("minutes.toml", text.replace('action = "refer"', 'action = "note"', 1))
    told = _replayed(reviewer, 10, pack, "稿", "--rule", "work-secret/meeting-dissent")
    assert {one["after"]["action"] for one in told["differences"][0]["altered"]} == {"note"}


@pytest.mark.usefixtures("office")
def test_over_the_documents_of_an_audit(reviewer: Reviewer, draft: Draft) -> None:
    assert reviewer("audit", "run", "档", "稿").code == 10
    told = _replayed(reviewer, 10, draft("新.toml", PACK.format(word="绿水工程", action="refer")), "档")
    assert [one["path"] for one in told["differences"]] == ["稿/一.txt", "稿/二.txt"]


@pytest.mark.usefixtures("office")
def test_each_document_is_read_once(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewer.screen import replay

    read: list[str] = []
    real = replay.extract
    monkeypatch.setattr(replay, "extract", lambda source: (read.append(source.path), real(source))[1])
    assert reviewer("rules", "replay", draft("新.toml", PACK.format(word="绿水工程", action="refer")), "稿").code == 10
    assert read == ["稿/一.txt", "稿/二.txt"]


def test_no_pack_is_refused(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("稿.txt", "好。\n")
    assert reviewer("rules", "replay", "没有", path).code == 2
    assert reviewer("rules", "replay", draft("空.toml", ""), path).code == 4
