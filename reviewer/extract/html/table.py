"""The grid of an HTML table: in which row and column a cell stands when others are merged."""

from __future__ import annotations

from typing import NamedTuple

_MOST_COLUMNS = 1000  # as browsers do (HTML Standard, 4.9.11)
_MOST_ROWS = 65534
_MOST_SPANS = 64  # merged cells that reach into a row; more is no table but an attack on the reader


class _Span(NamedTuple):
    """Columns, half-open, that a cell of an earlier row still fills before row `until`."""

    start: int
    end: int
    until: int


class Grid:
    """Hands out positions, from 0, as rows and cells begin."""

    def __init__(self) -> None:
        self._row = -1
        self._column = 0
        self._above: list[_Span] = []  # from earlier rows, by column
        self._passed = 0  # how many of those lie left of the next cell
        self._begun: list[_Span] = []  # in this row

    @property
    def in_row(self) -> bool:
        """Whether any row has begun."""
        return self._row >= 0

    def start_section(self) -> None:
        """A table head, body or foot begins: no merged cell reaches over its edge."""
        self._above, self._begun = [], []

    def start_row(self) -> None:
        self._row += 1
        self._column = self._passed = 0
        lasting = [span for span in (*self._above, *self._begun) if span.until > self._row]
        self._above = _joined(sorted(lasting))[:_MOST_SPANS]
        self._begun = []

    def start_cell(self, columns: int, rows: int) -> tuple[int, int]:
        """Row and column of the next cell, which fills so many columns and rows (rows 0: all that follow)."""
        while self._passed < len(self._above) and self._above[self._passed].start <= self._column:
            self._column = max(self._column, self._above[self._passed].end)
            self._passed += 1
        column, width = self._column, min(max(columns, 1), _MOST_COLUMNS)
        self._column += width
        height = min(rows or _MOST_ROWS, _MOST_ROWS)
        if height > 1:
            self._begun.append(_Span(column, self._column, self._row + height))
        return self._row, column


def _joined(spans: list[_Span]) -> list[_Span]:
    """Neighbours that end together as one."""
    joined: list[_Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start and joined[-1].until == span.until:
            joined[-1] = joined[-1]._replace(end=span.end)
        else:
            joined.append(span)
    return joined
