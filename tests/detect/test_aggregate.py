"""Bulk: the number of records decides how grave a list is, whatever stands in it."""

from __future__ import annotations

import pytest
from persons import TODAY, resident_id, rules

from reviewer.detect import detect
from reviewer.detect.aggregate import decode
from reviewer.detect.specimen import document_of
from reviewer.errors import ConfigurationError
from reviewer.strict import Table
from reviewer.terms import Action, Finding, Severity, Specimen


def _bulk(rows: int) -> list[Finding]:
    body = "\n".join(f"王桂花\t{resident_id('19080607', 1 + at % 999)}" for at in range(rows))
    document = document_of(Specimen(text="姓名\t身份证号\n" + body))
    return [f for f in detect(document, rules(), today=TODAY).findings if f.type == "personal_data_bulk"]


@pytest.mark.parametrize(
    ("rows", "severity", "action"),
    [
        (25, Severity.HIGH, Action.NOTE),
        (249, Severity.HIGH, Action.NOTE),
        (250, Severity.CRITICAL, Action.REFER),
        (2500, Severity.CRITICAL, Action.REFER),
    ],
)
def test_counts_raise_the_severity(rows: int, severity: Severity, action: Action) -> None:
    (finding,) = _bulk(rows)
    assert (finding.severity, finding.action) == (severity, action)
    assert f"{rows} 条" in finding.note
    assert ("立即报告" in finding.note) is (rows >= 2500)


def test_a_short_list_is_no_bulk() -> None:
    assert _bulk(24) == []


def test_it_stands_at_the_first_record() -> None:
    (finding,) = _bulk(30)
    assert finding.span.start == len("姓名\t身份证号\n")


@pytest.mark.parametrize("rows", [1, 250])
def test_steps_must_rise(rows: int) -> None:
    table = {"category": "personal_privacy", "rows": rows, "refer_rows": 250, "grave_rows": 2500}
    with pytest.raises(ConfigurationError, match="refer_rows"):
        decode(Table(table, "样例"))
