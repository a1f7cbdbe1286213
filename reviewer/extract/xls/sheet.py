"""One sheet of a BIFF workbook: its cells, and everything that its records carry around them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from reviewer.extract.telling import telling
from reviewer.extract.workbook.formulas import is_constant
from reviewer.extract.workbook.gathered import Gathered, Sheet
from reviewer.extract.workbook.grid import THINNEST, column_name, margin_text
from reviewer.extract.workbook.texts import RichText
from reviewer.extract.workbook.tokens import ERRORS, makes_text, worth_reading
from reviewer.extract.xls import kinds
from reviewer.extract.xls.book import Book
from reviewer.extract.xls.links import link_texts
from reviewer.extract.xls.objects import Objects
from reviewer.extract.xls.records import Record
from reviewer.extract.xls.strings import Pieces, wide_text
from reviewer.terms import Part

_FIELDS = struct.Struct("<HHH")
_ROW_HIDDEN = 0x20
_TWIPS_THIN = 20 * THINNEST
_CALCULATE_ON_LOAD = 0x02
_SEPARATED = "\0"  # between the choices of a list written out in a validation


class SheetReader:
    """Takes in the records of one sheet, and writes the sheet down when it ends."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book = book
        self._old = book.version == 2
        self._cells = Gathered(sheet, book.room, from_1904=book.from_1904)
        self._objects = Objects(book, self._cells)
        self._result: tuple[int, int, int] | None = None  # the formula whose text is still to come
        self._formula_cell = (0, 0)
        self._condition_cell = (0, 0)
        self._takers: Mapping[int, Callable[[Record], None]] = {
            kinds.LABELSST: self._shared_label,
            kinds.RK: self._rk,
            kinds.MULRK: self._many_rk,
            kinds.RSTRING: self._rich_label,
            kinds.INTEGER: self._integer,
            kinds.SHRFMLA: self._shared_formula,
            kinds.COLINFO: self._columns,
            kinds.COLWIDTH: self._column_width,
            kinds.DEFCOLWIDTH: self._usual_width,
            kinds.MERGEDCELLS: self._merges,
            kinds.HLINK: self._link,
            kinds.HLINKTOOLTIP: self._tooltip,
            kinds.DV: self._validation,
            kinds.CONDITIONS: self._conditions,
            kinds.CONDITION: self._condition,
            kinds.HEADER: lambda record: self._margin(record, " 页眉", Part.HEADER),
            kinds.FOOTER: lambda record: self._margin(record, " 页脚", Part.FOOTER),
            kinds.HEADERFOOTER: self._other_margins,
            kinds.NOTE: self._objects.note,
            kinds.OBJ: self._objects.object,
            kinds.TXO: self._objects.text,
            kinds.MSODRAWING: self._objects.drawing,
            kinds.IMDATA: self._objects.picture,
            kinds.BACKGROUND: self._objects.picture,
            kinds.PICTURE_OF_MARGIN: self._objects.picture,
            **dict.fromkeys(kinds.LABELS, self._label),
            **dict.fromkeys(kinds.NUMBERS, self._number),
            **dict.fromkeys(kinds.BOOLERRS, self._truth_or_error),
            **dict.fromkeys(kinds.FORMULAS, self._formula),
            **dict.fromkeys(kinds.ARRAYS, self._array),
            **dict.fromkeys(kinds.STRINGS, self._string),
            **dict.fromkeys(kinds.ROWS, self._row),
            **dict.fromkeys(kinds.DEFAULTROWHEIGHTS, self._usual_height),
        }

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self._cells.sheet.name

    @property
    def hidden(self) -> bool:
        """Whether the sheet is hidden."""
        return self._cells.sheet.hidden

    def take(self, record: Record) -> None:
        """Take in one record."""
        taker = self._takers.get(record.kind)
        if taker is not None:
            taker(record)
        elif record.kind in kinds.SILENT:
            pass
        elif self._book.knows(record.kind):
            self._book.take(record)
        else:
            self._book.search(self.name, record.whole)

    def finish(self) -> None:
        """Write down the sheet."""
        self._objects.finish()
        self._cells.write(self._book.scribe)

    # --- cells ----------------------------------------------------------------------------------------------

    def _at(self, data: bytes) -> tuple[int, int, int, int]:
        """Row, column, cell format, and where the value begins; the second version has three bytes of looks."""
        if self._old:
            row, column = struct.unpack_from("<HH", data)
            return row, column, data[4] & 0x3F, 7
        row, column, style = _FIELDS.unpack_from(data)
        return row, column, style, 6

    def _shared_label(self, record: Record) -> None:
        row, column, style, index = struct.unpack_from("<HHHI", record.data)
        self._cells.rich(row, column, self._book.texts.text(index), self._book.styles.of(style))

    def _label(self, record: Record) -> None:
        row, column, style, at = self._at(record.data)
        text = self._book.string(record.whole, at, 1 if self._old else 2)[0]
        self._cells.rich(row, column, RichText(text=text), self._book.styles.of(style))

    def _rich_label(self, record: Record) -> None:
        """RSTRING of version 5: a label with runs; what the runs hide is not looked at."""
        self._label(record)

    def _number(self, record: Record) -> None:
        row, column, style, at = self._at(record.data)
        (value,) = struct.unpack_from("<d", record.data, at)
        self._cells.number(row, column, value, self._book.styles.of(style))

    def _integer(self, record: Record) -> None:
        row, column, style, at = self._at(record.data)
        (value,) = struct.unpack_from("<H", record.data, at)
        self._cells.number(row, column, float(value), self._book.styles.of(style))

    def _rk(self, record: Record) -> None:
        row, column, style = _FIELDS.unpack_from(record.data)
        self._cells.number(row, column, rk_number(record.data, 6), self._book.styles.of(style))

    def _many_rk(self, record: Record) -> None:
        data = record.data
        row, first = struct.unpack_from("<HH", data)
        for number, at in enumerate(range(4, len(data) - 7, 6)):
            (style,) = struct.unpack_from("<H", data, at)
            self._cells.number(row, first + number, rk_number(data, at + 2), self._book.styles.of(style))

    def _truth_or_error(self, record: Record) -> None:
        row, column, style, at = self._at(record.data)
        value, is_error = record.data[at], record.data[at + 1]
        text = ERRORS.get(value, "#ERR") if is_error else ("TRUE" if value else "FALSE")
        self._cells.text(row, column, text, hidden=self._book.styles.of(style).pale)

    def _formula(self, record: Record) -> None:
        data = record.whole
        row, column, style, at = self._at(data)
        value = data[at : at + 8]
        self._formula_cell = (row, column)
        at += 8
        if self._old:
            flags, size, at = data[at], data[at + 1], at + 2
        else:
            (flags,) = struct.unpack_from("<H", data, at)
            at += 6 if self._book.version >= 5 else 2
            (size,) = struct.unpack_from("<H", data, at)
            at += 2
        code = data[at : at + size]
        # Libraries that cannot calculate leave a nought and ask the program to do it.
        if value == bytes(8) and (flags & _CALCULATE_ON_LOAD or makes_text(code)):
            self._cells.unsaved(row, column)
        else:
            self._outcome(row, column, style, value)
        if worth_reading(code):
            self._cells.formula(row, column, self._book.formula(code, data[at + size :]))

    def _outcome(self, row: int, column: int, style: int, value: bytes) -> None:
        """The saved result ([MS-XLS] 2.5.133 FormulaValue)."""
        form = self._book.styles.of(style)
        if value[6:8] == b"\xff\xff" and len(value) == 8:
            if value[0] == 0:
                self._result = (row, column, style)
            elif value[0] == 1:
                self._cells.text(row, column, "TRUE" if value[2] else "FALSE", hidden=form.pale)
            elif value[0] == 2:
                self._cells.text(row, column, ERRORS.get(value[2], "#ERR"), hidden=form.pale)
        else:
            self._cells.number(row, column, struct.unpack("<d", value)[0], form)

    def _string(self, record: Record) -> None:
        """The text that the formula before has as its result."""
        if self._result is None:
            self._book.search(self.name, record.whole)
            return
        row, column, style = self._result
        self._result = None
        if self._book.version >= 8:
            pieces = Pieces([record.data, *record.more])
            count, flags = struct.unpack("<HB", pieces.take(3))
            text = pieces.characters(count, flags)
        else:
            text = self._book.string(record.whole, 0, 1 if self._old else 2)[0]
        form = self._book.styles.of(style)
        self._cells.text(row, column, text, hidden=form.pale or form.hides_text())

    def _shared_formula(self, record: Record) -> None:
        data = record.whole
        first, _, left = struct.unpack_from("<HHB", data)
        self._behind(first, left, data, 8)

    def _array(self, record: Record) -> None:
        data = record.whole
        first, _, left = struct.unpack_from("<HHB", data)
        self._behind(first, left, data, {2: 7, 3: 8, 4: 8}.get(self._book.version, 12))

    def _behind(self, row: int, column: int, data: bytes, at: int) -> None:
        size = data[at] if self._old else int(struct.unpack_from("<H", data, at)[0])
        at += 1 if self._old else 2
        code = data[at : at + size]
        if worth_reading(code):
            base = self._formula_cell
            self._cells.formula(row, column, self._book.formula(code, data[at + size :], base))

    # --- rows, columns ----------------------------------------------------------------------------------------

    def _row(self, record: Record) -> None:
        row, _, _, height = struct.unpack_from("<4H", record.data)
        flags = record.data[12] if len(record.data) > 12 and not self._old else 0
        own = height & 0x8000 == 0
        if flags & _ROW_HIDDEN or (own and height & 0x7FFF < _TWIPS_THIN):
            self._cells.hidden_rows.add(row)
        else:
            self._cells.shown_rows.add(row)

    def _usual_height(self, record: Record) -> None:
        if not self._old and len(record.data) >= 2:
            self._cells.hides_rows = bool(record.data[0] & 0x02)

    def _columns(self, record: Record) -> None:
        first, last, width, _, flags = struct.unpack_from("<5H", record.data)
        thin = flags & 1 or width < 256 * THINNEST
        (self._cells.hidden_columns if thin else self._cells.shown_columns).update(range(first, min(last, 255) + 1))

    def _column_width(self, record: Record) -> None:
        first, last, width = struct.unpack_from("<BBH", record.data)
        if width < 256 * THINNEST:
            self._cells.hidden_columns.update(range(first, last + 1))

    def _usual_width(self, record: Record) -> None:
        self._cells.hides_columns = struct.unpack_from("<H", record.data)[0] == 0

    def _merges(self, record: Record) -> None:
        data = record.whole
        for at in range(2, len(data) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<4H", data, at)
            self._cells.merges.append((top, left, bottom, right))

    # --- beside the cells ---------------------------------------------------------------------------------------

    def _link(self, record: Record) -> None:
        data = record.whole
        row, _, column, _ = struct.unpack_from("<4H", data)
        for what, text in link_texts(data[24:]):
            part = Part.PROPERTY if what == "链接" else Part.ALT_TEXT
            if part is Part.PROPERTY or (telling(text) and not self._book.texts.holds(text)):
                self._cells.say(f"!{column_name(column)}{row + 1} {what}", text, part)

    def _tooltip(self, record: Record) -> None:
        data = record.whole
        row, _, column, _ = struct.unpack_from("<4H", data, 2)
        text = data[10:].decode("utf-16-le", "replace").partition("\0")[0]
        self._cells.say(f"!{column_name(column)}{row + 1} 链接提示", text, Part.ALT_TEXT)

    def _validation(self, record: Record) -> None:
        """Choices written out in a validation, and its prompts ([MS-XLS] 2.4.91)."""
        data, at = record.whole, 4
        texts: list[str] = []
        for _ in range(4):
            text, at = self._book.string(data, at, 2)
            texts.append(text)
        for _ in range(2):
            (size,) = struct.unpack_from("<H", data, at)
            code = self._book.formula(data[at + 4 : at + 4 + size], b"")
            at += 4 + size
            if is_constant(code):
                texts.append(",".join(code.strip('"').split(_SEPARATED)))
        row, _, column, _ = struct.unpack_from("<4H", data, at + 2)
        for text in texts:
            if text.strip("\0"):
                self._cells.say(f"!{column_name(column)}{row + 1} 数据验证", text, Part.FORM_VALUE)

    def _conditions(self, record: Record) -> None:
        row, _, column, _ = struct.unpack_from("<4H", record.data, 4)
        self._condition_cell = (row, column)

    def _condition(self, record: Record) -> None:
        """CF: its two formulas stand at the end, behind the looks ([MS-XLS] 2.4.42)."""
        data = record.whole
        first, second = struct.unpack_from("<HH", data, 2)
        row, column = self._condition_cell
        for code in (data[len(data) - first - second :][:first], data[len(data) - second :][:second]):
            text = self._book.formula(code, b"", self._condition_cell)
            if is_constant(text):
                self._cells.say(f"!{column_name(column)}{row + 1} 条件格式", text, Part.ATTRIBUTE)

    def _margin(self, record: Record, what: str, part: Part) -> None:
        if record.data:
            text = self._book.string(record.whole, 0, 2 if self._book.version >= 8 else 1)[0]
            self._cells.say(what, margin_text(text), part, hidden=False)

    def _other_margins(self, record: Record) -> None:
        """HEADERFOOTER: those of even and of first pages, which may be switched off ([MS-XLS] 2.4.137)."""
        data = record.whole
        (switches,) = struct.unpack_from("<H", data, 28)
        lengths = struct.unpack_from("<4H", data, 30)
        at = 38
        for number, length in enumerate(lengths):
            if not length:
                continue
            flags = data[at + 2]
            text = wide_text(data, at + 3, length, flags)
            at += 3 + length * (2 if flags & 1 else 1)
            footer, first = number % 2, number // 2
            self._cells.say(
                " 页脚" if footer else " 页眉",
                margin_text(text),
                Part.FOOTER if footer else Part.HEADER,
                hidden=not switches & (2 if first else 1),
            )


def rk_number(data: bytes, at: int) -> float:
    """A number in four bytes ([MS-XLS] 2.5.217): an integer or the upper half of a double, perhaps hundredfold."""
    (raw,) = struct.unpack_from("<i", data, at)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", raw & ~3))[0]
    return value / 100 if raw & 1 else value
