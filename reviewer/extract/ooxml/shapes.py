"""What is drawn in a document or sheet: text boxes, word art, pictures, charts, and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.ooxml.colour import MIXED, WHITE, hexadecimal, shape_ground
from reviewer.extract.ooxml.drawing import alternative_texts, is_hidden_shape, paragraphs
from reviewer.extract.ooxml.markup import choose, relation_id
from reviewer.extract.package.xml import child, found, local, take
from reviewer.extract.paragraph import Aside
from reviewer.terms import Part
from reviewer.value import dataclass

_VML_SHAPES = frozenset({"shape", "rect", "roundrect", "oval", "line", "polyline", "arc", "group", "curve", "image"})
_VML_HIDDEN = re.compile(r"(visibility\s*:\s*hidden|display\s*:\s*none|mso-hide\s*:\s*(all|screen))", re.IGNORECASE)
_DRAWN = frozenset({"anchor", "inline", "wsp", "pic", "sp", "cxnSp", "graphicFrame", "grpSp", "wgp", "lockedCanvas"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A text box: its content is a story of its own on its own ground."""

    content: etree._Element
    hidden: bool
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture, by the id of its relationship."""

    relation_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart or SmartArt, by the element that refers to it."""

    element: etree._Element
    hidden: bool


Drawn = Box | Image | Figure | Aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a drawing stands in: hidden or not, on which ground; `behind` is the paper under all shapes."""

    hidden: bool
    ground: str
    behind: str


def drawn(element: etree._Element, around: Surroundings, colours: dict[str, str]) -> Iterator[Drawn]:
    """Everything in a drawing, in document order."""
    for inner in element:
        name = local(inner)
        if name == "AlternateContent":
            branch, others = choose(inner)
            yield from (Aside(text=text, what="替代内容", part=Part.TEXT_BOX) for text in others if text.strip())
            if branch is not None:
                yield from drawn(branch, around, colours)
        elif name == "txbxContent":
            yield Box(content=inner, hidden=around.hidden, ground=around.ground)
        elif name == "txBody":
            yield from _letters(paragraphs(inner), around)
        else:
            yield from _leaf(inner, name, around)
            yield from drawn(inner, _inside(inner, name, around, colours), colours)


def _leaf(inner: etree._Element, name: str, around: Surroundings) -> Iterator[Drawn]:
    if name in ("docPr", "cNvPr"):
        for text in alternative_texts(inner):
            yield Aside(text=text, what="替代文字", part=Part.ALT_TEXT)
        for link in found(inner, "hlinkClick", "hlinkHover"):
            if link.get("tooltip"):
                yield Aside(text=str(link.get("tooltip")), what="链接提示", part=Part.ALT_TEXT)
    elif name in ("blip", "svgBlip"):
        yield Image(relation_id=relation_id(inner, "embed"))
    elif name in ("imagedata", "fill"):
        yield Image(relation_id=relation_id(inner))
    elif name in ("chart", "relIds"):
        yield Figure(element=inner, hidden=around.hidden)
    elif name == "textpath":
        yield from _letters(iter([inner.get("string") or ""]), around, what="艺术字")
    elif name in _VML_SHAPES or name == "shapetype":
        for key in ("alt", "title"):
            if inner.get(key):
                yield Aside(text=str(inner.get(key)), what="替代文字", part=Part.ALT_TEXT)
    elif name == "FieldCodes":
        yield Aside(text=take(inner), what="域代码", part=Part.FIELD_CODE)


def _letters(texts: Iterator[str], around: Surroundings, what: str = "图形文字") -> Iterator[Drawn]:
    for text in texts:
        if text.strip():
            yield Aside(text=text, what=what, part=Part.TEXT_BOX, hidden=around.hidden)


def _inside(inner: etree._Element, name: str, around: Surroundings, colours: dict[str, str]) -> Surroundings:
    """The surroundings of what stands inside an element: a shape may hide its text or paint behind it."""
    hidden, ground = around.hidden, around.ground
    if name in _DRAWN:
        own = child(inner, "docPr") if name in ("anchor", "inline") else _own_properties(inner)
        hidden = hidden or (own is not None and is_hidden_shape(own))
    if name == "wsp":
        ground = shape_ground(child(inner, "spPr"), colours, around.behind)
    elif name in _VML_SHAPES:
        hidden = hidden or _VML_HIDDEN.search(inner.get("style") or "") is not None
        ground = _vml_ground(inner, around)
    return Surroundings(hidden=hidden, ground=ground, behind=around.behind)


def _own_properties(shape: etree._Element) -> etree._Element | None:
    """The `cNvPr` of a shape, directly below it or inside its `nv…Pr`."""
    for inner in shape:
        if local(inner) == "cNvPr":
            return inner
        if local(inner).startswith("nv"):
            return child(inner, "cNvPr")
    return None


def _vml_ground(shape: etree._Element, around: Surroundings) -> str:
    if (shape.get("filled") or "t").lower() in ("f", "false"):
        return around.behind
    if shape.get("fillcolor") is not None:
        return hexadecimal(shape.get("fillcolor")) or MIXED
    # Without a colour VML paints white, unless a fill of its own or the shape's type says otherwise.
    return MIXED if child(shape, "fill") is not None or shape.get("type") else WHITE
