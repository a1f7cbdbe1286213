"""One sheet of a binary workbook: its cells, and everything that its records carry around them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from reviewer.extract.telling import telling
from reviewer.extract.workbook import gathered
from reviewer.extract.workbook.formulas import is_constant
from reviewer.extract.workbook.gathered import Gathered
from reviewer.extract.workbook.grid import LAST_COLUMN, LAST_ROW, THINNEST, column_name, margin_text
from reviewer.extract.workbook.texts import RichText
from reviewer.extract.workbook.tokens import ERRORS, makes_text, worth_reading
from reviewer.extract.xlsb.book import Book
from reviewer.extract.xlsb.records import Record
from reviewer.extract.xlsb.values import area_at, cell_at, formula_at, rk_at, text_at
from reviewer.extract.xlsx.sheet import Sheet
from reviewer.terms import Part

_ROW, _BLANK, _RK, _ERROR, _TRUTH, _REAL, _TEXT, _SHARED = 0, 1, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_TRUTH, _FORMULA_ERROR = 8, 9, 10, 11
_COLUMNS, _RICH, _VALIDATION, _MERGE, _ARRAY, _SHARED_FORMULA = 60, 62, 64, 176, 426, 427
_CONDITIONS, _CONDITION, _MARGINS, _USUAL, _LINK = 461, 463, 479, 485, 494
_ROW_HIDDEN, _ROW_OWN_HEIGHT = 0x10, 0x20
_CALCULATE_ON_LOAD = 0x02
_CONDITION_TEXT_AT = 42
# Begin and end marks, views, sizes, print settings: no text.
_SILENT = frozenset(
    {_BLANK, 35, 36, 37, 38, 129, 130, 133, 134, 137, 138, 145, 146, 147, 148, 151, 152, 177, 178, 390, 391, 476, 477}
    | {478, 480, 535, 550, 551, 552, 573, 574, 49, 50, 40, 42}
)


class SheetReader:
    """Reads one sheet part and writes it down."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._takers: Mapping[int, Callable[[bytes], None]] = {
            _ROW: self._row,
            _RK: lambda data: self._number(data, rk_at(data, 8)),
            _REAL: lambda data: self._number(data, struct.unpack_from("<d", data, 8)[0]),
            _ERROR: lambda data: self._plain(data, ERRORS.get(data[8], "#ERR")),
            _TRUTH: lambda data: self._plain(data, "TRUE" if data[8] else "FALSE"),
            _TEXT: lambda data: self._rich(data, RichText(text=text_at(data, 8)[0])),
            _RICH: lambda data: self._rich(data, self._book.rich(data, 8)),
            _SHARED: lambda data: self._rich(data, self._book.texts.text(struct.unpack_from("<I", data, 8)[0])),
            _FORMULA_TEXT: self._formula_text,
            _FORMULA_NUMBER: self._formula_number,
            _FORMULA_TRUTH: lambda data: self._formula_flag(data, "TRUE" if data[8] else "FALSE"),
            _FORMULA_ERROR: lambda data: self._formula_flag(data, ERRORS.get(data[8], "#ERR")),
            _SHARED_FORMULA: lambda data: self._behind(data, 16),
            _ARRAY: lambda data: self._behind(data, 17),
            _COLUMNS: self._columns,
            _USUAL: self._usual,
            _MERGE: self._merge,
            _VALIDATION: self._validation,
            _CONDITIONS: self._conditions,
            _CONDITION: self._condition,
            _MARGINS: self._margins,
            _LINK: self._link,
        }

    def read(self, sheet: Sheet) -> None:
        """Write down all cells of a sheet and what belongs to the sheet itself."""
        self._sheet = sheet
        named = gathered.Sheet(name=sheet.name, table=sheet.table, hidden=sheet.hidden)
        self._cells = Gathered(named, self._book.room, from_1904=self._book.from_1904)
        self._at = 0
        self._formula_cell = (0, 0)
        self._condition_cell = (0, 0)
        self._book.each(sheet.source, sheet.name, self._take)
        self._cells.write(self._book.package.scribe)

    def _take(self, record: Record) -> bool:
        taker = self._takers.get(record.kind)
        if taker is None:
            return record.kind in _SILENT
        taker(record.data)
        return True

    # --- cells ----------------------------------------------------------------------------------------------

    def _column(self, data: bytes) -> int:
        """The column of a cell; one that no sheet has is damage."""
        column = cell_at(data)[0]
        if column >= LAST_COLUMN:
            raise ValueError
        return column

    def _number(self, data: bytes, value: float) -> None:
        self._cells.number(self._at, self._column(data), value, self._book.styles.of(cell_at(data)[1]))

    def _plain(self, data: bytes, text: str) -> None:
        self._cells.text(self._at, self._column(data), text, hidden=self._book.styles.of(cell_at(data)[1]).pale)

    def _rich(self, data: bytes, text: RichText | None) -> None:
        self._cells.rich(self._at, self._column(data), text, self._book.styles.of(cell_at(data)[1]))

    def _formula_text(self, data: bytes) -> None:
        text, at = text_at(data, 8)
        self._rich(data, RichText(text=text))
        self._formula(data, at)

    def _formula_number(self, data: bytes) -> None:
        code, _, _ = formula_at(data, 18)
        (value, flags) = struct.unpack_from("<dH", data, 8)
        # Libraries that cannot calculate leave a nought and ask the program to do it.
        if value == 0 and (flags & _CALCULATE_ON_LOAD or makes_text(code)):
            self._cells.unsaved(self._at, self._column(data))
        else:
            self._number(data, value)
        self._formula(data, 16)

    def _formula_flag(self, data: bytes, text: str) -> None:
        self._plain(data, text)
        self._formula(data, 9)

    def _formula(self, data: bytes, at: int) -> None:
        self._formula_cell = (self._at, self._column(data))
        code, extra, _ = formula_at(data, at + 2)
        self._tell(code, extra, *self._formula_cell)

    def _behind(self, data: bytes, at: int) -> None:
        row, _, column, _ = area_at(data)
        code, extra, _ = formula_at(data, at)
        self._tell(code, extra, row, column)

    def _tell(self, code: bytes, extra: bytes, row: int, column: int) -> None:
        if worth_reading(code):
            self._cells.formula(row, column, self._book.formula(code, extra, self._formula_cell))

    # --- rows, columns ----------------------------------------------------------------------------------------

    def _row(self, data: bytes) -> None:
        row, _, height = struct.unpack_from("<IIH", data)
        if row >= LAST_ROW:
            raise ValueError
        self._at = row
        thin = data[11] & _ROW_OWN_HEIGHT and height < 20 * THINNEST
        (self._cells.hidden_rows if data[11] & _ROW_HIDDEN or thin else self._cells.shown_rows).add(row)

    def _columns(self, data: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<4IH", data)
        thin = flags & 1 or width < 256 * THINNEST
        columns = range(first, min(last, LAST_COLUMN - 1) + 1)
        (self._cells.hidden_columns if thin else self._cells.shown_columns).update(columns)

    def _usual(self, data: bytes) -> None:
        width, characters, _, flags = struct.unpack_from("<IHHH", data)
        own = width if width != 0xFFFFFFFF else 256 * characters
        self._cells.hides_columns = own < 256 * THINNEST
        self._cells.hides_rows = bool(flags & 0x02)

    def _merge(self, data: bytes) -> None:
        top, bottom, left, right = area_at(data)
        self._cells.merges.append((top, left, bottom, right))

    # --- beside the cells ---------------------------------------------------------------------------------------

    def _link(self, data: bytes) -> None:
        row, _, column, _ = area_at(data)
        identity, at = text_at(data, 16)
        texts: list[str] = []
        for _ in range(3):
            text, at = text_at(data, at)
            texts.append(text)
        location, tooltip, display = texts
        place = f"!{column_name(column)}{row + 1}"
        for text, always in ((tooltip, True), (display, False), (location, False)):
            if (always or telling(text)) and not self._book.texts.holds(text):
                self._cells.say(f"{place} 链接提示", text, Part.ALT_TEXT)
        relation = self._book.package.relation(self._sheet.source, identity)
        if relation is not None and relation.external:
            self._book.package.told(relation)
            self._cells.say(f"{place} 链接", relation.target, Part.PROPERTY)

    def _validation(self, data: bytes) -> None:
        """Choices written out in a validation, and its prompts ([MS-XLSB] 2.4.354)."""
        (count,) = struct.unpack_from("<I", data, 4)
        row, _, column, _ = area_at(data, 8)
        at = 8 + 16 * count
        texts: list[str] = []
        for _ in range(4):
            text, at = text_at(data, at)
            texts.append(text)
        for _ in range(2):
            code, extra, at = formula_at(data, at)
            shown = self._book.formula(code, extra)
            if is_constant(shown):
                texts.append(shown.strip('"'))
        for text in texts:
            self._cells.say(f"!{column_name(column)}{row + 1} 数据验证", text, Part.FORM_VALUE)

    def _conditions(self, data: bytes) -> None:
        row, _, column, _ = area_at(data, 12)
        self._condition_cell = (row, column)

    def _condition(self, data: bytes) -> None:
        """What a conditional format compares with: a text, constants in its formulas ([MS-XLSB] 2.4.24)."""
        row, column = self._condition_cell
        place = f"!{column_name(column)}{row + 1} 条件格式"
        text, at = text_at(data, _CONDITION_TEXT_AT)
        self._cells.say(place, text, Part.ATTRIBUTE)
        while at + 8 <= len(data):
            code, extra, at = formula_at(data, at)
            shown = self._book.formula(code, extra, self._condition_cell)
            if is_constant(shown):
                self._cells.say(place, shown, Part.ATTRIBUTE)

    def _margins(self, data: bytes) -> None:
        """Headers and footers: for all pages, for even ones, for the first; the last two may be switched off."""
        (switches,) = struct.unpack_from("<H", data)
        at = 2
        for switch in (3, 1, 2):
            for what, part in ((" 页眉", Part.HEADER), (" 页脚", Part.FOOTER)):
                text, at = text_at(data, at)
                off = switch != 3 and not switches & switch
                self._cells.say(what, margin_text(text), part, hidden=off)
