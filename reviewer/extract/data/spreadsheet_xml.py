"""Excel's XML of 2003 (SpreadsheetML): sheets, cells, comments, formulas, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.data.xml_tree import elements, local
from reviewer.extract.delimited import column_letters
from reviewer.extract.scribe import Scribe
from reviewer.extract.workbook.formulas import part_of
from reviewer.terms import Cell, Part

_MOST_COLUMNS = 16_384
_FAR_ROW = 1_048_576
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """One worksheet being written."""

    scribe: Scribe
    name: str
    ordinal: int
    hidden: bool
    columns: frozenset[int]  # hidden ones

    def place(self, row: int, column: int) -> str:
        return f"{self.name}!{column_letters(column)}{row + 1}"


def write(root: etree._Element, scribe: Scribe) -> None:
    """All sheets in their order, then names, properties, and whatever text is left."""
    for sheet in _all(root, "Worksheet"):
        _write_sheet(sheet, scribe)
    for name in _all(root, "NamedRange"):
        scribe.add(f"{_attr(name, 'Name')} {_attr(name, 'RefersTo')}", "名称", part=Part.DEFINED_NAME, hidden=True)
    for properties in ("DocumentProperties", "CustomDocumentProperties"):
        for holder in _all(root, properties):
            for entry in elements(holder):
                scribe.add(_text(entry), f"属性/{local(entry)}", part=Part.PROPERTY, hidden=True)
    _write_rest(root, scribe)


def _write_sheet(sheet: etree._Element, scribe: Scribe) -> None:
    name = _attr(sheet, "Name") or "工作表"
    visible = next((_text(entry) for entry in _all(sheet, "Visible")), "")
    table = next(_all(sheet, "Table"), None)
    ordinal = scribe.reserve_tables()
    hidden = visible in ("SheetHidden", "SheetVeryHidden")
    scribe.add(name, f"{name} 表名", part=Part.TABLE, hidden=hidden)
    if table is not None:
        target = _Sheet(
            scribe=scribe, name=name, ordinal=ordinal, hidden=hidden, columns=frozenset(_hidden_columns(table))
        )
        _write_rows(table, target)
    for kind in ("Header", "Footer"):
        for margin in _all(sheet, kind):
            scribe.add(
                _attr(margin, "Data"), f"{name} {'页眉' if kind == 'Header' else '页脚'}", part=Part(kind.lower())
            )


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    at = 0
    for column in _children(table, "Column"):
        at = _index(column, at)
        span = min(_whole(_attr(column, "Span")), _MOST_COLUMNS)
        if _attr(column, "Hidden") == "1" or _attr(column, "Width") == "0":
            yield from range(at, at + span + 1)
        at += span + 1


def _write_rows(table: etree._Element, sheet: _Sheet) -> None:
    at = 0
    for row in _children(table, "Row"):
        at = _index(row, at)
        hidden = sheet.hidden or _attr(row, "Hidden") == "1" or _attr(row, "Height") == "0"
        column = 0
        for cell in _children(row, "Cell"):
            column = _index(cell, column)
            _write_cell(cell, at, column, sheet, hidden=hidden or column in sheet.columns)
            column += 1 + min(_whole(_attr(cell, "MergeAcross")), _MOST_COLUMNS)
        sheet.scribe.separate("\n")
        at += 1 + min(_whole(_attr(row, "Span")), _FAR_ROW)


def _write_cell(cell: etree._Element, row: int, column: int, sheet: _Sheet, *, hidden: bool) -> None:
    place, scribe = sheet.place(row, column), sheet.scribe
    where = Cell(
        table=sheet.ordinal, row=row, column=column, sheet=sheet.name, ref=f"{column_letters(column)}{row + 1}"
    )
    for data in _children(cell, "Data"):
        scribe.add(_text(data), place, part=Part.TABLE, hidden=hidden, cell=where, after="\t")
    for comment in _children(cell, "Comment"):
        words = " ".join(filter(None, (_attr(comment, "Author"), _text(comment))))
        scribe.add(words, f"{place} 批注", part=Part.COMMENT, hidden=True)
    formula, link = _attr(cell, "Formula"), _attr(cell, "HRef")
    if '"' in formula or next(_children(cell, "Data"), None) is None:
        scribe.add(formula, f"{place} 公式", part=part_of(formula), hidden=True)
    scribe.add(link, f"{place} 链接", part=Part.ATTRIBUTE, hidden=True)


def _write_rest(root: etree._Element, scribe: Scribe) -> None:
    """Text in places that this reader does not know: validation lists, filters, scripts."""
    for element in root.iter("*"):
        if local(element) in _NOTED and element.text and len(element.text.strip()) > 1:
            scribe.add(element.text.strip(), local(element), part=Part.ATTRIBUTE, hidden=True)


_NOTED = frozenset(
    {"InputTitle", "InputMessage", "ErrorTitle", "ErrorMessage", "Value", "Name", "BinaryData", "Script"}
)


def _index(element: etree._Element, expected: int) -> int:
    """Where a row or cell stands, from 0; gaps are skipped by an index from 1."""
    return min(max(_whole(_attr(element, "Index")) - 1, expected), _FAR_ROW)


def _whole(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0


def _attr(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter("{*}" + name)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in elements(element) if local(child) == name)
