"""Periods that are over are told, and never change a verdict."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.detect import Ruleset, detect
from reviewer.detect.specimen import document_of
from reviewer.terms import Action, Finding, Severity, Specimen

LIST = "关于拟录用人员的公示\n现将名单予以公示。\n公示时间：2026年3月1日至3月7日\n姓名\t单位\n"
DECISION = "青石县城市总体规划公示\n公示时间：2026年3月1日至3月7日\n欢迎提出意见。\n"


def told(rules: Ruleset, text: str, today: date) -> list[Finding]:
    found = detect(document_of(Specimen(text=text)), rules, today=today).findings
    return [finding for finding in found if finding.type == "expired_publicity"]


@pytest.mark.parametrize(("day", "count"), [(date(2026, 3, 7), 0), (date(2026, 3, 8), 1), (date(2027, 1, 1), 1)])
def test_from_the_day_after(ruleset: Ruleset, day: date, count: int) -> None:
    assert len(told(ruleset, LIST, day)) == count


@pytest.mark.parametrize(("text", "severity"), [(LIST, Severity.HIGH), (DECISION, Severity.MEDIUM)])
def test_persons_make_it_graver_and_it_stays_a_note(ruleset: Ruleset, text: str, severity: Severity) -> None:
    (finding,) = told(ruleset, text, date(2026, 4, 1))
    assert (finding.severity, finding.action) == (severity, Action.NOTE)
    assert "2026-03-07" in finding.note


def test_the_last_of_several_periods_counts(ruleset: Ruleset) -> None:
    text = LIST + "公示时间延长，公示期限至2026年5月1日止。\n公示时间：2026年3月1日至5月1日\n"
    assert told(ruleset, text, date(2026, 4, 1)) == []


@pytest.mark.parametrize("title", ["行政处罚信息公示", "2025年失信被执行人名单公示", "行政许可决定公示"])
def test_what_stays_public_by_law_is_left_alone(ruleset: Ruleset, title: str) -> None:
    assert told(ruleset, f"{title}\n公示时间：2025年3月1日至3月7日\n", date(2026, 4, 1)) == []
