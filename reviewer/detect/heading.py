"""Tables read by their heads: concepts that meet in the heads of one table say what the values below them are.

A cell says nothing by itself; 内部保留价 above it does. Heads are the cells of one row, in office files as in text with
tabs, bars, commas or blanks between them. The leftmost column says of whom or what a row tells: it is part of what must
not go out only where the first concept stands above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol
from weakref import WeakKeyDictionary

from reviewer.detect.expressions import regex
from reviewer.detect.privacy.grid import folded_at, is_ruled, text_row
from reviewer.detect.privacy.split import DELIMITERS, Delimiter
from reviewer.detect.reading import Range, Reading
from reviewer.terms import Cell
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_LONGEST = 18  # characters of a head; what is longer is a sentence
_SENTENCE = lazy(r"[。！？]")
_ABOVE = 120  # characters above a table that are its title
_LINED = frozenset({"tab", "bar"})  # an empty cell keeps its place: rows may be of unlike length
_CUT = tuple(one for one in DELIMITERS if one.name in {*_LINED, "comma", "wide", "space"})
_SHIFT = 2  # columns that a row may have more than its heads: notes at the end of a line
_WIDEST = 600  # characters of a row of heads
_TRIED = 12  # rows of an office table in which its heads may stand: below a title, a unit, a date

Cells = dict[int, Range]
"""The cells of a row by their column, folded, without the empty ones."""
Rows = Callable[[], Iterable[Cells]]


class Idea(Protocol):
    """What a head may say: one of the words, or what a pattern finds."""

    @property
    def words(self) -> frozenset[str]: ...

    @property
    def patterns(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A table in whose heads all ideas meet: its heads' range, and the values below those heads, row by row."""

    head: Range
    heads: Sequence[str]
    values: Sequence[Range]
    rows: int

    def title(self, reading: Reading) -> Range:
        """What stands above the table, as far as it can be its title."""
        return max(0, self.head[0] - _ABOVE), self.head[0]


def headed(ideas: Sequence[Idea], values: str, reading: Reading) -> Iterator[Headed]:
    """Every table whose heads hold all of the ideas, with rows in which a value of the first looks like `values`."""
    reached = -1  # what stands below heads is no head itself
    for at in sorted(start for start, _ in reading.all_hits(ideas[0].words & reading.words)):
        if at < reached:
            continue
        for heads, rows in _tables_at(reading, at):
            columns = _columns(ideas, heads, reading)
            below = list(rows()) if columns else []
            if not below:
                continue
            reached = max(_extent(row)[1] for row in below)
            firsts, telling = columns[0], _telling(columns, heads)
            told = [row for row in below if _looks(row, firsts, values, reading)]
            if told:
                names = [reading.text[slice(*heads[column])] for column in telling]
                cells = [row[column] for row in told for column in telling if column in row]
                yield Headed(head=_extent(heads), heads=names, values=cells, rows=len(told))
            break


def unmet(ideas: Sequence[Idea], at: int, reading: Reading) -> Sequence[Idea] | None:
    """What the heads in whose row this offset lies do not hold; None where it lies in no heads."""
    found = [
        [idea for idea in ideas if not any(_says(idea, place, reading) for place in heads.values())]
        for heads, _ in _tables_at(reading, at)
    ]
    return min(found, key=len, default=None)


def _columns(ideas: Sequence[Idea], heads: Cells, reading: Reading) -> list[list[int]]:
    """For each idea the columns whose head holds it; nothing where one of them is in none."""
    found = [[column for column, place in heads.items() if _says(idea, place, reading)] for idea in ideas]
    return found if all(found) else []


def _says(idea: Idea, head: Range, reading: Reading) -> bool:
    text = reading.text[slice(*head)]
    return any(word in text for word in idea.words & reading.words) or (
        bool(idea.patterns) and regex(idea.patterns).search(text) is not None
    )


def _telling(columns: Sequence[Sequence[int]], heads: Cells) -> list[int]:
    every = {column for held in columns for column in held}
    return sorted(every if min(heads) in columns[0] else every - {min(heads)})


def _looks(row: Cells, firsts: Sequence[int], values: str, reading: Reading) -> bool:
    """Whether a value below the first concept is there, and like those that are wanted."""
    here = [row[column] for column in firsts if column in row]
    return any(not values or regex(values).search(reading.text, *place) for place in here)


# --- where tables are -------------------------------------------------------------------------------------------


def _tables_at(reading: Reading, at: int) -> Iterator[tuple[Cells, Rows]]:
    """The heads in whose row this offset lies, and the rows below them, as the text may be cut."""
    segment = reading.segment_of(at)
    if segment.cell is None:
        return _of_lines(reading, at)
    return _of_cells(reading, segment.cell)


def _of_cells(reading: Reading, cell: Cell) -> Iterator[tuple[Cells, Rows]]:
    rows = _tables_of(reading)[cell.sheet, cell.table]
    if cell.row < _TRIED and _are_heads(rows[cell.row], reading):
        yield rows[cell.row], lambda: (rows[number] for number in sorted(rows) if number > cell.row)


_TABLES: WeakKeyDictionary[Reading, dict[tuple[str | None, int], dict[int, Cells]]] = WeakKeyDictionary()


def _tables_of(reading: Reading) -> dict[tuple[str | None, int], dict[int, Cells]]:
    """All tables of an office file, by sheet and number, their rows by number; laid out once for a reading."""
    held = _TABLES.get(reading)
    if held is None:
        held = _TABLES[reading] = {}
        place = folded_at(reading)
        for segment in reading.document.segments:
            cell = segment.cell
            if cell is not None and segment.text.strip():
                row = held.setdefault((cell.sheet, cell.table), {}).setdefault(cell.row, {})
                row.setdefault(cell.column, (place(segment.start), place(segment.end)))
    return held


def _of_lines(reading: Reading, at: int) -> Iterator[tuple[Cells, Rows]]:
    index = reading.line_number(at)
    start, end = reading.lines[index]
    if end - start > _WIDEST:
        return
    for delimiter in _CUT:
        heads = _cut(reading, index, delimiter)
        if len(heads) >= delimiter.least and _are_heads(heads, reading):
            yield heads, partial(_rows_below, reading, index, delimiter, heads)


def _rows_below(reading: Reading, index: int, delimiter: Delimiter, heads: Cells) -> Iterator[Cells]:
    width = max(heads) + 1
    for at in range(index + 1, len(reading.lines)):
        if is_ruled(reading, at):
            continue
        row = _cut(reading, at, delimiter)
        fits = max(row, default=0) < width + _SHIFT if delimiter.name in _LINED else len(row) == len(heads)
        if len(row) < 2 or not fits:
            return
        yield row


def _cut(reading: Reading, index: int, delimiter: Delimiter) -> Cells:
    cells = text_row(reading, folded_at(reading), index, delimiter) or ()
    return {column: (cell.start, cell.end) for column, cell in enumerate(cells) if cell.text}


def _are_heads(heads: Cells, reading: Reading) -> bool:
    texts = [reading.text[slice(*place)].strip() for place in heads.values()]
    return len(texts) >= 2 and all(len(text) <= _LONGEST and not _SENTENCE.search(text) for text in texts)


def _extent(cells: Cells) -> Range:
    return min(start for start, _ in cells.values()), max(end for _, end in cells.values())
