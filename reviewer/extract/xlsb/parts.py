"""The other binary parts of a workbook: comments, pivot caches, links to other workbooks, and those not decoded."""

from __future__ import annotations

import posixpath
import re
import struct

from reviewer.extract.telling import telling
from reviewer.extract.workbook.grid import column_name
from reviewer.extract.xlsb.book import Book
from reviewer.extract.xlsb.records import Record
from reviewer.extract.xlsb.values import area_at, text_at
from reviewer.extract.xlsx.sheet import Sheet
from reviewer.language import tr
from reviewer.terms import Cell, Part

_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637
_FIELD, _RECORD, _RECORD_BY_ITEMS = 183, 33, 34
_ITEMS = range(20, 33)
_NUMBER, _TRUTH, _ERROR, _STRING, _DATE, _INDEX = 21, 22, 23, 24, 25, 26
_FIRST_WITH_LOOKS = 27
_FIELD_NAME_AT = 20
_OTHER_BOOK, _OTHER_SHEETS, _TABLE, _OTHER_ROW, _OTHER_NUMBER, _OTHER_TEXT = 360, 359, 363, 366, 368, 371

_LEFT_TO_OTHERS = re.compile(
    r"(vbaproject|vbadata|activex|embeddings/|printersettings|attachedtoolbars)", re.IGNORECASE
)
_WITHOUT_TEXT = re.compile(r"(calcchain|binaryindex\d*)\.bin$", re.IGNORECASE)
_ALL_IN_STRINGS = re.compile(
    # Every text of these is a string in a record, and none of their numbers is a cell's.
    r"(tables/|pivottables/|querytables/|connections\.bin|metadata\.bin|styles\.bin|sharedstrings\.bin|users\.bin)",
    re.IGNORECASE,
)


def read_comments(book: Book, sheet: Sheet) -> None:
    """Write down the comments of a sheet and the names of their authors."""
    for name in book.package.related(sheet.source, "comments"):
        _Comments(book, sheet).read(name)


class _Comments:
    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        self._ref = ""

    def read(self, name: str) -> None:
        self._book.each(name, f"{self._sheet.name} 批注", self._take)

    def _take(self, record: Record) -> bool:
        kind, data = record
        scribe = self._book.package.scribe
        if kind == _AUTHOR:
            scribe.add(text_at(data, 0)[0].strip(), "批注作者", part=Part.PROPERTY, hidden=True)
        elif kind == _COMMENT:
            row, _, column, _ = area_at(data, 4)
            self._ref = f"{column_name(column)}{row + 1}"
        elif kind == _COMMENT_TEXT:
            text = self._book.rich(data, 0).text.strip()
            scribe.add(text, f"{self._sheet.name}!{self._ref} 批注", part=Part.COMMENT, hidden=True)
        else:
            return False
        return True


def read_pivot_caches(book: Book) -> None:
    """Each pivot cache as a hidden table: field names, then the records copied from the source."""
    for number, name in enumerate(book.package.related(book.main, "pivotCacheDefinition"), 1):
        _Cache(book, f"透视表缓存{number}").read(name)


class _Cache:
    def __init__(self, book: Book, label: str) -> None:
        self._book = book
        self._label = label
        self._table = book.package.scribe.reserve_tables()
        self._fields: list[tuple[str, list[str]]] = []
        self._row = 0
        self._column = 0
        self._written: set[str] = set()

    def read(self, name: str) -> None:
        self._book.each(name, self._label, self._define)
        for column, (field, _) in enumerate(self._fields):
            self._write(0, column, field)
        parts = self._book.package.related(name, "pivotCacheRecords")
        for part in parts:
            self._book.each(part, self._label, self._record)
        if not parts or not self._row:
            for column, (_, values) in enumerate(self._fields):
                for row, value in enumerate(values, 1):
                    self._write(row, column, value)
        # A value that no record has any more was deleted from the source; the list of choices still shows it.
        for value in (value for _, values in self._fields for value in values if value not in self._written):
            self._book.package.scribe.add(value, f"{self._label} 已删除的值", part=Part.TABLE, hidden=True)

    def _define(self, record: Record) -> bool:
        kind, data = record
        if kind == _FIELD:
            self._fields.append((text_at(data, _FIELD_NAME_AT)[0], []))
        elif kind in _ITEMS and self._fields:
            self._fields[-1][1].append(_item(kind, data))
        else:
            return False
        return True

    def _record(self, record: Record) -> bool:
        """A record is a list of indexes, or is followed by its values, or holds both in one; the last is searched."""
        kind, data = record
        if self._book.room.cells_left <= 0:
            return False
        if kind == _RECORD:
            self._row, self._column = self._row + 1, 0
            if len(data) != 4 * len(self._fields) or not all(values for _, values in self._fields):
                return self._mixed(data)
            for column, index in enumerate(struct.unpack(f"<{len(self._fields)}I", data)):
                self._value(column, index)
        elif kind == _RECORD_BY_ITEMS:
            self._row, self._column = self._row + 1, 0
        elif kind in _ITEMS:
            if kind == _INDEX:
                self._value(self._column, struct.unpack_from("<I", data)[0])
            else:
                self._write(self._row, self._column, _item(kind, data))
            self._column += 1
        else:
            return False
        return True

    def _mixed(self, data: bytes) -> bool:
        """Indexes of fields with shared values, and between them the others' values: texts or numbers by field."""
        at = 0
        for column, (_, values) in enumerate(self._fields):
            if values:
                self._value(column, struct.unpack_from("<I", data, at)[0])
                at += 4
            elif at + 4 <= len(data) and _looks_like_text(data, at):
                text, at = text_at(data, at)
                self._write(self._row, column, text)
            else:
                self._write(self._row, column, _shown(struct.unpack_from("<d", data, at)[0]))
                at += 8
        return at == len(data)

    def _value(self, column: int, index: int) -> None:
        values = self._fields[column][1] if column < len(self._fields) else []
        if index < len(values):
            self._write(self._row, column, values[index])

    def _write(self, row: int, column: int, text: str) -> None:
        self._book.room.cells_left -= 1
        self._written.add(text)
        self._book.package.scribe.add(
            text.strip(),
            f"{self._label} 第{row + 1}行第{column + 1}列",
            part=Part.TABLE,
            hidden=True,
            cell=Cell(table=self._table, row=row, column=column, sheet=self._label),
        )


def _looks_like_text(data: bytes, at: int) -> bool:
    (count,) = struct.unpack_from("<I", data, at)
    return bool(at + 4 + 2 * count <= len(data) and (count == 0 or data[at + 5] or data[at + 4]) and count < 1 << 15)


def _item(kind: int, data: bytes) -> str:
    if kind >= _FIRST_WITH_LOOKS:  # the same values again, with attributes behind them
        kind -= _FIRST_WITH_LOOKS - 20
    if kind == _STRING:
        return text_at(data, 0)[0]
    if kind == _NUMBER:
        return _shown(struct.unpack_from("<d", data)[0])
    if kind == _TRUTH:
        return "TRUE" if data[0] else "FALSE"
    if kind == _DATE:
        year, month, day, hour, minute, second = struct.unpack_from("<HHBBBB", data)
        clock = f" {hour:02}:{minute:02}:{second:02}" if hour or minute or second else ""
        return f"{year:04}-{month:02}-{day:02}{clock}"
    return ""


def _shown(value: float) -> str:
    return repr(value).removesuffix(".0")


def read_external_links(book: Book) -> None:
    """Other workbooks: their sheet names and the cells that were copied when the link was last refreshed."""
    for number, name in enumerate(book.package.related(book.main, "externalLink"), 1):
        _Other(book, f"外部链接{number}").read(name)


class _Other:
    def __init__(self, book: Book, label: str) -> None:
        self._book = book
        self._label = label
        self._sheets: list[str] = []
        self._sheet = ""
        self._row = 0

    def read(self, name: str) -> None:
        self._book.each(name, self._label, self._take)

    def _take(self, record: Record) -> bool:
        kind, data = record
        if kind == _OTHER_BOOK:
            self._served(data)
        elif kind == _OTHER_SHEETS:
            (count,) = struct.unpack_from("<I", data)
            at = 4
            for _ in range(min(count, len(data))):
                text, at = text_at(data, at)
                self._sheets.append(text)
                self._book.package.scribe.add(text, self._label, part=Part.PROPERTY, hidden=True)
        elif kind == _TABLE:
            (index,) = struct.unpack_from("<I", data)
            self._sheet = self._sheets[index] if index < len(self._sheets) else ""
        elif kind == _OTHER_ROW:
            (self._row,) = struct.unpack_from("<I", data)
        elif kind == _OTHER_TEXT:
            self._cell(data, text_at(data, 4)[0])
        elif kind == _OTHER_NUMBER:
            self._cell(data, _shown(struct.unpack_from("<d", data, 4)[0]))
        else:
            return False
        return True

    def _served(self, data: bytes) -> None:
        """Server and topic of a DDE or OLE link; those of a workbook are relations."""
        text, at = text_at(data, 2)
        for said in (text, text_at(data, at)[0]):
            if telling(said) or "\\" in said or "/" in said:
                self._book.package.scribe.add(said, self._label, part=Part.PROPERTY, hidden=True)

    def _cell(self, data: bytes, text: str) -> None:
        (column,) = struct.unpack_from("<I", data)
        place = f"{self._label}!{self._sheet}!{column_name(column & 0x3FFF)}{self._row + 1}"
        self._book.package.scribe.add(text.strip(), place, part=Part.EMBEDDED, hidden=True)


def read_others(book: Book) -> None:
    """The binary parts that nobody asked for: searched for text, and told where that may not be all."""
    for member in book.package.unread():
        name = member.name
        if (
            not name.casefold().endswith(".bin")
            or _LEFT_TO_OTHERS.search(name)
            or not name.casefold().startswith("xl/")
        ):
            continue
        if _WITHOUT_TEXT.search(name):
            book.package.account(name)
            continue
        book.each(name, posixpath.basename(name), lambda _: False)
        if not _ALL_IN_STRINGS.search(name):
            book.package.scribe.gap(
                name,
                tr(
                    "部件的二进制内容只搜索了文字，未逐项读取：另存为 .xlsx 后再审",
                    "the binary part was only searched for text, not read item by item: save it as .xlsx",
                ),
            )
