"""Every table of a document: with a header, written by a program, or without a header."""

from __future__ import annotations

from reviewer.detect.privacy.bare_table import bare_grids
from reviewer.detect.privacy.grid import Grid, grids
from reviewer.detect.privacy.keyed import covered, keyed_grids
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.privacy.stacked_table import stacked_grids
from reviewer.detect.reading import Reading


def tables(reading: Reading) -> tuple[Grid, ...]:
    """All tables that hold something private by their columns, none overlapping another, in the order of the text."""
    found: list[Grid] = list(grids(reading))
    for written in keyed_grids(reading):
        taken = covered(found)
        found += [grid for grid in written if all(range_at(taken, row.start) is None for row in grid.rows)]
    found += stacked_grids(reading, covered(found))
    found += bare_grids(reading, covered(found))
    return tuple(sorted(found, key=lambda grid: grid.header))
