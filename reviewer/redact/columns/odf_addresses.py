"""Cell addresses in attributes of OpenDocument (1.3 part 3, 18.3.3 and part 4, 5.8), moved when columns are cut out."""

from __future__ import annotations

import re

from lxml import etree

from reviewer.extract.package.xml import attr, local
from reviewer.extract.workbook.grid import column_index, column_name
from reviewer.language import tr
from reviewer.redact.columns import Shift, Uncut
from reviewer.redact.lines import drop

_SHEET = r"\$?(?:'(?:[^']|'')*'|[^\s.:'\[\]#$]+)"
_ADDRESS = re.compile(
    rf"(?P<sheet>{_SHEET})?(?P<point>[.!])(?P<left>\$?[A-Z]{{1,3}})(?P<top>\$?\d+)?"
    rf"(?::(?P<second>(?:{_SHEET})?[.!])?(?P<right>\$?[A-Z]{{1,3}})(?P<bottom>\$?\d+)?)?"
)
_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
_CONDITIONS = ("condition", "map", "conditional-format", "color-scale", "data-bar", "icon-set", "date-is")


class _Gone(Exception):  # noqa: N818 - no failure: the caller knows what goes with it
    """All columns of an address have gone."""


def move_addresses(root: etree._Element, sheet: str, shift: Shift) -> None:
    """Move every attribute of a tree that is a list of addresses in `sheet`, or a condition on its cells.

    Print ranges that are gone go, and so do conditions that look at a column that is gone: the cells are shown without
    them. Raises Uncut for anything else that refers to it, such as a chart.
    """
    for element in list(root.iter("{*}*")):
        own = _own_sheet(element) if any("[." in str(value) for value in element.attrib.values()) else None
        for key, value in list(element.attrib.items()):
            _move(element, str(key), str(value), own, sheet, shift)
        if local(element) == "desc" and element.text:
            element.text = _described(element.text, sheet, shift)
    for formats in [one for one in root.iter("{*}conditional-formats") if not len(one)]:
        drop(formats)


def _described(text: str, sheet: str, shift: Shift) -> str:
    """A chart repeats in its own table from which cells each row is."""
    try:
        return _listed(text, sheet, shift)
    except _Gone:
        return ""


def _own_sheet(element: etree._Element) -> str | None:
    """The sheet that an address without one means here."""
    base = _ADDRESS.match(attr(element, "base-cell-address") or "")
    if base is not None and base["sheet"]:
        return _bare(base["sheet"])
    return next((attr(table, "name") for table in element.iterancestors("{*}table")), None)


def _move(element: etree._Element, key: str, value: str, own: str | None, sheet: str, shift: Shift) -> None:
    name = key.rpartition("}")[2]
    if "[." not in value and sheet.replace("'", "''") not in value:
        return
    try:
        if name == "href":
            new = f"#{_listed(value[1:], sheet, shift)}" if value.startswith("#") else value
        elif "[" in value:
            new = _BRACKETED.sub(lambda one: f"[{_listed(one[1], sheet, shift, own)}]", value)
        else:
            new = _listed(value, sheet, shift)
    except _Gone:
        _without(element, key, name, sheet)
        return
    if new != value:
        element.set(key, new)


def _without(element: etree._Element, key: str, name: str, sheet: str) -> None:
    if name == "href":
        element.set(key, f"#{sheet}")
    elif name in ("print-ranges", "end-cell-address"):
        for other in [one for one in element.attrib if str(one).endswith(("}end-x", "}end-y"))]:
            del element.attrib[other]
        del element.attrib[key]
    elif local(element) in _CONDITIONS:
        whole = next((one for one in element.iterancestors("{*}conditional-format")), element)
        drop(whole)
    else:
        raise Uncut(tr("图表或别处引用该列", "a chart or something else refers to the column"))


def _listed(text: str, sheet: str, shift: Shift, own: str | None = None) -> str:
    """The addresses of a list that stay, moved; the text as it is where it is no such list. Raises _Gone."""
    areas = [_ADDRESS.fullmatch(one) for one in re.findall(r"(?:'[^']*'|[^\s'])+", text)]
    if not areas or None in areas:
        return text
    moved = [_moved(one, sheet, shift, own) for one in areas if one is not None]
    stay = [one for one in moved if one is not None]
    if not stay:
        raise _Gone
    return " ".join(stay)


def _moved(found: re.Match[str], sheet: str, shift: Shift, own: str | None) -> str | None:
    named = _bare(found["sheet"]) if found["sheet"] else own
    if named != sheet:
        return found[0]
    right = found["right"] or found["left"]
    area = shift.area(_index(found["left"]), _index(right))
    if area is None:
        return None
    first = f"{found['sheet'] or ''}{found['point']}{_like(found['left'], area[0])}{found['top'] or ''}"
    if found["right"] is None:
        return first
    return f"{first}:{found['second'] or ''}{_like(right, area[1])}{found['bottom'] or ''}"


def _bare(named: str) -> str:
    named = named.removeprefix("$")
    return named[1:-1].replace("''", "'") if named.startswith("'") else named


def _index(column: str) -> int:
    return column_index(column.removeprefix("$"))


def _like(column: str, index: int) -> str:
    return ("$" if column.startswith("$") else "") + column_name(index)
