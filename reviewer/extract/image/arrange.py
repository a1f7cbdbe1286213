"""Recognised lines in reading order: cells of a row beside each other, columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

_SAME_ROW = 0.5  # of the lower line's height: how far two lines must overlap to stand side by side
_CELLS_APART = "  "
_LINES_APART = "\n"
_CLOSE = 1.1  # of the line's height: a wider gap begins a paragraph
_FULL = 0.88  # of the column's width: a shorter line ends its paragraph
_COLUMN_LINES = 5
_COLUMN_FILLED = 0.6  # of its width: the lines of a column do, the cells of a table do not
_MOST_CUTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One recognised letter of a line: the pixel of its middle, within a third of a letter's height."""

    char: str
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One recognised line: its text, how sure (0 to 1), and the box around it in pixels.

    `letters` are told where somebody asked for them and the engine knows: all of the text but its blanks.
    """

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float
    letters: tuple[Letter, ...] = ()

    @classmethod
    def around(cls, corners: Any, *, text: str, score: float, letters: tuple[Letter, ...] = ()) -> Line:
        """A line by the corners of its outline, whatever their order."""
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        box = {"left": min(xs), "top": min(ys), "right": max(xs), "bottom": max(ys)}
        return cls(text=text, score=score, letters=letters, **box)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Rows that are read on; the cells of a row stand beside each other."""

    rows: tuple[tuple[Line, ...], ...]

    @property
    def text(self) -> str:
        """The rows, joined by line ends; the cells of each, joined by blanks."""
        return _LINES_APART.join(_CELLS_APART.join(line.text for line in row) for row in self.rows)

    def placed(self) -> Iterator[tuple[int, Line]]:
        """Each line, and at which code point of the text it begins."""
        at = 0
        for row in self.rows:
            for line in row:
                yield at, line
                at += len(line.text) + len(_CELLS_APART)
            at += len(_LINES_APART) - len(_CELLS_APART)


def paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """The lines in reading order, paragraph by paragraph."""
    found: list[Paragraph] = []
    for column in _columns(sorted(lines, key=lambda line: line.top), _MOST_CUTS):
        found += _joined(_rows(column))
    return tuple(found)


def _columns(lines: Sequence[Line], cuts: int) -> list[Sequence[Line]]:
    """The lines cut where blank gutters and full-width lines divide them, in reading order."""
    if cuts and len(lines) >= 2 * _COLUMN_LINES:
        for first in range(len(lines) - 2 * _COLUMN_LINES + 1):
            block = _gutter(lines[first:])
            if block is not None:
                left, right, after = block
                rest = _columns(after, cuts - 1) if after else []
                return [*([lines[:first]] if first else []), left, right, *rest]
            if first >= 12:  # titles above the columns
                break
    return [lines] if lines else []


def _gutter(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]] | None:
    """Left column, right column and what follows below, if the lines from the first on stand in two columns."""
    middle = (min(line.left for line in lines) + max(line.right for line in lines)) / 2
    left: list[Line] = []
    right: list[Line] = []
    below: list[Line] = []
    slack = median(line.height for line in lines) / 2
    for number, line in enumerate(lines):
        if line.right <= middle + slack:
            left.append(line)
        elif line.left >= middle - slack:
            right.append(line)
        else:
            below = list(lines[number:])
            break
    return (left, right, below) if _is_column(left) and _is_column(right) and not _beside(left, right) else None


def _is_column(lines: Sequence[Line]) -> bool:
    if len(lines) < _COLUMN_LINES:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    return median(line.width for line in lines) >= _COLUMN_FILLED * width and width > 8 * median(
        line.height for line in lines
    )


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the two run into each other."""
    return max(line.right for line in left) > min(line.left for line in right)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        row = next((row for row in reversed(rows[-3:]) if _side_by_side(row[0], line)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _side_by_side(one: Line, other: Line) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap >= _SAME_ROW * min(one.height, other.height)


def _joined(rows: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Rows as paragraphs; a line that fills its column goes on in the next."""
    found: list[list[tuple[Line, ...]]] = []
    edge = max((row[-1].right for row in rows), default=0.0)
    start = min((row[0].left for row in rows), default=0.0)
    before: Sequence[Line] = ()
    for row in rows:
        if before and len(row) == len(before) == 1 and _goes_on(before[0], row[0], start, edge):
            found[-1].append(tuple(row))
        else:
            found.append([tuple(row)])
        before = row
    return [Paragraph(rows=tuple(lines)) for lines in found]


def _goes_on(line: Line, following: Line, start: float, edge: float) -> bool:
    close = following.top - line.bottom <= _CLOSE * max(line.height, following.height)
    full = line.right - start >= _FULL * (edge - start)
    return close and full and following.left <= line.left + line.height * 2.5
