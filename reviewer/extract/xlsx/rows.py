"""The rows of a sheet: every cell that holds something, as text, and what stands behind the text."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.package.xml import attr, local, plain, real, whole
from reviewer.extract.workbook.codes import Format, is_overlong
from reviewer.extract.workbook.formulas import Formulas
from reviewer.extract.workbook.grid import LAST_COLUMN, THINNEST, Behind, Entry, column_index, column_name, ranges
from reviewer.extract.workbook.texts import RichText
from reviewer.extract.xlsx.formats import Formats
from reviewer.extract.xlsx.strings import Strings, rich_text, unescaped

_DIGITS = "0123456789"


class Rows:
    """Collects the cells of one sheet, row by row as they stream by."""

    def __init__(self, strings: Strings, formats: Formats) -> None:
        self._strings = strings
        self._formats = formats
        self.entries: list[Entry] = []
        self.behind: list[Behind] = []
        self.unsaved: list[str] = []
        self.unknown: list[str] = []
        self._hidden_columns: set[int] = set()
        self._hidden_rows: list[int] = []
        self._shown_columns: set[int] = set()
        self._hides_columns = False
        self._row = -1
        self._letters: dict[str, int] = {}
        self._formulas = Formulas()

    def columns(self, group: etree._Element) -> None:
        """Learn from `cols` which columns are hidden or too narrow to show anything."""
        for entry in group:
            width = real(attr(entry, "width"))
            hidden = (attr(entry, "hidden") or "0") in ("1", "true") or (width is not None and width < THINNEST)
            first, last = whole(attr(entry, "min")), min(whole(attr(entry, "max")), LAST_COLUMN)
            (self._hidden_columns if hidden else self._shown_columns).update(range(first - 1, last))

    def measures(self, entry: etree._Element) -> None:
        """Learn from `sheetFormatPr` whether columns without a width of their own are shown."""
        width = real(attr(entry, "defaultColWidth"))
        self._hides_columns = width is not None and width < THINNEST

    def add(self, row: etree._Element) -> None:
        """Take in one `row` element."""
        self._row = whole(row.get("r"), self._row + 2) - 1
        height = row.get("ht")
        hidden = row.get("hidden") in ("1", "true")
        if height is not None and not hidden:
            points = real(height)
            hidden = points is not None and points < THINNEST
        if hidden:
            self._hidden_rows.append(self._row)
        column = -1
        for cell in row:
            if local(cell) == "c":
                column = self._cell(cell, column, hidden)
            else:
                self._stray(cell, f"{self._row + 1}")

    def hidden_columns(self) -> str:
        """The hidden columns as a person names them ("C:D"), whether or not they hold anything."""
        return ranges(sorted(self._hidden_columns), column_name)

    def hidden_rows(self) -> str:
        """The hidden rows ("3:4")."""
        return ranges(self._hidden_rows, lambda row: str(row + 1))

    def _cell(self, cell: etree._Element, before: int, hidden_row: bool) -> int:
        column, ref = self._position(cell.get("r"), before)
        value: etree._Element | None = None
        formula: etree._Element | None = None
        for inner in cell:
            name = local(inner)
            if name in ("v", "is"):
                if value is not None:  # A cell has one value; a second one is shown by no program.
                    self.behind.append(Behind(ref=ref, kind="存储值", text=plain(value)))
                value = inner
            elif name == "f":
                formula = inner
            else:
                self._stray(inner, ref)
        form = self._formats.of(cell.get("s"))
        text, concealed = self._shown(cell.get("t"), value, form, ref)
        if formula is not None:
            self._formula(formula, column, ref, has_value=bool(text))
        if text and not text.isspace():
            hidden = hidden_row or concealed or form.pale or self._is_hidden(column)
            self.entries.append(Entry(self._row, column, ref, text, hidden))
        return column

    def _position(self, ref: str | None, before: int) -> tuple[int, str]:
        """Column and reference; both may be left out of the file, and then count on from the cell before."""
        letters = ref.rstrip(_DIGITS) if ref else ""
        column = self._letters.get(letters)
        if column is None:
            column = column_index(letters)
            self._letters[letters] = column
        if ref and column >= 0:
            return column, ref
        return before + 1, f"{column_name(before + 1)}{self._row + 1}"

    def _is_hidden(self, column: int) -> bool:
        return column in self._hidden_columns or (self._hides_columns and column not in self._shown_columns)

    def _shown(self, kind: str | None, value: etree._Element | None, form: Format, ref: str) -> tuple[str, bool]:
        """The text of a cell and whether its number format hides it."""
        if value is None:
            return "", False
        if kind == "s":
            string = self._strings.text(whole(value.text, -1))
            if string is None:
                self.unknown.append(ref)
                return "", False
            return self._rich(string, form, ref)
        if kind == "inlineStr":
            return self._rich(rich_text(value, self._formats), form, ref)
        raw = value.text or ""
        if kind == "b":
            return ("FALSE" if raw.strip() == "0" else "TRUE"), False
        if kind in ("str", "d", "e"):
            return unescaped(raw), form.hides_text()
        return self._number(raw.strip(), form, ref)

    def _rich(self, string: RichText, form: Format, ref: str) -> tuple[str, bool]:
        if string.phonetic:
            self.behind.append(Behind(ref=ref, kind="拼音", text=string.phonetic))
        if string.pale and form.on_white:
            self.behind.append(Behind(ref=ref, kind="隐藏文字", text=string.pale))
        return string.text, form.hides_text()

    def _number(self, raw: str, form: Format, ref: str) -> tuple[str, bool]:
        if is_overlong(raw):
            self.behind.append(Behind(ref=ref, kind="存储值", text=raw))
        value = real(raw)
        return self._formats.number(raw, form), value is not None and form.hides_number(value)

    def _stray(self, element: etree._Element, ref: str) -> None:
        """Text where no program looks for any."""
        text = plain(element)
        if text.strip():
            self.behind.append(Behind(ref=ref, kind="存储值", text=text))

    def _formula(self, formula: etree._Element, column: int, ref: str, *, has_value: bool) -> None:
        """Keep a formula that holds text or cuts text out of another cell, once a column."""
        code = plain(formula)
        if not has_value and code:
            self.unsaved.append(ref)
        if self._formulas.new(code, column):
            self.behind.append(Behind(ref=ref, kind="公式", text=f"={code}"))
