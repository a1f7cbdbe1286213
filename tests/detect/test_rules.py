"""The shipped rules prove themselves, and the loader refuses what is wrong with a hand-written file."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.detect import Ruleset, load_ruleset
from reviewer.detect.proof import failures_of
from reviewer.errors import ConfigurationError
from reviewer.resources import shipped

RULE = """
[[rule]]
id = "work-secret/plan"
kind = "keyword"
title = "标题"
title_en = "title"
category = "work_secret"
type = "plan"
severity = "high"
action = "refer"
confidence = 0.9
basis = ["依据"]
remedy = "怎么改"
remedy_en = "cure"
since = "0.1"
hits = ["见⟦甲计划⟧。"]
misses = ["乙计划"]
[rule.match]
words = ["甲计划"]
"""


def load(folder: Path, text: str) -> Ruleset:
    (folder / "own.toml").write_text(text, "utf-8")
    return load_ruleset((folder,), shipped("models"), cache=None)


def test_every_shipped_rule_finds_its_hits_and_leaves_its_misses(ruleset: Ruleset) -> None:
    assert list(failures_of(ruleset)) == []


def test_every_shipped_rule_says_why_and_what_to_do(ruleset: Ruleset) -> None:
    assert all(rule.basis and rule.remedy and rule.hits and rule.misses for rule in ruleset.rules)
    assert not [rule.id for rule in ruleset.rules if "属于国家秘密" in rule.title + rule.remedy]


def test_a_rule_of_an_office_is_loaded(tmp_path: Path) -> None:
    assert load(tmp_path, RULE).rules[0].id == "work-secret/plan"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('misses = ["乙计划"]', "", "misses"),
        ('misses = ["乙计划"]', 'misses = ["甲计划"]', "反例（misses）被误报"),
        ('hits = ["见⟦甲计划⟧。"]', 'hits = ["见⟦甲⟧计划。"]', "例子（hits）没有查出"),
        ('kind = "keyword"', 'kind = "regexp"', "不认识“regexp”"),
        ('severity = "high"', 'severity = "dire"', "severity"),
        ("confidence = 0.9", "confidence = 9", "confidence"),
        ('words = ["甲计划"]', 'words = ["甲计划"]\nwodrs = []', "不认识的键：wodrs"),
        ('words = ["甲计划"]', 'words = ["@nothing"]', "没有词表"),
        ('words = ["甲计划"]', 'words = ["甲计划"]\nunless = ["("]', "unless"),
        ('id = "work-secret/plan"', 'id = "Plan"', "id"),
        ("[[rule]]", "[[rules]]", "rules"),
        ("[[rule]]", "[[rule", "TOML"),
    ],
)
def test_refuses_with_file_and_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(tmp_path, RULE.replace(old, new))
    assert said in str(refused.value)


def test_refuses_an_empty_rulebook(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="没有任何规则"):
        load_ruleset((tmp_path,), shipped("models"), cache=None)


def test_refuses_the_same_id_twice(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="重复"):
        load(tmp_path, RULE + RULE)


def test_a_proved_rulebook_is_remembered_and_a_changed_one_is_proved_again(tmp_path: Path) -> None:
    rules, cache = tmp_path / "rules", tmp_path / "cache"
    rules.mkdir()
    (rules / "own.toml").write_text(RULE, "utf-8")
    first = load_ruleset((rules,), shipped("models"), cache=cache)
    second = load_ruleset((rules,), shipped("models"), cache=cache)
    assert (first.proved, second.proved) == (False, True)
    assert first.rules == second.rules
    (rules / "own.toml").write_text(RULE.replace("乙计划", "甲计划"), "utf-8")
    with pytest.raises(ConfigurationError):
        load_ruleset((rules,), shipped("models"), cache=cache)


def test_a_damaged_memory_is_not_trusted(tmp_path: Path) -> None:
    rules, cache = tmp_path / "rules", tmp_path / "cache"
    rules.mkdir()
    (rules / "own.toml").write_text(RULE, "utf-8")
    load_ruleset((rules,), shipped("models"), cache=cache)
    (remembered,) = cache.iterdir()
    remembered.write_text("[[", "utf-8")
    assert not load_ruleset((rules,), shipped("models"), cache=cache).proved
