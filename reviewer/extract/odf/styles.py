"""OpenDocument formatting as far as it hides things (OpenDocument 1.3 part 3, 16): letters, tables, pages, shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from lxml import etree

from reviewer.extract.ooxml.colour import MIXED, alike, hexadecimal
from reviewer.extract.package.xml import attr, child, found, local, real

TINY_POINTS = 2.0
_DEEPEST = 64
_LENGTH = re.compile(r"(-?[\d.]{1,20})(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_DATA_STYLES = ("number-style", "text-style", "date-style", "currency-style", "percentage-style", "time-style")
_NOT_SHOWN = frozenset({"text-properties", "map"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one level of formatting says about visibility; None where it says nothing."""

    shown: bool | None = None
    points: float | None = None
    asian_points: float | None = None
    colour: str | None = None
    marker: str | None = None
    ground: str | None = None
    shape_ground: str | None = None
    displayed: bool | None = None
    concealed: bool | None = None
    points_high: float | None = None
    data_style: str | None = None

    def over(self, lower: Look) -> Look:
        """This level on top of a lower one."""
        if lower is SILENT:
            return self
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return Look(**{name: getattr(lower, name) if value is None else value for name, value in own.items()})

    def conceals(self, text: str, ground: str) -> bool:
        """Whether a text in this look cannot be seen on a ground."""
        if self.shown is False:
            return True
        size = self.asian_points if self.asian_points is not None and _ASIAN.search(text) else self.points
        if size is not None and size <= TINY_POINTS:
            return True
        return alike(self.colour, self.marker or self.ground or ground)


SILENT = Look()


class Styles:
    """The styles that one part can use: its own automatic ones, then those of the document."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, Look] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._blank_formats: set[str] = set()
        for root in roots:
            if root is not None:
                self.learn(root)

    def learn(self, root: etree._Element) -> None:
        """Take in the styles below an element; later ones win."""
        for entry in found(root, "style"):
            self._styles[attr(entry, "family") or "", attr(entry, "name") or ""] = entry
        for entry in found(root, "default-style"):
            self._defaults[attr(entry, "family") or ""] = _look(entry)
        for entry in found(root, *_DATA_STYLES):
            if all(local(inner) in _NOT_SHOWN for inner in entry):
                self._blank_formats.add(attr(entry, "name") or "")

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style with those it is based on, and the family's default."""
        key = (family, name or "")
        if key not in self._looks:
            look, seen = SILENT, 0
            following: str | None = name
            while following and (family, following) in self._styles and seen < _DEEPEST:
                entry = self._styles[family, following]
                look, following, seen = look.over(_look(entry)), attr(entry, "parent-style-name"), seen + 1
            self._looks[key] = look.over(self._defaults.get(family, SILENT))
        return self._looks[key]

    def hides_value(self, look: Look) -> bool:
        """Whether a cell's number format shows nothing."""
        return look.concealed is True or (look.data_style or "") in self._blank_formats


def _look(entry: etree._Element) -> Look:
    letters, paragraph = child(entry, "text-properties"), child(entry, "paragraph-properties")
    cell, table = child(entry, "table-cell-properties"), child(entry, "table-properties")
    graphic, page = child(entry, "graphic-properties"), child(entry, "drawing-page-properties")
    high, wide = child(entry, "table-row-properties"), child(entry, "table-column-properties")
    own_ground = _ground(paragraph) or _ground(cell) or _ground(table)
    return Look(
        shown=None if _says(letters, "display") is None else _says(letters, "display") != "none",
        points=points(_says(letters, "font-size")),
        asian_points=points(_says(letters, "font-size-asian")),
        colour=_colour(letters),
        marker=_ground(letters),
        ground=own_ground,
        shape_ground=_fill(graphic),
        displayed=_displayed(table, page),
        concealed=None if cell is None else _says(cell, "cell-protect") == "hidden-and-protected" or None,
        points_high=points(_says(high, "row-height") or _says(wide, "column-width")),
        data_style=attr(entry, "data-style-name"),
    )


def _displayed(table: etree._Element | None, page: etree._Element | None) -> bool | None:
    if _says(table, "display") == "false" or _says(page, "visibility") == "hidden":
        return False
    return None


def _says(element: etree._Element | None, name: str) -> str | None:
    return None if element is None else attr(element, name)


def _colour(letters: etree._Element | None) -> str | None:
    """The colour of the letters; automatic ones are chosen to be seen."""
    if letters is None or attr(letters, "use-window-font-color") == "true":
        return None
    return hexadecimal(attr(letters, "color"))


def _ground(properties: etree._Element | None) -> str | None:
    return hexadecimal(_says(properties, "background-color"))


def _fill(graphic: etree._Element | None) -> str | None:
    kind = _says(graphic, "fill")
    if kind == "solid":
        return hexadecimal(_says(graphic, "fill-color")) or MIXED
    return MIXED if kind not in (None, "none") else None


def points(text: str | None) -> float | None:
    """A length in points; None where it is missing, relative or none."""
    length = _LENGTH.fullmatch((text or "").strip())
    value = real(length[1]) if length else None
    return None if length is None or value is None else value * _POINTS[length[2]]
