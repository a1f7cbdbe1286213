"""What lies on a sheet besides cells: shapes, pictures, charts, form buttons, tables."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import WHITE
from reviewer.extract.ooxml.drawing import Aside, Figures
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.ooxml.shapes import Drawn, Figure, Image, Surroundings, drawn
from reviewer.extract.ooxml.vml import vml_pictures, vml_texts
from reviewer.extract.package.xml import attr, child, found, local, take, whole
from reviewer.extract.telling import telling
from reviewer.extract.workbook.grid import column_name
from reviewer.extract.xlsx.sheet import Sheet
from reviewer.extract.xlsx.strings import Strings
from reviewer.terms import Part

_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """What the objects of all sheets of one workbook are read with."""

    package: Package
    pictures: Pictures
    figures: Figures
    colours: dict[str, str]

    def read(self, sheet: Sheet) -> None:
        """Write down shapes, pictures and charts that lie on a sheet, and its background picture."""
        for name in self.package.related(sheet.source, "drawing"):
            self._drawing(name, sheet)
        for name in self.package.related(sheet.source, "vmlDrawing"):
            root = self.package.xml(name)
            if root is not None:
                for text in vml_texts(root):
                    self._write(text, f"{sheet.name} 图形文字", Part.TEXT_BOX, hidden=sheet.hidden)
                vml_pictures(self.package, self.pictures, name, root, sheet.name)
        for relation in self.package.relations(sheet.source):
            if relation.kind == "image":
                self.pictures.placed(sheet.source, relation.id, sheet.name)

    def cell_images(self, main: str) -> None:
        """Pictures inside cells, as WPS keeps them (`=DISPIMG(…)`)."""
        for name in self.package.related(main, "cellImage"):
            root = self.package.xml(name)
            around = Surroundings(hidden=False, ground=WHITE, behind=WHITE)
            for thing in dict.fromkeys(drawn(root, around, self.colours)) if root is not None else ():
                self._drawn(thing, name, "单元格图片", hidden=False)

    def _drawing(self, name: str, sheet: Sheet) -> None:
        root = self.package.xml(name)
        around = Surroundings(hidden=sheet.hidden, ground=WHITE, behind=WHITE)
        for anchor in root if root is not None else ():
            place = _place(anchor, sheet)
            for thing in dict.fromkeys(drawn(anchor, around, self.colours)):
                self._drawn(thing, name, place, hidden=sheet.hidden)

    def _drawn(self, thing: Drawn, source: str, place: str, *, hidden: bool) -> None:
        if isinstance(thing, Aside):
            hidden = thing.hidden or hidden
            self._write(thing.text, f"{place} {thing.what}", thing.part or Part.TEXT_BOX, hidden=hidden)
        elif isinstance(thing, Image):
            self.pictures.placed(source, thing.relation_id, place)
        elif isinstance(thing, Figure):
            self.figures.placed(source, thing.element, place, hidden=hidden)
        else:
            self._write(take(thing.content), f"{place} 图形文字", Part.TEXT_BOX, hidden=hidden)

    def _write(self, text: str, place: str, part: Part, *, hidden: bool) -> None:
        if text.strip():
            self.package.scribe.add(text, place, part=part, hidden=hidden)


def read_tables(package: Package, sheet: Sheet, strings: Strings) -> None:
    """Names that a person gave to tables, and column names that no cell shows."""
    for name in package.related(sheet.source, "table"):
        root = package.xml(name)
        if root is None:
            continue
        for key in ("displayName", "comment"):
            text = attr(root, key) or ""
            if telling(text):
                package.scribe.add(text, f"{sheet.name} 表格名称", part=Part.PROPERTY, hidden=True)
        for column in found(root, "tableColumn"):
            text = attr(column, "name") or ""
            if telling(text) and not strings.holds(text):
                package.scribe.add(text, f"{sheet.name} 表格列名", part=Part.PROPERTY, hidden=True)


def _place(anchor: etree._Element, sheet: Sheet) -> str:
    """The cell at which an anchored object begins."""
    column, row = child(anchor, "from", "col"), child(anchor, "from", "row")
    if local(anchor) not in _ANCHORS or column is None or row is None:
        return sheet.name
    return f"{sheet.name}!{column_name(whole(column.text))}{whole(row.text) + 1}"
