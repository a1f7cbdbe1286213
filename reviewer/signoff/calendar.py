"""Working days in China: Monday to Friday, less the public holidays, with the make-up workdays; nothing is guessed.

The State Council's office announces each year's holidays in the autumn before (国办发明电). A year that was not entered
is an error: a calendar that guesses makes deadlines that nobody ordered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.strict import Table

DATA = Path(__file__).parent / "working_days.toml"
_DAY = timedelta(days=1)
_SATURDAY = 5


class UnknownYearError(ConfigurationError):
    """The holidays of a year were not entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One year's notice: days off beside or within the week, and the weekend days that are worked."""

    year: int
    source: str
    off: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The years that are known, each once."""

    years: tuple[Year, ...]

    def works(self, day: date) -> bool:
        """Whether the day is a working day. Raises UnknownYearError."""
        if all(known.year != day.year for known in self.years):
            raise UnknownYearError(
                tr(
                    f"{day.year} 年放假安排没有录入，工作日算不出；在 reviewer.toml 加一段 [[calendar]]"
                    f"（year = {day.year}，source 写国办通知文号，off、work 列日期）",
                    f"the holidays of {day.year} were not entered, so working days cannot be counted; add a "
                    f"[[calendar]] to reviewer.toml (year = {day.year}, source, off, work)",
                )
            )
        if any(day in known.work for known in self.years):
            return True
        return day.weekday() < _SATURDAY and all(day not in known.off for known in self.years)

    def following(self, start: date, count: int, suspended: Callable[[date], bool] = lambda day: False) -> date:
        """The `count`-th working day after `start`, which itself is not counted; suspended days are not either.

        开始的当日不计入，自下一日开始计算 (民法典第二百零一条). `suspended` must end some time.
        """
        day, left = start, count
        while left:
            day += _DAY
            if not suspended(day) and self.works(day):
                left -= 1
        return day

    def between(self, start: date, end: date, suspended: Callable[[date], bool] = lambda day: False) -> int:
        """How many working days lie after `start`, up to and with `end`."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(1 for day in days if not suspended(day) and self.works(day))

    def with_years(self, own: Iterable[Year]) -> Calendar:
        """The same with an office's own years; what the office enters for a year replaces what was shipped."""
        entered = {known.year: known for known in (*self.years, *own)}
        return Calendar(years=tuple(entered[year] for year in sorted(entered)))


@cache
def shipped_calendar() -> Calendar:
    """The years that ship with the program."""
    return Calendar(years=read_years(Table(tomllib.loads(DATA.read_text("utf-8")), DATA.name)))


def read_years(table: Table) -> tuple[Year, ...]:
    """The `[[calendar]]` entries of a file; raises ConfigurationError naming entry and date."""
    years = tuple(_year(item, f"{table.where} calendar {n}") for n, item in enumerate(table.items("calendar", ()), 1))
    twice = {known.year for known in years if sum(other.year == known.year for other in years) > 1}
    if twice:
        raise table.error(tr(f"{min(twice)} 年录入了两次", f"the year {min(twice)} is entered twice"))
    return years


def _year(data: object, where: str) -> Year:
    table = Table(data, where)
    year = table.integer("year")
    entered = Year(
        year=year,
        source=table.string("source"),
        off=frozenset(day for text in table.strings("off") for day in _days(text, table)),
        work=frozenset(day for text in table.strings("work", ()) for day in _days(text, table)),
    )
    table.finish()
    for day in sorted(entered.off | entered.work):
        # A notice may reach into the December before it (2022-12-31 was in the notice for 2023).
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise table.error(tr(f"{day} 不在 {year} 年", f"{day} is not in {year}"))
    for day in sorted(entered.work):
        if day.weekday() < _SATURDAY or day in entered.off:
            raise table.error(tr(f"work：{day} 不是要上班的周末", f"work: {day} is no weekend day that is worked"))
    if not any(day.weekday() < _SATURDAY for day in entered.off):
        raise table.error(
            tr("off：没有一天是工作日放假，不像全年安排", "off: no weekday among them: not a year's notice")
        )
    return entered


def _days(text: str, table: Table) -> Iterator[date]:
    """“2026-05-01” or “2026-05-01/2026-05-05”, both ends with it."""
    first, _, last = text.partition("/")
    try:
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        day, end = date.max, date.min
    if end < day or end - day > timedelta(days=31):
        raise table.error(
            tr(
                f"“{text}”应写作 2026-05-01 或 2026-05-01/2026-05-05",
                f"“{text}”: write 2026-05-01 or 2026-05-01/2026-05-05",
            )
        )
    while day <= end:
        yield day
        day += _DAY
