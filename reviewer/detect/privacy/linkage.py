"""Tables without names from which persons can be told all the same: how many rows stand alone among the others.

GB/T 37964-2019, annex on k-anonymity: who is the only one of a combination of quasi-identifiers is identified by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reviewer.detect.privacy.columns import SENSITIVE
from reviewer.detect.privacy.datum import Datum
from reviewer.detect.privacy.grid import Grid
from reviewer.detect.privacy.people import has_surname, is_name
from reviewer.detect.privacy.roster import private_ranges
from reviewer.detect.privacy.survey import Survey
from reviewer.language import tr
from reviewer.terms import Action, Rule
from reviewer.text.lazy import lazy

_QUASI = lazy(
    r"性别|年龄|出生|生日|民族|村|组|社区|乡镇|街道|居住地|籍贯|户籍|学校|院系|年级|班级|专业|职业|工种|岗位|文化程度|学历|单位|"
    r"^(?:sex|gender|age|birth.*|village|town|nation.*|school|grade|class|job|occupation|xb|nl|mz|cun|zu|csrq|xx|bj|zy)$",
    re.IGNORECASE,
)
_COUNTED = lazy(r"人数|户数|人次|合计|总数|占比|比例|率|数量|count|total", re.IGNORECASE)
_OF_ONE = lazy(r"性别|年龄|出生|生日|sex|gender|age|birth|xb|nl|csrq", re.IGNORECASE)
_LEAST_ROWS, _LEAST_COLUMNS = 5, 2
_ACTING_SHARE, _ACTING_ROWS = 0.2, 5  # from a fifth of the rows, and five persons, the table may not go out so
_ALONE = 1


def linked_tables(survey: Survey, rule: Rule) -> Iterator[Datum]:
    """One finding a table, on its header, with the number of those who can be told."""
    for grid in survey.grids:
        found = _datum(grid, rule)
        if found is not None:
            yield found


def _datum(grid: Grid, rule: Rule) -> Datum | None:
    quasi = [column for column, header in enumerate(grid.headers) if _QUASI.search(header) and _is_told(grid, column)]
    if len(grid.rows) < _LEAST_ROWS or len(quasi) < _LEAST_COLUMNS or not _is_of_persons(grid, quasi):
        return None
    rows = [tuple(cell.text if (cell := row.cells[column]) else "" for column in quasi) for row in grid.rows]
    sensitive = [row for row, held in zip(rows, grid.rows, strict=True) if _holds(grid, held.cells)]
    counts = Counter(rows)
    alone = sum(counts[row] == _ALONE for row in sensitive)
    if not alone:
        return None
    acting = alone >= _ACTING_ROWS and alone >= _ACTING_SHARE * len(rows)
    names = tr("、", ", ").join(grid.headers[column] for column in quasi)
    note = tr(
        f"{len(rows)} 人中 {alone} 人凭{names}即可被唯一认出",
        f"of {len(rows)} persons {alone} can be told by {names} alone",
    )
    start, end = grid.header if grid.header[0] < grid.header[1] else (grid.rows[0].start, grid.rows[0].end)
    return Datum(
        rule=rule,
        start=start,
        end=end,
        confidence=rule.confidence,
        note=note,
        action=None if acting else Action.NOTE,
    )


def _is_of_persons(grid: Grid, quasi: list[int]) -> bool:
    """One person a row, by a sex or an age, with no full name beside: names are judged by what they are linked with."""
    if any(_COUNTED.search(header) for header in grid.headers):
        return False
    if not any(_OF_ONE.search(grid.headers[column]) for column in quasi):
        return False
    for column, meaning in enumerate(grid.meanings):
        cells = [cell.text for row in grid.rows if (cell := row.cells[column]) is not None]
        named = [cell for cell in cells if is_name(cell) and has_surname(cell)]
        if meaning in ("name", "PERSON_OFFICE") and len(named) * 2 >= len(cells) > 0:
            return False
    return True


def _is_told(grid: Grid, column: int) -> bool:
    return any(row.cells[column] is not None for row in grid.rows)


def _holds(grid: Grid, cells: tuple[object, ...]) -> bool:
    for meaning, cell in zip(grid.meanings, cells, strict=True):
        text = getattr(cell, "text", "")
        if meaning in SENSITIVE and text and private_ranges(meaning, text, 0):
            return True
    return False
