"""Dates as documents write them: 2026年3月5日, 二〇二六年三月五日, 2026-03-05, 2026.3.5."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewer.text.lazy import lazy

_NUMERALS = ("〇○零0", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {char: str(value) for value, chars in enumerate(_NUMERALS) for char in chars}
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})\s?[年./-]\s?"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?[月./-]\s?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?!\d)日?"
_DATE = lazy(_YEAR + _MONTH + _DAY)
_RANGE_END = lazy(
    r"\s*+(?:\d{1,2}[时点:：]\d{0,2}分?\s*+)?(?:起|开始)?\s*+(?:[-—–~～－─]{1,3}|至|到|止)\s*+"
    rf"(?:{_YEAR})?(?:{_MONTH})?{_DAY}(?![年月])"
)


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of every date that exists in the calendar, in the order of the text."""
    for match in _DATE.finditer(text):
        try:
            day = date(_year(match["year"]), _small(match["month"]), _small(match["day"]))
        except ValueError:
            continue
        yield match.start(), match.end(), day


def range_end(text: str, at: int, first: date) -> tuple[int, date] | None:
    """(end, day) of the second date of a range whose first ends at `at`; year, or year and month, may be left out."""
    match = _RANGE_END.match(text, at)
    if match is None:
        return None
    month = _small(match["month"]) if match["month"] else first.month
    try:
        last = date(_year(match["year"]) if match["year"] else first.year, month, _small(match["day"]))
        return match.end(), last if last >= first or match["year"] else last.replace(year=last.year + 1)
    except ValueError:
        return None


def signing_date(text: str) -> date | None:
    """The 成文日期: the last date that stands alone on its line (GB/T 9704-2012), if there is one."""
    last = None
    for start, end, day in dates(text):
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        around = text[line_start:start] + text[end : line_end if line_end >= 0 else len(text)]
        if not around.strip():
            last = day
    return last


def after_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _year(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int("".join(_DIGITS[char] for char in text))


def _small(text: str) -> int:
    """1 to 31 in Arabic or Chinese numerals."""
    if text.isascii():
        return int(text)
    tens, has_tens, ones = text.rpartition("十")
    if not has_tens:
        return int(_DIGITS[text])
    return 10 * (int(_DIGITS[tens]) if tens else 1) + (int(_DIGITS[ones]) if ones else 0)
