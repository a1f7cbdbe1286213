"""`model labels|train|evaluate` from rulings to a model in force."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer

from reviewer.cli.model import unfit
from reviewer.detect import Ruleset
from reviewer.resources import shipped

sys.path.insert(0, str(Path(__file__).parents[1] / "learn"))
from small import one_category, small_corpus

Draft = Callable[[str, str], Path]
DISSENT = "李局长提出异议，认为补偿标准偏高，要求再议。"


def test_rulings_become_labels_and_labels_are_measured_apart(
    reviewer: Reviewer, draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_category(monkeypatch)
    draft("稿.txt", f"会议纪要\n{DISSENT}下午散会。\n")
    ruling = ("--by", "李四", "--reason", "已核", "--until", "2999-01-01", "--ruling", "confirmed")
    assert reviewer("baseline", "create", "稿.txt", *ruling).code == 0
    assert reviewer("model", "labels", "稿.txt", "-o", "标注.jsonl").code == 0
    made = [json.loads(line) for line in (tmp_path / "标注.jsonl").read_text("utf-8").splitlines()]
    assert {(one["text"], one["category"], one["ruling"]) for one in made} == {(DISSENT, "work_secret", "confirmed")}
    corpus = small_corpus(tmp_path / "corpus")
    told = json.loads(reviewer("model", "evaluate", "--corpus", corpus, "--labels", "标注.jsonl", "--json").out)
    work = told["categories"]["work_secret"]
    assert work["authors"]["本单位"]["recall"]["all"] == 1
    assert {"recall", "precision", "f2", "balanced_accuracy", "auc", "ece"} <= work.keys()


def test_a_model_of_the_offices_own_is_in_force_once_the_policy_names_it(
    reviewer: Reviewer, draft: Draft, tmp_path: Path
) -> None:
    shutil.copytree(shipped("models"), tmp_path / "模型", ignore=shutil.ignore_patterns("corpus"))
    manifest = json.loads((tmp_path / "模型" / "manifest.json").read_text("utf-8"))
    (tmp_path / "模型" / "manifest.json").write_text(json.dumps(manifest | {"labels_sha256": "x"}), "utf-8")
    draft("reviewer.toml", 'model = "模型"')
    assert "labels_sha256: x" in reviewer("model", "show").out
    draft("另.toml", 'model = "没有"')
    assert reviewer("model", "show", "--policy", "另.toml").code == 4


def test_a_model_that_fails_the_rules_examples_is_told(ruleset: Ruleset, tmp_path: Path) -> None:
    assert unfit(ruleset, shipped("models")) == ()
    shutil.copytree(shipped("models"), tmp_path / "模型", ignore=shutil.ignore_patterns("corpus"))
    manifest = json.loads((tmp_path / "模型" / "manifest.json").read_text("utf-8"))
    for category in manifest["categories"]:
        manifest[category]["threshold"] = 1.1
    (tmp_path / "模型" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert "work-secret/classifier：第 1 个例子（hits）没有查出" in unfit(ruleset, tmp_path / "模型")


def test_the_shipped_model_is_never_overwritten_by_labels(reviewer: Reviewer, draft: Draft) -> None:
    before = (shipped("models") / "manifest.json").read_bytes()
    line = {"schema": "reviewer.label/1", "text": DISSENT, "category": "work_secret", "ruling": "confirmed"}
    draft("标注.jsonl", json.dumps(line | {"rule": "work-secret/classifier", "document": "d", "by": ""}))
    said = reviewer("model", "train", "--labels", "标注.jsonl")
    assert said.code == 2
    assert "-o" in said.err
    assert (shipped("models") / "manifest.json").read_bytes() == before


def test_nothing_ruled_on_is_told(reviewer: Reviewer, draft: Draft) -> None:
    draft(
        "reviewer.baseline.json",
        '{"schema": "reviewer.baseline/2", "salt": "00000000000000000000000000000000", "entries": []}',
    )
    said = reviewer("model", "labels", draft("稿.txt", DISSENT + "\n"), "-o", "标注.jsonl")
    assert said.code == 3
