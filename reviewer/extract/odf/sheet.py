"""The sheets of an OpenDocument spreadsheet, row by row as they stream by: twenty thousand rows are ordinary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reviewer.extract.limits import time_left_s
from reviewer.extract.odf.desk import Desk, Setting
from reviewer.extract.odf.paragraph import ParagraphReader
from reviewer.extract.odf.story import Story
from reviewer.extract.odf.styles import SILENT, Look
from reviewer.extract.odf.values import all_digits, says_more
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import attr, child, local, whole
from reviewer.extract.workbook.formulas import part_of
from reviewer.extract.workbook.grid import column_name
from reviewer.language import tr
from reviewer.terms import Cell, Part

MAX_CELLS = 800_000
_PATIENCE_S = 12.0
_ROWS_BETWEEN_LOOKS = 500
_MOST_REPEATS = 50
"""A row or cell that repeats itself says no more after this many times."""
_MOST_SPANS = 20
_WIDEST = 16_384
_THINNEST_POINTS = 0.8
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_MASKING = re.compile(r"\b(REPLACE|LEFT|RIGHT|MID|SUBSTITUTE|REPT)B?\s*\(", re.IGNORECASE)
_EXTERNAL = re.compile(r"'file:|\[?'?(https?|file):|DDE\(", re.IGNORECASE)
_ROW_NUMBERS = re.compile(r"(?<=[A-Za-z$])\d+")
_FORMULA_SPACE = re.compile(r"^\w{1,8}:(?==)")
_SHARED_FORMS = ("table-cell", "covered-table-cell")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Behind:
    """Something behind a cell's text, or beside it."""

    ref: str
    what: str
    text: str
    part: Part


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """One sheet as far as it is known while its rows go by."""

    name: str
    table: int
    hidden: bool
    columns: list[tuple[int, bool, str | None]] = field(default_factory=list)
    width: int = 0
    row: int = 0
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    patterns: set[tuple[int, str]] = field(default_factory=set)
    behind: list[_Behind] = field(default_factory=list)
    unsaved: list[str] = field(default_factory=list)
    beside: list[tuple[str, etree._Element]] = field(default_factory=list)


class Sheets:
    """Takes in tables, columns and rows in the order of the file."""

    def __init__(self, desk: Desk, prefix: str, *, hidden: bool) -> None:
        self._desk, self._prefix, self._hidden = desk, prefix, hidden
        self._scribe = desk.shared.archive.scribe
        self._reader = ParagraphReader(desk.styles, desk.changes, desk.met)
        self._sheet: _Sheet | None = None
        self._room = MAX_CELLS
        self._count = 0
        self._stopped = False
        self._seen_rows = 0
        self._looks: dict[str | None, tuple[Look, bool]] = {}

    def begin(self, table: etree._Element) -> None:
        """A sheet begins."""
        self.finish()
        name = attr(table, "name") or ""
        look = self._desk.styles.look("table", attr(table, "style-name"))
        # LibreOffice keeps what it last read from other files in sheets that are never shown.
        concealed = look.displayed is False or name.startswith("'file:")
        label = f"{self._prefix}{name}"
        self._sheet = _Sheet(name=label, table=self._scribe.reserve_tables(), hidden=self._hidden or concealed)
        self._count += 1
        place = f"{self._prefix}工作表名{self._count}" + ("（隐藏）" if concealed else "")
        self._scribe.add(name, place, part=Part.PROPERTY, hidden=self._hidden or concealed)

    def column(self, element: etree._Element) -> None:
        """A column, or several alike."""
        sheet = self._sheet
        if sheet is None:
            return
        times = max(1, min(whole(attr(element, "number-columns-repeated"), 1), _WIDEST))
        hidden = (attr(element, "visibility") or "visible") != "visible" or _folded(element)
        high = self._desk.styles.look("table-column", attr(element, "style-name")).points_high
        hidden = hidden or (high is not None and high < _THINNEST_POINTS)
        sheet.width = min(_WIDEST, sheet.width + times)
        sheet.columns.append((sheet.width, hidden, attr(element, "default-cell-style-name")))

    def row_end(self, row: etree._Element) -> None:
        """A whole row is there: write it down and forget it."""
        sheet = self._sheet
        if sheet is None:
            return
        times = max(1, whole(attr(row, "number-rows-repeated"), 1))
        hidden = self._row_hidden(row)
        if hidden:
            sheet.hidden_rows.append((sheet.row + 1, sheet.row + times))
        self._seen_rows += 1
        if any(len(cell) or attr(cell, "value") or attr(cell, "formula") for cell in row):
            if self._room <= 0 or (self._seen_rows % _ROWS_BETWEEN_LOOKS == 0 and time_left_s() < _PATIENCE_S):
                self._stop(sheet)
            if not self._stopped:
                self._row(sheet, row, min(times, _MOST_REPEATS), hidden=hidden)
        sheet.row += times

    def finish(self) -> None:
        """The sheet is at its end: what stands behind its cells comes after them."""
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        columns = _spans(list(_hidden_columns(sheet)))
        for what, text in (("隐藏列", columns), ("隐藏行", _spans([(f"{a}", f"{b}") for a, b in sheet.hidden_rows]))):
            self._scribe.add(text, f"{sheet.name} {what}", part=Part.PROPERTY, hidden=True)
        for behind in sheet.behind:
            self._scribe.add(behind.text, f"{sheet.name}!{behind.ref} {behind.what}", part=behind.part, hidden=True)
        if sheet.unsaved:
            count = len(sheet.unsaved)
            self._scribe.gap(
                f"{sheet.name}!{sheet.unsaved[0]}",
                tr(
                    f"{count} 个公式没有保存计算结果，显示内容未读取：用表格软件打开并保存后再审",
                    f"{count} formula(s) without a saved result; open and save the file in a spreadsheet program",
                ),
            )

    def _stop(self, sheet: _Sheet) -> None:
        if not self._stopped:
            self._stopped = True
            self._scribe.gap(
                f"{sheet.name}!{sheet.row + 1}",
                tr(
                    f"表格太大，第 {sheet.row} 行之后的内容未读取：拆分后再审",
                    f"the workbook is too large: nothing after row {sheet.row} was read; split it and review again",
                ),
            )

    def _row_hidden(self, row: etree._Element) -> bool:
        high = self._desk.styles.look("table-row", attr(row, "style-name")).points_high
        hidden = (attr(row, "visibility") or "visible") != "visible" or _folded(row)
        return hidden or (high is not None and high < _THINNEST_POINTS)

    def _row(self, sheet: _Sheet, row: etree._Element, times: int, *, hidden: bool) -> None:
        entries: list[tuple[int, str, bool, bool]] = []
        column = 0
        for cell in row:
            name = local(cell)
            if name not in _SHARED_FORMS:
                continue
            repeated = max(1, min(whole(cell.get(_REPEATED) or attr(cell, "number-columns-repeated"), 1), _WIDEST))
            if len(cell) or len(cell.attrib):
                text, concealed = self._cell(sheet, cell, column)
                if text and not text.isspace():
                    concealed = concealed or name == "covered-table-cell"
                    entries += [(column + n, text, concealed, False) for n in range(min(repeated, _MOST_REPEATS))]
            column = min(_WIDEST, column + repeated)
        for _ in range(times if entries else 0):
            self._write(sheet, entries, hidden=hidden)
            sheet.row += 1
        if entries:
            sheet.row -= times
        for ref, holder in sheet.beside:
            self._beside(sheet, ref, holder, hidden=hidden)
        sheet.beside.clear()

    def _write(self, sheet: _Sheet, entries: list[tuple[int, str, bool, bool]], *, hidden: bool) -> None:
        last = entries[-1][0]
        for column, text, concealed, _ in entries:
            ref = f"{column_name(column)}{sheet.row + 1}"
            self._room -= 1
            self._scribe.add(
                text,
                f"{sheet.name}!{ref}",
                part=Part.TABLE,
                hidden=hidden or concealed or sheet.hidden or self._column_hidden(sheet, column),
                cell=Cell(table=sheet.table, row=sheet.row, column=column, sheet=sheet.name, ref=ref),
                after="\n" if column == last else "\t",
            )

    def _cell(self, sheet: _Sheet, cell: etree._Element, column: int) -> tuple[str, bool]:
        """The text that a cell shows, and whether its own format hides it."""
        ref = f"{column_name(column)}{sheet.row + 1}"
        said = {str(key).rpartition("}")[2]: str(value) for key, value in cell.attrib.items()}
        style = said.get("style-name") or self._column_style(sheet, column)
        look, blank = self._look(style)
        lines, has_more = [], False
        for inner in cell:
            if local(inner) == "p":
                lines.append(self._line(inner, look, ref, sheet))
            else:
                has_more = True
        if has_more:
            for inner in [inner for inner in cell if local(inner) == "p"]:
                cell.remove(inner)
            sheet.beside.append((ref, cell))
        text = "\n".join(lines)
        value = said.get("value") or said.get("string-value") or said.get("date-value") or ""
        formula = said.get("formula")
        if formula is not None:
            self._formula(sheet, formula, column, ref, saved=bool(text or value or "value-type" in said))
        if not text:
            return value, blank or bool(lines)  # an empty paragraph: the number format shows nothing
        if value and value != text and says_more(value, text):
            sheet.behind.append(_Behind(ref=ref, what="存储值", text=all_digits(value), part=Part.ATTRIBUTE))
        return text, blank or look.conceals(text, self._desk.paper)

    def _line(self, paragraph: etree._Element, look: Look, ref: str, sheet: _Sheet) -> str:
        if len(paragraph) == 0:
            text = paragraph.text or ""
            paragraph.text = None
            return text
        ground = look.ground or self._desk.paper
        read = self._reader.read(paragraph, ground)
        for aside in read.asides:
            part = aside.part or Part.TABLE
            sheet.behind.append(_Behind(ref=ref, what=aside.what, text=aside.text, part=part))
        for inset in read.insets:
            sheet.beside.append((ref, _held(inset.element)))
        return read.text

    def _look(self, style: str | None) -> tuple[Look, bool]:
        if style not in self._looks:
            look = self._desk.styles.look("table-cell", style) if style else SILENT
            self._looks[style] = (look, self._desk.styles.hides_value(look))
        return self._looks[style]

    def _formula(self, sheet: _Sheet, formula: str, column: int, ref: str, *, saved: bool) -> None:
        """Keep a formula that holds text, cuts text out of another cell or reads another file, once a column."""
        code = _FORMULA_SPACE.sub("", formula)
        if not saved:
            sheet.unsaved.append(ref)
        literals = [literal for literal in _LITERAL.findall(code) if literal.strip('" ')]
        if not literals and not _MASKING.search(code) and not _EXTERNAL.search(code):
            return
        pattern = "".join(literals) + _ROW_NUMBERS.sub("#", _LITERAL.sub('""', code))
        if (column, pattern) not in sheet.patterns:
            sheet.patterns.add((column, pattern))
            sheet.behind.append(_Behind(ref=ref, what="公式", text=code, part=part_of(code)))

    def _beside(self, sheet: _Sheet, ref: str, holder: etree._Element, *, hidden: bool) -> None:
        """Comments, drawings and links of a cell."""
        place = f"{sheet.name}!{ref}"
        setting = Setting(label=place, part=Part.TEXT_BOX, hidden=hidden or sheet.hidden, ground=self._desk.paper)
        source = child(holder, "cell-range-source")
        if source is not None:
            self._scribe.add(take_attribute(source, "href"), f"{place} 链接", part=Part.PROPERTY, hidden=True)
        Story(self._desk, setting).write(holder)

    def _column_hidden(self, sheet: _Sheet, column: int) -> bool:
        return next((hidden for end, hidden, _ in sheet.columns if column < end), False)

    def _column_style(self, sheet: _Sheet, column: int) -> str | None:
        return next((style for end, _, style in sheet.columns if column < end), None)


_REPEATED = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}number-columns-repeated"


def _hidden_columns(sheet: _Sheet) -> Iterator[tuple[str, str]]:
    first = 0
    for end, hidden, _ in sheet.columns:
        if hidden:
            yield column_name(first), column_name(end - 1)
        first = end


def _spans(spans: Sequence[tuple[str, str]]) -> str:
    """“3:4 7:7”; a long list is cut, because it only says where to look."""
    text = " ".join(f"{first}:{last}" for first, last in spans[:_MOST_SPANS])
    return f"{text} …" if len(spans) > _MOST_SPANS else text


def _held(element: etree._Element) -> etree._Element:
    """An element taken out of its paragraph, so that it is met once."""
    element.tail = None
    holder = etree.Element("holder")
    holder.append(element)
    return holder


def _folded(element: etree._Element) -> bool:
    """Whether a group of rows or columns around it is folded away."""
    parent = element.getparent()
    while parent is not None and local(parent) != "table":
        if attr(parent, "display") == "false":
            return True
        parent = parent.getparent()
    return False
