"""Tables without a header: lines divided alike, whose columns tell by what they hold - names, mobiles, accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from reviewer.detect.numbers.resident_id import is_plausible
from reviewer.detect.privacy.address import is_fine
from reviewer.detect.privacy.columns import meaning, standing_of
from reviewer.detect.privacy.grid import Grid, GridCell, GridRow, folded_at
from reviewer.detect.privacy.listing import TITLED
from reviewer.detect.privacy.people import has_surname, is_name
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.privacy.roles import Standing
from reviewer.detect.privacy.split import DELIMITERS, Delimiter, pieces
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.text.lazy import lazy

_LONGEST_LINE = 200
_LEAST_ROWS, _MOST_COLUMNS = 3, 40
_LONG_NUMBER = lazy(r"1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|[0-9]{12}")
_ID = lazy(r"[1-9][0-9]{16}[0-9Xx]")
_MOBILE = lazy(r"1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}")
_ACCOUNT = lazy(r"(?:[0-9]{12,22}|[0-9]{2}-[0-9]{12,18}|[0-9]{4}(?:[ ][0-9]{3,4}){3,4})")
_DIGIT = lazy(r"[0-9]")
_BOOK_NUMBER = lazy(r"97[89][0-9]{10}")  # ISBN (ISO 2108)
_DATE = lazy(r"(?:19|20)[0-9]{2}[年.\-/][0-9]{1,2}[月.\-/][0-9]{1,2}日?")
_PLACE = lazy(r"[\u4e00-\u9fff]{2,}(?:[村镇乡路街巷里区园苑城]|社区|小区)[0-9A-Za-z\u4e00-\u9fff#\-]*")
_OFFICE = lazy(
    r"[局委办科股站所院校厅处队部]\Z|公司|中心|政府|学校|医院|银行|镇长|乡长|县长|局长|书记|主任|队长|所长|站长|院长|校长|科长|股长|经理|村长|"
    r"委员|干部|民警|教师|医师|工程师|教授|河\Z|水库"
)
_NO_NAME = lazy(r"[村镇乡组社行店路街区县市州省河湖库局股办]\Z")


def bare_grids(reading: Reading, taken: Sequence[Range]) -> Iterator[Grid]:
    """Stretches of lines divided alike, outside the tables found by their headers."""
    lines = reading.lines
    at = 0
    while at < len(lines):
        grid, following = _grid_at(reading, at, taken)
        if grid is not None:
            yield grid
        at = following


def _grid_at(reading: Reading, index: int, taken: Sequence[Range]) -> tuple[Grid | None, int]:
    start, end = reading.lines[index]
    if not _is_row(reading, start, end, taken):
        return None, index + 1
    longest = 1
    for delimiter in DELIMITERS:
        rows = _rows(reading, index, delimiter, taken)
        longest = max(longest, len(rows))
        if len(rows) >= _LEAST_ROWS or (rows and len(rows) == 2 and delimiter.positional):
            grid = _read(reading, index, rows)
            if grid is not None:
                return grid, index + len(rows)
    return None, index + longest


def _is_row(reading: Reading, start: int, end: int, taken: Sequence[Range]) -> bool:
    if end - start > _LONGEST_LINE or range_at(taken, start) is not None:
        return False
    return _LONG_NUMBER.search(reading.text, start, end) is not None and reading.segment_of(start).cell is None


def _rows(reading: Reading, index: int, delimiter: Delimiter, taken: Sequence[Range]) -> list[tuple[GridCell, ...]]:
    """The cells of this line and of those that follow it, as long as each has as many."""
    place = folded_at(reading)
    rows: list[tuple[GridCell, ...]] = []
    for at in range(index, len(reading.lines)):
        start, end = reading.lines[at]
        if not _is_row(reading, start, end, taken):
            break
        cells = _cells(reading, place, start, end, delimiter)
        if not 2 <= len(cells) <= _MOST_COLUMNS or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows


def _cells(
    reading: Reading, place: Callable[[int], int], start: int, end: int, delimiter: Delimiter
) -> tuple[GridCell, ...]:
    low, high = reading.folded.original(start, end)
    line = reading.document.text[low:high]
    if not delimiter.present(line) and not (delimiter.name == "comma" and "," in line):
        return ()
    found = []
    for first, last in pieces(line, delimiter):
        at, to = place(low + first), place(low + last)
        raw = reading.text[at:to]
        left = len(raw) - len(raw.lstrip(" '\""))
        bare = raw.strip(" '\"")
        found.append(GridCell(bare, at + left, at + left + len(bare)))
    return tuple(found)


def _read(reading: Reading, index: int, rows: Sequence[tuple[GridCell, ...]]) -> Grid | None:
    meanings = _meanings(rows)
    private = {"resident_id", "phone", "bank_account", "home_address"} & set(meanings)
    header = _header(reading, index, len(meanings))
    if any(standing_of(text) is Standing.OFFICIAL for text in header):
        return None
    if "name" not in meanings or not private:
        return None
    names = {
        "name": tr("姓名（无表头）", "names (no header)"),
        "resident_id": tr("身份证号（无表头）", "identity numbers (no header)"),
        "phone": tr("手机号（无表头）", "mobile numbers (no header)"),
        "bank_account": tr("账号（无表头）", "accounts (no header)"),
        "home_address": tr("住址（无表头）", "addresses (no header)"),
    }
    start = rows[0][0].start
    made = tuple(
        GridRow(
            tuple(cell if cell.text else None for cell in row),
            min(cell.start for cell in row),
            max(cell.end for cell in row),
            reading.segment_of(row[0].start).line or index + 1 + at,
        )
        for at, row in enumerate(rows)
    )
    title = reading.text[slice(*reading.lines[index - 1])] if index else ""
    return Grid(tuple(names.get(m, "") for m in meanings), meanings, made, (start, start), title)


def _header(reading: Reading, index: int, width: int) -> list[str]:
    """The words of the line above, if it is divided like the rows below and names their columns in its own way."""
    if not index:
        return []
    words = reading.text[slice(*reading.lines[index - 1])].replace("|", " ").replace(",", " ").split()
    return words if len(words) == width else []


def _meanings(rows: Sequence[tuple[GridCell, ...]]) -> tuple[str, ...]:
    """What each column is; behind one that repeats a label in every line, what the label says: 职位代码 3001… 姓名 …"""
    columns = [[row[column].text for row in rows] for column in range(len(rows[0]))]
    found = [_meaning(cells) for cells in columns]
    for at, (left, right) in enumerate(pairwise(columns)):
        if all(is_plausible(f"{head}{tail}".upper(), date.max) for head, tail in zip(left, right, strict=True)):
            found[at + 1] = ""  # an identity number cut in two, which the finder of numbers puts together
    for at, (label, *others) in enumerate(columns[:-1]):
        if (
            len(set(others)) == 1
            and others[0] == label
            and not _DIGIT.search(label)
            and _is_other(label, found[at + 1])
        ):
            found[at + 1] = "NUMBER"
    return tuple(found)


def _is_other(label: str, guessed: str) -> bool:
    """Whether a label names something else than its column's looks say, though it is no word for a person."""
    return guessed == "bank_account" and meaning(label) not in ("", guessed)


def _meaning(cells: Sequence[str]) -> str:
    """What a column is, by what most of its filled cells look like."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    shapes: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("resident_id", lambda cell: _ID.fullmatch(cell) is not None),
        ("phone", lambda cell: _MOBILE.fullmatch(cell) is not None),
        ("NUMBER", lambda cell: _BOOK_NUMBER.fullmatch(cell) is not None),
        ("bank_account", lambda cell: _ACCOUNT.fullmatch(cell) is not None),
        ("birth_date", lambda cell: _DATE.fullmatch(cell) is not None),
        ("OFFICE", lambda cell: _OFFICE.search(cell) is not None),
        ("home_address", lambda cell: _PLACE.search(cell) is not None and is_fine(cell) and not cell.isdigit()),
        ("name", _is_person),
    )
    for shape, matches in shapes:
        if sum(map(matches, filled)) * 5 >= len(filled) * (2 if shape == "OFFICE" else 4):
            return shape if shape != "birth_date" else "NEUTRAL"
    return ""


def _is_person(cell: str) -> bool:
    bare = re.sub(r"\s", "", cell)
    return (
        len(bare) <= 4
        and has_surname(cell)
        and is_name(cell)
        and not (TITLED.search(bare) or meaning(cell) or _NO_NAME.search(bare))
    )
