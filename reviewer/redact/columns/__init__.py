"""Cuts emptied columns out of a copy's tables: one module a format. What it cannot cut safely it refuses, by reason.

Only a column that is empty in every row goes, so that the visible text of the copy stays what it was; that the rest
moved up by exactly these columns is for the caller to prove, by reading the result again.
"""

from __future__ import annotations

import importlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, cast

from reviewer.language import tr
from reviewer.terms import Document

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OASIS = "application/vnd.oasis.opendocument."
_CUT_BY: Mapping[str, str] = {
    "text/csv": "delimited",
    "text/tab-separated-values": "delimited",
    _SPREADSHEET: "xlsx",
    _WORD: "docx",
    **{f"{_OASIS}{kind}": "odf" for kind in ("spreadsheet", "spreadsheet-template", "text", "text-template")},
    "text/html": "html",
    "application/xhtml+xml": "html",
}


class Column(NamedTuple):
    """A column, counted from 0, of a table by its ordinal in the document, or of a sheet by its name."""

    table: int
    sheet: str | None
    column: int


class Uncut(Exception):  # noqa: N818 - no failure: the column stays, emptied
    """Why a column cannot be cut out; names no text."""


class Cutter(Protocol):
    """A cutter is a module with this function."""

    def cut(self, data: bytes, columns: Iterable[Column], /) -> bytes:
        """The file without these columns. Raises Uncut."""


def cut(data: bytes, media_type: str, columns: Iterable[Column]) -> bytes:
    """The copy without these columns, which are empty. Raises Uncut where that cannot be done safely."""
    name = _CUT_BY.get(media_type)
    if name is None:
        raise Uncut(tr("这种格式不删列", "columns of this format are not cut out"))
    return cast(Cutter, importlib.import_module(f"{__name__}.{name}")).cut(data, columns)


class Shift:
    """Where the columns of a table stand once some are gone; all counted from 0."""

    def __init__(self, gone: Iterable[int]) -> None:
        self.gone = tuple(sorted(set(gone)))

    def column(self, at: int) -> int | None:
        """The new place of a column; None if it is gone."""
        return None if at in self.gone else self.before(at)

    def before(self, at: int) -> int:
        """How many columns left of `at` stay."""
        return at - bisect_left(self.gone, at)

    def area(self, left: int, right: int) -> tuple[int, int] | None:
        """The new bounds of columns from `left` to `right`, both included; None if nothing of it stays."""
        first, last = self.before(left), self.before(right + 1) - 1
        return (first, last) if first <= last else None


def moved(document: Document, columns: Iterable[Column]) -> list[tuple[str, int, int, str]]:
    """Every visible cell as it must stand when these columns are gone: sheet, row, column, text."""
    gone: dict[str, list[int]] = {}
    for one in columns:
        gone.setdefault(one.sheet or str(one.table), []).append(one.column)
    shifts = {table: Shift(places) for table, places in gone.items()}
    told = []
    for segment in document.segments:
        at = segment.cell
        if at is None or segment.hidden:
            continue
        table = at.sheet or str(at.table)
        column = shifts[table].column(at.column) if table in shifts else at.column
        told.append((table, at.row, -1 if column is None else column, segment.text))
    return told
