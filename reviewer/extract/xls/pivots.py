"""Pivot caches of a BIFF workbook: copies of the source data in streams of their own ([MS-XLS] 2.1.7.5)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from reviewer.extract.ole.container import Container
from reviewer.extract.residue import OutOfTimeError, residue
from reviewer.extract.scribe import Scribe
from reviewer.extract.workbook.grid import Room
from reviewer.extract.workbook.tokens import ERRORS
from reviewer.extract.xls.records import Record, Rubble, records
from reviewer.extract.xls.strings import flagged
from reviewer.language import tr
from reviewer.terms import Cell, Part

_STORAGE = "_SX_DB_CUR"
_CACHE, _FIELD, _INDEXES = 0x00C6, 0x00C7, 0x00C8
_NUMBER, _TRUTH, _ERROR, _WHOLE, _STRING, _DATE, _NOTHING = 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF
_VALUES = frozenset({_NUMBER, _TRUTH, _ERROR, _WHOLE, _STRING, _DATE, _NOTHING})
_ALL_SHARED = 0x0001
_SILENT = frozenset({0x0122, 0x01BB, 0x000A, 0x00DA, 0x0103, 0x0863, 0x0864})
_WIDE_FROM = 256


def read_pivot_caches(container: Container, room: Room) -> None:
    """Each cache as a hidden table: field names, then the records copied from the source."""
    storage = container.compound.root.storage(_STORAGE)
    for number, stream in enumerate(storage.streams if storage is not None else (), 1):
        container.take((_STORAGE, stream.name))
        _Cache(container.scribe, f"透视表缓存{number}", room).read(stream.data)


class _Cache:
    def __init__(self, scribe: Scribe, label: str, room: Room) -> None:
        self._scribe = scribe
        self._label = label
        self._room = room
        self._table = scribe.reserve_tables()
        self._fields: list[tuple[str, bool, list[str]]] = []  # name, whether its values are shared, its values
        self._row: list[str] | None = None
        self._open: list[int] = []  # fields of the record that are still to come
        self._rows = 0
        self._heads_written = False
        self._written: set[str] = set()

    def read(self, stream: bytes) -> None:
        """Write down a cache."""
        broken = False
        for item in records(stream, set()):
            if self._room.cells_left <= 0:
                place = f"{self._label} 第{self._rows + 1}行"
                self._scribe.gap(place, tr("缓存太大，其后未读取", "cache too large; rest not read"))
                return
            if isinstance(item, Rubble):
                data = stream[item.start : item.end]
                broken |= bool(data.strip(b"\0"))
                self._search(data)
                continue
            try:
                self._take(item)
            except (struct.error, IndexError, ValueError):
                broken = True
                self._search(item.whole)
        self._end_row()
        if not self._rows:
            self._heads()
            self._write_shared()
        # A value that no record has any more was deleted from the source; the list of choices still shows it.
        for value in (value for _, _, values in self._fields for value in values if value not in self._written):
            self._scribe.add(value, f"{self._label} 已删除的值", part=Part.TABLE, hidden=True)
        if broken:
            self._scribe.gap(self._label, tr("缓存已损坏，未能读全", "the cache is damaged and was not read in full"))

    def _take(self, record: Record) -> None:
        data, kind = record.whole, record.kind
        if kind == _CACHE:
            self._scribe.add(flagged(data, 18, 2)[0], f"{self._label} refreshedBy", part=Part.PROPERTY, hidden=True)
        elif kind == _FIELD:
            (flags,) = struct.unpack_from("<H", data)
            self._fields.append((flagged(data, 14, 2)[0], bool(flags & _ALL_SHARED), []))
        elif kind == _INDEXES:
            self._heads()
            self._end_row()
            self._begin_row(data)
        elif kind in _VALUES:
            self._value(_shown(kind, data))
        elif kind not in _SILENT:
            self._search(data)

    def _value(self, text: str) -> None:
        if not self._heads_written:
            if self._fields:
                self._fields[-1][2].append(text)
            return
        if not self._open:  # a cache in which no field shares its values has no indexes
            self._end_row()
            self._begin_row(b"")
        if self._row is not None and self._open:
            self._row[self._open.pop(0)] = text

    def _begin_row(self, indexes: bytes) -> None:
        """A record: for each field with shared values an index, one byte wide or two, in the order of the fields."""
        self._row, self._open, at = [""] * len(self._fields), [], 0
        for column, (_, shared, values) in enumerate(self._fields):
            if not shared or not values:
                self._open.append(column)
                continue
            size = 2 if len(values) >= _WIDE_FROM else 1
            index = int.from_bytes(indexes[at : at + size], "little")
            at += size
            self._row[column] = values[index] if index < len(values) else ""

    def _end_row(self) -> None:
        if self._row is not None:
            self._rows += 1
            self._write(self._rows, self._row)
        self._row = None

    def _heads(self) -> None:
        if not self._heads_written:
            self._heads_written = True
            self._write(0, [name for name, _, _ in self._fields])

    def _write_shared(self) -> None:
        """Without records the distinct values of each field are still there."""
        for row in range(max((len(values) for _, _, values in self._fields), default=0)):
            self._write(row + 1, [values[row] if row < len(values) else "" for _, _, values in self._fields])

    def _write(self, row: int, values: Sequence[str]) -> None:
        filled = [(column, value) for column, value in enumerate(values) if value.strip()]
        self._room.cells_left -= len(filled)
        self._written.update(values)
        for column, value in filled:
            self._scribe.add(
                value,
                f"{self._label} 第{row + 1}行第{column + 1}列",
                part=Part.TABLE,
                hidden=True,
                cell=Cell(table=self._table, row=row, column=column, sheet=self._label),
                after="\n" if column == filled[-1][0] else "\t",
            )

    def _search(self, data: bytes) -> None:
        try:
            for text in residue(data):
                self._scribe.add(text, f"{self._label} 残留文字", part=Part.EMBEDDED, hidden=True)
        except OutOfTimeError:
            self._scribe.gap(self._label, tr("读取时间用尽，其余未读取", "no time left, the rest was not read"))


def _shown(kind: int, data: bytes) -> str:
    if kind == _STRING:
        return flagged(data, 0, 2)[0]
    if kind == _NUMBER:
        return repr(struct.unpack_from("<d", data)[0]).removesuffix(".0")
    if kind == _WHOLE:
        return str(struct.unpack_from("<h", data)[0])
    if kind == _TRUTH:
        return "TRUE" if data[0] else "FALSE"
    if kind == _ERROR:
        return ERRORS.get(data[0], "")
    if kind == _DATE:
        year, month, day, hour, minute, second = struct.unpack_from("<HHBBBB", data)
        clock = f" {hour:02}:{minute:02}:{second:02}" if hour or minute or second else ""
        return f"{year:04}-{month:02}-{day:02}{clock}"
    return ""
