"""Tables: those that a reader of office files found, and those that are written with spaces in plain text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from reviewer.detect.privacy.align import align
from reviewer.detect.privacy.columns import HEADS, SENSITIVE, meaning, meanings
from reviewer.detect.privacy.people import is_name
from reviewer.detect.privacy.split import DELIMITERS, Delimiter, pieces
from reviewer.detect.reading import Range, Reading
from reviewer.terms import Segment
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_LONGEST_HEADER = 18
_DIGITS, _DIGIT = lazy(r"[0-9]{6}"), lazy(r"[0-9]")
_LONGEST_LABEL = 10
_CODE = lazy(r"[A-Za-z]{1,6}[ _-]?[0-9]+")  # a row's own number, whatever its letters stand for
_KEYED = lazy(r"[：:]")
_RULE_LINE = lazy(r"[\s|:+\-=─━│┼]+")
# Cells of Latin words, one of which may hold spaces. Nothing in it gives back what it took: prose is refused at once.
_LATIN_CELL = r"\"?[A-Za-z][0-9A-Za-z_.#]*+(?:[ ]++[0-9A-Za-z_.#]++)*+\"?"
_LATIN_HEADER = lazy(
    rf"[ ]*+(?=[^\t|,;/ ]++[\t|,;/ ]){_LATIN_CELL}(?:(?:[ ]*+[\t|,;/][ ]*+|[ ]++){_LATIN_CELL}){{0,59}}+[ ]*+[|]?"
)
_QUOTES = ('"', "'")
_FRAME = " \t\r\n\u3000\"'"
_MOST_COLUMNS = 60
_JUDGED = 3  # rows by which a form is told from a table
_HEADER_ROWS = 8  # a title, a unit and a date may stand above the header


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its folded text and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: a cell or None for each column, its range, and its number as a reader counts."""

    cells: tuple[GridCell | None, ...]
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header: what each column is called and what that means."""

    headers: tuple[str, ...]
    meanings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    header: Range
    title: str  # the line above the header
    sheet: str = ""
    machine: bool = False  # a program's records: keys in place of a header
    labels: tuple[Range, ...] = ()  # of a form: what stands among the values and says nothing of anybody


def grids(reading: Reading) -> tuple[Grid, ...]:
    """All tables with a header that means something, in the order of the text."""
    tabled = _cell_grids(reading) if any(segment.cell for segment in reading.document.segments) else []
    return tuple(sorted([*tabled, *_text_grids(reading)], key=lambda grid: grid.header))


def folded_at(reading: Reading) -> Callable[[int], int]:
    """The way back from offsets of the original to folded ones."""
    origins = reading.folded.origins
    if origins is None:
        return lambda at: at
    return lambda at: bisect_left(origins, at)


# --- tables of office files -------------------------------------------------------------------------------------


def _cell_grids(reading: Reading) -> list[Grid]:
    tables: dict[tuple[str | None, int], dict[int, dict[int, Segment]]] = {}
    for segment in reading.document.segments:
        cell = segment.cell
        if cell is not None and cell.column < _MOST_COLUMNS:
            rows = tables.setdefault((cell.sheet, cell.table), {})
            rows.setdefault(cell.row, {}).setdefault(cell.column, segment)
    place = folded_at(reading)
    return [grid for (sheet, _), rows in tables.items() if (grid := _cell_grid(reading, place, rows, sheet or ""))]


def _cell_grid(
    reading: Reading, place: Callable[[int], int], rows: dict[int, dict[int, Segment]], sheet: str
) -> Grid | None:
    width = max(max(row) for row in rows.values()) + 1
    ordered = [(number, _cells(reading, place, rows[number], width)) for number in sorted(rows)]
    form = _form([cells for _, cells in ordered], sheet)
    if form is not None:
        return form
    for at, (_, cells) in enumerate(ordered[:_HEADER_ROWS]):
        if not _is_header([cell.text if cell else "" for cell in cells]):
            continue
        headers, taken = _stacked([cells for _, cells in ordered[at : at + 3]])
        body = tuple(_row(cells, number + 1) for number, cells in ordered[at + taken :])
        if _reads_as_form(body):
            return None
        title = next((cell.text for cell in ordered[at - 1][1] if cell), "") if at else ""
        return _grid(headers, body, _range(cells), title, sheet)
    return None


def _form(rows: Sequence[tuple[GridCell | None, ...]], sheet: str) -> Grid | None:
    """A form of labels and values side by side, as a table of one row: whoever it names is its person throughout.

    Only one that tells something private of a named person: of any other the labels are read one by one.
    """
    filled = [cells for row in rows if len(cells := [cell for cell in row if cell is not None]) > 1]
    labelled = sum(_is_heading(cells[0]) for cells in filled)
    if len(filled) < 2 or labelled * 2 <= len(filled):
        return None
    pairs = [
        (label, value)
        for cells in filled
        if len(cells) == 2 or not all(map(_is_heading, cells))  # 家庭成员 | 姓名 | 关系: a list inside the form
        for label, value in zip(cells[::2], cells[1::2], strict=False)
        if _is_label(label)
    ]
    headers = [label.text for label, _ in pairs]
    found = meanings(headers)
    values = [value.text for _, value in pairs]
    person = any(
        held == "name" and is_name(text) and not meaning(text) for held, text in zip(found, values, strict=True)
    )
    if not person or not any(held in SENSITIVE for held in found):
        return None
    row = _row(tuple(value for _, value in pairs), 1)
    labels = tuple((label.start, label.end) for label, _ in pairs)
    start = min(row.start, *(low for low, _ in labels))
    return Grid(tuple(headers), found, (row,), (start, start), "", sheet, labels=labels)


def _is_label(cell: GridCell) -> bool:
    return len(cell.text) <= _LONGEST_LABEL and not _DIGIT.search(cell.text)


def _is_heading(cell: GridCell) -> bool:
    """Whether a cell names what stands behind or below it: 姓名."""
    return meaning(cell.text) not in ("", "OFFICE") and _is_label(cell)


def _cells(
    reading: Reading, place: Callable[[int], int], row: dict[int, Segment], width: int
) -> tuple[GridCell | None, ...]:
    found: list[GridCell | None] = [None] * width
    for column, segment in row.items():
        start, end = place(segment.start), place(segment.end)
        if start < end:
            found[column] = _trimmed(reading.text, start, end)
    return tuple(found)


def _stacked(rows: Sequence[tuple[GridCell | None, ...]]) -> tuple[list[str], int]:
    """Header texts, and how many rows they take: a merged cell above speaks for the columns below it."""
    top = [cell.text if cell else "" for cell in rows[0]]
    if len(rows) < 2:
        return top, 1
    below = [cell.text if cell else "" for cell in rows[1]]
    if not any(below) or any(_DIGITS.search(text) or len(text) > _LONGEST_HEADER for text in below):
        return top, 1
    if sum(bool(meaning(text)) for text in below if text) * 2 <= sum(bool(text) for text in below):
        return top, 1
    spread: list[str] = []
    for text in top:
        spread.append(text or (spread[-1] if spread else ""))
    return [lower if not upper else f"{upper}{lower}" for upper, lower in zip(spread, below, strict=True)], 2


# --- tables in plain text ---------------------------------------------------------------------------------------


def _text_grids(reading: Reading) -> Iterator[Grid]:
    lines, place = reading.lines, folded_at(reading)
    reached = -1
    barren: dict[str, int] = {}  # the line up to which a delimiter gave header after header and no row
    for index in _likely_headers(reading):
        if index <= reached or reading.segment_of(lines[index][0]).cell is not None:
            continue
        for delimiter in DELIMITERS:
            if index <= barren.get(delimiter.name, -1):
                continue
            grid, last = _text_grid(reading, place, index, delimiter)
            if grid is not None:
                yield grid
                reached = last
                break
            barren[delimiter.name] = last if last > index else -1


def _likely_headers(reading: Reading) -> list[int]:
    """Indexes of the lines in which a header's words stand."""
    starts = [start for start, _ in reading.lines]
    lines = sorted({bisect_right(starts, at) - 1 for at, _ in reading.all_hits(HEADS)})
    found = [index for index in lines if "。" not in reading.text[slice(*reading.lines[index])]]
    latin = [index for index, line in enumerate(reading.lines) if _LATIN_HEADER.fullmatch(reading.text, *line)]
    return sorted({*found, *latin})


def _text_grid(
    reading: Reading, place: Callable[[int], int], index: int, delimiter: Delimiter
) -> tuple[Grid | None, int]:
    header = text_row(reading, place, index, delimiter)
    if header is None or len(header) < delimiter.least:
        return None, index
    own = [cell.text for cell in header]
    headers = _crowned(reading, place, index, delimiter, own)
    if not (_is_header(own) or (headers != own and _is_header(headers) and not _KEYED.search(" ".join(own)))):
        return None, index
    rows: list[GridRow] = []
    last, missed = index, 0
    for at in range(index + 1, len(reading.lines)):
        if _RULE_LINE.fullmatch(reading.text, *reading.lines[at]):
            continue
        cells = text_row(reading, place, at, delimiter)
        if cells is None or not _fits(cells, headers, delimiter):
            missed += 1
            if missed > 1 or not _may_interrupt(reading, at):
                break
            continue
        missed, last = 0, at
        if not _is_header([cell.text for cell in cells]):
            rows.append(_row(_placed(cells, headers, delimiter), _number(reading, at)))
            if len(rows) == _JUDGED and _reads_as_form(rows):
                return None, index
    if not rows or _reads_as_form(rows):
        return None, last
    title = reading.text[slice(*reading.lines[index - 1])] if index else ""
    return _grid(headers, tuple(rows), reading.lines[index], title, ""), last


def _crowned(
    reading: Reading, place: Callable[[int], int], index: int, delimiter: Delimiter, headers: list[str]
) -> list[str]:
    """The headers with those of the row above, where each of its cells speaks for the columns below it."""
    above = next((at for at in range(index - 1, max(-1, index - 3), -1) if not is_ruled(reading, at)), None)
    if above is None or not delimiter.positional:
        return headers
    cells = text_row(reading, place, above, delimiter)
    upper = [cell.text for cell in cells or ()]
    upper = _widened(upper, headers)
    if len(upper) != len(headers) or sum(map(bool, upper)) < 2 or "" not in (*headers, *upper):
        return headers
    if any(_DIGITS.search(text) or len(text) > _LONGEST_HEADER for text in upper):
        return headers
    spread: list[str] = []
    for text in upper:
        spread.append(text or (spread[-1] if spread else ""))
    return [f"{head}{lower}" if lower else own for head, lower, own in zip(spread, headers, upper, strict=True)]


def _widened(upper: list[str], lower: Sequence[str]) -> list[str]:
    """The upper row as wide as the lower one: empty cells at its end, or one merged over the lower row's words."""
    missing = len(lower) - len(upper)
    words = [at for at, text in enumerate(lower) if text]
    if missing == len(words) - 1 > 0 and words[-1] - words[0] == missing and words[0] < len(upper):
        return [*upper[: words[0] + 1], *[""] * missing, *upper[words[0] + 1 :]]
    return upper + [""] * missing


def is_ruled(reading: Reading, index: int) -> bool:
    return _RULE_LINE.fullmatch(reading.text, *reading.lines[index]) is not None


def text_row(
    reading: Reading, place: Callable[[int], int], index: int, delimiter: Delimiter
) -> tuple[GridCell, ...] | None:
    """The line cut by the delimiter; cut as it was written, because folding joins characters set apart."""
    start, end = reading.folded.original(*reading.lines[index])
    line = reading.document.text[start:end]
    if not delimiter.present(line) or _RULE_LINE.fullmatch(line):
        return None
    cells = []
    for low, high in pieces(line, delimiter):
        first, last = place(start + low), place(start + high)
        cells.append(_trimmed(reading.text, first, last))
    return tuple(cells) if len(cells) <= _MOST_COLUMNS else None


def _fits(cells: Sequence[GridCell], headers: Sequence[str], delimiter: Delimiter) -> bool:
    found, wanted = len(cells), len(headers)
    if delimiter.name in ("tab", "bar"):
        return 2 <= found <= wanted + 2 and sum(bool(cell.text) for cell in cells) >= 2
    if delimiter.positional:
        return found == wanted or (wanted >= 4 and abs(found - wanted) <= 1)
    return found >= 2 and wanted - 3 <= found <= wanted + 3 and found * 2 >= wanted


def _placed(cells: Sequence[GridCell], headers: Sequence[str], delimiter: Delimiter) -> tuple[GridCell | None, ...]:
    """Each cell under its header; where counts differ, by what the cells look like."""
    if len(cells) != len(headers) and delimiter.name not in ("tab", "bar"):
        columns = align([cell.text for cell in cells], [meaning(header) for header in headers])
        by_column = {column: cell for cell, column in zip(cells, columns, strict=True) if column is not None}
        return tuple(by_column.get(column) for column in range(len(headers)))
    padded: list[GridCell | None] = [cell if cell.text else None for cell in cells[: len(headers)]]
    return tuple(padded + [None] * (len(headers) - len(padded)))


def _may_interrupt(reading: Reading, index: int) -> bool:
    """A short line inside a table: a group's title, a page number."""
    start, end = reading.lines[index]
    return end - start <= 16 and not re.search(r"[。；：]", reading.text[start:end])


def _number(reading: Reading, index: int) -> int:
    segment = reading.segment_of(reading.lines[index][0])
    return segment.line or index + 1


# --- both -------------------------------------------------------------------------------------------------------


def _is_header(texts: Sequence[str]) -> bool:
    """Two known meanings or more, known ones for half of the cells, and nothing that only data look like."""
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > _LONGEST_HEADER or _DIGITS.search(text) for text in filled):
        return False
    known = [bool(meaning(text)) for text in filled]
    form = len(known) > 3 and all(known[::2]) and not any(known[1::2])  # 姓名 | 张三 | 性别 | 男
    return sum(known) >= 2 and sum(known) * 2 >= len(filled) and not form


def _trimmed(text: str, start: int, end: int) -> GridCell:
    """The cell without the white space and quotes around it, so that ranges in it are ranges of the document."""
    raw = text[start:end]
    frame = _FRAME if raw.strip()[:1] in _QUOTES and raw.strip()[-1:] in _QUOTES else None
    left = len(raw) - len(raw.lstrip(frame))
    bare = raw.strip(frame)
    return GridCell(bare, start + left, start + left + len(bare))


def _reads_as_form(rows: Sequence[GridRow]) -> bool:
    """Whether labels go on below: a form of labels and values side by side, whose first row looks like a header.

    A hospital's name reads like the label of one, and often stands first in a list of its staff: it is no sign.
    """
    first = [next((cell.text for cell in row.cells if cell), "") for row in rows[:_JUDGED]]
    return sum(meaning(text) not in ("", "OFFICE") and not _CODE.fullmatch(text) for text in first) * 2 > len(first)


def _row(cells: tuple[GridCell | None, ...], number: int) -> GridRow:
    start, end = _range(cells)
    return GridRow(cells, start, end, number)


def _range(cells: Sequence[GridCell | None]) -> Range:
    present = [cell for cell in cells if cell is not None]
    if not present:
        return 0, 0
    return min(cell.start for cell in present), max(cell.end for cell in present)


def _grid(headers: Sequence[str], rows: tuple[GridRow, ...], header: Range, title: str, sheet: str) -> Grid:
    return Grid(
        headers=tuple(headers),
        meanings=meanings(headers),
        rows=tuple(row for row in rows if row.start < row.end),
        header=header,
        title=title,
        sheet=sheet,
    )
