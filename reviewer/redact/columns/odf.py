"""Cuts columns out of redacted OpenDocument tables (formulas are values already); what names a column moves along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from reviewer.extract.package.xml import attr, found, local, parse, whole
from reviewer.language import tr
from reviewer.redact.columns import Column, Shift, Uncut
from reviewer.redact.columns.odf_addresses import move_addresses
from reviewer.redact.edit import Tally
from reviewer.redact.lines import drop
from reviewer.redact.odf import CELLS, VALUES, written_flat
from reviewer.redact.package import Parts

_COLUMN_GROUPS = frozenset({"table-columns", "table-header-columns", "table-column-group"})
_ROW_GROUPS = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_SILENT = frozenset({"p", "span", "s", "tab", "line-break", "soft-page-break"})
_REPEATED, _SPANNED = "number-columns-repeated", "number-columns-spanned"
# What only a formula means, and arrows that a program draws between formulas and their cells.
_OF_FORMULAS = ("number-matrix-columns-spanned", "number-matrix-rows-spanned")
_DROPPED = ("detective",)
_LINKED = ("cell-range-source", "table-source")


def cut(data: bytes, columns: Iterable[Column]) -> bytes:
    gone: dict[tuple[int, str | None], set[int]] = {}
    for one in columns:
        gone.setdefault((one.table, one.sheet), set()).add(one.column)
    if not data.startswith(b"PK"):
        root = parse(data)
        _cut_all(root, [root], gone)
        return written_flat(root)
    parts = Parts(data, Tally())
    names = [name for name in parts.names if name.rpartition("/")[2] in ("content.xml", "styles.xml")]
    _cut_all(parts.tree("content.xml"), [parts.tree(name) for name in names], gone)
    return parts.saved()


def _cut_all(
    main: etree._Element, trees: Sequence[etree._Element], gone: Mapping[tuple[int, str | None], set[int]]
) -> None:
    tables = list(found(main, "table"))
    for (ordinal, sheet), places in gone.items():
        named = [table for table in tables if attr(table, "name") == sheet] if sheet else tables[ordinal : ordinal + 1]
        if len(named) != 1:
            raise Uncut(tr("找不到该表", "the table is not found again"))
        shift = Shift(places)
        _cut_one(named[0], shift)
        for tree in trees if sheet else ():
            move_addresses(tree, sheet or "", shift)


def _cut_one(table: etree._Element, shift: Shift) -> None:
    if any(next(found(table, name), None) is not None for name in _LINKED):
        raise Uncut(tr("表格链接到别的文件", "the table is linked to another file"))
    for element in list(found(table, *_DROPPED)):
        drop(element)
    if not _cut_run(list(_inside(table, ("table-column",), _COLUMN_GROUPS)), shift):
        raise Uncut(tr("表格里不剩别的列", "nothing of the table would stay"))
    for group in reversed([one for one in found(table, *_COLUMN_GROUPS) if not len(one)]):
        _drop_empty(group)
    for row in _inside(table, ("table-row",), _ROW_GROUPS):
        cells = [inner for inner in row if local(inner) in CELLS]
        _narrow_merged(cells, shift)
        if not _cut_run(cells, shift):
            raise Uncut(tr("表格的行不齐", "the rows of the table are ragged"))


def _inside(element: etree._Element, names: Iterable[str], groups: frozenset[str]) -> Iterator[etree._Element]:
    """The columns or rows of a table through their groups, not those of a table in a cell."""
    for inner in element:
        if local(inner) in names:
            yield inner
        elif local(inner) in groups:
            yield from _inside(inner, names, groups)


def _cut_run(elements: Sequence[etree._Element], shift: Shift) -> int:
    """Cut out of columns, or of the cells of a row, each of which may stand for several; returns how many stay."""
    at = stay = 0
    for element in elements:
        times = _number(element, _REPEATED)
        left = shift.before(at + times) - shift.before(at)
        if left < times and local(element) in CELLS and _says(element):
            raise Uncut(tr("该列还有内容", "the column still holds something"))
        if left == 0:
            drop(element)
        elif left < times:
            _put(element, _REPEATED, left)
        at += times
        stay += left
    return stay


def _narrow_merged(cells: Sequence[etree._Element], shift: Shift) -> None:
    at = 0
    for cell in cells:
        for name in _OF_FORMULAS:
            _forget(cell, name)
        times, spans = _number(cell, _REPEATED), _number(cell, _SPANNED)
        left = shift.before(at + spans) - shift.before(at)
        if 0 < left < spans:
            if times > 1 or at in shift.gone:
                raise Uncut(tr("合并的单元格从该列开始", "a merged cell begins in the column"))
            _put(cell, _SPANNED, left)
        at += times


def _says(cell: etree._Element) -> bool:
    values = any(attr(cell, name) for name in VALUES if name not in ("value-type", "currency"))
    others = any(local(inner) not in _SILENT for inner in cell.iterdescendants("{*}*"))
    return values or others or bool("".join(map(str, cell.itertext())).strip())


def _drop_empty(group: etree._Element) -> None:
    parent = group.getparent()
    drop(group)
    if parent is not None and local(parent) in _COLUMN_GROUPS and not len(parent):
        _drop_empty(parent)


def _number(element: etree._Element, name: str) -> int:
    return max(1, whole(attr(element, name), 1))


def _key(element: etree._Element, name: str) -> str | None:
    return next((str(key) for key in element.attrib if str(key).rpartition("}")[2] == name), None)


def _put(element: etree._Element, name: str, value: int) -> None:
    key = _key(element, name)
    if key is not None:
        element.set(key, str(value))


def _forget(element: etree._Element, name: str) -> None:
    key = _key(element, name)
    if key is not None:
        del element.attrib[key]
