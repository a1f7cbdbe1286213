"""Mutation of the shipped rules: a clause taken out must break a hit, a miss, or a probe made for it.

`probes.toml` is drafted by `benchmarks/probe_rules.py`: texts on which a rule is silent only because of one clause.
`probes_by_hand.toml` holds those that people wrote, hits among them.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.detect import Ruleset, load_ruleset
from reviewer.detect.alone import least
from reviewer.detect.mutation import Clause, Probes, clauses
from reviewer.detect.proof import failures_of_rule
from reviewer.resources import shipped
from reviewer.terms import Category, Specimen

HERE = Path(__file__).parent
SHARE = 0.95


def probes() -> Probes:
    made: dict[str, tuple[list[Specimen], list[Specimen]]] = {}
    for name in ("probes.toml", "probes_by_hand.toml"):
        for entry in tomllib.loads((HERE / name).read_text("utf-8"))["probe"]:
            hits, misses = made.setdefault(entry["rule"], ([], []))
            if "hit" in entry:
                hits.append(Specimen(text=entry["hit"]))
            else:
                misses.append(Specimen(text=entry["miss"]))
    return {rule: (tuple(hits), tuple(misses)) for rule, (hits, misses) in made.items()}


@pytest.fixture(scope="module")
def tried(ruleset: Ruleset) -> list[Clause]:
    return list(clauses((shipped("rules"),), ruleset, probes=probes()))


def test_nearly_every_clause_of_the_shipped_rules_is_proven(tried: list[Clause], ruleset: Ruleset) -> None:
    assert len(tried) > 800
    assert sum(one.proven for one in tried) / len(tried) >= SHARE
    for category in (Category.STATE_SECRET, Category.WORK_SECRET, Category.TRADE_SECRET):
        mine = [one for one in tried if ruleset.by_id[one.rule].category is category]
        unproven = [f"{one.rule} {one.name}" for one in mine if not one.proven]
        assert len(unproven) <= (1 - SHARE) * len(mine), unproven


def test_the_rules_hold_on_all_probes(ruleset: Ruleset) -> None:
    failing = []
    for rule, (hits, misses) in probes().items():
        own = replace(ruleset.by_id[rule], hits=hits, misses=misses)
        failing += list(failures_of_rule(least(ruleset, own), own))
    assert failing == []


RULE = """
[[rule]]
id = "work-secret/plan"
kind = "concept"
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
hits = ["甲计划定在周五。"]
misses = {misses}
[rule.match]
all = [["甲计划"], ["周五", "周六"]]
within = "sentence"
reach = 30
unless = ["已公布"]
"""


@pytest.mark.parametrize(
    ("misses", "unproven"),
    [
        (["乙"], {"all[0] 甲计划", "all[1] 周五", "within = sentence", "reach = 30", "unless[0] 已公布"}),
        (["周五见。", "甲计划。"], {"within = sentence", "reach = 30", "unless[0] 已公布"}),
        (["周五见。", "甲计划。", "甲计划已公布，周五。"], {"within = sentence", "reach = 30"}),
        (["周五见。", "甲计划。周五。", "甲计划已公布，周五。", "甲计划" + "无" * 40 + "周五"], set[str]()),
    ],
)
def test_what_no_example_shows_is_told(tmp_path: Path, misses: list[str], unproven: set[str]) -> None:
    (tmp_path / "own.toml").write_text(RULE.format(misses=str(misses).replace("'", '"')), "utf-8")
    ruleset = load_ruleset((tmp_path,), shipped("models"))
    found = list(clauses((tmp_path,), ruleset))
    assert {one.name for one in found if not one.proven} == unproven
    assert len(found) == 5
