"""What one sheet of a binary workbook holds: gathered record by record, written down when the sheet ends."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.extract.limits import time_left_s
from reviewer.extract.scribe import Scribe
from reviewer.extract.workbook.codes import Format, is_overlong, number_text, raw_number
from reviewer.extract.workbook.formulas import Formulas
from reviewer.extract.workbook.grid import Behind, Entry, Room, Said, column_name, part_behind, ranges, write_cells
from reviewer.extract.workbook.texts import RichText
from reviewer.language import tr
from reviewer.terms import Part

PATIENCE_S = 15.0
_CELLS_BETWEEN_LOOKS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of the workbook: name, ordinal among the tables of the document, hidden or not."""

    name: str
    table: int
    hidden: bool


class Gathered:
    """The cells of one sheet and what stands around them.

    Hidden rows and columns are told in any order with the cells, so they are applied at the end.
    """

    def __init__(self, sheet: Sheet, room: Room, *, from_1904: bool) -> None:
        self.sheet = sheet
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.shown_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.shown_columns: set[int] = set()
        self.hides_columns = False
        self.hides_rows = False
        self.full = False
        self._from_1904 = from_1904
        self._room = room
        self._entries: list[Entry] = []
        self._behind: list[Behind] = []
        self._said: list[Said] = []
        self._unsaved: list[str] = []
        self._unknown: list[str] = []
        self._formulas = Formulas()

    def text(self, row: int, column: int, text: str, *, hidden: bool = False) -> None:
        """A cell that shows this text."""
        if not text or text.isspace() or self.full:
            return
        self._entries.append(Entry(row, column, f"{column_name(column)}{row + 1}", text, hidden))
        self._room.cells_left -= 1
        if self._room.cells_left <= 0 or (
            len(self._entries) % _CELLS_BETWEEN_LOOKS == 0 and time_left_s() < PATIENCE_S
        ):
            self.full = True

    def rich(self, row: int, column: int, text: RichText | None, form: Format) -> None:
        """A cell with a string of the shared ones, or with one of its own; None if it is missing."""
        if text is None:
            self._unknown.append(f"{column_name(column)}{row + 1}")
            return
        if text.phonetic or (text.pale and form.on_white):
            ref = f"{column_name(column)}{row + 1}"
            self._behind.append(Behind(ref=ref, kind="拼音", text=text.phonetic))
            self._behind.append(Behind(ref=ref, kind="隐藏文字", text=text.pale if form.on_white else ""))
        self.text(row, column, text.text, hidden=form.pale or form.hides_text())

    def number(self, row: int, column: int, value: float, form: Format) -> None:
        """A cell with a number."""
        raw = raw_number(value)
        if is_overlong(raw):
            self._behind.append(Behind(ref=f"{column_name(column)}{row + 1}", kind="存储值", text=raw))
        shown = number_text(raw, form, from_1904=self._from_1904)
        self.text(row, column, shown, hidden=form.pale or form.hides_number(value))

    def formula(self, row: int, column: int, code: str) -> None:
        """The formula of a cell; only what it says beyond the cells is kept."""
        if self._formulas.new(code, column):
            self._behind.append(Behind(ref=f"{column_name(column)}{row + 1}", kind="公式", text=f"={code}"))

    def unsaved(self, row: int, column: int) -> None:
        """A formula that was never worked out."""
        self._unsaved.append(f"{column_name(column)}{row + 1}")

    def say(self, what: str, text: str, part: Part, *, hidden: bool = True) -> None:
        """Text beside the cells; `what` follows the sheet's name in the place."""
        if text.strip():
            self._said.append(Said(what=what, text=text.strip(), part=part, hidden=hidden))

    def write(self, scribe: Scribe) -> None:
        """Write down everything."""
        sheet = self.sheet
        self._entries.sort(key=lambda entry: entry[:2])
        entries = [self._concealed(entry) for entry in self._entries]
        write_cells(scribe, sheet.name, sheet.table, entries, self.merges, hidden=sheet.hidden)
        self._write(scribe, " 隐藏列", ranges(sorted(self.hidden_columns), column_name), Part.PROPERTY)
        self._write(scribe, " 隐藏行", ranges(sorted(self.hidden_rows), lambda row: str(row + 1)), Part.PROPERTY)
        for behind in self._behind:
            self._write(scribe, f"!{behind.ref} {behind.kind}", behind.text, part_behind(behind))
        for said in self._said:
            self._write(scribe, said.what, said.text, said.part, hidden=said.hidden or sheet.hidden)
        self._gaps(scribe)

    def _concealed(self, entry: Entry) -> Entry:
        row, column = entry.row, entry.column
        if (
            row in self.hidden_rows
            or column in self.hidden_columns
            or (self.hides_columns and column not in self.shown_columns)
            or (self.hides_rows and row not in self.shown_rows)
        ):
            return entry._replace(hidden=True)
        return entry

    def _write(self, scribe: Scribe, what: str, text: str, part: Part, *, hidden: bool = True) -> None:
        if text.strip():
            scribe.add(text, self.sheet.name + what, part=part, hidden=hidden)

    def _gaps(self, scribe: Scribe) -> None:
        for refs, zh, en in (
            (
                self._unsaved,
                "个公式没有保存计算结果，显示内容未读取：用表格软件打开并保存后再审",
                "formula(s) without a saved result; open and save the file in a spreadsheet program",
            ),
            (self._unknown, "个单元格引用的文字读不到", "cell(s) refer to texts that cannot be read"),
        ):
            if refs:
                scribe.gap(f"{self.sheet.name}!{refs[0]}", tr(f"{len(refs)} {zh}", f"{len(refs)} {en}"))
        if self.full:
            last = max(entry.row for entry in self._entries) + 1
            scribe.gap(
                f"{self.sheet.name}!{last + 1}",
                tr(
                    f"表格太大，第 {last} 行之后的内容未读取：拆分后再审",
                    f"the workbook is too large: nothing after row {last} was read; split it and review again",
                ),
            )
