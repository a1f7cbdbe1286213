"""Registers as files: a workbook that prints on A4 or, where it is wide, on A3; comma-separated values; JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from reviewer.signoff.paper import BODY_FONT, HEAD_FONT
from reviewer.signoff.sheet import Cell, Sheet

SCHEMA = "reviewer.register/1"
_A4, _A3 = 9, 8
_WIDEST_UPRIGHT, _WIDEST_ON_A4 = 115, 170  # characters; beyond that, what is printed cannot be read
_LEAST_ROWS = 3
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(sheets: Sequence[Sheet], made: datetime) -> bytes:
    """The sheets as .xlsx, dated `made`; titles, borders, wrapped cells, and repeated heads on every page."""
    from xlsxwriter import Workbook

    held = io.BytesIO()
    book = Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": made.astimezone(UTC).replace(tzinfo=None), "author": "", "comments": ""})
    plain = {"font_name": BODY_FONT, "font_size": 9, "text_wrap": True, "valign": "vcenter", "border": 1}
    forms = {
        "title": book.add_format(
            {"font_name": HEAD_FONT, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "head": book.add_format({**plain, "font_name": HEAD_FONT, "align": "center", "bg_color": "#EDEDED"}),
        "text": book.add_format(plain),
        "number": book.add_format({**plain, "align": "center"}),
        "note": book.add_format({"font_name": BODY_FONT, "font_size": 9}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, forms)
    book.close()
    return held.getvalue()


def _write(page: Any, sheet: Sheet, forms: dict[str, Any]) -> None:
    width = sum(columns for _, columns in sheet.columns)
    page.set_paper(_A3 if width > _WIDEST_ON_A4 else _A4)
    if width > _WIDEST_UPRIGHT:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.repeat_rows(1)
    page.freeze_panes(2, 0)
    page.set_row(0, 26 * _lines(sheet.title * 2, width))  # its characters are nearly twice as wide as those below
    page.merge_range(0, 0, 0, len(sheet.columns) - 1, sheet.title, forms["title"])
    for at, (name, width) in enumerate(sheet.columns):
        page.set_column(at, at, width)
        page.write_string(1, at, name, forms["head"])
    row = 2
    for cells in (*sheet.rows, *[("",) * len(sheet.columns)] * (_LEAST_ROWS - len(sheet.rows))):
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(row, at, cell, forms["number"])
            else:
                page.write_string(row, at, cell, forms["text"])
        lines = max(_lines(cell, width) for cell, (_, width) in zip(cells, sheet.columns, strict=True))
        page.set_row(row, max(18, 12.5 * lines + 4))
        row += 1
    for note in sheet.notes:
        page.write_string(row, 0, note, forms["note"])
        row += 1


def _lines(cell: Cell, width: int) -> int:
    """How many lines the cell takes: a Chinese character is about two columns wide."""
    columns = sum(1 if char.isascii() else 2 for char in str(cell))
    return max(1, -(-columns // max(1, width - 1)))


def comma_separated(sheet: Sheet) -> str:
    """The sheet as CSV. A cell that a spreadsheet would take for a formula is written with an apostrophe before it."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow([name for name, _ in sheet.columns])
    writer.writerows([_inert(cell) for cell in row] for row in sheet.rows)
    return held.getvalue()


def _inert(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_json(sheets: Iterable[Sheet]) -> str:
    """The sheets as one object: rows as objects under the columns' names."""
    told = [
        {
            "name": sheet.name,
            "title": sheet.title,
            "rows": [dict(zip((name for name, _ in sheet.columns), row, strict=True)) for row in sheet.rows],
            "notes": list(sheet.notes),
        }
        for sheet in sheets
    ]
    return json.dumps({"schema": SCHEMA, "sheets": told}, ensure_ascii=False, indent=1)
