"""What a page draws, in the order in which it is drawn: letters, covers that hide what lies under them, pictures.

Positions are millimetres on the page, y downwards (GB/T 33190-2016, 7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import atan2, degrees, hypot, sqrt
from typing import NamedTuple
from unicodedata import normalize

from lxml import etree

from reviewer.extract.ofd.geometry import Point, around, box, matrix, moved, numbers, outlines, point
from reviewer.extract.ofd.resources import Paint, Resources
from reviewer.extract.ooxml.colour import MIXED
from reviewer.extract.package.xml import child, found, local, plain, real, whole
from reviewer.extract.pdf.glyphs import Font, Glyph, Run
from reviewer.extract.pdf.leaf import Box, Matrix

MOST_LETTERS = 400_000
MOST_COVERS = 20_000
_DEEPEST = 24
_UPRIGHT_WITHIN = 3
_RULE_MM = 0.7
"""Lines and cell borders up to this thickness hide nothing."""
_SOLID = 250
_FAINT = 12
_GRAPHICS = frozenset({"TextObject", "PathObject", "ImageObject", "CompositeObject", "PageBlock"})
_WIDE_FROM = "\u2e80"
_ASCENT = 0.88


class Letter(NamedTuple):
    """A character on the page: its glyph, the colour of its ink, and why it cannot be seen whatever lies around."""

    glyph: Glyph
    paint: str
    clip: Box | None
    why: str
    series: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Something painted over an area, when, and in which colour."""

    outlines: tuple[tuple[Point, ...], ...]
    box: Box
    order: int
    colour: str
    is_picture: bool = False
    medium: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A picture as it is placed, by the id of its resource."""

    medium: str
    box: Box
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What a drawing stands in: transformation, clip, drawing parameters, opacity, and why it is unseen."""

    at: Matrix
    clip: Box | None = None
    parameter: str | None = None
    alpha: float = 1.0
    why: str = ""
    depth: int = 0


@dataclass(slots=True, kw_only=True)
class Canvas:
    """The drawing of a page, a template or an annotation; `order` counts what has been drawn."""

    letters: list[Letter] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    pictures: list[Placed] = field(default_factory=list)
    codes: list[etree._Element] = field(default_factory=list)
    drawn: int = 0
    too_much: bool = False
    order: int = 0
    series: int = 0


class Painter:
    """Draws the objects of content onto a canvas."""

    def __init__(self, resources: Resources, canvas: Canvas) -> None:
        self._resources = resources
        self._canvas = canvas
        self._units: list[str] = []

    def layer(self, layer: etree._Element, why: str = "") -> None:
        """All objects of a layer or page block."""
        self._block(layer, _Place(at=Matrix(), parameter=layer.get("DrawParam"), why=why))

    def appearance(self, block: etree._Element, why: str = "") -> None:
        """An annotation's appearance: its objects stand in its Boundary."""
        area = box(block.get("Boundary"))
        at = Matrix() if area is None else Matrix(1, 0, 0, 1, area.left, area.top)
        self._block(block, _Place(at=at, why=why))

    def _block(self, block: etree._Element, place: _Place) -> None:
        if place.depth > _DEEPEST:
            self._canvas.too_much = True
            return
        for unit in block:
            kind = local(unit)
            if kind in _GRAPHICS:
                self._canvas.order += 1
                self._unit(unit, kind, self._inside(unit, place))

    def _inside(self, unit: etree._Element, place: _Place) -> _Place:
        """The place of what stands in a unit: moved by its Boundary, transformed by its CTM, clipped."""
        area = box(unit.get("Boundary"))
        at = place.at if area is None else moved(place.at, area.left, area.top)
        alpha = max(0, min(whole(unit.get("Alpha"), 255), 255)) / 255
        why = place.why or ("不可见对象" if (unit.get("Visible") or "").strip().lower() in ("false", "0") else "")
        inner = replace(
            place,
            at=at.after(matrix(unit.get("CTM"))),
            parameter=unit.get("DrawParam") or place.parameter,
            alpha=place.alpha * alpha,
            why=why,
            depth=place.depth + 1,
        )
        clips = child(unit, "Clips")
        return inner if clips is None else replace(inner, clip=self._clip(clips, at, place.clip))

    def _clip(self, clips: etree._Element, at: Matrix, outer: Box | None) -> Box | None:
        """The area that all clips leave; each clip is the union of its areas (GB/T 33190-2016, 8.4)."""
        left = outer
        for clip in found(clips, "Clip"):
            points = [p for area in found(clip, "Area") for p in _area(area, at)]
            if points:
                left = around(points) if left is None else around(points).within(left)
        return left

    def _unit(self, unit: etree._Element, kind: str, place: _Place) -> None:
        if kind == "PageBlock":
            self._block(unit, place)
        elif kind == "CompositeObject":
            self._composite(unit, place)
        elif kind == "TextObject":
            self._text(unit, place)
        elif kind == "PathObject":
            self._path(unit, place)
        else:
            self._image(unit, place)

    def _composite(self, unit: etree._Element, place: _Place) -> None:
        identity = unit.get("ResourceID") or ""
        definition = self._resources.composites.get(identity)
        if definition is not None and identity not in self._units:  # a unit may hold itself
            self._resources.placed.add(identity)
            self._units.append(identity)
            for content in definition:
                if local(content) == "Content":
                    self._block(content, place)
            self._units.pop()

    def _image(self, unit: etree._Element, place: _Place) -> None:
        self._canvas.drawn += 1
        corners = [point(place.at, x, y) for x in (0, 1) for y in (0, 1)]
        area = around(corners)
        area = area if place.clip is None else area.within(place.clip)
        for key in ("ResourceID", "Substitution"):
            medium = unit.get(key)
            if medium:
                self._canvas.pictures.append(Placed(medium=medium, box=area, hidden=bool(place.why)))
        outline = tuple(corners[n] for n in (0, 1, 3, 2))
        if not place.why and place.alpha * 255 >= _SOLID and unit.get("ImageMask") is None:
            self._cover((outline,), area, MIXED, medium=unit.get("ResourceID") or "")

    def _path(self, unit: etree._Element, place: _Place) -> None:
        self._canvas.drawn += 1
        if (unit.get("Fill") or "false").lower() not in ("true", "1") or place.why:
            return
        paint = self._resources.paint(unit, "FillColor", place.parameter) or Paint()
        if paint.alpha * place.alpha < _SOLID:
            return
        data = child(unit, "AbbreviatedData")
        shape = outlines(None if data is None else data.text, place.at)
        if shape:
            area = around([p for outline in shape for p in outline])
            self._cover(shape, area if place.clip is None else area.within(place.clip), paint.colour)

    def _cover(self, shape: tuple[tuple[Point, ...], ...], area: Box, colour: str, medium: str = "") -> None:
        if min(area.right - area.left, area.bottom - area.top) <= _RULE_MM:
            return
        if len(self._canvas.covers) >= MOST_COVERS:
            self._canvas.too_much = True
            return
        self._canvas.covers.append(
            Cover(
                outlines=shape,
                box=area,
                order=self._canvas.order,
                colour=colour,
                is_picture=bool(medium),
                medium=medium,
            )
        )

    # --- text ---

    def _text(self, unit: etree._Element, place: _Place) -> None:
        style = self._style(unit, place)
        mapped = _by_glyph_id(unit)
        font, position = unit.get("Font") or "", 0
        for code in found(unit, "TextCode"):
            self._canvas.series += 1
            self._canvas.codes.append(code)  # a template is drawn on every page: its text is taken at the end
            text = "".join(char for char in plain(code) if char >= " ")
            for offset, (char, at, advance) in enumerate(_placed(code, text, style)):
                if len(self._canvas.letters) >= MOST_LETTERS:
                    self._canvas.too_much = True
                    return
                drawn_as = mapped.get(position + offset)
                if drawn_as:
                    self._resources.glyphs[font, drawn_as].add(_folded(char))
                is_odd = char == "\ufffd" or (drawn_as is not None and _says_nothing(char))
                if is_odd:
                    self._resources.odd[style.run.font.name].add(f"{char} {drawn_as}")
                self._letter(char, at, advance, style, mapped=not is_odd)
            position += len(text)

    def _style(self, unit: etree._Element, place: _Place) -> _Style:
        size = real(unit.get("Size")) or 0.0
        stretch = real(unit.get("HScale")) or 1.0
        at = place.at
        area = abs(at.a * at.d - at.b * at.c)
        angle = round(degrees(atan2(at.b, at.a))) % 360
        shown = size * sqrt(area)
        filled = (unit.get("Fill") or "true").lower() not in ("false", "0")
        stroked = (unit.get("Stroke") or "false").lower() in ("true", "1")
        paint = self._resources.paint(unit, "FillColor" if filled else "StrokeColor", place.parameter) or Paint()
        why = place.why
        if not filled and not stroked:
            why = why or "不着色"
        elif paint.alpha * place.alpha <= _FAINT:
            why = why or "透明"
        font = self._resources.fonts.get(unit.get("Font") or "")
        named = Font("" if font is None else font.name or font.id, font is not None and font.embedded)
        turned = 0 if min(angle, 360 - angle) <= _UPRIGHT_WITHIN else angle
        run = Run(named, shown, turned, 0, self._canvas.order)
        down = whole(unit.get("ReadDirection")) % 180 == 90
        return _Style(at=at, size=size, stretch=stretch, run=run, colour=paint.colour, why=why, down=down, place=place)

    def _letter(self, char: str, at: Point, advance: Point, style: _Style, *, mapped: bool) -> None:
        x, y = at
        size = style.size or 1.0
        width = hypot(*advance) if not style.down else size
        reach = width if advance[0] or style.down else size
        corners = [
            point(style.at, x + dx, y + dy) for dx in (0.0, reach) for dy in (-_ASCENT * size, (1 - _ASCENT) * size)
        ]
        body = around(corners)
        glyph = Glyph(char, body, body, style.run, mapped)
        self._canvas.letters.append(Letter(glyph, style.colour, style.place.clip, style.why, self._canvas.series))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    at: Matrix
    size: float
    stretch: float
    run: Run
    colour: str
    why: str
    down: bool
    place: _Place


def _placed(code: etree._Element, text: str, style: _Style) -> Iterator[tuple[str, Point, Point]]:
    """Each character, where its origin is and how far it goes on; the last one by the usual width."""
    x, y = (numbers(code.get(key), 1) or [0.0] for key in ("X", "Y"))
    across, down = numbers(code.get("DeltaX"), len(text)), numbers(code.get("DeltaY"), len(text))
    at = (x[0], y[0])
    for index, char in enumerate(text):
        usual = style.size * style.stretch * (1.0 if char >= _WIDE_FROM else 0.5)
        step = (
            across[index] if index < len(across) else 0.0,
            down[index] if index < len(down) else 0.0,
        )
        if not across and not down:
            step = (0.0, style.size) if style.down else (usual, 0.0)
        shown = (min(step[0], usual * 1.2) if step[0] > 0 else usual, 0.0)
        yield char, at, shown
        at = (at[0] + step[0], at[1] + step[1])


def _by_glyph_id(unit: etree._Element) -> dict[int, str]:
    """Position of each character that is drawn by a glyph of the font, and the glyph's id where it is its own.

    GB/T 33190-2016, 11.4: several characters may be drawn by several glyphs together; those have no one id.
    """
    positions: dict[int, str] = {}
    for transform in found(unit, "CGTransform"):
        first, count = max(0, whole(transform.get("CodePosition"))), whole(transform.get("CodeCount"), 1)
        ids = " ".join(plain(entry) for entry in found(transform, "Glyphs")).split()
        for offset in range(max(0, min(count, MOST_LETTERS))):
            positions[first + offset] = ids[offset] if len(ids) == count else ""
    return positions


def _folded(char: str) -> str:
    """One form of letters that a font may draw alike: widths, cases, radicals; "" for what is no letter."""
    folded = normalize("NFKC", char).casefold()
    return folded if folded.isalnum() else ""


def _says_nothing(char: str) -> bool:
    """Whether a code stands for a glyph that has none: private use, or the sign that makers put in its place."""
    return char in "¤\ufffd" or "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def _area(area: etree._Element, at: Matrix) -> Iterator[Point]:
    inner = at.after(matrix(area.get("CTM")))
    for path in found(area, "Path"):
        own = box(path.get("Boundary"))
        shifted = inner if own is None else moved(inner, own.left, own.top)
        shifted = shifted.after(matrix(path.get("CTM")))
        data = child(path, "AbbreviatedData")
        for outline in outlines(None if data is None else data.text, shifted):
            yield from outline
