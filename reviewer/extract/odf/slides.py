"""Slides and pages of an OpenDocument presentation or drawing: shapes, notes, comments, and what is off the page."""

from __future__ import annotations

import re

from lxml import etree

from reviewer.extract.odf.desk import Desk, Setting
from reviewer.extract.odf.story import Story
from reviewer.extract.odf.styles import points
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import attr, child, found, local, plain, take_all
from reviewer.extract.prompts import is_prompt, unseen_pattern
from reviewer.extract.telling import telling
from reviewer.terms import Part

_GIVEN_PAGE = re.compile(r"(page|slide|幻灯片|页面|頁|页|Seite|Default|标准|默认)[\s\d]*", re.IGNORECASE)
_DEFAULT_SIZE = (793.7, 595.3)


class Slides:
    """Reads the pages of one document."""

    def __init__(self, desk: Desk, prefix: str, *, hidden: bool, sizes: dict[str, tuple[float, float]]) -> None:
        self._desk, self._prefix, self._hidden, self._sizes = desk, prefix, hidden, sizes
        self._scribe = desk.shared.archive.scribe

    def read(self, body: etree._Element, word: str) -> None:
        """All pages in order, then what they share."""
        for number, page in enumerate((entry for entry in body if local(entry) == "page"), 1):
            self._page(page, f"{self._prefix}{word}{number}")
        for entry in body:
            if local(entry) in ("header-decl", "footer-decl", "date-time-decl"):
                self._scribe.add(plain(entry).strip(), f"{self._prefix}页脚", part=Part.FOOTER, hidden=self._hidden)
                take_all(entry)

    def _page(self, page: etree._Element, label: str) -> None:
        look = self._desk.styles.look("drawing-page", attr(page, "style-name"))
        hidden = self._hidden or look.displayed is False or attr(page, "visibility") == "hidden"
        name = take_attribute(page, "name")
        if telling(name) and not _GIVEN_PAGE.fullmatch(name):
            self._scribe.add(name, f"{label} 名称", part=Part.ATTRIBUTE, hidden=True)
        setting = Setting(label=label, part=Part.BODY, hidden=hidden, ground=self._desk.paper, numbered=True)
        story = Story(self._desk, setting)
        size = self._sizes.get(attr(page, "master-page-name") or "", _DEFAULT_SIZE)
        self._shapes(page, setting, story, size)
        for notes in (entry for entry in page if local(entry) == "notes"):
            own = Setting(label=f"{label} 备注", part=Part.NOTES, hidden=True, ground=self._desk.paper, numbered=True)
            self._shapes(notes, own, Story(self._desk, own), None)
        for comment in (entry for entry in page if local(entry) == "annotation"):
            holder = etree.Element("holder")
            holder.append(comment)
            Story(self._desk, setting).write(holder)
        for address in page.iter():
            if local(address) in ("event-listener", "event-listeners", "sound", "animations", "audio"):
                href = take_attribute(address, "href")
                if href and not href.startswith("#"):
                    self._scribe.add(href, f"{label} 链接", part=Part.PROPERTY, hidden=True)

    def _shapes(self, page: etree._Element, setting: Setting, story: Story, size: tuple[float, float] | None) -> None:
        for shape in list(page):
            if story.drawer.draws(shape):
                outside = size is not None and is_outside(shape, size)
                story.drawer.draw(shape, setting.label, hidden=setting.hidden or outside)


def read_masters(desk: Desk, root: etree._Element, prefix: str, used: frozenset[str]) -> None:
    """What the masters of slides show on every slide; prompts of placeholders show nowhere."""
    for master in found(root, "master-page", "handout-master"):
        name = attr(master, "display-name") or attr(master, "name") or "讲义"
        is_used = (attr(master, "name") or "") in used
        for shape in list(master):
            is_placeholder = attr(shape, "class") is not None
            if is_placeholder:
                _drop_stock(shape)
            hidden = is_placeholder or not is_used
            part = unseen_pattern(Part.TEXT_BOX) if hidden else Part.TEXT_BOX
            setting = Setting(label=f"{prefix}母版 {name}", part=part, hidden=hidden, ground=desk.paper)
            story = Story(desk, setting)
            if story.drawer.draws(shape):
                story.drawer.draw(shape, setting.label, hidden=setting.hidden)
            elif local(shape) == "notes":
                for inner in list(shape):
                    _drop_stock(inner)
                    if story.drawer.draws(inner):
                        story.drawer.draw(inner, setting.label, hidden=True)


def _drop_stock(shape: etree._Element) -> None:
    for paragraph in found(shape, "p"):
        if is_prompt(plain(paragraph)):
            take_all(paragraph)


def is_outside(shape: etree._Element, size: tuple[float, float]) -> bool:
    """Whether a shape, or every shape of a group, lies wholly beside its page."""
    if local(shape) == "g":
        members = [inner for inner in shape if attr(inner, "x") is not None or local(inner) == "g"]
        return bool(members) and all(is_outside(inner, size) for inner in members)
    x, y, width, height = (points(attr(shape, key)) for key in ("x", "y", "width", "height"))
    if x is None or y is None or attr(shape, "transform") is not None:
        return False
    return x >= size[0] or y >= size[1] or x + (width or 0) <= 0 or y + (height or 0) <= 0


def page_sizes(*roots: etree._Element | None) -> dict[str, tuple[float, float]]:
    """Master page → the size of its pages in points."""
    layouts: dict[str, tuple[float, float]] = {}
    sizes: dict[str, tuple[float, float]] = {}
    for root in roots:
        for layout in found(root, "page-layout") if root is not None else ():
            own = child(layout, "page-layout-properties")
            width, height = (points(None if own is None else attr(own, key)) for key in ("page-width", "page-height"))
            if width and height:
                layouts[attr(layout, "name") or ""] = (width, height)
    for root in roots:
        for master in found(root, "master-page") if root is not None else ():
            size = layouts.get(attr(master, "page-layout-name") or "")
            if size is not None:
                sizes[attr(master, "name") or ""] = size
    return sizes
