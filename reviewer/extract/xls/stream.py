"""A BIFF stream from its first byte to its last: substreams one after another, each record to who knows it."""

from __future__ import annotations

import struct
from itertools import islice
from typing import Protocol

from reviewer.extract.limits import time_left_s
from reviewer.extract.residue import OutOfTimeError
from reviewer.extract.scribe import Scribe
from reviewer.extract.workbook.gathered import PATIENCE_S
from reviewer.extract.workbook.grid import Room
from reviewer.extract.xls import kinds
from reviewer.extract.xls.book import Book
from reviewer.extract.xls.charts import ChartReader
from reviewer.extract.xls.cipher import opened
from reviewer.extract.xls.records import BOF_KINDS, Record, Rubble, records
from reviewer.extract.xls.sheet import SheetReader
from reviewer.language import tr

_VERSIONS = {0x0009: 2, 0x0209: 3, 0x0409: 4}
_NEWEST = 0x0600
_GLOBALS, _CHART = frozenset({0x0005, 0x0100}), 0x0020
_DEEPEST = 8
_DAMAGE = (struct.error, IndexError, ValueError, OverflowError, KeyError)
_RECORDS_BETWEEN_LOOKS = 10_000
_RECORDS_BEFORE_LOCK = 64


class _Taker(Protocol):
    def take(self, record: Record) -> None: ...

    def finish(self) -> None: ...

    @property
    def name(self) -> str: ...


class _Globals:
    """The workbook's own substream: the book goes on when it ends."""

    name = "工作簿"

    def __init__(self, book: Book) -> None:
        self._book = book

    def take(self, record: Record) -> None:
        self._book.take(record)

    def finish(self) -> None:
        """Nothing: a sheet may still ask."""


def read_stream(stream: bytes, scribe: Scribe, room: Room) -> None:
    """Write down a whole workbook stream."""
    locked = _file_pass(stream)
    plain = stream if locked is None else opened(stream, locked)
    if plain is None:
        reason = tr(
            "文件已加密，需要密码才能打开，未读取：去除密码后再审",
            "the file is encrypted and needs a password; not read",
        )
        scribe.gap("全文", reason)
        return
    _read_plain(plain, scribe, room)


def _file_pass(stream: bytes) -> bytes | None:
    """The data of the record that makes all behind it unreadable; it stands near the beginning."""
    for item in islice(records(stream, set()), _RECORDS_BEFORE_LOCK):
        if isinstance(item, Record) and item.kind == kinds.FILEPASS:
            return item.data
    return None


def _read_plain(stream: bytes, scribe: Scribe, room: Room) -> None:
    walk = _Walk(stream, scribe, room)
    try:
        for count, item in enumerate(records(stream, walk.book.starts)):
            if isinstance(item, Rubble):
                walk.rubble(item)
            else:
                walk.take(item)
            if count % _RECORDS_BETWEEN_LOOKS == 0 and time_left_s() < PATIENCE_S:
                raise OutOfTimeError
    except OutOfTimeError:
        scribe.gap("工作簿", tr("读取时间用尽，其余未读取：拆分后再审", "no time left, the rest was not read"))
    walk.finish()


class _Walk:
    def __init__(self, stream: bytes, scribe: Scribe, room: Room) -> None:
        self.book = Book(scribe, room)
        self._stream = stream
        self._stack: list[_Taker] = []
        self._sheets = 0
        self._charts = 0

    def take(self, record: Record) -> None:
        """One record: a substream begins or ends, or whoever is open takes it."""
        if record.kind in BOF_KINDS:
            self._begin(record)
        elif record.kind == kinds.EOF:
            self._end()
        else:
            self._offer(record)

    def rubble(self, rubble: Rubble) -> None:
        """Bytes that are no records; noughts at the end are padding."""
        data = self._stream[rubble.start : rubble.end]
        if not data.strip(b"\0"):
            return
        self.book.search("工作簿", data)
        self.book.scribe.gap(
            "工作簿",
            tr(
                f"第 {rubble.start} 字节起 {len(data)} 字节不是记录，文件可能已损坏，其中内容未能读全：另存后再审",
                f"{len(data)} bytes from {rubble.start} on are no records: the file may be damaged; save it anew",
            ),
        )

    def finish(self) -> None:
        """Close what the file left open, and let the book end."""
        while self._stack:
            self._end()
        self.book.finish()

    def _begin(self, record: Record) -> None:
        version, kind = struct.unpack_from("<HH", record.data) if len(record.data) >= 4 else (_NEWEST, 0x10)
        self.book.begin(_VERSIONS.get(record.kind, 8 if version >= _NEWEST else 5))
        if len(self._stack) >= _DEEPEST:
            self._end()
        inside = isinstance(self._stack[-1] if self._stack else None, SheetReader)
        if kind in _GLOBALS:
            self._stack.append(_Globals(self.book))
        elif kind == _CHART and inside:
            sheet = self._stack[-1]
            assert isinstance(sheet, SheetReader)
            self._charts += 1
            self._stack.append(ChartReader(self.book, f"{sheet.name} 图表{self._charts}", hidden=sheet.hidden))
        else:
            self._open_sheet(record.at, kind)

    def _open_sheet(self, offset: int, kind: int) -> None:
        while self._stack and not isinstance(self._stack[-1], _Globals):
            self._end()  # a sheet that was never closed
        self._sheets += 1
        sheet = self.book.sheet_at(offset, self._sheets)
        if kind == _CHART:
            self._stack.append(ChartReader(self.book, sheet.name, hidden=sheet.hidden))
        else:
            self._stack.append(SheetReader(self.book, sheet))

    def _end(self) -> None:
        if not self._stack:
            return
        taker = self._stack.pop()
        try:
            taker.finish()
        except _DAMAGE as error:
            self.book.damaged.append(type(error).__name__)

    def _offer(self, record: Record) -> None:
        taker: _Taker = self._stack[-1] if self._stack else _Globals(self.book)
        if len(record.data) > kinds.LARGEST.get(record.kind, len(record.data)):
            self.book.damaged.append("size")
            self.book.search(taker.name, record.whole)
        try:
            taker.take(record)
        except _DAMAGE as error:
            self.book.damaged.append(type(error).__name__)
            self.book.search(taker.name, record.whole)
