"""Cuts columns out of the tables of a web page by editing its source; merged cells become narrower by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.extract.html.references import unescape
from reviewer.extract.html.style import Look
from reviewer.extract.html.table import Grid
from reviewer.extract.html.tokens import Kind, Token, names, tokens
from reviewer.extract.html.tree import CELLS, SECTIONS, TABLE_PARTS, VOID, OpenElements
from reviewer.language import tr
from reviewer.redact.columns import Column, Uncut
from reviewer.redact.html import decoded_page, encoded_page

# What may stand in a cell that says nothing; with anything else a cell is not empty.
_SILENT = names("p div span font b i u s em strong small big center br wbr nobr o:p")
_PARTS = TABLE_PARTS - {"table"} | {"col"}
_MOST_COLUMNS = 1000  # HTML Standard, 4.9.11: what says more is read as this many
_SPAN = re.compile(r"\s*(\d{1,5})")
_RULES = re.compile(r"([^{}]*)\{")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
# `tr:nth-child(2n)` colours rows, `td:nth-child(3)` a column: only of these the name in front tells what is counted.
_POSITION = re.compile(r"([\w-]*)(?:[.#][\w-]+)*::?(?:nth|first|last|only)-(?:child|of|last|col)")
_ROWS = names("tr thead tbody tfoot table p li ul ol dl dt dd div section article h1 h2 h3 h4 h5 h6 body")
_COUNTED_BY_SCRIPT = re.compile(r"nth-|\bcells\b|cellIndex|columns|(?<![\w-])(?:td|th|col)(?![\w-])", re.IGNORECASE)


def cut(data: bytes, columns: Iterable[Column]) -> bytes:
    page = decoded_page(data, "")
    gone: dict[int, set[int]] = {}
    for one in columns:
        gone.setdefault(one.table, set()).add(one.column)
    tables = _Walk(page.text).tables()
    changes: dict[tuple[int, int], str] = {}
    for at, places in gone.items():
        if at >= len(tables):
            raise Uncut(tr("找不到该表", "the table is not found again"))
        changes.update(_changes(tables[at], places))
    return encoded_page(page, _written(page.text, changes))


@dataclass(slots=True, kw_only=True)
class _Area:
    """Columns, half-open, that a cell or a column element fills; its source, and where its width is said."""

    left: int
    right: int
    start: int
    end: int
    width: tuple[int, int] | None
    says: bool = False


@dataclass(slots=True, kw_only=True)
class _Table:
    """The cells of a table, and its column elements with the groups that hold them."""

    grid: Grid = field(default_factory=Grid)
    cells: list[_Area] = field(default_factory=list)
    cols: list[_Area] = field(default_factory=list)
    groups: list[_Area] = field(default_factory=list)
    listed: int = 0


class _Walk:
    """One way through a page: the tables in the order in which they begin, as `extract.html` counts them."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._elements = OpenElements(Look())
        self._open: list[_Table] = []
        self._cells: list[_Area] = []
        self._inside: list[int] = []  # how many silent elements are open in each open cell
        self._all: list[_Table] = []

    def tables(self) -> Sequence[_Table]:
        for token in tokens(self._source):
            self._token(token)
        self._closed(self._elements.close_all(), "", len(self._source), len(self._source))
        return self._all

    def _token(self, token: Token) -> None:
        match token.kind:
            case Kind.START:
                self._start(token)
            case Kind.END if token.name not in ("html", "head", "body"):
                self._end(token)
            case Kind.TEXT if unescape(token.contents).strip():
                self._say()
            case Kind.RAW:
                self._raw(token)

    def _say(self) -> None:
        for cell in self._cells:
            cell.says = True

    def _raw(self, token: Token) -> None:
        self._say()
        if token.name == "style" and _counts_columns(token.contents):
            raise Uncut(tr("样式表按列的次序编排", "a style sheet counts columns"))
        if token.name == "script" and _COUNTED_BY_SCRIPT.search(token.contents):
            raise Uncut(tr("脚本会改动表格", "a script works on tables"))

    def _start(self, token: Token) -> None:
        name = token.name
        if name in ("html", "head") or (name in _PARTS and not self._open):
            return
        self._closed(self._elements.make_way(name), "", token.start, token.start)
        if name == "col" and not any(self._elements.is_open(cell) for cell in CELLS):
            self._col(token)
        if name not in _SILENT and name not in _PARTS - {"col"}:
            self._say()
        if name in VOID or (token.self_closing and (self._elements.is_open("svg") or self._elements.is_open("math"))):
            return
        self._part(token)
        self._elements.open(name, Look())
        if self._inside and name in _SILENT:
            self._inside[-1] += 1

    def _part(self, token: Token) -> None:
        name = token.name
        if name == "table":
            self._open.append(_Table())
            self._all.append(self._open[-1])
        elif name == "tr":
            self._open[-1].grid.start_row()
        elif name in SECTIONS:
            self._open[-1].grid.start_section()
        elif name in CELLS:
            self._cell(token)
        elif name == "colgroup":
            self._group(token)

    def _cell(self, token: Token) -> None:
        grid = self._open[-1].grid
        if not grid.in_row:
            grid.start_row()
        span, where = _number(token, "colspan")
        rows, _ = _number(token, "rowspan")
        _, left = grid.start_cell(span, rows)
        area = _Area(left=left, right=left + max(span, 1), start=token.start, end=token.end, width=where)
        self._open[-1].cells.append(area)
        self._cells.append(area)
        self._inside.append(0)

    def _col(self, token: Token) -> None:
        table = self._open[-1]
        span, where = _number(token, "span")
        left = table.listed
        table.listed += max(span, 1)
        table.cols.append(_Area(left=left, right=table.listed, start=token.start, end=token.end, width=where))

    def _group(self, token: Token) -> None:
        """A group counts by itself unless columns are listed in it."""
        table = self._open[-1]
        span, where = _number(token, "span")
        right = table.listed + max(span, 1)
        table.groups.append(_Area(left=table.listed, right=right, start=token.start, end=token.end, width=where))

    def _end(self, token: Token) -> None:
        closed = self._elements.close(token.name)
        if self._cells and not closed and token.name != "br":
            self._say()  # it ends nothing here, but perhaps something that a browser holds open
        self._closed(closed, token.name, token.start, token.end)

    def _closed(self, closed: Sequence[str], named: str, start: int, end: int) -> None:
        """Elements end before the tag at `start`; the last of them at `end`, if the tag is its own."""
        for at, name in enumerate(closed):
            is_said = at == len(closed) - 1 and name == named
            until = end if is_said else start
            if name in CELLS:
                cell = self._cells.pop()
                cell.end = until
                # Letters in bold that are not ended go on in the next cell.
                cell.says = cell.says or self._inside.pop() > 0
            elif name == "colgroup":
                self._end_group(until)
            elif name == "table":
                self._open.pop()
            elif self._inside and name in _SILENT and (is_said or name == "p"):
                self._inside[-1] -= 1

    def _end_group(self, until: int) -> None:
        table = self._open[-1]
        group = table.groups[-1]
        group.end = until
        if table.listed > group.left:
            group.right, group.width = table.listed, None
        else:
            table.listed = group.right


def _number(token: Token, name: str) -> tuple[int, tuple[int, int] | None]:
    """A width or height, 1 unless it is said; and where its value stands."""
    said = [one for one in token.attributes if one.name == name]
    if not said:
        return 1, None
    found = _SPAN.match(said[0].value)
    number = int(found[1]) if found else 1
    if len(said) > 1 or (number > _MOST_COLUMNS and name != "rowspan"):
        raise Uncut(tr("单元格的跨度写法不明", "a cell does not say clearly how wide it is"))
    return number, (said[0].at, said[0].at + len(said[0].value))


def _counts_columns(style: str) -> bool:
    """Whether a rule of a style sheet looks at the place of a cell among its neighbours."""
    for rule in _RULES.finditer(style):
        selector = _IN_BRACKETS.sub("", rule[1])
        positions = _POSITION.finditer(selector.lower())
        if any(found[1] not in _ROWS for found in positions) or re.search(r"[+~]|\|\|", selector):
            return True
    return False


def _changes(table: _Table, places: set[int]) -> Iterator[tuple[tuple[int, int], str]]:
    if not any(set(range(cell.left, cell.right)) - places for cell in table.cells):
        raise Uncut(tr("表格里不剩别的列", "nothing of the table would stay"))
    for cell in table.cells:
        left = _left_of(cell, places)
        if left == 0 and cell.says:
            raise Uncut(tr("该列还有内容", "the column still holds something"))
        if cell.left in places and left:
            raise Uncut(tr("合并的单元格从该列开始", "a merged cell begins in the column"))
        yield from _narrowed(cell, left)
    gone = {(group.start, group.end) for group in table.groups if _left_of(group, places) == 0}
    for one in (*table.groups, *table.cols):
        within = any(start < one.start < end for start, end in gone)
        if not within and (one.width is not None or one in table.cols or (one.start, one.end) in gone):
            yield from _narrowed(one, _left_of(one, places))


def _left_of(area: _Area, places: set[int]) -> int:
    return sum(at not in places for at in range(area.left, area.right))


def _narrowed(area: _Area, left: int) -> Iterator[tuple[tuple[int, int], str]]:
    if left == 0:
        yield (area.start, area.end), ""
    elif left < area.right - area.left:
        if area.width is None:
            raise Uncut(tr("单元格的跨度写法不明", "a cell does not say clearly how wide it is"))
        yield area.width, str(left)


def _written(text: str, changes: Mapping[tuple[int, int], str]) -> str:
    for (start, end), new in sorted(changes.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text
