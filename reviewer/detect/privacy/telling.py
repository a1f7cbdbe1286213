"""Columns that tell by their values what no header says: 孤儿 and 残疾人子女 under 类别, 涉毒 under tag."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.expressions import regex
from reviewer.detect.privacy.grid import Grid
from reviewer.detect.privacy.roster import Value, column_values

_SILENT = frozenset(("", "NEUTRAL"))  # what a header may mean that leaves its values to speak


def telling(grid: Grid, ordinal: int, meaning: str, values: str) -> Iterator[Value]:
    """The private values of every column of a list of persons of which at least half are such values."""
    if "name" not in grid.meanings:
        return
    for column, own in enumerate(grid.meanings):
        if own not in _SILENT:
            continue
        cells = [cell.text for row in grid.rows if (cell := row.cells[column]) is not None]
        told = sum(regex(values).fullmatch(cell) is not None for cell in cells)
        if told and told * 2 >= len(cells):
            yield from column_values(grid, ordinal, column, meaning)
