"""How much of a finding a report shows: a datum is recognised by its outline and cannot be read from it."""

from __future__ import annotations

import pytest

from reviewer.detect import Ruleset
from reviewer.language import use_language
from reviewer.report.masking import Reveal, length_only, masked, shown
from reviewer.terms import Action, Category, DetectorKind, Finding, Rule, Severity, Span, Specimen

NUMBER = "110101190001010015"


def finding(text: str, *, category: Category, kind: DetectorKind, type: str = "resident_id") -> Finding:
    rule = Rule(
        id="a/b",
        kind=kind,
        title="题",
        title_en="title",
        category=category,
        type=type,
        severity=Severity.HIGH,
        action=Action.MASK,
        confidence=0.9,
        basis=("条例第十五条",),
        remedy="改",
        remedy_en="cure",
        since="0.1",
        hits=(Specimen(text="x"),),
        misses=(Specimen(text="y"),),
        match=None,
    )
    return Finding(
        rule=rule,
        type=type,
        severity=Severity.HIGH,
        confidence=0.9,
        action=Action.MASK,
        span=Span(segment=0, start=0, end=len(text)),
        fingerprint="f" * 32,
    )


@pytest.mark.parametrize(
    ("text", "kind", "outline"),
    [
        (NUMBER, "resident_id", "11010*********0015"),
        ("13900000000", "mobile_phone", "139******00"),
        ("someone@example.org", "email", "s***@example.org"),
        ("张三丰", "name_linked", "张**"),
        ("王某", "victim_identity", "王*"),
        ("青A12345", "plate", "青A1**45"),
        ("癌症", "medical_condition", "癌*"),
        ("甲", "name_linked", "甲"),
    ],
)
def test_masked(text: str, kind: str, outline: str) -> None:
    assert masked(text, kind) == outline
    assert len(text) < 3 or masked(text, kind) != text


def test_a_passage_shows_its_length_not_its_words() -> None:
    text = "关于某某同志的举报材料里写明了举报人住在何处以及平时的行踪"
    assert masked(text, "whistleblower_identity") == f"关于某某…［{len(text)} 字，不显示］"


@pytest.mark.parametrize(
    ("reveal", "text"), [(Reveal.NONE, ""), (Reveal.MASKED, "11010*********0015"), (Reveal.FULL, NUMBER)]
)
def test_reveal(reveal: Reveal, text: str) -> None:
    privacy = finding(NUMBER, category=Category.PERSONAL_PRIVACY, kind=DetectorKind.IDENTIFIER)
    assert shown(privacy, NUMBER, reveal) == text


@pytest.mark.parametrize("reveal", Reveal)
@pytest.mark.parametrize("kind", sorted(set(DetectorKind) - {DetectorKind.MARK}))
def test_a_suspected_secret_is_never_shown(reveal: Reveal, kind: DetectorKind) -> None:
    text = "某型号的射程"
    secret = finding(text, category=Category.STATE_SECRET, kind=kind)
    assert shown(secret, text, reveal) in ("", length_only(text))


def test_of_a_mark_only_the_mark() -> None:
    mark = finding("机密★10年", category=Category.STATE_SECRET, kind=DetectorKind.MARK)
    assert shown(mark, "机密★10年", Reveal.MASKED) == "机密★10年"
    assert shown(mark, "机密★10年", Reveal.NONE) == ""


def test_the_length_speaks_english_too() -> None:
    use_language("en")
    assert length_only("四个汉字") == "[4 characters, not shown]"


def test_every_shipped_personal_rule_masks_its_own_examples(ruleset: Ruleset) -> None:
    """Whatever a rule finds in its hits, the outline is not the datum."""
    for rule in ruleset.rules:
        if rule.category is not Category.PERSONAL_PRIVACY:
            continue
        for hit in rule.hits:
            text = hit.text.partition("⟦")[2].partition("⟧")[0]
            outline = shown(_at(rule, text), text, Reveal.MASKED)
            assert len(text) <= 2 or outline != text


def _at(rule: Rule, text: str) -> Finding:
    return Finding(
        rule=rule,
        type=rule.type,
        severity=rule.severity,
        confidence=rule.confidence,
        action=rule.action,
        span=Span(segment=0, start=0, end=len(text)),
        fingerprint="f" * 32,
    )
