"""The resources of an OFD document by id: fonts, drawing parameters, colours, media, composite units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.ofd.geometry import numbers
from reviewer.extract.ooxml.colour import MIXED
from reviewer.extract.package import Archive
from reviewer.extract.package.xml import attr, child, found, local, plain, whole

BLACK = "000000"
_DEEPEST = 16
_OPAQUE = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """A colour (RRGGBB, or MIXED when it cannot be known) and its opacity of 255."""

    colour: str = BLACK
    alpha: int = _OPAQUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font by its id and name."""

    id: str
    name: str
    embedded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A media file: its member, None if it is missing, and its kind."""

    name: str | None
    spelled: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Space:
    kind: str
    palette: tuple[str, ...]


class Resources:
    """All resources of one document. Ids are unique in a document (GB/T 33190-2016, 7.5): one table is enough."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._learned: set[str] = set()
        self.fonts: dict[str, Font] = {}
        self.media: dict[str, Medium] = {}
        self.composites: dict[str, etree._Element] = {}
        self.placed: set[str] = set()
        self.glyphs: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.odd: dict[str, set[str]] = defaultdict(set)
        self._parameters: dict[str, etree._Element] = {}
        self._spaces: dict[str, _Space] = {}
        self.default_space = ""

    def learn(self, path: str | None, *folders: str) -> None:
        """Take in a resource part; what it refers to lies in its BaseLoc."""
        name = self._archive.resolve(path, *folders)
        if name is None or name in self._learned:
            return
        self._learned.add(name)
        root = self._archive.xml(name)
        if root is None:
            return
        folder = name.rpartition("/")[0]
        base = (attr(root, "BaseLoc") or "").replace("\\", "/")
        homes = (f"/{base}" if base.startswith("/") else f"{folder}/{base}", folder, *folders, base)
        for entry in found(root, "Font", "MultiMedia", "CompositeGraphicUnit", "DrawParam", "ColorSpace"):
            self._entry(entry, homes)

    def _entry(self, entry: etree._Element, homes: tuple[str, ...]) -> None:
        identity, kind = attr(entry, "ID") or "", local(entry)
        if kind == "Font":
            self._font(entry, identity, homes)
        elif kind == "MultiMedia":
            spelled = _text(child(entry, "MediaFile"))
            name = self._archive.resolve(spelled, *homes)
            self.media[identity] = Medium(name=name, spelled=spelled, kind=(attr(entry, "Type") or "Image"))
        elif kind == "CompositeGraphicUnit":
            self.composites[identity] = entry
        elif kind == "DrawParam":
            self._parameters[identity] = entry
        else:
            values = [attr(value, "Value") or plain(value) for value in found(entry, "CV")]
            kind = (attr(entry, "Type") or "RGB").upper()
            self._spaces[identity] = _Space(kind=kind, palette=tuple(values))

    def _font(self, entry: etree._Element, identity: str, homes: tuple[str, ...]) -> None:
        file = self._archive.resolve(_text(child(entry, "FontFile")), *homes)
        if file is not None:
            self._archive.account(file)
        name = attr(entry, "FontName") or attr(entry, "FamilyName") or ""
        self.fonts[identity] = Font(id=identity, name=name, embedded=file is not None)

    def paint(self, unit: etree._Element, name: str, parameter: str | None) -> Paint | None:
        """The FillColor or StrokeColor of a unit, or that of its drawing parameters; None if neither has one."""
        own = child(unit, name)
        for _ in range(_DEEPEST):
            if own is not None or not parameter or parameter not in self._parameters:
                break
            entry = self._parameters[parameter]
            own, parameter = child(entry, name), attr(entry, "Relative")
        return None if own is None else self._paint(own)

    def contradictory(self) -> Iterator[str]:
        """Names of fonts one glyph of which is said to be different letters: what is said is not what is drawn."""
        fonts = {font for (font, _), said in self.glyphs.items() if len(said - {""}) > 1}
        yield from sorted({self.fonts[font].name if font in self.fonts else font for font in fonts})

    def _paint(self, colour: etree._Element) -> Paint:
        alpha = max(0, min(whole(attr(colour, "Alpha"), _OPAQUE), _OPAQUE))
        if len(colour):  # a pattern or a gradient
            return Paint(colour=MIXED, alpha=alpha)
        space = self._spaces.get(attr(colour, "ColorSpace") or self.default_space, _Space(kind="RGB", palette=()))
        value, index = attr(colour, "Value"), attr(colour, "Index")
        if value is None and index is not None and 0 <= whole(index, -1) < len(space.palette):
            value = space.palette[whole(index)]
        if value is None:
            return Paint(colour=MIXED if index is not None else BLACK, alpha=alpha)
        return Paint(colour=_rgb(value, space.kind), alpha=alpha)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else plain(element).strip()


def _rgb(value: str, kind: str) -> str:
    """RRGGBB of a colour's channels, decimal or `#` and hexadecimal (GB/T 33190-2016, 8.3.2)."""
    words = value.replace(",", " ").split()
    try:
        channels = [int(w[1:], 16) if w.startswith("#") else round(number) for w, number in _paired(words)]
    except ValueError:
        return MIXED
    channels = [max(0, min(channel, _OPAQUE)) for channel in channels]
    if kind == "CMYK" and len(channels) == 4:
        black = channels[3]
        channels = [max(0, _OPAQUE - min(_OPAQUE, channel + black)) for channel in channels[:3]]
    elif len(channels) == 1:
        channels *= 3
    return "".join(f"{channel:02X}" for channel in channels[:3]) if len(channels) >= 3 else MIXED


def _paired(words: list[str]) -> list[tuple[str, float]]:
    return [(word, 0.0 if word.startswith("#") else (numbers(word, 1) or [0.0])[0]) for word in words[:4]]
