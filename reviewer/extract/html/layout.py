"""Where the text of a page flows: into paragraphs, or into the cells of its tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.extract.html.flow import Flow
from reviewer.extract.html.passages import Passages
from reviewer.extract.html.table import Grid
from reviewer.terms import Cell, Part

_PROSE_LINES = 12  # a cell with more lines lays out a page; its paragraphs are counted like any other


@dataclass(slots=True, kw_only=True)
class _Box:
    """Where text flows: the page itself, or an open table cell."""

    cell: Cell | None = None
    shown: Flow = field(default_factory=Flow)
    concealed: Flow = field(default_factory=Flow)
    layout: bool = False  # the cell holds a part of the page rather than a value


class Layout:
    """Takes text and breaks as the page gives them, and writes down paragraphs and cells.

    `tables` counts those begun so far, in this page and in what was taken apart before it.
    """

    def __init__(self, passages: Passages, tables: int) -> None:
        self.tables = tables
        self._passages = passages
        self._boxes = [_Box()]
        self._open: list[tuple[int, Grid]] = []

    def add(self, text: str, at: int, *, hidden: bool, preformatted: bool) -> None:
        """Text that stands at `at` of the source."""
        box = self._boxes[-1]
        flow = box.concealed if hidden else box.shown
        if not hidden and not text.isspace():
            box.concealed.end_line()
        if preformatted:
            flow.add_preformatted(text, at)
        else:
            flow.add(text, at)

    def end_line(self) -> None:
        """A break; on the page itself, that ends a paragraph."""
        box = self._boxes[-1]
        box.shown.end_line()
        box.concealed.end_line()
        if box.cell is None:
            self._pour(box)

    def start_table(self) -> None:
        box = self._boxes[-1]
        if box.cell is not None:
            box.layout = True
            self._pour(box)
        self._open.append((self.tables, Grid()))
        self.tables += 1

    def end_table(self) -> None:
        self._open.pop()

    def start_section(self) -> None:
        self._open[-1][1].start_section()

    def start_row(self) -> None:
        self._open[-1][1].start_row()

    def start_cell(self, columns: int, rows: int) -> None:
        """A cell that fills so many columns and rows."""
        table, grid = self._open[-1]
        if not grid.in_row:
            grid.start_row()
        row, column = grid.start_cell(columns, rows)
        self._boxes.append(_Box(cell=Cell(table=table, row=row, column=column)))

    def end_cell(self) -> None:
        box = self._boxes.pop()
        assert box.cell is not None
        shown = box.shown.take()
        if box.layout or len(shown) > _PROSE_LINES:
            self._passages.paragraphs(shown)
        else:
            self._passages.cell(shown, box.cell, hidden=False)
        self._passages.cell(box.concealed.take(), box.cell, hidden=True)

    def _pour(self, box: _Box) -> None:
        """Write down what has flowed into a box as paragraphs."""
        self._passages.paragraphs(box.shown.take())
        for line in box.concealed.take():
            self._passages.conceal(line.text, line.at, "隐藏内容", Part.BODY)
