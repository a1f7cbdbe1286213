"""SQLite databases: every table as a table of texts, and what deleted rows have left in the file.

The bytes are opened in memory by the standard library; nothing of the schema is trusted and nothing is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from reviewer.extract import READERS
from reviewer.extract.delimited import column_letters
from reviewer.extract.embedded import read_embedded
from reviewer.extract.limits import time_left_s
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.sniff import sniff
from reviewer.extract.sqlite.remains import FileHead, read_head, remains
from reviewer.extract.telling import telling
from reviewer.extract.workbook.codes import plain_number, raw_number
from reviewer.extract.workbook.grid import MAX_CELLS
from reviewer.language import tr
from reviewer.terms import Cell, Part
from reviewer.text.decode import decode

_MOST_TABLES = 2000
_MOST_FILES = 50
_LONGEST_VALUE = 64 * 2**20
_PATIENCE_S = 12.0
_STEPS_BETWEEN_LOOKS = 20_000
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
)
# The module decodes names and its own messages strictly: damage in them is an error of another kind.
_BROKEN = (sqlite3.Error, UnicodeDecodeError, OverflowError, ValueError)
_PRAGMAS = ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=MEMORY", "mmap_size=0")


def read(data: bytes) -> Extracted:
    """Read a database."""
    scribe = Scribe()
    head = read_head(data)
    if head is None:
        scribe.gap("全文", tr("数据库文件头已损坏，未能读取：导出为 .xlsx 后再审", "the header is damaged; not read"))
        return scribe.finish()
    database = _Database(data, head, scribe)
    database.read_tables()
    database.read_remains()
    if head.keeps_log:
        scribe.gap(
            "文件",
            tr(
                "数据库的最新改动可能在另外的 -wal 文件中，未读取：导出为 .xlsx 后再审",
                "the latest changes may lie in a -wal file that is not here: export it as .xlsx",
            ),
        )
    return scribe.finish()


class _Database:
    """One database, its tables written down one after another."""

    def __init__(self, data: bytes, head: FileHead, scribe: Scribe) -> None:
        self._data = data
        self._head = head
        self._scribe = scribe
        self._cells = 0
        self._files = 0
        self._doubts = 0
        self._damaged = False

    def read_tables(self) -> None:
        """Write down every table that can be read; what cannot is a gap."""
        try:
            connection = _opened(self._head.without_log(self._data))
        except (*_BROKEN, AttributeError):
            self._gap(
                "全文", "数据库无法打开，只搜索了其中的文字", "the database cannot be opened; searched for text only"
            )
            return
        try:
            for number, (kind, name, statement) in enumerate(_schema(connection)):
                if number >= _MOST_TABLES:
                    self._gap("数据库", "数据表过多，其余未读取", "too many tables, the rest was not read")
                    break
                if telling(statement):
                    self._scribe.add(statement, f"结构 {name}", part=Part.PROPERTY, hidden=True)
                if kind == "table" and "VIRTUAL" not in statement[:20].upper() and name != "sqlite_sequence":
                    self._table(connection, name)
        except _BROKEN:
            self._damage("数据库", "数据库结构已损坏，未能读全", "the schema is damaged and was not read in full")
        finally:
            connection.close()
        if self._doubts:
            self._gap(
                "数据库", f"{self._doubts} 个值的文字编码不能确定", f"{self._doubts} value(s) in an uncertain encoding"
            )

    def read_remains(self) -> None:
        """Write down the texts of deleted rows: they stand in pages and gaps that no table uses."""
        count = 0
        place = "未能读取的数据" if self._damaged else "已删除的数据"
        for text in remains(self._data, self._head, everywhere=self._damaged):
            count += 1
            self._scribe.add(text, f"{place} 残留文字", part=Part.EMBEDDED, hidden=True)
        if not self._damaged and (count or self._head.free_pages):
            self._gap(
                "已删除的数据",
                "文件中留有已删除的数据，只按残留文字读取：执行 VACUUM 或另存后再审",
                "the file keeps deleted data, of which only the text was read: VACUUM it and review again",
            )

    def _table(self, connection: sqlite3.Connection, name: str) -> None:
        table, row = self._scribe.reserve_tables(), 0
        blobs = 0
        try:
            cursor = connection.execute(f'SELECT * FROM "{name.replace(chr(34), chr(34) * 2)}"')  # noqa: S608
            columns = [entry[0] for entry in cursor.description]
            self._row(name, table, 0, columns, columns)
            for row, values in enumerate(cursor, 1):
                shown = [self._shown(value) for value in values]
                self._row(name, table, row, columns, shown)
                for column, value, text in zip(columns, values, shown, strict=True):
                    blobs += text is None and not self._file(value, f"{name} 第{row}行 {column}")
                if self._cells > MAX_CELLS:
                    raise sqlite3.OperationalError
        except _BROKEN:
            self._damage(
                f"{name} 第{row + 1}行",
                "此后的记录未能读取（已损坏、过大或超时）：导出为 .xlsx 后再审",
                "the rows from here on could not be read (damage, size or time): export it as .xlsx",
            )
        if blobs > 0:
            self._gap(name, f"{blobs} 个二进制值未读取", f"{blobs} binary value(s) were not read")

    def _row(self, name: str, table: int, row: int, columns: list[str], values: Sequence[str | None]) -> None:
        """Write down one row, as far as its values are text."""
        filled = [(column, text) for column, text in enumerate(values) if text and text.strip()]
        self._cells += len(filled)
        for column, text in filled:
            self._scribe.add(
                text,
                f"{name} 第{row}行 {columns[column]}" if row else f"{name} 列名{column + 1}",
                part=Part.TABLE,
                cell=Cell(table=table, row=row, column=column, sheet=name, ref=f"{column_letters(column)}{row + 1}"),
                after="\n" if column == filled[-1][0] else "\t",
            )

    def _shown(self, value: object) -> str | None:
        """A value as text; None for one that is bytes. Texts come as bytes in a wrapper of their own."""
        if value is None:
            return ""
        if isinstance(value, _Text):
            try:
                return value.raw.decode("utf-8")
            except UnicodeDecodeError:
                decoded = decode(value.raw)
                self._doubts += decoded.trouble is not None
                return decoded.text
        if isinstance(value, float):
            return plain_number(raw_number(value))
        return str(value) if isinstance(value, int) else _plain(value)

    def _file(self, value: object, place: str) -> bool:
        """Whether bytes were read as a file of a known kind."""
        assert isinstance(value, bytes)
        kind = sniff(value, "")
        if self._files >= _MOST_FILES or kind.startswith("text/") or kind not in READERS:
            return False
        self._files += 1
        self._scribe.enclose(read_embedded(value, ""), place, Enclosure.OBJECT)
        return True

    def _damage(self, place: str, zh: str, en: str) -> None:
        """A gap for what the rows do not show; every page is then searched for text."""
        self._damaged = True
        self._gap(place, zh, en)

    def _gap(self, place: str, zh: str, en: str) -> None:
        self._scribe.gap(place, tr(zh, en))


class _Text:
    """A text as the file holds it: old programs write other encodings than the one they declare."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw


def _plain(value: object) -> str | None:
    """The text that a value of bytes plainly is; None if it is something else."""
    assert isinstance(value, bytes)
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if any(letter < " " and letter not in "\t\r\n" for letter in text) else text


def _opened(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for limit, most in _LIMITS:
        connection.setlimit(limit, most)
    connection.deserialize(data)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.set_progress_handler(lambda: time_left_s() < _PATIENCE_S, _STEPS_BETWEEN_LOOKS)
    connection.text_factory = _Text
    return connection


def _schema(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Kind, name and statement of everything defined; read at once, because reading tables goes on meanwhile."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    for row in rows:
        kind, name, statement = (
            value.raw.decode("utf-8", "replace") if isinstance(value, _Text) else "" for value in row
        )
        yield kind, name, statement
