"""Publicity periods and their last day."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.text.periods import publicity_periods

SIGNED = "\n青石县人社局\n2024年3月1日\n"  # a Friday


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("公示期为2024年3月1日至3月7日", date(2024, 3, 7)),
        ("公示时间：2024年3月1日—2024年3月7日", date(2024, 3, 7)),
        ("公示时间：2024年3月1日-7日", date(2024, 3, 7)),
        ("公示期限：2024.3.1-2024.3.7", date(2024, 3, 7)),
        ("公示期自2024年12月28日起至2025年1月3日止", date(2025, 1, 3)),
        ("公示期自2024年12月28日至1月3日", date(2025, 1, 3)),
        ("公示期：二〇二四年三月一日至三月七日", date(2024, 3, 7)),
        ("公示时间截至2024年3月7日", date(2024, 3, 7)),
        ("公示期限7天（2024年3月1日至2024年3月7日）", date(2024, 3, 7)),
        ("公示期：自2024年3月1日起7天", date(2024, 3, 8)),
        ("公示期为7天。" + SIGNED, date(2024, 3, 8)),
        ("公示期一周。" + SIGNED, date(2024, 3, 8)),
        pytest.param("公示期为5个工作日。" + SIGNED, date(2024, 3, 17), id="with room for a holiday"),
        pytest.param("公示期为五个工作日。" + SIGNED, date(2024, 3, 17), id="in Chinese numerals"),
        pytest.param("公示期5个工作日（2024年3月1日-3月7日）", date(2024, 3, 7), id="dates before days"),
    ],
)
def test_the_last_day(text: str, last: date) -> None:
    (period,) = publicity_periods(text)
    assert period.last == last
    assert text[period.start : period.end].startswith("公示")


@pytest.mark.parametrize(
    "text",
    [
        "公示期不少于十日。" + SIGNED,
        "应当公示，公示期限为十五日。" + SIGNED,
        "公示期为5个工作日。",
        "公示期满后，2024年3月1日公布结果。",
        "公示期间如有异议，请于2024年3月7日前反映。",
        "公示内容：2024年3月1日至3月7日的检查情况。",
        "公示期为2024年2月30日",
    ],
)
def test_no_period(text: str) -> None:
    assert list(publicity_periods(text)) == []
