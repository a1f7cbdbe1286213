"""DrawingML that docx, xlsx and pptx share: paragraphs of shapes, alternative texts, charts and SmartArt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.markup import choose, relation_id
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.package.xml import attr, found, local, take
from reviewer.terms import Part

_GIVEN_NAME = re.compile(
    r"(图片|图像|图表|图形|图示|文本框|文本|矩形|圆角|椭圆|直线|直接|曲线|连接符|组合|对象|内容|竖排|副?标题|占位符|表格|形状|"
    r"任意多边形|箭头|灯片编号|幻灯片|图像|备注|日期|页脚|页眉|批注|墨迹|按钮|艺术字|"
    r"Picture|Image|Graphic|Chart|Diagram|Text|Box|Rectangle|Oval|Line|Straight|Connector|Group|Object|Content|Title|"
    r"Subtitle|Placeholder|Table|Shape|Auto|Freeform|Arrow|Frame|Rounded|Word|Art|Canvas|Slide|Number|Notes|Date|Footer|"
    r"Header|Comment|Ink|Button|[\s\d:;_-])*",
    re.IGNORECASE,
)
_SAYING_NAME = re.compile(r"[\u3400-\u9fff]|\d{7}|\.\w{2,4}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text beside a place but not in it: hidden, deleted, drawn. `what` is added to the place;
    without `part` it belongs to the part of the place."""

    text: str
    what: str
    part: Part | None = None
    hidden: bool = True


def paragraphs(body: etree._Element) -> Iterator[str]:
    """The text of each DrawingML paragraph (`a:p`) below an element; text set aside by a Fallback comes last."""
    for paragraph in found(body, "p"):
        pieces: list[str] = []
        asides: list[str] = []
        _collect(paragraph, pieces, asides)
        yield "".join(pieces)
        yield from asides


def _collect(element: etree._Element, pieces: list[str], asides: list[str]) -> None:
    for inner in element:
        name = local(inner)
        if name == "t":
            pieces.append(take(inner))
        elif name == "br":
            pieces.append("\n")
        elif name == "tab":
            pieces.append("\t")
        elif name == "AlternateContent":
            branch, others = choose(inner)
            asides.extend(others)
            if branch is not None:
                _collect(branch, pieces, asides)
        elif not name.endswith("Pr"):
            _collect(inner, pieces, asides)


def alternative_texts(shape: etree._Element) -> Iterator[str]:
    """What a shape's `docPr` or `cNvPr` says besides the drawing: description, title, a name given by a person."""
    for key in ("descr", "title"):
        value = (attr(shape, key) or "").strip()
        if value:
            yield value
    name = (attr(shape, "name") or "").strip()
    if saying_name(name):
        yield name


def saying_name(name: str) -> bool:
    """Whether a shape's name was given by a person and may say something."""
    return _SAYING_NAME.search(name) is not None and not _GIVEN_NAME.fullmatch(name)


def is_hidden_shape(shape: etree._Element) -> bool:
    """Whether a `docPr` or `cNvPr` hides its shape."""
    return (attr(shape, "hidden") or "0").lower() in ("1", "true")


class Figures:
    """Charts and SmartArt of one file, numbered in the order in which they are met."""

    def __init__(self, package: Package, pictures: Pictures) -> None:
        self._package = package
        self._pictures = pictures
        self._charts = 0
        self._diagrams = 0

    def placed(self, source: str, element: etree._Element, near: str, *, hidden: bool) -> None:
        """Read the chart or SmartArt that a `c:chart`, `cx:chart` or `dgm:relIds` element refers to."""
        if local(element) == "relIds":
            self._diagram(source, relation_id(element, "dm"), near, hidden=hidden)
        elif relation_id(element) is not None:
            self._chart(source, relation_id(element), near, hidden=hidden)

    def _chart(self, source: str, identity: str | None, near: str, *, hidden: bool) -> None:
        name = self._target(source, identity)
        root = self._package.xml(name) if name else None
        if root is None:
            return
        self._charts += 1
        place = f"{near} 图表{self._charts}"
        for text in (*paragraphs(root), *_caches(root)):
            self._write(text, place, hidden=hidden)
        for blip in found(root, "blip"):
            self._pictures.placed(name, relation_id(blip, "embed"), place)
        for shapes in self._package.related(name, "chartUserShapes"):
            drawing = self._package.xml(shapes)
            for text in paragraphs(drawing) if drawing is not None else ():
                self._write(text, place, hidden=hidden)

    def _diagram(self, source: str, identity: str | None, near: str, *, hidden: bool) -> None:
        name = self._target(source, identity)
        root = self._package.xml(name) if name else None
        if root is None:
            return
        self._diagrams += 1
        place = f"{near} SmartArt{self._diagrams}"
        shown = [text for text in paragraphs(root) if text.strip()]
        for text in shown:
            self._write(text, place, hidden=hidden)
        copy = next(found(root, "dataModelExt"), None)
        if copy is not None:
            self._stale_drawing(self._target(source, attr(copy, "relId")), "".join("".join(shown).split()), place)

    def _stale_drawing(self, name: str, shown: str, place: str) -> None:
        """The drawn copy of a SmartArt may still hold what its data no longer does."""
        root = self._package.xml(name) if name else None
        for text in paragraphs(root) if root is not None else ():
            if "".join(text.split()) not in shown:
                self._write(text, place, hidden=True)

    def _target(self, source: str, identity: str | None) -> str:
        relation = self._package.relation(source, identity)
        if relation is None or relation.external or not self._package.has(relation.target):
            return ""
        return relation.target

    def _write(self, text: str, place: str, *, hidden: bool) -> None:
        if text.strip():
            self._package.scribe.add(text, place, part=Part.TEXT_BOX, hidden=hidden)


def _caches(root: etree._Element) -> Iterator[str]:
    """The values a chart keeps of its data, a line each; `cx:lvl` is a cache of a newer chart."""
    for cache in found(root, "strCache", "numCache", "strLit", "numLit", "lvl"):
        values = [take(point).strip() for point in found(cache, "pt")]
        yield "\n".join(value for value in values if value)
    for title in found(root, "v"):
        parent = title.getparent()
        if parent is not None and local(parent) in ("tx", "txData"):
            yield take(title)
