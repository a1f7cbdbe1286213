"""Shapes in RTF: text boxes, word art, descriptions, and the copies that old readers show instead."""

from __future__ import annotations

import re

from reviewer.extract.ooxml.colour import MIXED, WHITE
from reviewer.extract.rtf.desk import Desk, Destination, Shape
from reviewer.extract.rtf.flow import Flow
from reviewer.extract.rtf.paragraph import Line
from reviewer.extract.telling import telling
from reviewer.terms import Part

_DESCRIPTIONS = frozenset({"wzDescription", "wzTooltip"})
_ON = ("1", "-1")
_MEASURES = re.compile(r"(?:[-;,()\s]*\d{1,10})*[-;,()\s]*")  # colours and corners


def begin_shape(desk: Desk, destination: Destination) -> None:
    desk.shape = Shape(outer=desk.shape, ground=WHITE)


def begin_background(desk: Desk, destination: Destination) -> None:
    """A page with a background of its own: its colour is not known here."""
    desk.paper = destination.flow.ground = MIXED


def end_shape(desk: Desk, destination: Destination) -> None:
    shape = desk.shape
    if shape is None:
        return
    desk.shape = shape.outer
    if shape.outer is not None:
        shape.outer.texts += shape.texts
        shape.outer.pictures += shape.pictures


def begin_box(desk: Desk, destination: Destination) -> None:
    around = destination.flow
    prefix = f"{around.label} " if around.label else ""
    destination.flow = Flow(
        destination.lines.append,
        desk.scribe.reserve_tables,
        label=f"{prefix}文本框{desk.number('文本框')}",
        part=Part.TEXT_BOX,
        hidden=around.hidden or (desk.shape is not None and desk.shape.hidden),
        ground=desk.shape.ground if desk.shape is not None else WHITE,
    )


def end_box(desk: Desk, destination: Destination) -> None:
    if desk.shape is not None:
        desk.shape.texts += [line.text for line in destination.lines]


def read_key(desk: Desk, destination: Destination) -> None:
    if desk.shape is not None:
        desk.shape.key = destination.text()


def read_value(desk: Desk, destination: Destination) -> None:
    """The value of the property named before; `picprop` has such properties outside of shapes."""
    value = destination.text()
    shape = desk.shape
    key = shape.key if shape is not None else ""
    if shape is not None and key == "fillColor":
        shape.ground = _colour(value)
    elif shape is not None and key == "fillType" and value not in ("", "0"):
        shape.ground = MIXED
    elif shape is not None and key == "fHidden":
        shape.hidden = value in _ON
    elif key == "gtextUNICODE":
        _word_art(destination, value)
    elif key in _DESCRIPTIONS or (telling(value) and not _MEASURES.fullmatch(value)):
        desk.left(destination, value, "替代文字" if key in _DESCRIPTIONS else "图形属性", Part.ALT_TEXT)


def _word_art(destination: Destination, text: str) -> None:
    flow = destination.flow
    what = "水印" if flow.part is Part.HEADER else "艺术字"
    if text:
        flow.inset([Line(text=text, place=f"{flow.place} {what}", part=Part.TEXT_BOX, hidden=flow.hidden)])


def _colour(value: str) -> str:
    """COLORREF: red is the lowest byte."""
    if not value.isdecimal() or len(value) > 8:
        return MIXED
    number = int(value)
    return f"{number & 255:02X}{number >> 8 & 255:02X}{number >> 16 & 255:02X}"


def read_copy(desk: Desk, destination: Destination) -> None:
    """What is written for old readers: only what the shape itself does not say is told."""
    said = "".join("".join(desk.shape.texts if desk.shape is not None else ()).split())
    rest = [line for line in destination.text().splitlines() if "".join(line.split()) not in said]
    desk.left(destination, "\n".join(rest), "替代内容", Part.TEXT_BOX)
