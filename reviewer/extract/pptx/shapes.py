"""The shapes of a slide in drawing order: text, tables, pictures, charts; groups opened, edges of the slide known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from reviewer.extract.ooxml.drawing import is_hidden_shape
from reviewer.extract.ooxml.markup import choose
from reviewer.extract.package.xml import attr, child, found, local, whole

_SHAPES = frozenset({"sp", "cxnSp", "pic", "graphicFrame", "contentPart"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height of the slides, in EMU."""

    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How coordinates inside a group map to the slide: scale and shift, per axis."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One shape, whether it can be seen on its slide, and its placeholder type ("" for none)."""

    element: etree._Element
    hidden: bool
    placeholder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """Text that only another branch of an alternative holds."""

    text: str


def shapes(tree: etree._Element, size: Size) -> Iterator[Shape | Leftover]:
    """All shapes below a shape tree (`spTree`)."""
    yield from _inside(tree, size, Frame(), hidden=False)


def _inside(group: etree._Element, size: Size, frame: Frame, *, hidden: bool) -> Iterator[Shape | Leftover]:
    for element in group:
        name = local(element)
        if name == "AlternateContent":
            branch, others = choose(element)
            yield from (Leftover(text=text) for text in others if text.strip())
            if branch is not None:
                yield from _inside(branch, size, frame, hidden=hidden)
        elif name == "grpSp":
            concealed = hidden or _is_hidden(element)
            yield from _inside(element, size, _nested(element, frame), hidden=concealed)
        elif name in _SHAPES:
            concealed = hidden or _is_hidden(element) or _is_outside(element, size, frame)
            yield Shape(element=element, hidden=concealed, placeholder=_placeholder(element))


def _is_hidden(shape: etree._Element) -> bool:
    own = next(found(shape, "cNvPr"), None)
    return own is not None and is_hidden_shape(own)


def _placeholder(shape: etree._Element) -> str:
    """The kind of placeholder a shape fills; PowerPoint's default kind is "obj"."""
    for inner in shape:
        if local(inner).startswith("nv"):
            mark = child(inner, "nvPr", "ph")
            return "" if mark is None else attr(mark, "type") or "obj"
    return ""


def _transform(shape: etree._Element) -> etree._Element | None:
    for path in (("spPr", "xfrm"), ("grpSpPr", "xfrm"), ("xfrm",)):
        place = child(shape, *path)
        if place is not None:
            return place
    return None


def _box(place: etree._Element, corner: str, extent: str) -> tuple[int, int, int, int] | None:
    start, span = child(place, corner), child(place, extent)
    if start is None or span is None:
        return None
    return (
        whole(attr(start, "x")),
        whole(attr(start, "y")),
        whole(attr(span, "cx")),
        whole(attr(span, "cy")),
    )


def _is_outside(shape: etree._Element, size: Size, frame: Frame) -> bool:
    """Whether a shape lies wholly beside its slide; one without a place of its own takes its layout's."""
    place = _transform(shape)
    box = _box(place, "off", "ext") if place is not None else None
    if box is None:
        return False
    left, top = box[0] * frame.scale_x + frame.shift_x, box[1] * frame.scale_y + frame.shift_y
    right, bottom = left + box[2] * frame.scale_x, top + box[3] * frame.scale_y
    return right <= 0 or bottom <= 0 or left >= size.width or top >= size.height


def _nested(group: etree._Element, frame: Frame) -> Frame:
    """The frame of a group's children: the group's own box filled with the children's coordinates."""
    place = _transform(group)
    outer = _box(place, "off", "ext") if place is not None else None
    inner = _box(place, "chOff", "chExt") if place is not None else None
    if outer is None or inner is None:
        return frame
    scale_x = outer[2] / inner[2] if inner[2] else 1.0
    scale_y = outer[3] / inner[3] if inner[3] else 1.0
    return replace(
        frame,
        scale_x=frame.scale_x * scale_x,
        scale_y=frame.scale_y * scale_y,
        shift_x=frame.shift_x + frame.scale_x * (outer[0] - inner[0] * scale_x),
        shift_y=frame.shift_y + frame.scale_y * (outer[1] - inner[1] * scale_y),
    )
