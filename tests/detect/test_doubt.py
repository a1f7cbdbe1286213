"""What words alone say is only noted where the classifier holds the sentence for lawful."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.detect import Ruleset, detect
from reviewer.detect.alone import sharing
from reviewer.detect.concept import Meeting, decode
from reviewer.detect.run import every_finding
from reviewer.detect.specimen import document_of
from reviewer.errors import ConfigurationError
from reviewer.strict import Table
from reviewer.terms import Action, Category, DetectorKind, Rule, Specimen
from reviewer.value import replace

DAY = date(2026, 1, 1)
LEAK = "水厂取水口夜间无人值守，围栏缺口未补，备用电源停用，断电后全城供水只能维持三小时。"


def doubted(ruleset: Ruleset) -> list[Rule]:
    return [rule for rule in ruleset.rules if isinstance(rule.match, Meeting) and rule.match.doubt]


def told(ruleset: Ruleset, *rules: Rule) -> list[tuple[Action, str]]:
    """What these rules, and no others, say of a text that holds the first example of each."""
    text = "\n".join(str(rule.hits[0].text).replace("⟦", "").replace("⟧", "") for rule in rules)
    alone = sharing(replace(ruleset, rules=rules), ruleset)
    return [(one.action, one.note) for one in every_finding(document_of(Specimen(text=text)), alone, DAY).findings]


@pytest.mark.parametrize(("chance", "action"), [(0.001, Action.NOTE), (0.25, Action.REFER), (None, Action.REFER)])
def test_a_finding_that_the_classifier_doubts_is_noted_and_says_why(
    ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch, chance: float | None, action: Action
) -> None:
    monkeypatch.setattr("reviewer.detect.concept.likelihood", lambda *_: chance)
    said, note = told(ruleset, doubted(ruleset)[0])[0]
    assert said is action
    assert ("0.1%" in note) == (action is Action.NOTE)


def test_only_what_words_alone_say_of_secrets_may_be_doubted_and_never_a_mark(ruleset: Ruleset) -> None:
    rules = doubted(ruleset)
    assert len(rules) > 100
    assert {rule.kind for rule in rules} == {DetectorKind.CONCEPT}
    assert {rule.action for rule in rules} == {Action.REFER, Action.REMOVE}
    assert Category.PERSONAL_PRIVACY not in {rule.category for rule in rules}
    assert not [rule.id for rule in rules if rule.id.startswith("work-secret/password")]


@pytest.mark.parametrize("doubt", [-0.1, 1.0, 2.0])
def test_a_doubt_that_would_silence_a_rule_altogether_is_refused(doubt: float) -> None:
    with pytest.raises(ConfigurationError, match="doubt"):
        decode(Table({"all": [["甲方"], ["乙方"]], "doubt": doubt}, "规则"))


def test_nearly_all_examples_of_doubted_rules_ask_for_action(ruleset: Ruleset) -> None:
    """An example is one sentence without a neighbour that supports it: harder than a document."""
    asked = [
        any(
            one.rule.id == rule.id and one.action is not Action.NOTE
            for one in every_finding(document_of(hit), ruleset, DAY).findings
        )
        for rule in doubted(ruleset)
        for hit in rule.hits
    ]
    assert sum(asked) >= 0.97 * len(asked)


def test_a_doubted_word_in_a_notice_asks_for_nothing_and_a_leak_beside_it_does(ruleset: Ruleset) -> None:
    lawful = "县供电公司昨日完成变电站检修，供电恢复正常。"
    found = detect(document_of(Specimen(text=lawful + LEAK)), ruleset, today=DAY).findings
    assert {one.rule.category for one in found if one.action is not Action.NOTE}
    assert all(one.span.start >= len(lawful) for one in found if one.action is not Action.NOTE)
