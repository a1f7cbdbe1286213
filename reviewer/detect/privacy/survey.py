"""One document surveyed for persons: its digits, tables, labelled values, records and names, each found once."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from reviewer.detect.numbers import Digits
from reviewer.detect.privacy.fields import Field, fields
from reviewer.detect.privacy.grid import Grid, GridRow
from reviewer.detect.privacy.hearsay import Hearsay
from reviewer.detect.privacy.keyed import covered
from reviewer.detect.privacy.listing import Conversation, behind_head, headings
from reviewer.detect.privacy.people import Name
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.privacy.records import Records
from reviewer.detect.privacy.roster import Roster, roster
from reviewer.detect.privacy.rows import row_around, rows_of
from reviewer.detect.privacy.society import Society
from reviewer.detect.privacy.tables import tables
from reviewer.detect.reading import Range, Reading
from reviewer.value import dataclass

_TITLE_REACH = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a table something stands: its row, and what its column is called and means."""

    grid: Grid
    row: GridRow
    header: str
    meaning: str


class Survey:
    """What the finders of private particulars share. `meanings`: the columns that some rule asks for."""

    def __init__(self, reading: Reading, meanings: frozenset[str]) -> None:
        self.reading = reading
        self.text = reading.text
        self._meanings = meanings

    @cached_property
    def digits(self) -> Digits:
        return Digits(self.text, self.reading.today)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        return tables(self.reading)

    @cached_property
    def _rows(self) -> list[tuple[int, Grid, GridRow]]:
        return sorted(((row.start, grid, row) for grid in self.grids for row in grid.rows), key=lambda held: held[0])

    @cached_property
    def _row_starts(self) -> list[int]:
        return [start for start, _, _ in self._rows]

    @cached_property
    def rosters(self) -> tuple[Roster, ...]:
        return tuple(
            roster(grid, ordinal, self._meanings, self._above(grid)) for ordinal, grid in enumerate(self.grids)
        )

    def _above(self, grid: Grid) -> str:
        """The title of the document and what stands above a table."""
        start = grid.header[0]
        return f"{self.text[:60]}\n{self.text[max(0, start - _TITLE_REACH) : start]}\n{grid.title}"

    @cached_property
    def records(self) -> Records:
        return Records(self.reading, [(row.start, row.end) for _, _, row in self._rows], self.conversation)

    @cached_property
    def conversation(self) -> Conversation:
        return Conversation(self.reading)

    @cached_property
    def rows(self) -> tuple[tuple[Name, ...], ...]:
        """The names of each list of rows that is no table."""
        found = (
            tuple(name for name in run if self.cell_at(name.start) is None)
            for run in rows_of(self.text, self.reading.lines)
        )
        return tuple(run for run in found if run)

    @cached_property
    def _row_names(self) -> frozenset[int]:
        return frozenset(name.start for run in self.rows for name in run)

    def bearer_of_row(self, at: int) -> Name | None:
        """Of whom the row of a list tells, where a place stands behind the name in it."""
        low, _ = row_around(self.text, self.reading.line_at(at), at)
        held = [name for run in self.rows for name in run if low <= name.start < at]
        return held[-1] if held else None

    def row_at(self, at: int) -> Range | None:
        """The row of a list whose person is named at a place."""
        return row_around(self.text, self.reading.line_at(at), at) if at in self._row_names else None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return fields(self.reading, covered(self.grids))

    @cached_property
    def society(self) -> Society:
        cells = [
            Name(cell.start, cell.end, cell.text, standing, True)
            for table in self.rosters
            for cell, standing, _ in table.names
        ]
        known = {name.start for name in cells}
        placed = [*headings(self.reading), *self.conversation.speakers]
        held = {name.start for name in placed}
        placed += [name for run in self.rows for name in run if name.start not in held]
        outside = [name for name in placed if name.start not in known and self.cell_at(name.start) is None]
        return Society(self.reading, self.records, self.fields, [*cells, *outside])

    @cached_property
    def hearsay(self) -> Hearsay:
        """What a learned scorer takes for something private told of somebody."""
        names = [name for line in self.reading.lines for name in self.society.names_in(*line)]
        veil = [(name.start, name.end, name.official) for name in names]
        return Hearsay(self.reading, veil, self.reading.ruleset.persons)

    @cached_property
    def _headers(self) -> list[Range]:
        return sorted(place for grid in self.grids for place in (grid.header, *grid.labels))

    def in_header(self, at: int) -> bool:
        """Whether a place stands in a table's header, where words name columns and say nothing of anybody."""
        return range_at(self._headers, at) is not None

    def behind_head(self, start: int, end: int) -> int:
        """Where a place begins, moved out of the head of a chat's line: who speaks, and when."""
        return behind_head(self.text, self.reading.line_at(start), (start, end))

    def cell_at(self, at: int) -> Place | None:
        """The table, row and column of a place, if it stands in a table."""
        index = bisect_right(self._row_starts, at) - 1
        if index < 0 or at >= self._rows[index][2].end:
            return None
        _, grid, row = self._rows[index]
        for column, cell in enumerate(row.cells):
            if cell is not None and cell.start <= at < cell.end:
                return Place(grid, row, grid.headers[column], grid.meanings[column])
        return Place(grid, row, "", "")
