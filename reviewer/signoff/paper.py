"""A4 paper by python-docx: Chinese fonts, one bordered table, and nothing left over from the library's template."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.opc.rel import Relationships
    from docx.table import Table, _Cell
    from docx.text.run import Run

BODY_FONT, HEAD_FONT, LETTER_FONT, LATIN_FONT = "宋体", "黑体", "仿宋", "Times New Roman"
_LEFTOVERS = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_XML)
COLUMNS = 12  # the grid on which every row divides itself
_WIDTH_MM = 170


def blank_page() -> Paper:
    """An A4 page of narrow margins whose default style carries the Chinese body font."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _WIDTH_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(18)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = LATIN_FONT, Pt(10.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)
    style.paragraph_format.space_after = Pt(0)
    return paper


def heading(paper: Paper, text: str) -> None:
    """The form's name, centred."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(paragraph.add_run(text), HEAD_FONT, 18)
    paragraph.paragraph_format.space_after = Pt(6)


def line(paper: Paper, text: str, size_pt: float = 10.5) -> None:
    """A line of its own, outside the table."""
    _written(paper.add_paragraph().add_run(text), BODY_FONT, size_pt)


def body(paper: Paper, text: str, *, indent: bool = True) -> None:
    """A paragraph of a letter: 仿宋, two characters in."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.4
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(28)
    _written(paragraph.add_run(text), LETTER_FONT, 14)


def right(paper: Paper, text: str) -> None:
    """A line at the right margin: the letter's number."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_after = Pt(10)
    _written(paragraph.add_run(text), LETTER_FONT, 14)


def signature(paper: Paper, unit: str, day: str) -> None:
    """Whose letter it is, and of which day, at the right, with room for the seal."""
    for at, text in enumerate((unit, day)):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Mm(14)
        paragraph.paragraph_format.space_before = Pt(28 if at == 0 else 2)
        _written(paragraph.add_run(text), LETTER_FONT, 14)


def cut(paper: Paper, text: str) -> None:
    """The line along which the slip for the answer is cut off, and the slip's name."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(16)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(paragraph.add_run("－ " * 34), BODY_FONT, 9)
    name = paper.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    name.paragraph_format.space_after = Pt(4)
    name.paragraph_format.keep_with_next = True
    _written(name.add_run(text), HEAD_FONT, 12)


def grid(paper: Paper) -> Table:
    """The form's table, empty yet."""
    table: Table = paper.add_table(rows=0, cols=COLUMNS)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    return table


def row(table: Table, cells: Iterable[tuple[int, str]], *, head: bool = False, least_mm: float = 0) -> None:
    """One row of cells, each as many columns wide as its number says; together they fill `COLUMNS`."""
    added = table.add_row()  # type: ignore[no-untyped-call]
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if least_mm:
        added.height = Mm(least_mm)
    start = 0
    for width, text in cells:
        cell = added.cells[start].merge(added.cells[start + width - 1])
        cell.width = Mm(_WIDTH_MM * width / COLUMNS)
        _fill(cell, text, head=head)
        start += width
    if start != COLUMNS:
        raise ValueError(f"a row of {start} columns instead of {COLUMNS}")


def _fill(cell: _Cell, text: str, *, head: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for index, part in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        _written(paragraph.add_run(part), HEAD_FONT if head else BODY_FONT, 10.5)
    if head:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "EDEDED")
        cell._tc.get_or_add_tcPr().append(shade)


def _written(run: Run, font: str, size_pt: float) -> None:
    """Word chooses Chinese glyphs by w:eastAsia alone; `font.name` sets the Latin ones."""
    run.font.name, run.font.size = LATIN_FONT, Pt(size_pt)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def finished(paper: Paper, made: datetime) -> bytes:
    """The file: no author, no program's name, no preview picture; dated `made`, not by this machine's clock."""
    about = paper.core_properties
    about.author = about.last_modified_by = about.comments = about.title = ""
    about.created = about.modified = made.replace(tzinfo=None)
    about.revision = 1
    _drop(paper.part.package.rels)
    _drop(paper.part.rels)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _drop(relations: Relationships) -> None:
    for key in [key for key, relation in relations.items() if relation.reltype in _LEFTOVERS]:
        del relations[key]
