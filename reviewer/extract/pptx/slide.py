"""One slide (or master, layout, notes page): its paragraphs, tables, pictures and charts, written down in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.drawing import Figures, alternative_texts, paragraphs
from reviewer.extract.ooxml.markup import flag, relation_id
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.package.xml import attr, child, found, local, take_all
from reviewer.extract.pptx.shapes import Leftover, Shape, Size, shapes
from reviewer.extract.prompts import is_prompt, unseen_pattern
from reviewer.terms import Cell, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all slides of one presentation are read with."""

    package: Package
    pictures: Pictures
    figures: Figures
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One page to read: its part, the place a person knows it by, and which of its shapes to take."""

    source: str
    label: str
    part: Part = Part.BODY
    hidden: bool = False
    takes: Callable[[Shape], bool] = lambda shape: True


class SlideReader:
    """Writes one page down; paragraphs are counted over the whole page."""

    def __init__(self, stage: Stage, slide: Slide) -> None:
        self._stage = stage
        self._slide = slide
        self._scribe = stage.package.scribe
        self._count = 0

    def read(self, root: etree._Element) -> None:
        """All shapes of the page, then its background picture."""
        tree = child(root, "cSld", "spTree")
        for shape in shapes(tree, self._stage.size) if tree is not None else ():
            if isinstance(shape, Leftover):
                self._write(shape.text, f"{self._slide.label} 替代内容", hidden=True)
            elif self._slide.takes(shape):
                self._shape(shape)
            else:
                take_all(shape.element)
        background = child(root, "cSld", "bg")
        if background is not None:
            self._pictures(background)

    def _shape(self, shape: Shape) -> None:
        element = shape.element
        # What a placeholder of a master says is shown only where a slide repeats it.
        is_placeholder = self._slide.part is Part.TEXT_BOX and shape.placeholder != ""
        hidden = shape.hidden or self._slide.hidden or is_placeholder
        for body in element:
            if local(body) == "txBody":
                self._text([t for t in paragraphs(body) if not (is_placeholder and is_prompt(t))], hidden=hidden)
        for table in found(element, "tbl"):
            self._table(table, hidden=hidden)
        for figure in found(element, "chart", "relIds"):
            self._stage.figures.placed(self._slide.source, figure, self._slide.label, hidden=hidden)
        for own in found(element, "cNvPr"):
            for text in dict.fromkeys((*alternative_texts(own), *_tooltips(own))):
                self._scribe.add(text, f"{self._slide.label} 替代文字", part=Part.ALT_TEXT, hidden=True)
        self._pictures(element)

    def _text(self, texts: Sequence[str], *, hidden: bool) -> None:
        for text in texts:
            self._count += 1
            whole_page = self._slide.part is Part.BODY
            place = f"{self._slide.label} ¶{self._count}" if whole_page else self._slide.label
            self._write(text, place, hidden=hidden)

    def _write(self, text: str, place: str, *, hidden: bool) -> None:
        part = unseen_pattern(self._slide.part) if hidden else self._slide.part
        if text.strip():
            self._scribe.add(text, place, part=part, hidden=hidden)

    def _table(self, table: etree._Element, *, hidden: bool) -> None:
        ordinal = self._stage.package.scribe.reserve_tables()
        rows = [row for row in table if local(row) == "tr"]
        for index, row in enumerate(rows):
            cells = [(column, cell) for column, cell in enumerate(c for c in row if local(c) == "tc")]
            texts = [(column, cell, "\n".join(filter(None, paragraphs(cell)))) for column, cell in cells]
            filled = [entry for entry in texts if entry[2].strip()]
            for column, cell, text in filled:
                self._scribe.add(
                    text,
                    f"{self._slide.label} 表{ordinal + 1} 第{index + 1}行第{column + 1}列",
                    part=Part.TABLE,
                    # The cells that a merged one covers keep their own text, unseen.
                    hidden=hidden or flag(cell, "hMerge") or flag(cell, "vMerge"),
                    cell=Cell(table=ordinal, row=index, column=column),
                    after="\n" if column == filled[-1][0] else "\t",
                )

    def _pictures(self, element: etree._Element) -> None:
        for blip in found(element, "blip", "svgBlip"):
            self._stage.pictures.placed(self._slide.source, relation_id(blip, "embed"), self._slide.label)


def _tooltips(own: etree._Element) -> tuple[str, ...]:
    links = found(own, "hlinkClick", "hlinkHover")
    return tuple(text for text in (attr(link, "tooltip") for link in links) if text)
