"""Publicity periods (公示期): from when to when a list or a decision is held out for objections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from reviewer.text.dates import dates, range_end, signing_date
from reviewer.text.lazy import lazy
from reviewer.text.numerals import number_of
from reviewer.value import dataclass

_CALLED = lazy(
    r"公示(?:期限|期间|时间|时限|日期|起止(?:时间|日期)|截止(?:时间|日期)|时间段|期)(?![满内如结届])\s*(?:为|是|从|自|共|共计|定为|[:：])*\s*"
)
_REACH = 60  # characters behind the word in which its dates or days stand
# A statute says how long others must publicise; that is no period of its own.
_NORMATIVE = lazy(r"不得?少于|不得?低于|不得?超过|不短于|应当|不应|至少|一般|以上|原则上")
_UNTIL = lazy(r"(?:截至|截止到?|至|到)\s*$")
_DAYS = lazy(
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?P<unit>个?工作日|个?自然日|日历天|天|日(?!前)|个?星期|周|个月)"
)
_WORKING = "工作日"
_UNIT_DAYS = {"周": 7, "星期": 7, "个星期": 7, "个月": 31}
_HOLIDAYS = 9  # days by which a holiday with its exchanged weekends may put off the end of working days


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of the text that gives a publicity period, and its last day; never earlier than the true one."""

    start: int
    end: int
    last: date


def publicity_periods(text: str) -> Iterator[Period]:
    """The periods of folded text that have a last day, in its order.

    Days without a beginning count from the document's own date (成文日期); working days leave room for holidays.
    """
    signed = _Signed(text)
    for called in _CALLED.finditer(text):
        line_end = text.find("\n", called.end())
        stop = min(called.end() + _REACH, line_end if line_end >= 0 else len(text))
        full_stop = text.find("。", called.end(), stop)
        said = text[called.end() : full_stop if full_stop >= 0 else stop]
        found = _last_day(said, signed)
        if found is not None and not _NORMATIVE.search(text, max(0, called.start() - 12), called.end() + len(said)):
            last, length = found
            yield Period(start=called.start(), end=called.end() + length, last=last)


class _Signed:
    """The document's own date, looked for once, when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def day(self) -> date | None:
        return signing_date(self._text)


def _last_day(said: str, signed: _Signed) -> tuple[date, int] | None:
    """(the last day, how much of what is said tells it)."""
    known = list(dates(said))
    if known:
        return _dated(said, known)
    days = _DAYS.search(said)
    begun = signed.day if days else None
    if days is None or begun is None:
        return None
    return _counted(begun, days["count"], days["unit"]), days.end()


def _dated(said: str, known: list[tuple[int, int, date]]) -> tuple[date, int] | None:
    start, end, first = known[0]
    second = range_end(said, end, first)
    if second is not None:
        return second[1], second[0]
    if len(known) > 1 and known[1][0] - end <= 12:
        return known[1][2], known[1][1]
    days = _DAYS.search(said, end) or _DAYS.search(said, 0, start)
    if days:
        return _counted(first, days["count"], days["unit"]), max(days.end(), end)
    return (first, end) if _UNTIL.search(said, 0, start) else None


def _counted(begun: date, count: str, unit: str) -> date:
    number = int(count) if count.isascii() else number_of(count) or 0
    if not unit.endswith(_WORKING):
        return begun + timedelta(days=number * _UNIT_DAYS.get(unit, 1))
    last = begun
    while number > 0:
        last += timedelta(days=1)
        number -= last.weekday() < 5
    return last + timedelta(days=_HOLIDAYS)
