"""Tables among values: records with the same keys, rows of equal length, columns side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.extract.data.value import Array, Key, Object, Scalar, Value

_MOST_COLUMNS = 200
_ALIKE = 0.6  # the share of all columns that every record must have


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of a table: where it stands, and the keys that lead to it."""

    row: int
    column: int
    path: tuple[Key, ...]
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header, perhaps, and rows of values; `entries` come row by row."""

    header: tuple[str, ...]
    entries: tuple[Entry, ...]


def table_of(value: Array | Object) -> Table | None:
    """The table that a container is, or None."""
    if len(value.items) < 2:
        return None
    if isinstance(value, Array):
        return _records(value.items) or _rows(value.items)
    return _columns(value.items) or _named_records(value.items)


def records_of(values: Sequence[Value]) -> Table | None:
    """The table that values in a row are (a line for each: NDJSON)."""
    return _records(values) if len(values) > 1 else None


def _records(values: Sequence[Value]) -> Table | None:
    objects = [value for value in values if isinstance(value, Object)]
    keys = _keys(objects) if len(objects) == len(values) else ()
    if not keys:
        return None
    column = {key: at for at, key in enumerate(keys)}
    entries = (
        Entry(row=row, column=column[key], path=(row, key), value=value)
        for row, record in enumerate(objects)
        for key, value in sorted(record.items, key=lambda item: column[item[0]])
    )
    return Table(header=keys, entries=tuple(entries))


def _keys(objects: Sequence[Object]) -> tuple[str, ...]:
    """All keys, if every record has most of them and most of what they hold is plain."""
    keys = dict.fromkeys(key for record in objects for key, _ in record.items)
    if not 0 < len(keys) <= _MOST_COLUMNS:
        return ()
    plain = sum(isinstance(value, Scalar) for record in objects for _, value in record.items)
    alike = all(len({key for key, _ in record.items}) >= _ALIKE * len(keys) for record in objects)
    return tuple(keys) if alike and plain else ()


def _rows(values: Sequence[Value]) -> Table | None:
    rows = [value for value in values if isinstance(value, Array) and _is_plain(value)]
    longest = max((len(row.items) for row in rows), default=0)
    words = any(isinstance(value, Scalar) and value.quoted for row in rows for value in row.items)
    if len(rows) < len(values) or not words or not 1 < longest <= _MOST_COLUMNS:
        return None
    entries = (
        Entry(row=at, column=column, path=(at, column), value=value)
        for at, row in enumerate(rows)
        for column, value in enumerate(row.items)
    )
    return Table(header=(), entries=tuple(entries))


def _columns(members: Sequence[tuple[str, Value]]) -> Table | None:
    """`{"name": […], "phone": […]}`, and the same with `{"0": …, "1": …}` for each column."""
    columns = [(key, tuple(_cells(value))) for key, value in members]
    heights = {len(cells) for _, cells in columns}
    if len(heights) != 1 or heights <= {0, 1} or len(columns) > _MOST_COLUMNS:
        return None
    entries = [
        Entry(row=row, column=at, path=(key, inner), value=value)
        for at, (key, cells) in enumerate(columns)
        for row, (inner, value) in enumerate(cells)
    ]
    entries.sort(key=lambda entry: (entry.row, entry.column))
    return Table(header=tuple(key for key, _ in columns), entries=tuple(entries))


def _cells(column: Value) -> Iterator[tuple[Key, Value]]:
    if isinstance(column, Array) and _is_plain(column):
        yield from enumerate(column.items)
    elif isinstance(column, Object) and all(key.isdigit() and isinstance(one, Scalar) for key, one in column.items):
        yield from column.items


def _named_records(members: Sequence[tuple[str, Value]]) -> Table | None:
    """`{"4301": {"name": …}, "4302": {"name": …}}`: the outer key is the first column."""
    objects = [value for _, value in members if isinstance(value, Object)]
    keys = _keys(objects) if len(objects) == len(members) else ()
    if len(keys) < 2:
        return None
    column = {key: at for at, key in enumerate(keys, 1)}
    entries: list[Entry] = []
    for row, ((name, _), record) in enumerate(zip(members, objects, strict=True)):
        entries.append(Entry(row=row, column=0, path=(name,), value=Scalar(name, record.line, quoted=True)))
        entries += (
            Entry(row=row, column=column[key], path=(name, key), value=value)
            for key, value in sorted(record.items, key=lambda item: column[item[0]])
        )
    return Table(header=("", *keys), entries=tuple(entries))


def _is_plain(array: Array) -> bool:
    return all(isinstance(value, Scalar) for value in array.items)
