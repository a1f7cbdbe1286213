"""What words alone say is only noted where the classifier holds the sentence for lawful."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.detect import Ruleset, detect
from reviewer.detect.concept import Meeting
from reviewer.detect.run import every_finding
from reviewer.detect.specimen import document_of
from reviewer.terms import Action, DetectorKind, Specimen

DAY = date(2026, 1, 1)
LEAK = "围堰西段有一处渗水没有处理，夜里无人值守，外人翻过矮墙就能走到闸机旁。"
RULE = "work-secret/meeting-dissent"
TEXT = "会上李局长提出异议，认为补偿标准偏高，要求再议。"


def actions(ruleset: Ruleset) -> list[tuple[Action, str]]:
    found = every_finding(document_of(Specimen(text=TEXT)), ruleset, DAY).findings
    return [(one.action, one.note) for one in found if one.rule.id == RULE]


@pytest.mark.parametrize(("chance", "action"), [(0.001, Action.NOTE), (0.06, Action.REFER), (None, Action.REFER)])
def test_a_finding_that_the_classifier_doubts_is_noted_and_says_why(
    ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch, chance: float | None, action: Action
) -> None:
    monkeypatch.setattr("reviewer.detect.concept.likelihood", lambda *_: chance)
    ((told, note),) = actions(ruleset)
    assert told is action
    assert ("0.1%" in note) == (action is Action.NOTE)


def test_only_what_refers_may_be_doubted_and_never_a_mark(ruleset: Ruleset) -> None:
    doubted = [rule for rule in ruleset.rules if isinstance(rule.match, Meeting) and rule.match.doubt]
    assert len(doubted) > 100
    assert {(rule.kind, rule.action) for rule in doubted} == {(DetectorKind.CONCEPT, Action.REFER)}


def test_nearly_all_examples_of_doubted_rules_ask_for_action(ruleset: Ruleset) -> None:
    """An example is one sentence without a neighbour that supports it: harder than a document."""
    asked = [
        any(
            one.rule.id == rule.id and one.action is not Action.NOTE
            for one in every_finding(document_of(hit), ruleset, DAY).findings
        )
        for rule in ruleset.rules
        if isinstance(rule.match, Meeting) and rule.match.doubt
        for hit in rule.hits
    ]
    assert sum(asked) >= 0.97 * len(asked)


def test_a_doubted_word_in_a_notice_asks_for_nothing_and_a_leak_beside_it_does(ruleset: Ruleset) -> None:
    lawful = "县供电公司昨日完成变电站检修，供电恢复正常。"
    found = detect(document_of(Specimen(text=lawful + LEAK)), ruleset, today=DAY).findings
    assert {one.rule.category for one in found if one.action is not Action.NOTE}
    assert all(one.span.start >= len(lawful) for one in found if one.action is not Action.NOTE)
