"""What is drawn in an OpenDocument: text boxes, shapes, pictures, objects, and what they say of themselves."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from reviewer.extract.odf.desk import Desk, Setting
from reviewer.extract.package import take_attribute
from reviewer.extract.package.rest import read_unknown
from reviewer.extract.package.xml import attr, child, local, take
from reviewer.extract.paragraph import Aside
from reviewer.extract.pictures import is_picture
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

_SHAPES = frozenset(
    {"custom-shape", "rect", "line", "polyline", "polygon", "path", "circle", "ellipse", "connector", "measure"}
    | {"caption", "regular-polygon", "control", "page-thumbnail", "scene"}
)
_GROUPS = frozenset({"g", "a", "shapes"})
_GIVEN_NAME = re.compile(
    r"(图片|图像|图表|图形|文本框|文本|矩形|椭圆|直线|曲线|连接符|组合|对象|内容|副?标题|占位符|表格|形状|框架|箭头|幻灯片|图像|备注|"
    r"日期|页脚|页眉|"
    r"Picture|Image|Graphics?|Chart|Text|Box|Rectangle|Line|Connector|Group|Object|Content|Title|Subtitle|Placeholder|"
    r"Table|Shape|Auto|Frame|Slide|Number|Notes|Date|Footer|Header|Control|OLE|[\s\d:;_-])*",
    re.IGNORECASE,
)
_SAYING_NAME = re.compile(r"[\u3400-\u9fff]|\d{7}|\.\w{2,4}$")
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*:|//|\.\./)", re.IGNORECASE)
_DEEPEST = 40
_MOST_INLINE_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where a drawing stands, whether it is unseen, and how deep it nests."""

    place: str
    hidden: bool
    depth: int = 0


class Drawer:
    """Writes down drawings; `inner` writes the story inside one."""

    def __init__(self, desk: Desk, setting: Setting, inner: Callable[[etree._Element, Setting], None]) -> None:
        self._desk, self._set, self._inner = desk, setting, inner
        self._scribe = desk.shared.archive.scribe

    def draws(self, element: etree._Element) -> bool:
        """Whether an element is a drawing."""
        name = local(element)
        return name == "frame" or name in _SHAPES or name in _GROUPS

    def draw(self, element: etree._Element, place: str, *, hidden: bool) -> None:
        """One drawing and all that it holds."""
        self._draw(element, _Spot(place=place, hidden=hidden or attr(element, "display") == "none"))

    def _draw(self, element: etree._Element, spot: _Spot) -> None:
        if spot.depth > _DEEPEST:
            self._scribe.gap(spot.place, tr("图形嵌套过深，未读全", "drawings are nested too deeply"))
            return
        self._said(element, spot)
        name = local(element)
        if name == "a":
            self._address(take_attribute(element, "href"), spot)
        if name in _GROUPS or name == "scene":
            for inner in element:
                if self.draws(inner):
                    self._draw(inner, replace(spot, depth=spot.depth + 1))
        elif name == "frame":
            self._frame(element, spot)
        else:
            self._shape(element, spot)

    def _said(self, element: etree._Element, spot: _Spot) -> None:
        """Title, description, and a name given by a person."""
        texts = [take(inner).strip() for inner in list(element) if local(inner) in ("title", "desc")]
        name = take_attribute(element, "name")
        if _SAYING_NAME.search(name) and not _GIVEN_NAME.fullmatch(name):
            texts.append(name)
        for text in dict.fromkeys(filter(None, texts)):
            self._aside(Aside(text=text, what="替代文字", part=Part.ALT_TEXT), spot)

    def _aside(self, aside: Aside, spot: _Spot) -> None:
        self._scribe.add(
            aside.text,
            f"{spot.place} {aside.what}",
            part=aside.part or self._set.part,
            hidden=aside.hidden or spot.hidden,
        )

    def _ground(self, element: etree._Element) -> str:
        for family in ("graphic", "presentation"):
            own = self._desk.styles.look(family, attr(element, "style-name")).shape_ground
            if own is not None:
                return own
        return self._desk.paper

    def _shape(self, element: etree._Element, spot: _Spot) -> None:
        """A shape with text of its own."""
        has_text = any(local(inner) in ("p", "h", "list") for inner in element)
        if has_text:
            self._story(element, spot, element)
        for inner in element:
            if local(inner) == "glue-point" or not self.draws(inner):
                continue
            self._draw(inner, replace(spot, depth=spot.depth + 1))

    def _story(self, root: etree._Element, spot: _Spot, styled: etree._Element) -> None:
        if self._set.numbered:  # a slide: its text boxes are its text
            setting = replace(self._set, hidden=spot.hidden, ground=self._ground(styled))
            self._inner(root, setting)
            return
        self._desk.shared.boxes += 1
        prefix = f"{self._set.label} " if self._set.label else ""
        label = f"{prefix}文本框{self._desk.shared.boxes}"
        part = self._set.part if self._set.part in (Part.COMMENT, Part.PROPERTY) else Part.TEXT_BOX
        self._inner(root, replace(self._set, label=label, part=part, hidden=spot.hidden, ground=self._ground(styled)))

    def _frame(self, frame: etree._Element, spot: _Spot) -> None:
        for inner in frame:
            name = local(inner)
            if name == "text-box":
                self._story(inner, spot, frame)
            elif name == "table":
                holder = etree.Element("holder")
                holder.append(inner)
                self._inner(holder, replace(self._set, hidden=spot.hidden))
            elif name == "image":
                self._image(inner, spot)
            elif name == "object":
                self._object(inner, spot)
            elif name in ("object-ole", "plugin", "applet", "floating-frame"):
                self._foreign(inner, take_attribute(inner, "href"), spot)
            elif name in ("image-map", "contour-polygon", "contour-path", "glue-point", "event-listeners"):
                self._areas(inner, spot)
            elif self.draws(inner):
                self._draw(inner, replace(spot, depth=spot.depth + 1))

    def _areas(self, element: etree._Element, spot: _Spot) -> None:
        for area in element.iter():
            self._address(take_attribute(area, "href"), spot)

    def _image(self, image: etree._Element, spot: _Spot) -> None:
        for inner in image:
            name = local(inner)
            if name == "binary-data":
                self._desk.shared.pictures.shown(_decoded(take(inner)), spot.place)
            elif name in ("p", "h", "list"):
                self._story(image, spot, image)
                break
        href = take_attribute(image, "href")
        target = self._member(href)
        if target is None:
            self._address(href, spot)
        elif "objectreplacements/" in target.casefold():
            self._desk.shared.replaced.append(target)
        elif is_picture(target):
            self._desk.shared.pictures.placed(target, spot.place)
        else:
            data = self._desk.shared.archive.data(target)
            if data:
                read_unknown(
                    self._desk.shared.archive,
                    self._desk.shared.pictures,
                    target,
                    data,
                    f"{spot.place} 图片 {posixpath.basename(target)}",
                )

    def _object(self, element: etree._Element, spot: _Spot) -> None:
        """A document inside this one: in a folder of the package, or written out here."""
        for inner in element:
            if local(inner) in ("document", "math"):
                self._desk.shared.objects += 1
                holder = f"{spot.place} 对象{self._desk.shared.objects}"
                # A chart is drawn from its labels, as it is in a package; of anything else only a picture is seen.
                is_chart = child(inner, "body", "chart") is not None
                part, hidden = (Part.TEXT_BOX, spot.hidden) if is_chart else (Part.EMBEDDED, True)
                self._inner(inner, replace(self._set, label=holder, part=part, hidden=hidden, numbered=False))
        href = take_attribute(element, "href")
        folder = _normal(self._desk.folder, href)
        archive = self._desk.shared.archive
        if folder and archive.find(f"{folder}/content.xml") is not None:
            self._desk.shared.objects += 1
            self._desk.read_object(folder, f"{spot.place} 对象{self._desk.shared.objects}", spot.hidden)
        elif href:
            self._foreign(element, href, spot)

    def _foreign(self, element: etree._Element, href: str, spot: _Spot) -> None:
        """An object of another program, a film, a page from elsewhere."""
        target = self._member(href)
        archive = self._desk.shared.archive
        for inner in element:
            if local(inner) == "binary-data":
                written_out = _decoded(take(inner))
                read_unknown(archive, self._desk.shared.pictures, "对象", written_out, f"{spot.place} 嵌入对象")
        if target is None:
            self._address(href, spot)
            return
        self._desk.shared.objects += 1
        data = archive.data(target)
        if data:
            label = f"{spot.place} 嵌入对象{self._desk.shared.objects}"
            read_unknown(archive, self._desk.shared.pictures, target, data, label)

    def _member(self, href: str) -> str | None:
        if not href or _ADDRESS.match(href):
            return None
        return self._desk.shared.archive.resolve(href.partition("#")[0], self._desk.folder)

    def _address(self, address: str, spot: _Spot) -> None:
        if address and (not address.startswith("#") or telling(address)):
            self._scribe.add(address, f"{spot.place} 链接", part=Part.PROPERTY, hidden=True)


def _normal(folder: str, href: str) -> str:
    if not href or _ADDRESS.match(href):
        return ""
    return posixpath.normpath(posixpath.join("/", folder, href)).lstrip("/")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split())[: _MOST_INLINE_BYTES * 4 // 3], validate=False)
    except (binascii.Error, ValueError):
        return b""
