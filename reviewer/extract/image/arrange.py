"""Recognised lines in reading order: cells of a row beside each other, columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

_SAME_ROW = 0.5  # of the lower line's height: how far two lines must overlap to stand side by side
_CELLS_APART = "  "
_CLOSE = 1.1  # of the line's height: a wider gap begins a paragraph
_FULL = 0.88  # of the column's width: a shorter line ends its paragraph
_COLUMN_LINES = 5
_COLUMN_FILLED = 0.6  # of its width: the lines of a column do, the cells of a table do not
_MOST_CUTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One recognised line: its text, how sure (0 to 1), and the box around it in pixels."""

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, corners: Any, *, text: str, score: float) -> Line:
        """A line by the corners of its outline, whatever their order."""
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        return cls(text=text, score=score, left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def paragraphs(lines: Iterable[Line]) -> tuple[str, ...]:
    """The text, paragraph by paragraph; the lines of one are joined by line ends, the cells of a row by blanks."""
    found: list[str] = []
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


def _joined(rows: Sequence[Sequence[Line]]) -> list[str]:
    """Rows as text; a line that fills its column goes on in the next."""
    found: list[str] = []
    edge = max((row[-1].right for row in rows), default=0.0)
    start = min((row[0].left for row in rows), default=0.0)
    before: Sequence[Line] = ()
    for row in rows:
        text = _CELLS_APART.join(line.text for line in row)
        if before and len(row) == len(before) == 1 and _goes_on(before[0], row[0], start, edge):
            found[-1] += "\n" + text
        else:
            found.append(text)
        before = row
    return found


def _goes_on(line: Line, following: Line, start: float, edge: float) -> bool:
    close = following.top - line.bottom <= _CLOSE * max(line.height, following.height)
    full = line.right - start >= _FULL * (edge - start)
    return close and full and following.left <= line.left + line.height * 2.5
