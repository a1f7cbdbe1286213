"""The verdict is a pure function, and nothing that is added ever lowers it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.judge import Settlement, decide, judge
from reviewer.judge.sealing import seal
from reviewer.judge.settling import NOTHING_SETTLED, RuleOff
from reviewer.terms import (
    Action,
    Category,
    Decision,
    DetectorKind,
    Disposition,
    Document,
    Engine,
    Finding,
    Gap,
    Rule,
    Ruling,
    Segment,
    Severity,
    Span,
    Specimen,
)

TODAY = "2026-11-24"
ENGINE = Engine(version="0", rules="r", model="m", policy="p")
RULE = Rule(
    id="personal-privacy/mobile",
    kind=DetectorKind.IDENTIFIER,
    title="手机号",
    title_en="mobile",
    category=Category.PERSONAL_PRIVACY,
    type="mobile_phone",
    severity=Severity.HIGH,
    action=Action.MASK,
    confidence=0.9,
    basis=("依据",),
    remedy="删",
    remedy_en="delete",
    since="0.1",
    hits=(Specimen(text="x"),),
    misses=(Specimen(text="y"),),
    match=None,
)
TEXT = "联系电话：0715-8230011。"
DOCUMENT = Document(
    path="a.txt",
    name="a.txt",
    media_type="text/plain",
    sha256="0" * 64,
    sm3="0" * 64,
    size_bytes=9,
    text=TEXT,
    segments=(Segment(place="¶1", text=TEXT, start=0),),
)


def finding(action: Action = Action.MASK, fingerprint: str = "f") -> Finding:
    return Finding(
        rule=RULE,
        type=RULE.type,
        severity=RULE.severity,
        confidence=0.9,
        action=action,
        span=Span(segment=0, start=5, end=17),
        fingerprint=fingerprint,
    )


findings = st.lists(st.sampled_from(list(Action)).map(finding), max_size=6)
gaps = st.lists(st.just(Gap(place="p1", reason="r")), max_size=2)


@given(findings, gaps, st.sampled_from(list(Action)).map(finding))
def test_one_more_finding_never_lowers_the_decision(held: list[Finding], unread: list[Gap], more: Finding) -> None:
    assert decide([*held, more], unread) >= decide(held, unread)


@given(findings, gaps)
def test_one_more_gap_never_lowers_it_and_is_never_clear(held: list[Finding], unread: list[Gap]) -> None:
    more = [*unread, Gap(place="p2", reason="r")]
    assert decide(held, more) >= max(decide(held, unread), Decision.REFER)


@pytest.mark.parametrize(
    ("action", "decision"),
    [
        (Action.NOTE, Decision.CLEAR),
        (Action.MASK, Decision.REDACT),
        (Action.REMOVE, Decision.REDACT),
        (Action.REFER, Decision.REFER),
        (Action.BLOCK, Decision.BLOCK),
    ],
)
def test_each_action_asks_for_its_decision(action: Action, decision: Decision) -> None:
    assert judge(DOCUMENT, [finding(action)], NOTHING_SETTLED, ENGINE, today=TODAY).decision is decision


def ruled(ruling: Ruling, until: str = "2027-01-01") -> Settlement:
    word = Disposition(fingerprint="f", ruling=ruling, by="李四", reason="误报", until=until)
    return replace(NOTHING_SETTLED, dispositions={"f": word})


def test_a_ruling_leaves_the_finding_out_and_says_by_whom() -> None:
    verdict = judge(DOCUMENT, [finding()], ruled(Ruling.FALSE_POSITIVE), ENGINE, today=TODAY)
    assert (verdict.decision, verdict.findings) == (Decision.CLEAR, ())
    assert verdict.set_aside[0].disposition.by == "李四"


@pytest.mark.parametrize(
    ("settlement", "action"),
    [
        pytest.param(ruled(Ruling.FALSE_POSITIVE, "2026-11-23"), Action.MASK, id="lapsed"),
        pytest.param(ruled(Ruling.CONFIRMED), Action.MASK, id="confirmed is no release"),
        pytest.param(ruled(Ruling.FALSE_POSITIVE), Action.BLOCK, id="a mark is not for a file to rule on"),
    ],
)
def test_a_ruling_that_does_not_count_leaves_the_finding_standing(settlement: Settlement, action: Action) -> None:
    assert judge(DOCUMENT, [finding(action)], settlement, ENGINE, today=TODAY).findings


def test_the_offices_own_published_number_is_set_aside() -> None:
    settlement = replace(NOTHING_SETTLED, contacts=frozenset({"07158230011"}))
    assert judge(DOCUMENT, [finding()], settlement, ENGINE, today=TODAY).decision is Decision.CLEAR


def test_a_rule_switched_off_is_set_aside_not_forgotten() -> None:
    off = RuleOff(rule=RULE.id, by="王五", reason="依法公开", until="2027-01-01")
    verdict = judge(DOCUMENT, [finding()], replace(NOTHING_SETTLED, rules_off={RULE.id: off}), ENGINE, today=TODAY)
    assert verdict.set_aside[0].disposition.reason == "依法公开"


SALT = "0" * 32


@pytest.mark.parametrize(
    ("ruled_on", "decision"),
    [
        pytest.param("0715-8230011", Decision.CLEAR, id="the same words"),
        pytest.param("0715 -8230011", Decision.CLEAR, id="white space does not count"),
        pytest.param("0715-8230021", Decision.REDACT, id="another number with the same ends"),
    ],
)
def test_a_sealed_ruling_holds_for_its_own_words(ruled_on: str, decision: Decision) -> None:
    word = Disposition(
        fingerprint="f",
        ruling=Ruling.FALSE_POSITIVE,
        by="李四",
        reason="总机",
        until="2027-01-01",
        seal=seal(ruled_on, SALT),
        salt=SALT,
    )
    settled = replace(NOTHING_SETTLED, dispositions={"f": word})
    assert judge(DOCUMENT, [finding()], settled, ENGINE, today=TODAY).decision is decision


@pytest.mark.parametrize(
    ("second", "decision"), [("", Decision.REFER), ("李四", Decision.REFER), ("王五", Decision.CLEAR)]
)
def test_a_work_secret_is_set_aside_by_two(second: str, decision: Decision) -> None:
    secret = replace(finding(Action.REFER), rule=replace(RULE, category=Category.WORK_SECRET))
    start, end = secret.span.start, secret.span.end
    word = Disposition(
        fingerprint="f",
        ruling=Ruling.RELEASABLE,
        by="李四",
        second=second,
        reason="已公开",
        until="2027-01-01",
        seal=seal(TEXT[start:end], SALT),
        salt=SALT,
    )
    settled = replace(NOTHING_SETTLED, dispositions={"f": word})
    assert judge(DOCUMENT, [secret], settled, ENGINE, today=TODAY).decision is decision
