"""Working days: make-up workdays, holidays, year ends, and years that nobody entered."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest

from reviewer.errors import ConfigurationError
from reviewer.signoff.calendar import Calendar, UnknownYearError, read_years, shipped_calendar
from reviewer.strict import Table

CALENDAR = shipped_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        pytest.param("2026-03-02", True, id="a Monday"),
        pytest.param("2026-03-07", False, id="a Saturday"),
        pytest.param("2026-02-14", True, id="a Saturday worked before the Spring Festival"),
        pytest.param("2026-02-28", True, id="a Saturday worked after it"),
        pytest.param("2026-02-16", False, id="a Monday in it"),
        pytest.param("2026-02-23", False, id="its last day"),
        pytest.param("2026-02-24", True, id="the day after"),
        pytest.param("2026-01-04", True, id="a Sunday worked after New Year"),
        pytest.param("2025-10-08", False, id="the eighth day of October 2025"),
        pytest.param("2025-10-11", True, id="a Saturday worked for it"),
        pytest.param("2024-02-09", True, id="New Year's Eve of 2024: rest was encouraged, not ordered"),
        pytest.param("2026-12-31", True, id="the last day entered"),
    ],
)
def test_a_day_is_worked_or_not(when: str, works: bool) -> None:
    assert CALENDAR.works(day(when)) is works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        pytest.param("2026-03-02", 1, "2026-03-03", id="the day itself is not counted"),
        pytest.param("2026-03-06", 1, "2026-03-09", id="over a weekend"),
        pytest.param("2026-02-13", 2, "2026-02-24", id="a make-up Saturday counts, then the festival"),
        pytest.param("2026-02-13", 5, "2026-02-27", id="five days over the Spring Festival take two weeks"),
        pytest.param("2026-02-15", 1, "2026-02-24", id="begun on a holiday"),
        pytest.param("2026-09-30", 5, "2026-10-13", id="over National Day, with a Saturday worked"),
        pytest.param("2025-12-30", 3, "2026-01-05", id="over the year's end: 31 December, Sunday the 4th, Monday"),
        pytest.param("2026-03-02", 20, "2026-03-30", id="twenty working days"),
        pytest.param("2026-04-30", 15, "2026-05-25", id="fifteen over Labour Day"),
    ],
)
def test_the_nth_working_day(start: str, count: int, end: str) -> None:
    assert CALENDAR.following(day(start), count) == day(end)
    assert CALENDAR.between(day(start), day(end)) == count


def test_suspended_days_are_not_counted() -> None:
    waiting = {day("2026-03-03"), day("2026-03-04")}
    assert CALENDAR.following(day("2026-03-02"), 2, waiting.__contains__) == day("2026-03-06")


@pytest.mark.parametrize("when", ["2027-01-01", "2023-12-31"])
def test_an_unknown_year_is_an_error(when: str) -> None:
    with pytest.raises(UnknownYearError, match=f"{when[:4]} 年放假安排没有录入.*reviewer.toml"):
        CALENDAR.works(day(when))


def test_a_period_that_reaches_into_an_unknown_year_is_an_error() -> None:
    assert CALENDAR.following(day("2026-12-30"), 1) == day("2026-12-31")
    with pytest.raises(UnknownYearError, match="2027"):
        CALENDAR.following(day("2026-12-30"), 2)


def test_every_day_agrees_with_the_published_library() -> None:
    library = pytest.importorskip("chinese_calendar")
    at = day("2024-01-01")
    while at.year < 2027:
        assert CALENDAR.works(at) is library.is_workday(at), at
        at += timedelta(days=1)


def test_every_year_names_its_notice() -> None:
    assert [known.year for known in CALENDAR.years] == [2024, 2025, 2026]
    assert all("国办发明电〔" in known.source for known in CALENDAR.years)


OWN = """
[[calendar]]
year = 2027
source = "国办发明电〔2026〕某号"
off = ["2027-01-01/2027-01-03"]
work = ["2027-01-09"]
"""


def entered(text: str) -> Calendar:
    return CALENDAR.with_years(read_years(Table(tomllib.loads(text), "reviewer.toml")))


def test_an_office_enters_the_next_year() -> None:
    own = entered(OWN)
    assert own.following(day("2026-12-31"), 6) == day("2027-01-09")


def test_a_notice_may_reach_into_the_december_before() -> None:
    own = entered(OWN.replace('"2027-01-01/2027-01-03"', '"2026-12-31/2027-01-03"'))
    assert not own.works(day("2026-12-31"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("year = 2027", "year = 2026.5"), "“year”应为整数"),
        (('source = "国办发明电〔2026〕某号"', ""), "缺少“source”"),
        (("2027-01-09", "2027-01-08"), "2027-01-08 不是要上班的周末"),
        (("2027-01-09", "2027-01-02"), "2027-01-02 不是要上班的周末"),
        (("2027-01-01/2027-01-03", "1 月 1 日"), "应写作 2026-05-01"),
        (("2027-01-01/2027-01-03", "2027-01-03/2027-01-01"), "应写作"),
        (("2027-01-01/2027-01-03", "2026-11-02"), "2026-11-02 不在 2027 年"),
        (("2027-01-01/2027-01-03", "2027-01-02"), "不像全年安排"),
        (("work =", "wrok ="), "不认识的键：wrok"),
        (("[[calendar]]", OWN + "[[calendar]]"), "2027 年录入了两次"),
    ],
)
def test_a_year_is_entered_strictly(change: tuple[str, str], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        entered(OWN.replace(*change))
