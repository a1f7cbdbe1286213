"""PDF drafts: pages drawn with an embedded subset of the font that is given; reportlab is needed only here."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from drafts.texts import Block, blocks, picture, title

_FONT = "Draft"
_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, A4[0] - 72.0, A4[1] - 80.0, 70.0
_SIZES = {"title": 19.0, "heading": 14.0, "subheading": 13.0}
_TEXT_SIZE = 12.0
_CELL_SIZE = 10.0


def paper(name: str, font: Path, *, extra: Mapping[str, str] | None = None, blacked_out: tuple[int, ...] = ()) -> bytes:
    """The text `texts/<name>` as a PDF; over the table columns `blacked_out` a black box is drawn, no more."""
    pdfmetrics.registerFont(TTFont(_FONT, font))
    found = blocks(name, extra)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, pageCompression=1)
    canvas.setTitle(title(found))
    canvas.setProducer("")
    page = _Page(canvas, blacked_out)
    for block in found:
        page.draw(block)
    page.close()
    canvas.save()
    return buffer.getvalue()


def scan(name: str, heading: str) -> bytes:
    """A page that is nothing but the picture `pictures/<name>`."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, pageCompression=1)
    canvas.setTitle(heading)
    canvas.setProducer("")
    canvas.drawImage(ImageReader(io.BytesIO(picture(name))), 0, 0, *A4)
    canvas.save()
    return buffer.getvalue()


class _Page:
    """A pen that goes down the page and turns it where it is full."""

    def __init__(self, canvas: Canvas, blacked_out: tuple[int, ...]) -> None:
        self.canvas = canvas
        self.blacked_out = blacked_out
        self.number = 1
        self.y = _TOP

    def draw(self, block: Block) -> None:
        if block.kind == "table":
            self._table(block.rows)
            return
        size = _SIZES.get(block.kind, _TEXT_SIZE)
        indent = "　　" if block.kind in ("paragraph", "heading", "subheading") else ""
        for line in _wrapped(indent + block.text, size):
            self._line(line, size, block.kind)
        if block.kind == "title":
            self.y -= 12

    def close(self) -> None:
        self.canvas.setFont(_FONT, 10)
        self.canvas.drawCentredString(A4[0] / 2, 40, f"— {self.number} —")
        self.canvas.showPage()

    def _need(self, height: float) -> None:
        if self.y - height < _BOTTOM:
            self.close()
            self.number += 1
            self.y = _TOP

    def _line(self, line: str, size: float, kind: str) -> None:
        self._need(size * 1.75)
        self.canvas.setFont(_FONT, size)
        if kind in ("title", "centred"):
            self.canvas.drawCentredString(A4[0] / 2, self.y, line)
        elif kind == "right":
            self.canvas.drawRightString(_RIGHT - 24, self.y, line)
        else:
            self.canvas.drawString(_LEFT, self.y, line)
        self.y -= size * 1.75

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """A grid whose columns share the width of the page by what their longest cell needs."""
        needs = [max(map(_width, column)) + 12 for column in zip(*rows, strict=True)]
        scale = (_RIGHT - _LEFT) / sum(needs)
        self.y -= 6
        for row in rows:
            self._row(row, [need * scale for need in needs], heading=row is rows[0])
        self.y -= 14

    def _row(self, row: tuple[str, ...], widths: list[float], *, heading: bool) -> None:
        self._need(22)
        x = _LEFT
        self.canvas.setFont(_FONT, _CELL_SIZE)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            self.canvas.rect(x, self.y - 7, width, 22)
            self.canvas.drawCentredString(x + width / 2, self.y, cell)
            if place in self.blacked_out and not heading:
                self.canvas.rect(x + 4, self.y - 4, width - 8, 15, stroke=0, fill=1)
            x += width
        self.y -= 22


def _width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, _FONT, _CELL_SIZE))


def _wrapped(text: str, size: float) -> list[str]:
    """The text in lines that fit; no line begins with a closing mark."""
    lines, line = [], ""
    for char in text:
        full = pdfmetrics.stringWidth(line + char, _FONT, size) > _RIGHT - _LEFT
        if full and char not in "，。；：、）》”！？":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]
