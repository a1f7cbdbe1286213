"""Cell formats of a styles part: number codes, and the colours that make letters vanish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import MIXED, WHITE, alike, blend, hexadecimal, theme_colours
from reviewer.extract.package.xml import attr, child, found, local, real, whole
from reviewer.extract.workbook.codes import GENERAL, Format, format_of, number_text, wordy
from reviewer.terms import Part

_TINY_POINTS = 2.0

_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_PALETTE = ("000000", WHITE, "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_PAPER_INDEX = 65


_T = TypeVar("_T")


class Formats:
    """The cell formats of one workbook, by style index."""

    def __init__(self, package: Package, main: str, *, from_1904: bool) -> None:
        self._epoch_1904 = from_1904
        self.colours = theme_colours(package, main)
        self._palette: list[str | None] = [*_PALETTE, *_PALETTE]
        self._formats: list[Format] = []
        for name in package.related(main, "styles"):
            root = package.xml(name)
            if root is not None:
                self._learn(package, root)

    def of(self, style: str | None) -> Format:
        """The format of a cell's style index."""
        index = whole(style)
        return self._formats[index] if 0 <= index < len(self._formats) else GENERAL

    def number(self, raw: str, form: Format) -> str:
        """A stored number as text."""
        return number_text(raw, form, from_1904=self._epoch_1904)

    def is_pale(self, properties: etree._Element | None) -> bool:
        """Whether a piece of rich text vanishes on white paper."""
        colour = child(properties, "color")
        return colour is not None and alike(self._colour(colour), WHITE)

    def _learn(self, package: Package, root: etree._Element) -> None:
        palette = child(root, "colors", "indexedColors")
        if palette is not None:
            self._palette = [hexadecimal(attr(colour, "rgb")) for colour in palette]
        codes = {whole(attr(entry, "numFmtId")): attr(entry, "formatCode") or "" for entry in found(root, "numFmt")}
        fonts = [self._font(font) for font in _entries(root, "fonts")]
        fills = [self._fill(fill) for fill in _entries(root, "fills")]
        for entry in _entries(root, "cellXfs"):
            identity = whole(attr(entry, "numFmtId"))
            colour, tiny = _at(fonts, whole(attr(entry, "fontId")), (None, False))
            ground = _at(fills, whole(attr(entry, "fillId")), WHITE)
            form = format_of(identity, codes.get(identity, ""))
            self._formats.append(replace(form, pale=tiny or alike(colour, ground), on_white=ground == WHITE))
        for code in wordy(codes.values()):
            package.scribe.add(code, "数字格式", part=Part.PROPERTY, hidden=True)

    def _font(self, font: etree._Element) -> tuple[str | None, bool]:
        colour, size = child(font, "color"), child(font, "sz")
        points = real(attr(size, "val")) if size is not None else None
        tiny = points is not None and points <= _TINY_POINTS
        return None if colour is None else self._colour(colour), tiny

    def _fill(self, fill: etree._Element) -> str:
        pattern = child(fill, "patternFill")
        if pattern is None:
            return WHITE if len(fill) == 0 else MIXED
        if (attr(pattern, "patternType") or "none") == "none":
            return WHITE
        front = child(pattern, "fgColor")
        if attr(pattern, "patternType") != "solid" or front is None:
            return MIXED
        return self._colour(front) or MIXED

    def _colour(self, element: etree._Element) -> str | None:
        base = hexadecimal(attr(element, "rgb"))
        if attr(element, "theme") is not None:
            base = self.colours.get(_at(_THEME, whole(attr(element, "theme")), ""))
        elif attr(element, "indexed") is not None:
            index = whole(attr(element, "indexed"))
            base = WHITE if index == _PAPER_INDEX else _at(self._palette, index, None)
        tint = real(attr(element, "tint")) or 0.0
        if base is None or tint == 0:
            return base
        return blend(base, 255 if tint > 0 else 0, min(abs(tint), 1.0))


def _entries(root: etree._Element, name: str) -> list[etree._Element]:
    group = child(root, name)
    return [] if group is None else [entry for entry in group if local(entry) != "extLst"]


def _at(items: Sequence[_T], index: int, default: _T) -> _T:
    return items[index] if 0 <= index < len(items) else default
