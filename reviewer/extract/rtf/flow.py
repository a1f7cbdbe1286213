"""One flow of RTF text — the body, a header, a note, a text box — cut into paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reviewer.extract.paragraph import Aside
from reviewer.extract.rtf.look import Look, Voice
from reviewer.extract.rtf.paragraph import Line, Paragraph, Pieces
from reviewer.extract.rtf.table import Column, Table
from reviewer.terms import Part


class Flow:
    """Takes text as it comes and writes lines; `reserve` gives the ordinal of the next table."""

    def __init__(
        self,
        write: Callable[[Line], None],
        reserve: Callable[[], int],
        *,
        label: str = "",
        part: Part = Part.BODY,
        hidden: bool = False,
        ground: str,
    ) -> None:
        self.label = label
        self.part = part
        self.ground = ground
        self._write = write
        self._reserve = reserve
        self._hidden = hidden
        self._pieces = Pieces()
        self._insets: list[Line] = []
        self._tables: dict[int, Table] = {}
        self._columns: list[Column] = []
        self._column = Column()
        self._count = 0

    @property
    def place(self) -> str:
        """Where the next word would stand."""
        return self.label or f"¶{self._count + 1}"

    @property
    def hidden(self) -> bool:
        return self._hidden

    def add(self, text: str, voice: Voice) -> None:
        self._pieces.add(text, voice)

    def aside(self, text: str, what: str, part: Part | None = None) -> None:
        """Text at the current paragraph that nobody sees."""
        if text.strip():
            self._pieces.aside(Aside(text=text.strip(), what=what, part=part))

    def inset(self, lines: Iterable[Line]) -> None:
        """What another flow wrote, anchored in the current paragraph."""
        self._insets.extend(lines)
        if self._pieces.empty and not self._tables:
            self._write_insets()

    def fill(self, look: Look) -> int:
        """The colour of the table cell that is being written; 0 outside of tables."""
        table = self._tables.get(max(look.depth, 1)) if self._tables else None
        return table.fill if table is not None else self._column_fill()

    def _column_fill(self) -> int:
        return self._columns[0].fill if self._columns else 0

    # --- paragraphs -----------------------------------------------------------------------------------

    def end_paragraph(self, look: Look) -> None:
        """A paragraph ends: in a cell, or in the open text, which ends every table."""
        paragraph = self._pieces.take()
        if look.in_table or look.depth:
            self._table(max(look.depth, 1)).paragraph(paragraph)
            return
        self._leave_tables()
        self._paragraph(paragraph)

    def _paragraph(self, paragraph: Paragraph) -> None:
        place = self.place
        self._count += 1
        if paragraph.text.strip():
            self._write(Line(text=paragraph.text, place=place, part=self.part, hidden=self._hidden))
        for aside in paragraph.asides:
            self._write(Line(text=aside.text, place=f"{place} {aside.what}", part=aside.part or self.part, hidden=True))
        self._write_insets()

    def _write_insets(self) -> None:
        for line in self._insets:
            self._write(line)
        self._insets = []

    def close(self) -> None:
        """The flow ends, whether or not its last paragraph, cell and row did."""
        if not self._pieces.empty and any(table.busy for table in self._tables.values()):
            self._tables[max(self._tables)].paragraph(self._pieces.take())
        self._leave_tables()
        if not self._pieces.empty:
            self._paragraph(self._pieces.take())
        self._write_insets()

    # --- tables ---------------------------------------------------------------------------------------

    def begin_row(self) -> None:
        self._columns, self._column = [], Column()

    def merge(self) -> None:
        self._column.covered = True

    def shade(self, colour: int) -> None:
        self._column.fill = colour

    def end_column(self, depth: int) -> None:
        if len(self._columns) < 1024:
            self._columns.append(self._column)
        self._column = Column()
        if depth in self._tables:
            self._tables[depth].define(self._columns)

    def end_cell(self, depth: int) -> None:
        table = self._table(depth)
        self._leave_tables(below=depth)
        if not self._pieces.empty:
            table.paragraph(self._pieces.take())
        table.end_cell()

    def end_row(self, depth: int) -> None:
        table = self._table(depth)
        self._leave_tables(below=depth)
        if not self._pieces.empty:
            table.paragraph(self._pieces.take())
        self._row(table, depth)

    def _table(self, depth: int) -> Table:
        table = self._tables.get(depth)
        if table is None:
            ordinal = self._reserve()
            label = f"{self.label} 表{ordinal + 1}" if self.label else f"表{ordinal + 1}"
            table = self._tables[depth] = Table(ordinal, label)
            table.define(self._columns)
        return table

    def _row(self, table: Table, depth: int) -> None:
        lines = list(table.end_row(self.part, hidden=self._hidden))
        outer = max((other for other in self._tables if other < depth), default=None)
        if outer is not None:
            self._tables[outer].later += lines
            return
        for line in lines:
            self._write(line)
        self._write_insets()

    def _leave_tables(self, below: int = 0) -> None:
        """Close the tables deeper than `below`; a row that was never ended is a row all the same."""
        for depth in sorted((depth for depth in self._tables if depth > below), reverse=True):
            if self._tables[depth].busy:
                self._row(self._tables[depth], depth)
            del self._tables[depth]
