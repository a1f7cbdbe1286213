"""Reads a vector drawing (SVG 1.1, SVG 2): its texts, shown or not, what describes it, and what is enclosed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.data.inlay import Inlays
from reviewer.extract.data.xml_tree import elements, local
from reviewer.extract.embedded import read_embedded
from reviewer.extract.html.script import script_text
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.language import tr
from reviewer.terms import Part

_TEXTS = frozenset({"text", "flowRoot", "flowPara"})
_DESCRIBING: Mapping[str, str] = {"title": "标题", "desc": "说明", "metadata": "元数据"}
_UNDRAWN = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "marker"})
_DRAWN = frozenset({"path", "polygon", "polyline", "use", "image", "circle", "ellipse"})
_GEOMETRY = frozenset({"d", "points", "transform", "viewBox", "values", "style", "href"})
_MEASURES = re.compile(r"[\s\d.,eE+-]*[.,\s][\s\d.,eE+-]*")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CLASS = re.compile(r"\.([\w-]+)\s*(?:,|$)|^\s*([a-z]+)\s*(?:,|$)")
_TELLING = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\d{7}|\w@\w+\.\w")


@dataclass(frozen=True, slots=True)
class _Look:
    """What is handed down from an element to those in it."""

    hidden: bool = False
    label: str = ""


class _Drawing:
    """One drawing being written down."""

    def __init__(self, root: etree._Element, scribe: Scribe) -> None:
        self._scribe = scribe
        self._inlays = Inlays(scribe)
        self._styles = dict(_sheet(root))
        self._counts: dict[str, int] = {}
        self.words = False
        self.drawn = 0

    def walk(self, element: etree._Element, look: _Look) -> None:
        name = local(element)
        look = _Look(look.hidden or self._is_hidden(element), look.label)
        self.drawn += name in _DRAWN
        self._attributes(element)
        if name in _TEXTS:
            self._text(element, hidden=look.hidden)
        elif name in _DESCRIBING:
            text = " ".join("".join(map(str, element.itertext())).split())
            self._scribe.add(text, self._place(_DESCRIBING[name]), part=Part.ALT_TEXT, hidden=True)
        elif name == "script":
            for _, text in script_text(str(element.text or "")):
                self._scribe.add(text, self._place("脚本"), part=Part.SCRIPT, hidden=True)
        elif name == "foreignObject":
            self._foreign(element)
        elif name != "style":
            for inner in elements(element):
                self.walk(inner, _Look(look.hidden or name in _UNDRAWN, look.label))

    def _text(self, element: etree._Element, *, hidden: bool) -> None:
        """Glyphs are often set one by one: what stands in one text element is one line."""
        self.words |= any(one.isalnum() for one in "".join(map(str, element.itertext())))
        for part, unseen in self._pieces(element, hidden):
            self._scribe.add(part, self._place("文字"), hidden=unseen)

    def _pieces(self, element: etree._Element, hidden: bool) -> Iterator[tuple[str, bool]]:
        """Runs of text that are seen, or not seen, together."""
        run, unseen = "", hidden
        for text, concealed in self._runs(element, hidden):
            if concealed != unseen and run.strip():
                yield " ".join(run.split()), unseen
                run = ""
            run, unseen = run + text, concealed
        if run.strip():
            yield " ".join(run.split()), unseen

    def _runs(self, element: etree._Element, hidden: bool) -> Iterator[tuple[str, bool]]:
        hidden = hidden or self._is_hidden(element)
        if element.text:
            yield element.text, hidden
        for child in element:
            if isinstance(child.tag, str):
                yield from self._runs(child, hidden)
            if child.tail:
                yield child.tail, hidden

    def _attributes(self, element: etree._Element) -> None:
        for key, value in element.attrib.items():
            name = str(key).rpartition("}")[2]
            if name == "href" and str(value).lstrip().startswith("data:"):
                self._inlays.read(str(value), self._place("图像"))
            elif name == "href" and not str(value).startswith("#"):
                self._scribe.add(str(value), self._place("链接"), part=Part.ATTRIBUTE, hidden=True)
            elif name.startswith("on") or (name not in _GEOMETRY and _says_something(str(value))):
                place = f"{self._place(local(element))}/@{name}"
                self._scribe.add(str(value), place, part=Part.ATTRIBUTE, hidden=True)

    def _foreign(self, element: etree._Element) -> None:
        body = b"".join(etree.tostring(inner, with_tail=True) for inner in elements(element))
        inner = read_embedded(b"<!doctype html><body>" + body, ".html")
        self.words |= bool(inner.segments)
        self._scribe.enclose(inner, self._place("嵌入网页"), Enclosure.CHUNK)

    def _is_hidden(self, element: etree._Element) -> bool:
        look = dict(self._styles.get(local(element), {}))
        for name in str(element.get("class") or "").split():
            look |= self._styles.get(f".{name}", {})
        look |= {str(key): str(value) for key, value in element.attrib.items() if key in _LOOKS}
        look |= _declarations(str(element.get("style") or ""))
        return _conceals(look, text=local(element) in (*_TEXTS, "tspan"))

    def _place(self, what: str) -> str:
        self._counts[what] = self._counts.get(what, 0) + 1
        return f"{what}{self._counts[what]}"


_LOOKS = frozenset({"display", "visibility", "opacity", "fill", "fill-opacity", "font-size", "stroke"})
_NOUGHT = re.compile(r"0*\.?0*(?:px|pt|em|%)?")


def write(root: etree._Element, scribe: Scribe) -> None:
    """Everything in a drawing that says something; a drawing without text is a picture, and that is told."""
    drawing = _Drawing(root, scribe)
    drawing.walk(root, _Look())
    if drawing.drawn and not drawing.words:
        scribe.gap(tr("全图", "the whole drawing"), _no_text())


def _says_something(value: str) -> bool:
    return _TELLING.search(value) is not None and not _MEASURES.fullmatch(value)


def _sheet(root: etree._Element) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors of one class or one name, and what they declare."""
    for style in root.iter("{*}style"):
        for rule in _RULE.finditer(str(style.text or "")):
            for found in _CLASS.finditer(rule[1].strip()):
                yield f".{found[1]}" if found[1] else found[2], _declarations(rule[2])


def _declarations(text: str) -> dict[str, str]:
    pairs = (piece.partition(":") for piece in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs}


def _conceals(look: Mapping[str, str], *, text: bool) -> bool:
    if look.get("display") == "none" or look.get("visibility") in ("hidden", "collapse"):
        return True
    if _NOUGHT.fullmatch(look.get("opacity") or "1"):
        return True
    if not text:
        return False
    unfilled = look.get("fill") in ("none", "transparent") or bool(_NOUGHT.fullmatch(look.get("fill-opacity") or "1"))
    return (unfilled and look.get("stroke", "none") == "none") or bool(_NOUGHT.fullmatch(look.get("font-size") or "1"))


def _no_text() -> str:
    return tr(
        "图形中没有文字层，文字可能已转为曲线：由审核人看图核对",
        "the drawing has no text of its own, words in it may be drawn as curves: let a reviewer look at it",
    )
