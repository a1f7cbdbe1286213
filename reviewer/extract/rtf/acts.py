"""What control words do that neither begin a destination nor change the look: ends, tables, code pages, colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reviewer.extract.rtf.desk import Mode
from reviewer.extract.rtf.fonts import codec
from reviewer.extract.rtf.notes import becomes_endnote as turn_into_endnote
from reviewer.extract.rtf.pen import Pen


def set_fallback(pen: Pen, number: int | None) -> None:
    pen.fallback = min(max(1 if number is None else number, 0), 255)


def paragraph(pen: Pen, _: int | None) -> None:
    pen.flush()
    if pen.to.mode is Mode.FLOW:
        pen.tell_instead(pen.to.flow)
        pen.to.flow.end_paragraph(pen.look)
        pen.line_of_html()
    elif pen.to.mode is Mode.CAPTURE:
        pen.say("\n", pen.to, pen.look)


def cell(pen: Pen, _: int | None) -> None:
    pen.flush()
    if pen.to.mode is Mode.FLOW:
        pen.to.flow.end_cell(1)
    elif pen.to.mode is Mode.CAPTURE:
        pen.to.texts.append("\t")


def nested_cell(pen: Pen, _: int | None) -> None:
    pen.flush()
    if pen.to.mode is Mode.FLOW:
        pen.to.flow.end_cell(max(pen.look.depth, 2))


def row(pen: Pen, _: int | None) -> None:
    pen.flush()
    if pen.to.mode is Mode.FLOW:
        pen.to.flow.end_row(1)
    elif pen.to.mode is Mode.CAPTURE:
        pen.to.texts.append("\n")


def nested_row(pen: Pen, _: int | None) -> None:
    pen.flush()
    if pen.to.mode is Mode.FLOW:
        pen.to.flow.end_row(max(pen.look.depth, 2))


def row_defined(pen: Pen, _: int | None) -> None:
    pen.to.flow.begin_row()


def cell_defined(pen: Pen, _: int | None) -> None:
    nested = pen.to.word == "nesttableprops"
    pen.to.flow.end_column(max(pen.look.depth, 2) if nested else 1)


def cell_merged(pen: Pen, _: int | None) -> None:
    pen.to.flow.merge()


def cell_shaded(pen: Pen, number: int | None) -> None:
    pen.to.flow.shade(number or 0)


def becomes_endnote(pen: Pen, _: int | None) -> None:
    turn_into_endnote(pen.desk, pen.to)


def page(pen: Pen, number: int | None) -> None:
    pen.flush()
    pen.desk.fonts.document = codec(number or 1252)


def default_font(pen: Pen, number: int | None) -> None:
    pen.desk.fonts.default = number or 0


def charset(pen: Pen, number: int | None) -> None:
    pen.flush()
    pen.desk.fonts.has_charset(pen.look.font, number or 0)


def font_page(pen: Pen, number: int | None) -> None:
    pen.flush()
    pen.desk.fonts.has_page(pen.look.font, number or 0)


def from_html(pen: Pen, number: int | None) -> None:
    if number != 0 and pen.desk.html is None:
        pen.desk.html = []


def colour(pen: Pen, channel: int, number: int | None) -> None:
    pen.flush()
    pen.desk.mixing[channel] = min(max(number or 0, 0), 255)


ACTS: Mapping[bytes, Callable[[Pen, int | None], None]] = {
    b"u": Pen.unicode,
    b"uc": set_fallback,
    b"par": paragraph,
    b"sect": paragraph,
    b"cell": cell,
    b"row": row,
    b"nestcell": nested_cell,
    b"nestrow": nested_row,
    b"trowd": row_defined,
    b"cellx": cell_defined,
    b"clvmrg": cell_merged,
    b"clmrg": cell_merged,
    b"clcbpat": cell_shaded,
    b"ftnalt": becomes_endnote,
    b"ansicpg": page,
    b"mac": lambda pen, _: page(pen, 10000),
    b"pc": lambda pen, _: page(pen, 437),
    b"pca": lambda pen, _: page(pen, 850),
    b"deff": default_font,
    b"fcharset": charset,
    b"cpg": font_page,
    b"fromhtml": from_html,
    b"red": lambda pen, number: colour(pen, 0, number),
    b"green": lambda pen, number: colour(pen, 1, number),
    b"blue": lambda pen, number: colour(pen, 2, number),
}
"""Control words that do something other than begin a destination, change the look or stand for a character."""
