"""Word formatting as far as it hides text: vanish, tiny letters and letters in the colour of their ground.

Formatting comes from document defaults, style chains and the run itself; toggles such as `vanish` cancel out
between a paragraph style and a character style (ISO/IEC 29500-1, 17.7.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.colour import AUTO, MIXED, WHITE, alike, blend, hexadecimal, theme_colours
from reviewer.extract.ooxml.markup import on
from reviewer.extract.package.xml import attr, child, found, local, whole
from reviewer.value import dataclass

TINY_HALF_POINTS = 4
"""Letters of two points and less cannot be read."""

_SOLID_PATTERNS = ("clear", "nil")
_MARKERS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": WHITE,
    "yellow": "FFFF00",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one level of formatting says about visibility; None where it says nothing."""

    vanish: bool | None = None
    web_hidden: bool | None = None
    half_points: int | None = None
    colour: str | None = None
    marker: str | None = None
    ground: str | None = None

    def over(self, lower: Look) -> Look:
        """This level on top of a lower one."""
        own = {name: getattr(self, name) for name in _ASPECTS}
        return Look(**{name: getattr(lower, name) if value is None else value for name, value in own.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    kind: str
    based_on: str | None
    look: Look
    ground: str | None


_SILENT = Look()
_ASPECTS = ("vanish", "web_hidden", "half_points", "colour", "marker", "ground")
_VISIBILITY = frozenset({"vanish", "specVanish", "webHidden", "sz", "color", "highlight", "shd"})


class Styles:
    """The styles of one Word file; `conceals` is the question that the rest of the reader asks."""

    def __init__(self, package: Package, main: str) -> None:
        self.colours = theme_colours(package, main)
        self._effects: dict[tuple[Look, str | None, str | None], Look] = {}
        self._styles: dict[str, _Style] = {}
        self._usual: dict[str, str] = {}
        self._defaults = _SILENT
        self._chains: dict[str | None, tuple[Look, str | None]] = {}
        for name in package.related(main, "styles"):
            root = package.xml(name)
            if root is not None:
                self._learn(root)

    def conceals(self, run: etree._Element | None, style: str | None, ground: str) -> bool:
        """Whether a run (`rPr`) in a paragraph of this style, on this ground, cannot be seen on paper."""
        look = self._effective(run, style)
        if look.vanish or (look.half_points is not None and look.half_points <= TINY_HALF_POINTS):
            return True
        if look.marker == _MARKERS["black"] and look.colour in (None, AUTO):
            return True  # Letters painted over with the black marker: the usual false redaction.
        return alike(look.colour, look.marker or look.ground or ground)

    def web_hides(self, run: etree._Element | None, style: str | None) -> bool:
        """Whether a run is hidden in the web view; page numbers of a table of contents are."""
        return bool(self._effective(run, style).web_hidden)

    def paragraph_ground(self, properties: etree._Element | None, ground: str) -> tuple[str | None, str]:
        """The style of a paragraph (`pPr`) and the ground its letters stand on."""
        named = child(properties, "pStyle")
        style = (attr(named, "val") if named is not None else None) or self._usual.get("paragraph")
        own = self.shading(child(properties, "shd"))
        return style, own or self._chain(style)[1] or ground

    def shading(self, shade: etree._Element | None) -> str | None:
        """The colour of a `shd` element; None where it is missing or transparent."""
        if shade is None:
            return None
        if (attr(shade, "val") or "clear") not in _SOLID_PATTERNS:
            return MIXED
        fill = self._themed(shade, "themeFill", "fill")
        return None if fill in (None, AUTO) else fill

    def table_ground(self, properties: etree._Element | None, ground: str) -> str:
        """The ground of a table (`tblPr`): one from a table style may differ from row to row."""
        named = child(properties, "tblStyle")
        if named is not None and self._paints(attr(named, "val")):
            return MIXED
        return self.shading(child(properties, "shd")) or ground

    def _learn(self, root: etree._Element) -> None:
        self._defaults = self._look(child(root, "docDefaults", "rPrDefault", "rPr"))
        for entry in found(root, "style"):
            identity, based_on = attr(entry, "styleId") or "", child(entry, "basedOn")
            kind = attr(entry, "type") or ""
            self._styles[identity] = _Style(
                kind=kind,
                based_on=None if based_on is None else attr(based_on, "val"),
                look=self._look(child(entry, "rPr")),
                ground=MIXED if kind == "table" and _has_fill(entry) else self.shading(child(entry, "pPr", "shd")),
            )
            if on(entry, "default") and attr(entry, "default"):
                self._usual.setdefault(kind, identity)

    def _look(self, properties: etree._Element | None) -> Look:
        said = {local(entry): entry for entry in properties} if properties is not None else {}
        if said.keys().isdisjoint(_VISIBILITY):
            return _SILENT
        size, colour, marker = said.get("sz"), said.get("color"), said.get("highlight")
        return Look(
            vanish=_toggle(said, "vanish", "specVanish"),
            web_hidden=_toggle(said, "webHidden"),
            half_points=None if size is None else whole(attr(size, "val"), TINY_HALF_POINTS + 1),
            colour=None if colour is None else self._themed(colour, "themeColor", "val"),
            marker=None if marker is None else _MARKERS.get(attr(marker, "val") or ""),
            ground=self.shading(said.get("shd")),
        )

    def _themed(self, element: etree._Element, theme: str, plain: str) -> str | None:
        """A colour whose theme name, where it has one, counts more than the value kept beside it."""
        base = self.colours.get(attr(element, theme) or "")
        if base is None:
            value = attr(element, plain)
            return AUTO if value == AUTO else hexadecimal(value)
        for suffix, towards in (("Shade", 0), ("Tint", 255)):
            amount = attr(element, theme.replace("Color", "") + suffix)
            if amount:
                base = blend(base, towards, 1 - int(amount, 16) / 255 if _is_byte(amount) else 0)
        return base

    def _effective(self, run: etree._Element | None, style: str | None) -> Look:
        named = child(run, "rStyle")
        key = (self._look(run), attr(named, "val") if named is not None else None, style)
        if key not in self._effects:
            self._effects[key] = self._combined(*key)
        return self._effects[key]

    def _combined(self, direct: Look, letters: str | None, style: str | None) -> Look:
        upper, paragraph = self._chain(letters)[0], self._chain(style)[0]
        look = direct.over(upper).over(paragraph).over(self._defaults)
        if direct.vanish is not None:
            return look
        vanish = bool(self._defaults.vanish) or bool(upper.vanish) != bool(paragraph.vanish)
        return Look(vanish=vanish).over(look)

    def _chain(self, identity: str | None) -> tuple[Look, str | None]:
        """A style's look and paragraph ground with those of the styles it is based on."""
        if identity not in self._chains:
            chain: list[str] = []
            following = identity
            # A style may name itself as its own ancestor.
            while following is not None and following in self._styles and following not in chain:
                chain.append(following)
                following = self._styles[following].based_on
            look, ground = _SILENT, None
            for style in (self._styles[name] for name in reversed(chain)):
                look, ground = style.look.over(look), style.ground or ground
            self._chains[identity] = (look, ground)
        return self._chains[identity]

    def _paints(self, identity: str | None) -> bool:
        return self._chain(identity)[1] == MIXED


def _toggle(said: Mapping[str, etree._Element], *names: str) -> bool | None:
    states = [on(said[name]) for name in names if name in said]
    return any(states) if states else None


def _has_fill(style: etree._Element) -> bool:
    return any(
        (attr(shade, "fill") or AUTO) not in (AUTO, WHITE) or attr(shade, "themeFill") for shade in found(style, "shd")
    )


def _is_byte(text: str) -> bool:
    return len(text) <= 2 and all(digit in "0123456789abcdefABCDEF" for digit in text)
