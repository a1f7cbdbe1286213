"""Writes values down: each at its path, with its key before it; records with the same keys as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reviewer.extract.data.inlay import Inlays
from reviewer.extract.data.json_parser import BrokenError, parse
from reviewer.extract.data.tables import Entry, Table, records_of, table_of
from reviewer.extract.data.value import Array, Key, Naming, Object, Scalar, Value, json_path
from reviewer.extract.delimited import column_letters
from reviewer.extract.limits import time_left_s
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.language import tr
from reviewer.terms import Cell, Part

_LONGEST_ROW = 2000  # characters of a row of numbers
_MOST_INNER = 3  # JSON in a string in JSON
_TELLING = re.compile(r"[^\x00-\x7f]|\d{6}|@[\w-]+\.")
_LEAST_LEFT_S = 3.0

Path = tuple[Key, ...]


@dataclass(slots=True)
class _Task:
    """A value that is still to be written, its path, and its key if it has one."""

    value: Value
    path: Path
    key: str = ""


@dataclass(slots=True)
class Writer:
    """Writes values in their order, without recursion: what is open lies on a stack."""

    scribe: Scribe
    naming: Naming
    depth: int = 0
    _waiting: list[_Task] = field(default_factory=list)
    _inlays: Inlays = field(init=False)

    def __post_init__(self) -> None:
        self._inlays = Inlays(self.scribe)

    def write(self, values: Sequence[Value], root: Path = ()) -> None:
        """Write the values down; several in a row are records, if they are alike."""
        table = records_of(values)
        if table is not None:
            self._table(table, root)
        elif len(values) == 1:
            self._waiting.append(_Task(values[0], root))
        else:
            self._waiting += [_Task(value, (*root, at)) for at, value in enumerate(values)][::-1]
        self._work()

    def _work(self) -> None:
        while self._waiting:
            if time_left_s() < _LEAST_LEFT_S:
                self.scribe.gap(self.naming(self._waiting[-1].path), _out_of_time())
                return
            self._one(self._waiting.pop())

    def _one(self, task: _Task) -> None:
        if isinstance(task.value, Scalar):
            self._scalar(task.value, task.path, task.key)
            return
        self._key(task)
        table = table_of(task.value)
        if table is not None:
            self._table(table, task.path)
        elif isinstance(task.value, Array) and _is_numeric(task.value):
            self._numbers(task.value, task.path)
        else:
            self._waiting += list(_members(task.value, task.path))[::-1]

    def _key(self, task: _Task, after: str = "\n") -> None:
        """The key before a value; one that says something is a segment."""
        key = task.key.lstrip("@#")
        if key and _TELLING.search(key):
            self.scribe.add(key, self.naming(task.path), line=task.value.line or None, after=after)
        elif key:
            self.scribe.separate(key + after)

    def _scalar(self, value: Scalar, path: Path, key: str) -> None:
        self._key(_Task(value, path, key), after="：" if _TELLING.search(key) else ": ")
        place = self.naming(path)
        if not (value.quoted and self._inside(value.text, place)):
            self.scribe.add(value.text, place, line=value.line or None)

    def _inside(self, text: str, place: str) -> bool:
        """Whether the string is a document or JSON itself, and has been read as such."""
        if self._inlays.read(text, place):
            return True
        inner = text.strip()
        if self.depth >= _MOST_INNER or not _looks_like_json(inner):
            return False
        try:
            parsed = parse(inner)
        except BrokenError:
            return False
        scribe = Scribe()
        Writer(scribe, json_path, self.depth + 1).write(parsed.values)
        self.scribe.enclose(scribe.finish(), place, Enclosure.MEMBER)
        return True

    def _numbers(self, array: Array, path: Path) -> None:
        """A row of numbers is one segment, or a few: coordinates come by the thousand."""
        row: list[str] = []
        size = 0
        for value in array.items:
            row.append(value.text if isinstance(value, Scalar) else "")
            size += len(row[-1])
            if size > _LONGEST_ROW:
                self.scribe.add(", ".join(row), self.naming(path), line=value.line or None)
                row, size = [], 0
        self.scribe.add(", ".join(row), self.naming(path), line=array.line or None)

    def _table(self, table: Table, path: Path) -> None:
        ordinal, first = self.scribe.reserve_tables(), 1 if table.header else 0
        for column, name in enumerate(table.header):
            after = "\n" if column == len(table.header) - 1 else "\t"
            cell = _cell(ordinal, 0, column)
            self._write_cell(name.lstrip("@#"), self.naming(path) + " 表头", cell, after, None)
        later: list[_Task] = []
        for entry, following in zip(table.entries, (*table.entries[1:], None), strict=True):
            after = "\t" if following is not None and following.row == entry.row else "\n"
            if isinstance(entry.value, Scalar):
                self._entry(entry, entry.value, path, _cell(ordinal, entry.row + first, entry.column), after)
            else:
                later.append(_Task(entry.value, path + entry.path))
                self.scribe.separate(after)
        self._waiting += later[::-1]

    def _entry(self, entry: Entry, value: Scalar, path: Path, cell: Cell, after: str) -> None:
        place = self.naming(path + entry.path)
        empty = value.text == "null" and not value.quoted
        if empty or (value.quoted and self._inside(value.text, place)):
            self.scribe.separate(after)
        else:
            self._write_cell(value.text, place, cell, after, value.line or None)

    def _write_cell(self, text: str, place: str, cell: Cell, after: str, line: int | None) -> None:
        if not text:
            self.scribe.separate(after)
        self.scribe.add(text, place, part=Part.TABLE, line=line, cell=cell, after=after)


def _members(value: Array | Object, path: Path) -> Iterator[_Task]:
    if isinstance(value, Array):
        yield from (_Task(item, (*path, at)) for at, item in enumerate(value.items))
    else:
        yield from (_Task(item, (*path, key), key) for key, item in value.items)


def _is_numeric(array: Array) -> bool:
    return bool(array.items) and all(isinstance(value, Scalar) and not value.quoted for value in array.items)


def _cell(table: int, row: int, column: int) -> Cell:
    return Cell(table=table, row=row, column=column, ref=f"{column_letters(column)}{row + 1}")


def _looks_like_json(text: str) -> bool:
    return text.startswith(("{", "[")) and text.endswith(("}", "]")) and '"' in text


def _out_of_time() -> str:
    return tr("时间用尽，此后未读取：拆分后再审", "out of time, not read from here on: split the file")
