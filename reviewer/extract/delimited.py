"""Reads delimited text (CSV, TSV and their kin): one segment a field, the text exactly as decoded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from reviewer.extract.plain import doubts
from reviewer.extract.scribe import Extracted
from reviewer.language import tr
from reviewer.terms import Cell, Gap, Part, Segment
from reviewer.text.decode import decode
from reviewer.text.lazy import lazy

# In the order in which they are preferred when two of them divide the lines about equally well.
DELIMITERS = ("\t", ",", ";", "|", "；", "，")
_ONE_COLUMN = "\0"  # what no text file holds divides nothing

_SAMPLE = 65536  # characters
_VOTERS = 200  # lines in them
_MOST = 0.5  # the share of lines that must agree
_NEARLY_ALL = 0.9  # ... on a mark that also stands between the clauses of a sentence
_PROSE = frozenset("；，")
_MARGIN = 0.05

_LINE = lazy(r"[^\r\n]+")
_LINE_END = lazy(r"\r\n?|\n")
_DECLARED = lazy(r"sep=(.)(?:\r\n?|\n)")  # Excel's own first line: it is no row
_QUOTED = lazy(r'(?<![^\r\n\t ,;|；，])"(?:[^"]++|"")*+"')
_QUOTES = lazy(r'"+')


def read(data: bytes) -> Extracted:
    """Every field that holds more than white space, at its own offset, with its row and column.

    The text of a quoted field stands inside the quotes, with doubled quotes as they are in the file.
    """
    decoded = decode(data)
    fields = _Fields(decoded.text, delimiter(decoded.text))
    segments = tuple(_segment(decoded.text, field) for field in fields)
    return Extracted(text=decoded.text, segments=segments, gaps=(*doubts(decoded), *_unclosed(fields.unclosed)))


def delimiter(text: str) -> str:
    """What divides the fields; NUL for a list of one column.

    The first lines vote: what divides the most of them into equally many fields wins.
    """
    declared = _DECLARED.match(text)
    if declared:
        return declared[1]
    lines = _voters(text)
    winner, best = _ONE_COLUMN, 0.0
    for candidate in DELIMITERS:
        agreed, times = _agreement(lines, candidate)
        enough = _NEARLY_ALL if candidate in _PROSE else _MOST
        # Of two that divide all lines, the one that makes many more fields.
        vote = agreed + min(times, 100) / 1000
        if agreed >= enough and vote > best + _MARGIN * bool(best):
            winner, best = candidate, vote
    return winner if best else _most_used(lines)


def _most_used(lines: Sequence[str]) -> str:
    """For rows of all lengths: what stands in most lines at all, but no mark of a sentence."""
    share, mark = max((sum(c in line for line in lines), c) for c in DELIMITERS if c not in _PROSE)
    return mark if share > len(lines) * _MOST else _ONE_COLUMN


def lines_agree(text: str, mark: str) -> bool:
    """Whether a text is plainly a table divided by `mark`: enough lines, nearly all alike, into several fields."""
    lines = _voters(text)
    agreed, times = _agreement(lines, mark)
    # One comma a line also stands in addresses and in English.
    return len(lines) >= 3 and agreed >= _NEARLY_ALL and times >= (1 if mark == "\t" else 2) and mark not in _PROSE


def _voters(text: str) -> list[str]:
    unquoted = _QUOTED.sub("", text[:_SAMPLE])
    return [line[0] for line in islice(_LINE.finditer(unquoted), _VOTERS)]


def _agreement(lines: Sequence[str], candidate: str) -> tuple[float, int]:
    """The largest share of lines that hold the candidate equally often, and how often that is (not nought)."""
    counts = Counter(line.count(candidate) for line in lines)
    del counts[0]
    if not counts:
        return 0.0, 0
    times, voters = max(counts.items(), key=lambda item: (item[1], item[0]))
    return voters / len(lines), times


@cache
def column_letters(column: int) -> str:
    """A spreadsheet's name for a column counted from 0: A, B, … Z, AA."""
    before, last = divmod(column, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


class _Field(NamedTuple):
    """Half-open code points of a field's contents, and where it stands: row and column from 0, line from 1."""

    start: int
    end: int
    row: int
    column: int
    line: int


def _segment(text: str, field: _Field) -> Segment:
    letters, row = column_letters(field.column), field.row + 1
    return Segment(
        place=f"第{row}行 {letters}列",
        text=text[field.start : field.end],
        start=field.start,
        part=Part.TABLE,
        line=field.line,
        cell=Cell(table=0, row=field.row, column=field.column, ref=f"{letters}{row}"),
    )


class _Fields:
    """The fields of a text that hold anything, in their order (RFC 4180, but lenient); linear in its length.

    `unclosed` fills with the lines of quotes that nothing closes where a field ends.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.unclosed: list[int] = []
        self._text = text
        self._delimiter = delimiter
        self._plain = lazy(f"[^\r\n{re.escape(delimiter)}]*+")
        self._opening = lazy(' *+("+)')
        self._quoted = lazy(r' *+"((?:[^"]++|"")*+)" *+')
        # A field is closed by an odd run of quotes; behind the last of them no search for one need begin.
        self._last_odd = max((run.start() for run in _QUOTES.finditer(text) if len(run[0]) % 2), default=-1)

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        text = self._text
        declared = _DECLARED.match(text)
        at, row, column = declared.end() if declared else 0, 0, 0
        while at < len(text) or column:  # a mark at the very end divides off one more field
            _, _, after = self._extent(at, 0)
            yield at, after, row, column
            if text.startswith(self._delimiter, after):
                at, column = after + 1, column + 1
            elif ended := _LINE_END.match(text, after):
                at, row, column = ended.end(), row + 1, 0
            else:
                return

    def __iter__(self) -> Iterator[_Field]:
        text = self._text
        declared = _DECLARED.match(text)
        at, line = (declared.end(), 2) if declared else (0, 1)
        row = column = 0
        while at < len(text):
            start, end, after = self._extent(at, line)
            if text[start:end].strip():
                yield _Field(start, end, row, column, line)
            if start > at:  # only what stands in quotes runs over lines
                line += sum(1 for _ in _LINE_END.finditer(text, start, end))
            if text.startswith(self._delimiter, after):
                at, column = after + 1, column + 1
            elif ended := _LINE_END.match(text, after):
                at, row, column, line = ended.end(), row + 1, 0, line + 1
            else:
                at = after

    def _extent(self, at: int, line: int) -> tuple[int, int, int]:
        """Start and end of the contents of the field at `at`, and where what follows the field begins."""
        plain = self._plain.match(self._text, at)
        assert plain is not None
        opening = self._opening.match(self._text, at)
        if opening is None:
            return at, plain.end(), plain.end()
        closes = len(opening[1]) % 2 == 0 or opening.start(1) < self._last_odd
        quoted = self._quoted.match(self._text, at) if closes else None
        if quoted and self._ends_field(quoted.end()):
            return quoted.start(1), quoted.end(1), quoted.end()
        # Text goes on behind the closing quote. That matters only if the quotes hide a delimiter or a line end.
        if quoted is None or quoted.end(1) > plain.end():
            self.unclosed.append(line)
        return at, plain.end(), plain.end()

    def _ends_field(self, at: int) -> bool:
        return at == len(self._text) or self._text[at] in ("\r", "\n", self._delimiter)


def spans(text: str, mark: str) -> Iterator[tuple[int, int, int, int]]:
    """Every field, empty ones too, with its quotes: half-open code points, row and column from 0."""
    return _Fields(text, mark).spans()


def _unclosed(lines: Sequence[int]) -> tuple[Gap, ...]:
    if not lines:
        return ()
    reason = tr(
        f"引号未闭合（共 {len(lines)} 处），此后各列的划分可能有误：请在表格软件中打开核对",
        f"a quote is not closed ({len(lines)} in all), the columns may be wrong: open it in a spreadsheet and check",
    )
    return (Gap(place=f"第{lines[0]}行", reason=reason),)
