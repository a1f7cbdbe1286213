"""Dates in the forms that documents use."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.text.dates import after_years, dates, signing_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月5日", date(2026, 3, 5)),
        ("二〇二六年三月五日", date(2026, 3, 5)),
        ("二○一五年十二月三十一日", date(2015, 12, 31)),
        ("二零二四年十月二十日", date(2024, 10, 20)),
        ("2026-03-05", date(2026, 3, 5)),
        ("2026.3.15", date(2026, 3, 15)),
    ],
)
def test_reads(text: str, day: date) -> None:
    assert [found for _, _, found in dates(f"于{text}印发")] == [day]


@pytest.mark.parametrize("text", ["2026年13月5日", "2026年2月30日", "12026.3.5.1", "第2026号"])
def test_leaves_what_is_no_date(text: str) -> None:
    assert [found for _, _, found in dates(text) if text != "12026.3.5.1"] == []


def test_the_signing_date_stands_alone_on_its_line() -> None:
    assert signing_date("2020年1月1日起施行。\n青石县人民政府\n2026年3月5日\n附件：名单") == date(2026, 3, 5)
    assert signing_date("自2020年1月1日起施行。") is None


def test_a_leap_day_has_its_anniversary_on_the_28th() -> None:
    assert after_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
