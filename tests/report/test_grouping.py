"""Occurrences as people read them: once, gravest first."""

from __future__ import annotations

from dataclasses import replace

from made_reports import MARK, NOTE, NUMBER, PLACE, column, report

from reviewer.report.form import Excerpt
from reviewer.report.grouping import counted, issues


def test_a_column_is_one_issue_whose_place_is_its_note() -> None:
    (issue,) = issues(report(*column(128)))
    assert len(issue.rows) == 128
    assert issue.places == "列 C“身份证号”，第 2–129 行，共 128 个"
    assert issue.notes == ()


def test_the_same_rule_in_several_places_is_one_issue_with_its_places() -> None:
    rows = [replace(NUMBER, location=replace(PLACE, place=f"¶{n}", start=n)) for n in range(1, 10)]
    (issue,) = issues(report(*rows))
    assert issue.places == "¶1、¶2、¶3、¶4、¶5、¶6 等，共 9 处"


def test_one_place_needs_no_count() -> None:
    (issue,) = issues(report(NUMBER))
    assert issue.places == "¶4"


def test_hidden_and_seen_are_two_issues() -> None:
    hidden = replace(NUMBER, location=replace(PLACE, hidden=True))
    shown, concealed = issues(report(NUMBER, hidden))
    assert (shown.places, concealed.places) == ("¶4", "¶4（隐藏）")


def test_another_action_of_the_same_rule_is_another_issue() -> None:
    assert len(issues(report(NUMBER, replace(NUMBER, action="refer")))) == 2


def test_gravest_first_then_by_place() -> None:
    late = replace(NUMBER, rule="a/b", location=replace(PLACE, start=500))
    grave = replace(NUMBER, rule="a/c", severity="critical", location=replace(PLACE, start=900))
    told = issues(report(NOTE, late, NUMBER, grave, MARK))
    assert [issue.first.rule for issue in told] == [MARK.rule, "a/c", NUMBER.rule, "a/b", NOTE.rule]


def test_notes_are_told_once_each() -> None:
    rows = [replace(NUMBER, note=note) for note in ("甲", "乙", "甲", "")]
    (issue,) = issues(report(*rows))
    assert issue.notes == ("甲", "乙")


def test_the_first_excerpt_that_may_be_shown_stands_for_all() -> None:
    excerpt = Excerpt(before="", hit="x", after="")
    (issue,) = issues(report(NUMBER, NUMBER, excerpts=(None, excerpt)))
    assert issue.excerpt == excerpt


def test_counted_gravest_first() -> None:
    made = [report(verdict=verdict) for verdict in ("clear", "block", "clear", "redact")]
    assert list(counted(made).items()) == [("block", 1), ("refer", 0), ("redact", 1), ("clear", 2)]
