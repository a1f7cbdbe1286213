"""Tables of any document as plain rows under a header: cells of office files, and lines cut by tabs, bars or commas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reviewer.terms import Document
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_CUT = lazy(r"\t|[|｜]|[，,]|[ \u3000]{2,}")
_WIDEST_HEADER = 16
_MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of a row by the words of their headers; `title` is the line above the header."""

    cells: tuple[tuple[str, str], ...]
    title: str
    place: str

    def under(self, header: re.Pattern[str]) -> Iterator[str]:
        """The cells whose header says so, in the order of the columns."""
        return (cell for name, cell in self.cells if cell and header.search(name))


@dataclass(frozen=True, slots=True)
class _Line:
    cells: tuple[str, ...]
    place: str
    table: tuple[str | None, int] | None  # of an office file


def rows(document: Document, header: re.Pattern[str]) -> Iterator[Row]:
    """The rows of tables whose header holds two such words or more, each in a short cell of its own."""
    heads: tuple[str, ...] = ()
    above, title, table = "", "", None
    for line in _lines(document):
        if line.table != table:
            heads, table = (), line.table
        if _is_header(line.cells, header):
            heads, title = line.cells, above
        elif heads and len(line.cells) == len(heads):
            yield Row(cells=tuple(zip(heads, line.cells, strict=True)), title=title, place=line.place)
        elif len(line.cells) != 1 or line.table is None:
            heads = heads if line.table is not None else ()
        above = " ".join(line.cells)


def plain(text: str) -> str:
    """Full-width forms and blanks undone."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_header(cells: tuple[str, ...], header: re.Pattern[str]) -> bool:
    if any(len(cell) > _WIDEST_HEADER for cell in cells):
        return False
    return sum(header.search(cell) is not None for cell in cells) >= 2


def _lines(document: Document) -> Iterator[_Line]:
    held: dict[int, str] = {}
    at: tuple[str | None, int, int] | None = None
    place = ""
    for segment in document.segments:
        cell = segment.cell
        here = (cell.sheet, cell.table, cell.row) if cell else None
        if at is not None and here != at:
            yield _row(held, place, at)
            held = {}
        if cell is None:
            for line in segment.text.splitlines():
                yield _Line(tuple(plain(piece) for piece in _CUT.split(line.strip(" |｜"))), segment.place, None)
        else:
            if not held:
                place = segment.place
            held[cell.column] = plain(segment.text)
        at = here
    if at is not None:
        yield _row(held, place, at)


def _row(held: dict[int, str], place: str, at: tuple[str | None, int, int]) -> _Line:
    width = min(max(held) + 1, _MOST_COLUMNS)
    return _Line(tuple(held.get(column, "") for column in range(width)), place, at[:2])
