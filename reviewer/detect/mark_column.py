"""Marks in a table: cells below a heading such as 密级 that hold a level."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.reading import Range, Reading
from reviewer.text.fold import fold
from reviewer.text.lazy import lazy

_HEADING = lazy(r"(?:文件|项目|涉密|信息)?(?:密级|秘密等级|涉密等级|保密等级|保密级别)(?:及?保密期限|标志)?")
_LEVEL = lazy(r"(?:绝密|机密|秘密)级?(?:\s?[★☆*].{0,12})?")
_SEPARATOR = lazy(r"[\t|]")


def levels_in_columns(reading: Reading) -> Iterator[Range]:
    """Ranges (folded) of every such cell, in tables of office files and in text tables with tabs or bars."""
    yield from _cells(reading)
    if not any(segment.cell for segment in reading.document.segments):
        yield from _lines(reading)


def _cells(reading: Reading) -> Iterator[Range]:
    headed: set[tuple[int, int]] = set()
    for segment in reading.document.segments:
        if segment.cell is None:
            continue
        column = (segment.cell.table, segment.cell.column)
        text = fold(segment.text).text.strip()
        if _HEADING.fullmatch(text):
            headed.add(column)
        elif column in headed and _LEVEL.fullmatch(text):
            yield reading.folded_range(segment.start, segment.end)


def _lines(reading: Reading) -> Iterator[Range]:
    headed: set[int] = set()
    for start, end in reading.lines:
        fields = list(_fields(reading.text, start, end))
        if len(fields) < 2:
            headed.clear()
            continue
        found = {at for at, (low, high) in enumerate(fields) if _HEADING.fullmatch(reading.text, low, high)}
        headed = found or headed
        for at in headed - found:
            if at < len(fields) and _LEVEL.fullmatch(reading.text, *fields[at]):
                yield fields[at]


def _fields(text: str, start: int, end: int) -> Iterator[Range]:
    """The fields of a line, without the blanks around them."""
    at = start
    for stop in [*(match.start() for match in _SEPARATOR.finditer(text, start, end)), end]:
        field = text[at:stop]
        yield at + len(field) - len(field.lstrip()), max(at, stop - (len(field) - len(field.rstrip())))
        at = stop + 1
