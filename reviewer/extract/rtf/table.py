"""The tables of an RTF flow, row by row: RTF knows no tables, only rows that follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.extract.rtf.paragraph import Line, Paragraph
from reviewer.terms import Cell, Part

_MOST_CELLS = 1024


@dataclass(slots=True, kw_only=True)
class Column:
    r"""What the row's definition says of one cell, up to its `\cellx`."""

    covered: bool = False  # it continues a merged one: its own text is not shown
    fill: int = 0  # place in the colour table


@dataclass(slots=True, kw_only=True)
class _Content:
    paragraphs: list[Paragraph] = field(default_factory=list)


class Table:
    """One table at one depth of nesting."""

    def __init__(self, ordinal: int, label: str) -> None:
        self.later: list[Line] = []  # rows of tables inside the current row
        self._ordinal = ordinal
        self._label = label
        self._row = 0
        self._columns: list[Column] = []
        self._cells: list[_Content] = []
        self._open = _Content()

    @property
    def busy(self) -> bool:
        """Whether a row has begun and not ended."""
        return bool(self._cells or self._open.paragraphs or self.later)

    @property
    def fill(self) -> int:
        """The colour of the cell that is being written."""
        at = len(self._cells)
        return self._columns[at].fill if at < len(self._columns) else 0

    def define(self, columns: list[Column]) -> None:
        self._columns = columns

    def paragraph(self, paragraph: Paragraph) -> None:
        self._open.paragraphs.append(paragraph)

    def end_cell(self) -> None:
        if len(self._cells) < _MOST_CELLS:
            self._cells.append(self._open)
            self._open = _Content()

    def end_row(self, part: Part, *, hidden: bool) -> Iterator[Line]:
        """The row's cells, then what stands at them, then the rows of tables inside."""
        if self._open.paragraphs:
            self.end_cell()
        texts = ["\n".join(p.text for p in cell.paragraphs if p.text.strip()) for cell in self._cells]
        last = max((at for at, text in enumerate(texts) if text), default=0)
        for at, text in enumerate(texts):
            yield Line(
                text=text,
                place=self._place(at),
                part=Part.TABLE if part is Part.BODY else part,
                hidden=hidden or self._covered(at),
                cell=Cell(table=self._ordinal, row=self._row, column=at),
                after="\n" if at == last else "\t",
            )
        for at, cell in enumerate(self._cells):
            for paragraph in cell.paragraphs:
                for aside in paragraph.asides:
                    place = f"{self._place(at)} {aside.what}"
                    yield Line(text=aside.text, place=place, part=aside.part or part, hidden=True)
        yield from self.later
        self._row += 1
        self._cells, self._open, self.later = [], _Content(), []

    def _place(self, column: int) -> str:
        return f"{self._label} 第{self._row + 1}行第{column + 1}列"

    def _covered(self, column: int) -> bool:
        return column < len(self._columns) and self._columns[column].covered
