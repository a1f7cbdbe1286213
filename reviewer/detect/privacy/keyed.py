"""Records that programs write: JSON objects, XML elements, `key=value` of logs and addresses, INSERT statements."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from reviewer.detect.privacy.columns import meaning
from reviewer.detect.privacy.grid import Grid, GridCell, GridRow
from reviewer.detect.reading import Range, Reading
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_KEY = r"[A-Za-z\u4e00-\u9fff_][0-9A-Za-z\u4e00-\u9fff_.\-]{0,39}"
_MOST_PAIRS = 20000
_LONGEST_VALUE = 200
_QUOTED = lazy(
    rf"""(?P<q>\\?["'])(?P<key>{_KEY})(?P=q)[ ]?[:：][ ]?"""
    rf"""(?:(?P<v>\\?["'])(?P<text>[^"'\r\n\\]{{0,{_LONGEST_VALUE}}})(?P=v)"""
    r"""|(?P<bare>-?[0-9][0-9.]{0,30}|null|true|false))"""
)
_ASSIGNED = lazy(
    rf"""(?<![0-9A-Za-z_\u4e00-\u9fff.\-])(?P<key>{_KEY})=(?:["'](?P<text>[^"'\r\n]{{0,{_LONGEST_VALUE}}})["']"""
    r"""|(?P<bare>(?:[^\s&,，;；|\[\](){}"'<>=]|(?<=[A-Za-z])[ ](?=[A-Z][a-z]+[ &,;])"""
    r"""|(?<=[0-9])[ ](?=[0-9]+(?:[ &,;\n]|\Z)))+))"""
)
_ELEMENT = lazy(rf"<(?P<key>{_KEY})(?:[ ][^<>\n]{{0,80}})?>(?P<text>[^<>\r\n]{{0,{_LONGEST_VALUE}}})</(?P=key)>")
_SETTING = lazy(
    rf"^[ \t]*(?:-[ ])?(?P<key>[A-Za-z_][0-9A-Za-z_.\-]{{0,39}})[ ]?[:：][ ]+"
    rf"(?P<text>[^\s][^\r\n]{{0,{_LONGEST_VALUE}}})(?P<bare>)$",
    re.MULTILINE,
)
_INSERT = lazy(
    r"INSERT\s+INTO\s+[`\"\[]?[\w.`\"\[\]]{1,60}\s*[（(](?P<columns>[^()]{3,600})[)）]\s*VALUES?\s*(?=[（(])",
    re.IGNORECASE,
)
_TUPLE = lazy(r"""\s*+(?:,\s*+)?[（(](?P<values>(?:'(?:[^'\r\n]|'')*+'|"[^"\r\n]*"|[^()'"]){1,1200})[)）]""")
_VALUE = lazy(r"""\s*(?:N?'(?P<text>(?:[^'\r\n]|'')*+)'|"(?P<double>[^"\r\n]*)"|(?P<bare>[^,'"]*))\s*(?:,|\Z)""")
_BREAK = lazy(r"[}][\s,]*[\[{]|\n[ \t]*\r?\n|</[^<>]+>\s*<[^/][^<>]*>\s*<")
_FARTHEST = 160  # characters between two values of one record


@dataclass(frozen=True, slots=True)
class _Pair:
    key: str
    cell: GridCell
    opening: int
    closing: int


@dataclass(slots=True)
class _Record:
    pairs: list[_Pair]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(pair.key for pair in self.pairs)


def keyed_grids(reading: Reading) -> Iterator[list[Grid]]:
    """The tables that such records make up, one way of writing after the other.

    Records that follow one another with nearly the same keys are one table.
    """
    text = reading.text
    yield list(_inserted(reading))
    for pattern, within_line in ((_QUOTED, False), (_ASSIGNED, True), (_ELEMENT, False), (_SETTING, False)):
        if pattern is _ASSIGNED and "=" not in text:
            continue
        yield list(_tables(reading, _records(text, pattern, within_line)))


def _tables(reading: Reading, records: Iterable[_Record]) -> Iterator[Grid]:
    held: list[_Record] = []
    for record in records:
        if held and not _alike(held[-1].keys, record.keys):
            yield from _grid(reading, held)
            held = []
        held.append(record)
    yield from _grid(reading, held)


def _records(text: str, pattern: re.Pattern[str], within_line: bool) -> Iterator[_Record]:
    held: list[_Pair] = []
    for number, match in enumerate(pattern.finditer(text)):
        if number > _MOST_PAIRS:
            break
        pair = _pair(match)
        if held and _parted(text, held, pair, within_line):
            yield _Record(held)
            held = []
        held.append(pair)
    if held:
        yield _Record(held)


def _pair(match: re.Match[str]) -> _Pair:
    groups = match.groupdict()
    name = "text" if groups.get("text") is not None else "bare"
    start, end = match.span(name)
    value = match[name]
    left = len(value) - len(value.lstrip())
    cell = GridCell(value.strip(), start + left, start + left + len(value.strip()))
    return _Pair(match["key"], cell, match.start(), end)


def _parted(text: str, held: Sequence[_Pair], pair: _Pair, within_line: bool) -> bool:
    """Whether a pair opens another record: a key comes again, a line or an object ends, or much lies between."""
    low = held[-1].closing
    if pair.opening - low > _FARTHEST or any(pair.key == other.key for other in held):
        return True
    between = text[low : pair.opening]
    return ("\n" in between and within_line) or _BREAK.search(between) is not None


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 2 >= max(len(one), len(other))


def _grid(reading: Reading, records: Sequence[_Record]) -> Iterator[Grid]:
    """A table of these records, if two of its keys mean something."""
    headers = list(dict.fromkeys(pair.key for record in records for pair in record.pairs))
    meanings = [meaning(header) for header in headers]
    if sum(map(bool, meanings)) < 2 or len(headers) > 60:
        return
    rows = []
    for record in records:
        cells = {pair.key: pair.cell for pair in record.pairs if pair.cell.text}
        if cells:
            row = tuple(cells.get(header) for header in headers)
            first, last = record.pairs[0].opening, max(pair.closing for pair in record.pairs)
            rows.append(GridRow(row, first, last, _line(reading, first)))
    if rows:
        yield _made(reading, headers, meanings, rows)


def _made(reading: Reading, headers: Sequence[str], meanings: Sequence[str], rows: Sequence[GridRow]) -> Grid:
    start = rows[0].start
    above = reading.text.rfind("\n", 0, start)
    title = reading.text[reading.text.rfind("\n", 0, max(0, above)) + 1 : max(0, above)]
    return Grid(tuple(headers), tuple(meanings), tuple(rows), (start, start), title[-60:], machine=True)


def _line(reading: Reading, at: int) -> int:
    segment = reading.segment_of(at)
    return segment.line or bisect_right(reading.lines, (at, len(reading.text) + 1))


def _inserted(reading: Reading) -> Iterator[Grid]:
    """INSERT INTO t (name, id_card) VALUES ('…', '…'), ('…', '…')."""
    text = reading.text
    held: dict[tuple[str, ...], list[GridRow]] = {}
    for match in _INSERT.finditer(text):
        headers = tuple(name.strip(' `"[]\r\n\t') for name in match["columns"].split(","))
        at = match.end()
        while row := _TUPLE.match(text, at):
            held.setdefault(headers, []).append(_row(reading, row, len(headers)))
            at = row.end()
    for headers, rows in held.items():
        meanings = [meaning(header) for header in headers]
        if sum(map(bool, meanings)) >= 2 and len(headers) <= 60:
            yield _made(reading, headers, meanings, rows)


def _row(reading: Reading, row: re.Match[str], width: int) -> GridRow:
    cells: list[GridCell | None] = []
    start, end = row.span("values")
    at = start
    while at < end and len(cells) < width:
        value = _VALUE.match(reading.text, at, end)
        if value is None or value.end() == at:
            break
        name = next((name for name in ("text", "double") if value[name] is not None), "bare")
        low, high = value.span(name)
        cells.append(GridCell(value[name], low, high) if value[name].strip() else None)
        at = value.end()
    return GridRow(tuple(cells + [None] * (width - len(cells))), start, end, _line(reading, start))


def covered(grids: Sequence[Grid]) -> list[Range]:
    """The stretches of text that tables take, in order."""
    return sorted((min(grid.header[0], grid.rows[0].start), grid.rows[-1].end) for grid in grids if grid.rows)
