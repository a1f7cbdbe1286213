"""The older drawing language (VML) of workbooks: comments go, buttons and boxes stay with what they say."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reviewer.extract.ooxml.markup import relation_id
from reviewer.extract.package.xml import UnreadableError, attr, found, local, plain
from reviewer.redact.lines import AttributeLine, Line, TreeLine, drop
from reviewer.redact.ooxml import Office, kind

_SHAPES = ("shape", "rect", "roundrect", "oval", "line", "polyline", "group")
_DOES = ("Fmla", "Script")  # beginnings of what a control does: macros, cells it is linked to


def clean_vml(office: Office, source: str) -> None:
    """Take comments and macros out of a sheet's drawings; a drawing that says nothing then goes."""
    root = office.tree(source)
    margins = {relation_id(one) for one in found(root, "legacyDrawingHF")}
    drawings = [r for r in office.relations(source) if kind(r) == "vmlDrawing" and attr(r, "Id") not in margins]
    gone = [relation for relation in drawings if not _stays(office, office.target(source, relation))]
    office.cut(source, gone, "批注和对象")
    left = {attr(relation, "Id") for relation in office.relations(source)}
    for one in [one for one in found(root, "legacyDrawing") if relation_id(one) not in left]:
        drop(one)


def _stays(office: Office, name: str | None) -> bool:
    try:
        root = None if name is None else office.tree(name)
    except UnreadableError:  # programs write line ends into comments that no XML knows
        return False
    if root is None:
        return False
    for data in list(found(root, "ClientData")):
        if attr(data, "ObjectType") == "Note":
            shape = next((up for up in data.iterancestors() if local(up) in _SHAPES), None)
            if shape is not None and shape.getparent() is not None:
                drop(shape)
                office.tally.add("批注和对象")
        for inner in [inner for inner in data if local(inner).startswith(_DOES)]:
            drop(inner)
            office.tally.add("宏和控件")
    return any(line.text.strip() for line in _lines(root))


def vml_lines(office: Office) -> Iterator[Line]:
    """What the shapes say, as `extract.ooxml.vml` reads it."""
    for name in office.names:
        if name.endswith(".vml"):
            yield from _lines(office.tree(name))


def _lines(root: etree._Element) -> Iterator[Line]:
    for path in found(root, "textpath"):
        yield AttributeLine(path, "string")
    for box in found(root, "textbox"):
        line = TreeLine()
        _collect(box, line)
        if plain(box).strip():
            yield line
    for shape in found(root, "shape", "rect"):
        for key in ("alt", "title"):
            yield AttributeLine(shape, key)


def _collect(element: etree._Element, line: TreeLine) -> None:
    line.add(element)
    for inner in element:
        _collect(inner, line)
        line.add(inner, tail=True)
