"""Cuts columns out of the tables of a Word document; cells that span a column become narrower by it."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from reviewer.extract.package.xml import attr, child, found, local, whole
from reviewer.language import tr
from reviewer.redact.columns import Column, Uncut
from reviewer.redact.edit import Tally
from reviewer.redact.lines import drop
from reviewer.redact.ooxml import Office

_SAID = ("t", "drawing", "pict", "object", "tbl", "sdt", "sym", "br")


def cut(data: bytes, columns: Iterable[Column]) -> bytes:
    office = Office(data, Tally())
    tables = list(found(office.tree(office.main()), "tbl"))
    gone: dict[int, set[int]] = {}
    for one in columns:
        gone.setdefault(one.table, set()).add(one.column)
    for table, places in gone.items():
        if table >= len(tables):
            raise Uncut(tr("找不到该表", "the table is not found again"))
        for place in sorted(places, reverse=True):
            _cut_one(tables[table], place)
    return office.saved()


def _cut_one(table: etree._Element, place: int) -> None:
    grid = child(table, "tblGrid")
    widths = [] if grid is None else [one for one in grid if local(one) == "gridCol"]
    if not 0 <= place < len(widths) or len(widths) == 1:
        raise Uncut(tr("表格没有写明各列", "the table does not state its columns"))
    width = whole(attr(widths[place], "w"), 0)
    for row in table:
        if local(row) == "tr":
            _cut_cell(row, place, width)
        elif local(row) not in ("tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd"):
            raise Uncut(tr("表格的行有嵌套结构", "the rows of the table are wrapped"))
    drop(widths[place])
    _narrow(child(child(table, "tblPr"), "tblW"), width)


def _cut_cell(row: etree._Element, place: int, width: int) -> None:
    properties = child(row, "trPr")
    if any(child(properties, name) is not None for name in ("gridBefore", "gridAfter")):
        raise Uncut(tr("表格的行不齐", "the rows of the table are ragged"))
    column = 0
    for cell in list(row):
        if local(cell) in ("trPr", "tblPrEx", "bookmarkStart", "bookmarkEnd"):
            continue
        if local(cell) != "tc":
            raise Uncut(tr("表格的行有嵌套结构", "the rows of the table are wrapped"))
        own = child(cell, "tcPr")
        span = child(own, "gridSpan")
        covers = max(1, whole(attr(span, "val"), 1)) if span is not None else 1
        if column <= place < column + covers:
            if covers == 1:
                if next(found(cell, *_SAID), None) is not None and _says(cell):
                    raise Uncut(tr("该列还有内容", "the column still holds something"))
                drop(cell)
            elif span is not None:
                _put(span, "val", covers - 1)
                _narrow(child(own, "tcW"), width)
            return
        column += covers
    raise Uncut(tr("表格的行不齐", "the rows of the table are ragged"))


def _says(cell: etree._Element) -> bool:
    pictures = next(found(cell, "drawing", "pict", "object", "tbl"), None) is not None
    return pictures or any((text.text or "").strip() for text in found(cell, "t"))


def _narrow(element: etree._Element | None, width: int) -> None:
    """A width in twentieths of a point; shares of the page stay what they are."""
    if element is not None and attr(element, "type") == "dxa":
        _put(element, "w", max(0, whole(attr(element, "w"), 0) - width))


def _put(element: etree._Element, name: str, value: int) -> None:
    key = next((key for key in element.attrib if str(key).rpartition("}")[2] == name), None)
    if key is not None:
        element.set(key, str(value))
