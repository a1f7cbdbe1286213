"""Cell formats: how a number is shown (dates, leading zeros), and which formats hide what stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import MIXED, WHITE, alike, blend, hexadecimal, theme_colours
from reviewer.extract.ooxml.xml import attr, child, found, local, real, telling_number, whole
from reviewer.terms import Part

# ECMA-376-1, 18.8.30, with the Chinese ones of the same table.
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TEXT_ID = 49
_LAST_SERIAL = 2_958_466
"""The day after 9999-12-31: a larger number is no date, whatever its format."""
_LEAP_DAY_THAT_NEVER_WAS = 60
_EXACT_DIGITS = 15
_TINY_POINTS = 2.0

_QUOTED = re.compile(r'"[^"]*"|\\.|[_*].')
_BRACKETED = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_DATE_LETTERS = re.compile(r"[ymdhs]|aaa", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_ESCAPED = re.compile(r"\\(.)")
_LITERAL = re.compile(r'"([^"]*)"')
_USUAL_LITERAL = re.compile(r"[年月日时分秒点上下午星期周元万亿千百角人民币个项件号第\W\d]*")
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_PALETTE = ("000000", WHITE, "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_PAPER_INDEX = 65


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


_GENERAL = Format()
_T = TypeVar("_T")


class Formats:
    """The cell formats of one workbook, by style index."""

    def __init__(self, package: Package, main: str, *, from_1904: bool) -> None:
        self._epoch_1904 = from_1904
        self.colours = theme_colours(package, main)
        self._palette: list[str | None] = [*_PALETTE, *_PALETTE]
        self._formats: list[Format] = []
        for name in package.related(main, "styles"):
            root = package.xml(name)
            if root is not None:
                self._learn(package, root)

    def of(self, style: str | None) -> Format:
        """The format of a cell's style index."""
        index = whole(style)
        return self._formats[index] if 0 <= index < len(self._formats) else _GENERAL

    def number(self, raw: str, form: Format) -> str:
        """A stored number as text: dates as ISO, whole numbers with all their digits, the rest plainly."""
        if form.is_date:
            return self._date(raw)
        if form.zeros and raw.isdigit():
            return raw.zfill(form.zeros)
        return raw if raw.isdigit() else plain_number(raw)

    def is_pale(self, properties: etree._Element | None) -> bool:
        """Whether a piece of rich text vanishes on white paper."""
        colour = child(properties, "color")
        return colour is not None and alike(self._colour(colour), WHITE)

    def _date(self, raw: str) -> str:
        value = real(raw)
        if value is None or not 0 <= value < _LAST_SERIAL:
            return plain_number(raw)
        if value < 1:
            return (datetime(1900, 1, 1) + _days(value)).strftime("%H:%M:%S")
        if not self._epoch_1904 and value < _LEAP_DAY_THAT_NEVER_WAS:
            value += 1
        epoch = datetime(1904, 1, 1) if self._epoch_1904 else datetime(1899, 12, 30)
        try:
            moment = epoch + _days(value)
        except OverflowError:
            return plain_number(raw)
        has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
        return moment.isoformat(sep=" ") if has_time else moment.date().isoformat()

    def _learn(self, package: Package, root: etree._Element) -> None:
        palette = child(root, "colors", "indexedColors")
        if palette is not None:
            self._palette = [hexadecimal(attr(colour, "rgb")) for colour in palette]
        codes = {whole(attr(entry, "numFmtId")): attr(entry, "formatCode") or "" for entry in found(root, "numFmt")}
        fonts = [self._font(font) for font in _entries(root, "fonts")]
        fills = [self._fill(fill) for fill in _entries(root, "fills")]
        for entry in _entries(root, "cellXfs"):
            identity = whole(attr(entry, "numFmtId"))
            colour, tiny = _at(fonts, whole(attr(entry, "fontId")), (None, False))
            ground = _at(fills, whole(attr(entry, "fillId")), WHITE)
            form = _format(identity, codes.get(identity, ""))
            self._formats.append(replace(form, pale=tiny or alike(colour, ground), on_white=ground == WHITE))
        for code in dict.fromkeys(codes.values()):
            spelled = _ESCAPED.sub(r"\1", code)
            if telling_number(spelled) or not all(map(_USUAL_LITERAL.fullmatch, _LITERAL.findall(code))):
                package.scribe.add(spelled, "数字格式", part=Part.PROPERTY, hidden=True)

    def _font(self, font: etree._Element) -> tuple[str | None, bool]:
        colour, size = child(font, "color"), child(font, "sz")
        points = real(attr(size, "val")) if size is not None else None
        tiny = points is not None and points <= _TINY_POINTS
        return None if colour is None else self._colour(colour), tiny

    def _fill(self, fill: etree._Element) -> str:
        pattern = child(fill, "patternFill")
        if pattern is None:
            return WHITE if len(fill) == 0 else MIXED
        if (attr(pattern, "patternType") or "none") == "none":
            return WHITE
        front = child(pattern, "fgColor")
        if attr(pattern, "patternType") != "solid" or front is None:
            return MIXED
        return self._colour(front) or MIXED

    def _colour(self, element: etree._Element) -> str | None:
        base = hexadecimal(attr(element, "rgb"))
        if attr(element, "theme") is not None:
            base = self.colours.get(_at(_THEME, whole(attr(element, "theme")), ""))
        elif attr(element, "indexed") is not None:
            index = whole(attr(element, "indexed"))
            base = WHITE if index == _PAPER_INDEX else _at(self._palette, index, None)
        tint = real(attr(element, "tint")) or 0.0
        if base is None or tint == 0:
            return base
        return blend(base, 255 if tint > 0 else 0, min(abs(tint), 1.0))


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


def _format(identity: int, code: str) -> Format:
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


def _entries(root: etree._Element, name: str) -> list[etree._Element]:
    group = child(root, name)
    return [] if group is None else [entry for entry in group if local(entry) != "extLst"]


def _at(items: Sequence[_T], index: int, default: _T) -> _T:
    return items[index] if 0 <= index < len(items) else default
