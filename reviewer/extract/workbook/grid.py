"""The cells of one sheet, whatever file it came from: their names, and how they are written down."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from reviewer.extract.scribe import Scribe
from reviewer.extract.workbook.formulas import part_of
from reviewer.terms import Cell, Part
from reviewer.value import dataclass

MAX_CELLS = 800_000
"""In one workbook: a document may come back with a million segments (limits.py), and there are others."""

LAST_COLUMN = 16_384
LAST_ROW = 1_048_576
THINNEST = 0.5
"""Rows (points) and columns (characters) below this show nothing."""

_MOST_RANGES = 20
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|P[+-]\d+|[A-Za-z])')


class Entry(NamedTuple):
    """One cell with text: light, because a sheet may hold a hundred thousand of them."""

    row: int
    column: int
    ref: str
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Something behind a cell's text: its formula, phonetic signs, white letters, the number as stored."""

    ref: str
    kind: str
    text: str


def part_behind(behind: Behind) -> Part:
    """The part that something behind a cell is."""
    if behind.kind == "公式":
        return part_of(behind.text)
    return Part.TABLE if behind.kind == "隐藏文字" else Part.ATTRIBUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Text that a sheet carries beside its cells; `what` is added to the sheet's name."""

    what: str
    text: str
    part: Part
    hidden: bool = True


@dataclass(slots=True, kw_only=True)
class Room:
    """How many more cells this workbook may have."""

    cells_left: int = MAX_CELLS


def write_cells(
    scribe: Scribe,
    name: str,
    table: int,
    entries: Sequence[Entry],
    merges: Sequence[tuple[int, int, int, int]],
    *,
    hidden: bool,
) -> None:
    """Write down the cells of the sheet `name`, sorted by row; what a merged area covers is hidden."""
    covered = covered_cells(merges, entries)
    following = (entry.row for entry in entries[1:])
    for entry in entries:
        next_row = next(following, -1)
        row, column, ref, text, concealed = entry
        scribe.add(
            text,
            f"{name}!{ref}",
            part=Part.TABLE,
            hidden=concealed or hidden or (row, column) in covered,
            cell=Cell(table=table, row=row, column=column, sheet=name, ref=ref),
            after="\t" if row == next_row else "\n",
        )


def margin_text(text: str) -> str:
    """A header or footer without its codes for fonts, page numbers and the like (ECMA-376-1, 18.3.1.39)."""
    return "&".join(_CODES.sub("", piece) for piece in text.split("&&")).strip()


def covered_cells(merges: Sequence[tuple[int, int, int, int]], entries: Sequence[Entry]) -> set[tuple[int, int]]:
    """Cells with text that a merged area covers: only its first cell is shown."""
    if not merges:
        return set()
    by_row: dict[int, list[Entry]] = {}
    for entry in entries:
        by_row.setdefault(entry.row, []).append(entry)
    rows = sorted(by_row)
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in merges:
        for row in rows[bisect_right(rows, top - 1) : bisect_right(rows, bottom)]:
            covered.update(
                (row, entry.column)
                for entry in by_row[row]
                if left <= entry.column <= right and (row, entry.column) != (top, left)
            )
    return covered


def ranges(places: Sequence[int], name: Callable[[int], str]) -> str:
    """Neighbours taken together; a long list is cut, because it only says where to look."""
    groups: list[list[int]] = []
    for place in places:
        if groups and place == groups[-1][1] + 1:
            groups[-1][1] = place
        elif len(groups) == _MOST_RANGES:
            return f"{ranges(places[: places.index(place)], name)} …"
        else:
            groups.append([place, place])
    return " ".join(f"{name(first)}:{name(last)}" for first, last in groups)


def column_index(letters: str) -> int:
    """0 for "A", 27 for "AB"; -1 for anything that is no column."""
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
        return -1
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


@cache
def column_name(index: int) -> str:
    """ "A" for 0, "AB" for 27."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
