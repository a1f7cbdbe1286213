"""Number formats: how a stored number is shown (dates, leading zeros), and which formats hide what stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from reviewer.extract.package.xml import real
from reviewer.extract.telling import telling_number

# ECMA-376-1, 18.8.30, with the Chinese ones of the same table.
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TEXT_ID = 49
_LAST_SERIAL = 2_958_466
"""The day after 9999-12-31: a larger number is no date, whatever its format."""
_LEAP_DAY_THAT_NEVER_WAS = 60
_EXACT_DIGITS = 15

_QUOTED = re.compile(r'"[^"]*"|\\.|[_*].')
_BRACKETED = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_DATE_LETTERS = re.compile(r"[ymdhs]|aaa", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_ESCAPED = re.compile(r"\\(.)")
_LITERAL = re.compile(r'"([^"]*)"')
_USUAL_LITERAL = re.compile(r"[年月日时分秒点上下午星期周元万亿千百角人民币个项件号第\W\d]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One cell format: its number code in sections, and whether its letters vanish on their ground."""

    sections: tuple[str, ...] = ()
    is_date: bool = False
    zeros: int = 0
    pale: bool = False
    on_white: bool = True

    def hides_text(self) -> bool:
        """Whether text in such a cell is not shown: the fourth section is empty."""
        return len(self.sections) > 3 and _is_blank(self.sections[3])

    def hides_number(self, value: float) -> bool:
        """Whether a number is not shown. A zero that is left blank hides nothing."""
        if not self.sections or value == 0:
            return False
        index = 1 if value < 0 and len(self.sections) > 1 else 0
        return len(self.sections) > 1 and _is_blank(self.sections[index])


GENERAL = Format()


def number_text(raw: str, form: Format, *, from_1904: bool) -> str:
    """A stored number as text: dates as ISO, whole numbers with all their digits, the rest plainly."""
    if form.is_date:
        return date_text(raw, from_1904=from_1904)
    if form.zeros and raw.isdigit():
        return raw.zfill(form.zeros)
    return raw if raw.isdigit() else plain_number(raw)


def raw_number(value: float) -> str:
    """A binary number as a workbook in XML would keep it."""
    return repr(value).removesuffix(".0").upper()


def wordy(codes: Iterable[str]) -> Iterator[str]:
    """The number codes that hold words or a long number of their own, each once, as they are spelled."""
    for code in dict.fromkeys(codes):
        spelled = _ESCAPED.sub(r"\1", code)
        if telling_number(spelled) or not all(map(_USUAL_LITERAL.fullmatch, _LITERAL.findall(code))):
            yield spelled


def date_text(raw: str, *, from_1904: bool) -> str:
    """A serial number as an ISO date, with the time if there is one; counted from 1904 on old Macintoshes."""
    value = real(raw)
    if value is None or not 0 <= value < _LAST_SERIAL:
        return plain_number(raw)
    if value < 1:
        return (datetime(1900, 1, 1) + _days(value)).strftime("%H:%M:%S")
    if not from_1904 and value < _LEAP_DAY_THAT_NEVER_WAS:
        value += 1
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    try:
        moment = epoch + _days(value)
    except OverflowError:
        return plain_number(raw)
    has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return moment.isoformat(sep=" ") if has_time else moment.date().isoformat()


def plain_number(raw: str) -> str:
    """A stored number with all its digits: no exponent, no binary noise after the fifteenth."""
    value = real(raw)
    if value is None:
        return raw
    if "e" in raw.lower():
        exact = Decimal(raw.strip())
        return str(int(exact)) if exact == exact.to_integral_value() else format(exact, "f")
    digits = sum(letter.isdigit() for letter in raw)
    return format(value, f".{_EXACT_DIGITS}g") if digits > _EXACT_DIGITS and "." in raw else raw


def is_overlong(raw: str) -> bool:
    """Whether a number was stored with an exponent although it is whole: its last digits may be gone."""
    value = real(raw)
    return "e" in raw.lower() and value is not None and abs(value) >= 10**_EXACT_DIGITS


def _days(value: float) -> timedelta:
    return timedelta(seconds=round(value * 86_400))


def format_of(identity: int, code: str) -> Format:
    """The format of a number code; `identity` is its number, which stands for a code that is built in."""
    if identity == _TEXT_ID or not code or code.lower() == "general":
        return Format(is_date=identity in _DATE_IDS and not code)
    bare = _BRACKETED.sub("", _QUOTED.sub("", code))
    # A format with conditions has sections of another meaning.
    sections = () if _CONDITION.search(code) else tuple(_sections(code))
    return Format(
        sections=sections,
        is_date="general" not in bare.lower() and _DATE_LETTERS.search(bare.partition(";")[0]) is not None,
        zeros=len(code) if _ZEROS.fullmatch(code) else 0,
    )


def _sections(code: str) -> Iterator[str]:
    """The parts of a number format between semicolons that are not quoted."""
    start = 0
    masked = _QUOTED.sub(lambda match: "x" * len(match.group()), code)
    for position, letter in enumerate(masked + ";"):
        if letter == ";":
            yield code[start:position]
            start = position + 1


def _is_blank(section: str) -> bool:
    """Whether a section shows nothing: colours, spaces and empty quotes only."""
    return _QUOTED.sub(_shown_literal, _BRACKETED.sub("", section)).strip() == ""


def _shown_literal(match: re.Match[str]) -> str:
    text = match.group()
    return "" if text[0] in "_*" else text.strip('"\\').strip()
