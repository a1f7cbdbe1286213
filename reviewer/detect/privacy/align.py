"""Puts the cells of a row under their headers when some are missing or one holds a space: by what they look like."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.detect.privacy.people import has_surname
from reviewer.text.lazy import lazy

_ID = lazy(r"[0-9]{14,17}[0-9Xx]")
_MOBILE = lazy(r"1[3-9][0-9]{9}")
_LONG = lazy(r"[0-9]{12,}")
_DATE = lazy(r"(?:19|20)[0-9]{2}[年.\-/][0-9]{1,2}(?:[月.\-/][0-9]{1,2}日?)?")
_NUMBER = lazy(r"[0-9][0-9,.]*(?:元|%)?")
_NAME = lazy(r"[\u4e00-\u9fff]{2,4}")
_BORN_BEFORE = "2010"
_EXPECTED = {
    "id": ("resident_id", "old_resident_id", "social_security_no"),
    "mobile": ("phone", "wechat_qq"),
    "long": ("bank_account", "social_security_no"),
    "date": ("birth_date", "NEUTRAL"),
    "number": ("NEUTRAL", "income_or_account_balance", "exam_score_minor", "NUMBER"),
    "name": ("name", "PERSON_OFFICE"),
}


def align(cells: Sequence[str], meanings: Sequence[str]) -> list[int | None]:
    """For each cell the column under which it most likely stands, in order; None where no column is left."""
    rows, columns = len(cells), len(meanings)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(
                best[row + 1][column + 1] + _likeness(cells[row], meanings[column]),
                best[row + 1][column] - 1,
                best[row][column + 1] - 1,
            )
    found: list[int | None] = []
    row = column = 0
    while row < rows:
        if column < columns and best[row][column] == best[row + 1][column + 1] + _likeness(
            cells[row], meanings[column]
        ):
            found.append(column)
            row, column = row + 1, column + 1
        elif column < columns and best[row][column] == best[row][column + 1] - 1:
            column += 1
        else:
            found.append(None)
            row += 1
    return found


def _likeness(cell: str, meaning: str) -> int:
    shape = _shape(cell)
    if shape in _EXPECTED:
        if meaning == "birth_date" and cell[:4] < _BORN_BEFORE:
            return 7  # worth two empty columns: no other date is so far back
        return 4 if meaning in _EXPECTED[shape] else -3 if shape in ("id", "mobile", "long") else 0
    return 1 if meaning in ("", "NEUTRAL", "OFFICE", "home_address", "address", "hardship_reason") else 0


def _shape(cell: str) -> str:
    bare = cell.replace(" ", "").replace("-", "")
    for shape, pattern in (("id", _ID), ("mobile", _MOBILE), ("long", _LONG), ("date", _DATE), ("number", _NUMBER)):
        if pattern.fullmatch(bare if shape != "date" else cell):
            return shape
    return "name" if _NAME.fullmatch(bare) and has_surname(bare) else "text"
