"""Tables whose cells stand one below the other, as copying from a page or a PDF leaves them: labels, then values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reviewer.detect.privacy.columns import meaning
from reviewer.detect.privacy.grid import Grid, GridCell, GridRow
from reviewer.detect.privacy.people import is_name
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.reading import Range, Reading
from reviewer.text.lazy import lazy

_LONGEST_LABEL, _LONGEST_CELL, _MOST_COLUMNS = 12, 60, 20
_LEAST_LABELS = 3
_MARKS = lazy(r"[0-9：:，、。；]")
_DIGITS = lazy(r"[0-9][0-9 \-]{5,}")
_MASKED = lazy(r"[*×●xX无/\-—]")
# What a cell must look like to stand in such a column; the rest may hold anything.
_FORMS: dict[str, Callable[[str], bool]] = {
    "name": is_name,
    "resident_id": lambda cell: _DIGITS.search(cell) is not None or _MASKED.search(cell) is not None,
    "phone": lambda cell: _DIGITS.search(cell) is not None or _MASKED.search(cell) is not None,
    "bank_account": lambda cell: _DIGITS.search(cell) is not None or _MASKED.search(cell) is not None,
}


def stacked_grids(reading: Reading, taken: Sequence[Range]) -> Iterator[Grid]:
    """Such tables outside those already found; at least two rows, or the labels would be a form's."""
    lines = reading.lines
    at = 0
    while at < len(lines):
        labels = _labels(reading, at, taken)
        if len(labels) >= _LEAST_LABELS:
            rows = list(_rows(reading, at + len(labels), labels))
            if len(rows) >= 2:
                yield _grid(reading, at, labels, rows)
                at += len(labels) * (len(rows) + 1)
                continue
        at += max(1, len(labels))


def _labels(reading: Reading, index: int, taken: Sequence[Range]) -> list[str]:
    found: list[str] = []
    for start, end in reading.lines[index : index + _MOST_COLUMNS]:
        text = reading.text[start:end].strip()
        plain = len(text) <= _LONGEST_LABEL and bool(meaning(text)) and not _MARKS.search(text)
        if not plain or text in found or range_at(taken, start) or reading.segment_of(start).cell is not None:
            break
        found.append(text)
    return found


def _rows(reading: Reading, index: int, labels: Sequence[str]) -> Iterator[GridRow]:
    meanings = [meaning(label) for label in labels]
    width = len(labels)
    for first in range(index, len(reading.lines) - width + 1, width):
        cells = []
        for (start, end), kind in zip(reading.lines[first : first + width], meanings, strict=True):
            raw = reading.text[start:end]
            text = raw.strip()
            left = len(raw) - len(raw.lstrip())
            if not text or len(text) > _LONGEST_CELL or not _FORMS.get(kind, bool)(text):
                return
            cells.append(GridCell(text, start + left, start + left + len(text)))
        number = reading.segment_of(cells[0].start).line or first + 1
        yield GridRow(tuple(cells), cells[0].start, cells[-1].end, number)


def _grid(reading: Reading, index: int, labels: Sequence[str], rows: Sequence[GridRow]) -> Grid:
    start, end = reading.lines[index][0], reading.lines[index + len(labels) - 1][1]
    title = reading.text[slice(*reading.lines[index - 1])] if index else ""
    return Grid(tuple(labels), tuple(map(meaning, labels)), tuple(rows), (start, end), title)
