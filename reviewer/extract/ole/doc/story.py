"""One flow of a .doc — the body, a header, a note, a text box — written down paragraph by paragraph, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reviewer.extract.limits import time_left_s
from reviewer.extract.ole.doc.paragraph import Anchor, Paragraph, ParagraphReader
from reviewer.extract.ole.doc.styles import Styles
from reviewer.extract.ole.doc.text import Block, Row, Text, cell_ground
from reviewer.extract.ooxml.colour import MIXED, WHITE
from reviewer.extract.ooxml.drawing import Aside
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Cell, Part

_LEAST_S = 5.0
_CLOCK_EVERY = 1024
_SAME_EDGE_TWIPS = 100


@dataclass(slots=True, kw_only=True)
class Desk:
    """What all stories of one document share; `anchors` are the places of what is drawn, by position."""

    scribe: Scribe
    text: Text
    styles: Styles
    fonts: tuple[str, ...]
    anchors: dict[int, str] = field(default_factory=dict)
    pictures: list[tuple[Anchor, str]] = field(default_factory=list)
    out_of_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a story stands: the place a person knows it by ("" for the body), its part, its ground, if it is seen."""

    label: str = ""
    part: Part = Part.BODY
    hidden: bool = False
    ground: str = WHITE


@dataclass(slots=True, kw_only=True)
class _Content:
    """What one cell holds: its blocks, and the tables inside it."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[_Grid] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Grid:
    """A table that is being gathered: finished rows, the row and the cell at which the text stands."""

    rows: list[tuple[Row, list[_Content]]] = field(default_factory=list)
    cells: list[_Content] = field(default_factory=list)
    cell: _Content = field(default_factory=_Content)

    def take(self, block: Block) -> None:
        """Add a block that stands directly in this table."""
        if block.row is None:
            self.cell.blocks.append(block)
        if block.ends_cell and block.row is None:
            self._close_cell()
        if block.row is not None:
            self._close_row(block.row)

    def close(self) -> None:
        """The table ends here, maybe in the middle of a row."""
        self._close_row(Row())

    def _close_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = _Content()

    def _close_row(self, row: Row) -> None:
        if self.cell.blocks or self.cell.tables:
            self._close_cell()
        if self.cells:
            self.rows.append((row, self.cells))
        self.cells = []


class Story:
    """Writes one flow of text down; tables come at their places, what is beside a line after it."""

    def __init__(self, desk: Desk, setting: Setting) -> None:
        self._desk = desk
        self._set = setting
        self._reader = ParagraphReader(desk.fonts)
        self._count = 0
        self._open: list[_Grid] = []

    def write(self, start: int, end: int) -> None:
        """Everything between two positions."""
        for number, block in enumerate(self._desk.text.blocks(start, end)):
            if number % _CLOCK_EVERY == 0 and time_left_s() < _LEAST_S:
                self._desk.out_of_time = True
                self._desk.scribe.gap(self._place(), _no_time())
                break
            self._to_depth(block.depth)
            if self._open:
                self._open[-1].take(block)
            else:
                self._paragraph(block)
        self._to_depth(0)

    def _to_depth(self, depth: int) -> None:
        """Open or close tables until as many are open; one that closes goes where it stands."""
        while len(self._open) > depth:
            grid = self._open.pop()
            grid.close()
            if self._open:
                self._open[-1].cell.tables.append(grid)
            else:
                self._table(grid)
        while len(self._open) < depth:
            self._open.append(_Grid())

    def _place(self, what: str = "") -> str:
        place = self._set.label or f"¶{self._count}"
        return f"{place} {what}" if what else place

    def _paragraph(self, block: Block) -> None:
        self._count += 1
        paragraph = self._read(block, self._set.ground)
        if paragraph.text.strip():
            self._desk.scribe.add(paragraph.text, self._place(), part=self._set.part, hidden=self._set.hidden)
        self._beside(paragraph, self._place())

    def _read(self, block: Block, paper: str) -> Paragraph:
        ground = self._desk.styles.ground(block.style, block.modifiers, paper)
        return self._reader.read(self._desk.text.letters(block, self._desk.styles, ground))

    def _beside(self, paragraph: Paragraph, place: str, *, hidden: bool = False) -> None:
        for aside in paragraph.asides:
            self._aside(aside, place, hidden=hidden)
        for anchor in paragraph.anchors:
            if anchor.is_drawn:
                self._desk.anchors[anchor.position] = place
            else:
                self._desk.pictures.append((anchor, place))

    def _aside(self, aside: Aside, place: str, *, hidden: bool) -> None:
        self._desk.scribe.add(
            aside.text,
            f"{place} {aside.what}",
            part=aside.part or self._set.part,
            hidden=aside.hidden or hidden or self._set.hidden,
        )

    def _table(self, grid: _Grid) -> None:
        ordinal = self._desk.scribe.reserve_tables()
        label = f"{self._set.label} 表{ordinal + 1}" if self._set.label else f"表{ordinal + 1}"
        edges = _clusters({edge for row, _ in grid.rows for edge in row.edges})
        for index, (row, cells) in enumerate(grid.rows):
            self._row(row, cells, Cell(table=ordinal, row=index, column=0), label, edges)

    def _row(self, row: Row, cells: list[_Content], at: Cell, label: str, edges: dict[int, int]) -> None:
        columns = _columns(row, len(cells), edges)
        paints = row.style is not None and self._desk.styles.paints(row.style)
        contents: list[tuple[list[Paragraph], _Content, str, bool]] = []
        written = False
        for index, (content, column) in enumerate(zip(cells, columns, strict=True)):
            read = [
                self._read(block, cell_ground(row, index, self._set.ground if not paints else MIXED))
                for block in content.blocks
            ]
            hidden = index < len(row.covered) and row.covered[index]
            place = f"{label} 第{at.row + 1}行第{column + 1}列"
            text = "\n".join(paragraph.text for paragraph in read if paragraph.text.strip())
            if text:
                self._desk.scribe.separate("\t" if written else "")
                written = True
            self._desk.scribe.add(
                text,
                place,
                part=Part.TABLE if self._set.part is Part.BODY else self._set.part,
                hidden=hidden or self._set.hidden,
                cell=replace(at, column=column),
                after="",
            )
            contents.append((read, content, place, hidden))
        self._desk.scribe.separate("\n" if written else "")
        for read, content, place, hidden in contents:
            self._after(read, content.tables, place, hidden=hidden)

    def _after(self, read: Iterable[Paragraph], tables: Iterable[_Grid], place: str, *, hidden: bool) -> None:
        for paragraph in read:
            self._beside(paragraph, place, hidden=hidden)
        for grid in tables:
            self._table(grid)


def _clusters(edges: set[int]) -> dict[int, int]:
    """The column that begins at each edge; edges that no eye tells apart begin the same one."""
    columns: dict[int, int] = {}
    column, last = -1, -_SAME_EDGE_TWIPS - 1
    for edge in sorted(edges):
        if edge - last > _SAME_EDGE_TWIPS or not columns:
            column, last = column + 1, edge
        columns[edge] = column
    return columns


def _columns(row: Row, count: int, columns: dict[int, int]) -> list[int]:
    """The column of each cell: by its left edge among all edges of the table, where the row says so."""
    if len(row.edges) != count:
        return list(range(count))
    by_edge = [columns[edge] for edge in row.edges]
    return by_edge if sorted(set(by_edge)) == by_edge else list(range(count))


def _no_time() -> str:
    return tr(
        "读取时间用尽，此后未读取：拆分后再审",
        "out of time, not read from here on: split the document and review again",
    )
