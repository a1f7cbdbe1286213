"""One page as pdfium opens it: its size as displayed, its text and picture objects, its rendering."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any, NamedTuple, cast

import pypdfium2.raw as raw
from PIL import Image

_DEEPEST_FORM = 15
_MOST_OBJECTS = 500_000
_LAST = _MOST_OBJECTS
_BROAD_PEN = 2.0
_BODILESS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
_DPI = 144
_MOST_PIXELS = 40_000_000
"""An A0 poster at 144 dpi has 32 million; larger pages are rendered coarser."""


class Box(NamedTuple):
    """A rectangle on the page as displayed: points from the upper left corner, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def within(self, other: Box) -> Box:
        """What the two have in common; of no area when that is nothing."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


class Matrix(NamedTuple):
    """A PDF transformation: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def after(self, inner: Matrix) -> Matrix:
        """The transformation that does `inner` first."""
        return Matrix(
            inner.a * self.a + inner.b * self.c,
            inner.a * self.b + inner.b * self.d,
            inner.c * self.a + inner.d * self.c,
            inner.c * self.b + inner.d * self.d,
            inner.e * self.a + inner.f * self.c + self.e,
            inner.e * self.b + inner.f * self.d + self.f,
        )

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Where the corners of the unit square go: the outline of a picture."""
        return tuple(
            (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f) for x in (0, 1) for y in (0, 1)
        )

    @property
    def height(self) -> float:
        """How long a vertical unit becomes: the factor on a font's size."""
        return hypot(self.c, self.d)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image object, where it is displayed, and which in the order of painting it is."""

    handle: Any
    box: Box
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Something painted that may hide what was painted before it.

    A picture or a shading has contrast of its own, which could be taken for that of text painted after it:
    it counts as painted last.
    """

    order: int
    box: Box


class Leaf:
    """A page, opened; coordinates are those of the displayed page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.rotation: int = page.get_rotation()
        self.width, self.height = cast(tuple[float, float], page.get_size())
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.texts: list[Any] = []
        self.text_orders: dict[int, int] = {}
        self.pictures: list[Picture] = []
        self.covers: list[Cover] = []
        self.corners = 0  # of the filled path that has most, among those about as wide as high
        self._take_stock()
        self._take_annotations()

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page's own coordinates where the viewer sees it."""
        if self.rotation == 90:
            return Box(bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
        if self.rotation == 180:
            return Box(self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
        if self.rotation == 270:
            return Box(self._top - top, self._right - right, self._top - bottom, self._right - left)
        return Box(left - self._left, self._top - top, right - self._left, self._top - bottom)

    @property
    def scale(self) -> float:
        """Pixels per point of `render`."""
        return min(_DPI / 72, sqrt(_MOST_PIXELS / max(1.0, self.width * self.height)))

    def render(self, *, colour: bool, dpi: float = _DPI) -> Image.Image:
        """The page as displayed, annotations and form fields drawn."""
        bitmap = self.page.render(scale=self.scale * dpi / _DPI, grayscale=not colour, rev_byteorder=colour)
        image = cast(Image.Image, bitmap.to_pil())
        return image if image.mode in ("L", "RGB") else image.convert("RGB")

    def render_without_text(self, *, colour: bool) -> Image.Image:
        """The same page with every text object switched off."""
        for text in self.texts:
            raw.FPDFPageObj_SetIsActive(text, False)
        try:
            return self.render(colour=colour)
        finally:
            for text in self.texts:
                raw.FPDFPageObj_SetIsActive(text, True)

    def _take_stock(self) -> None:
        objects = _objects(self.page, Matrix(), 0)
        for order, (kind, handle, matrix) in zip(range(_MOST_OBJECTS), objects, strict=False):
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.texts.append(handle)
                self.text_orders[address(handle)] = order
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = self._around(matrix.after(matrix_of(handle)).corners())
                self.pictures.append(Picture(handle=handle, box=box, order=order))
                self.covers.append(Cover(order=_LAST, box=box))
            elif kind != raw.FPDF_PAGEOBJ_PATH or _paints_an_area(handle):
                box = self._around(matrix.after(_bounds_of(handle)).corners())
                self.covers.append(Cover(order=order if kind == raw.FPDF_PAGEOBJ_PATH else _LAST, box=box))
                if kind == raw.FPDF_PAGEOBJ_PATH and 0.5 <= (box.right - box.left) / max(1, box.bottom - box.top) <= 2:
                    self.corners = max(self.corners, raw.FPDFPath_CountSegments(handle))

    def _take_annotations(self) -> None:
        """Annotations are painted last, over everything."""
        for index in range(raw.FPDFPage_GetAnnotCount(self.page)):
            annotation = raw.FPDFPage_GetAnnot(self.page, index)
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetSubtype(annotation) not in _BODILESS and raw.FPDFAnnot_GetRect(annotation, rect):
                box = self.shown(rect.left, rect.bottom, rect.right, rect.top)
                self.covers.append(Cover(order=_LAST, box=box))
            raw.FPDFPage_CloseAnnot(annotation)

    def _around(self, points: Iterable[tuple[float, float]]) -> Box:
        xs, ys = zip(*points, strict=True)
        return self.shown(min(xs), min(ys), max(xs), max(ys)).within(self.box)


def _objects(container: Any, matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
    """Every drawn object, also inside form XObjects, with the transformation of what it stands in."""
    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for index in range(count(container)):
        handle = get(container, index)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _objects(handle, matrix.after(matrix_of(handle)), depth + 1)
        else:
            yield kind, handle, matrix


def _paints_an_area(path: Any) -> bool:
    """Whether a path is filled, or drawn with a pen so broad that it can cover a line of text."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if fill.value:
        return True
    return bool(stroke.value and raw.FPDFPageObj_GetStrokeWidth(path, width) and width.value > _BROAD_PEN)


def _bounds_of(handle: Any) -> Matrix:
    """An object's bounding box, as the transformation of the unit square into it."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return Matrix(right.value - left.value, 0, 0, top.value - bottom.value, left.value, bottom.value)


def matrix_of(handle: Any) -> Matrix:
    """The transformation of one object; the identity when pdfium has none for it."""
    values = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, values):
        return Matrix()
    return Matrix(values.a, values.b, values.c, values.d, values.e, values.f)


def address(pointer: Any) -> int:
    """Which object a pdfium pointer points to; 0 for none."""
    return ctypes.addressof(pointer.contents) if pointer else 0
