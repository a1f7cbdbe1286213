"""Records: the stretch of text in which facts belong to one person - a table's row, a form's block, a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from reviewer.detect.privacy.columns import meaning
from reviewer.detect.privacy.listing import Conversation, is_heading
from reviewer.detect.privacy.ranges import range_at
from reviewer.detect.reading import Range, Reading
from reviewer.text.lazy import lazy

_LABELLED = lazy(
    r"[ \t|]*+[【\[<〈〔]?(?=[^ \t])(?P<label>[0-9A-Za-z\u4e00-\u9fff（）()/、 ]{1,14}?)"
    r"(?:[】\]>〉〕]|)(?:(?<=[>〉〕】])|(?=[ \t]{2}|[ ]?\t|[ ]?[：:|]))[ \t]*+[：:|]?+[ \t]*+\S"
)
_SPACED = lazy(r"[ \t]*(?P<label>[\u4e00-\u9fff]{2,8})[ ](?=[0-9A-Z\u4e00-\u9fff])")
_COLON = lazy(r"[：:|\]】>〉〕]")
_GAP = lazy(r"[ ]{2}|\t")
_LONGEST_LINE = 160  # a longer labelled line is a paragraph of its own
_MOST_LINES = 60
_LONGEST_LABEL = 10
_HEADING = "\0name"  # a name alone above a form opens a record
_MARKS = lazy(r"[0-9：:，、。；]")
_REACH = 260  # of a paragraph, this much on either side of a fact is its record


class Records:
    """Finds the record of a place. `rows` are the table rows, in order, none overlapping."""

    def __init__(self, reading: Reading, rows: Sequence[Range], messages: Conversation | None = None) -> None:
        self._text = reading.text
        self._lines = reading.lines
        self._line_starts = [start for start, _ in self._lines]
        self._rows = rows
        self._messages = messages
        self._blocks: dict[int, Range] = {}

    def at(self, at: int) -> Range:
        """The row, block or line that holds folded offset `at`."""
        row = range_at(self._rows, at)
        if row is not None:
            return row
        message = self._messages.at(at) if self._messages else None
        if message is not None:
            return message
        index = bisect_right(self._line_starts, at) - 1
        if index < 0 or at >= self._lines[index][1]:
            return at, at
        start, end = self._block(index)
        if end - start > 2 * _REACH and start == self._lines[index][0]:
            return self._stretch(start, end, at)
        return start, end

    def _stretch(self, start: int, end: int, at: int) -> Range:
        """A part of a long paragraph, the same one for every place in it."""
        low = start + (at - start) // _REACH * _REACH
        return max(start, low - _REACH // 2), min(end, low + _REACH + _REACH // 2)

    def _block(self, index: int) -> Range:
        """The lines `label: value` around a line, up to where the first label comes again; or the line alone."""
        held = self._blocks.get(index)
        if held is not None:
            return held
        first = last = index
        while first > 0 and index - first < _MOST_LINES and self._continues(first - 1, first):
            first -= 1
        while last + 1 < len(self._lines) and last - index < _MOST_LINES and self._continues(last, last + 1):
            last += 1
        self._divide(first, last)
        return self._blocks[index]

    def _continues(self, upper: int, lower: int) -> bool:
        """Both lines are labelled and no blank line lies between."""
        between = self._text[self._lines[upper][1] : self._lines[lower][0]]
        return between.count("\n") <= 1 and self._label(upper) is not None and self._label(lower) is not None

    def _divide(self, first: int, last: int) -> None:
        opening = first
        seen: set[str] = set()
        for index in range(first, last + 1):
            label = self._label(index) or ""
            if label in seen or (label == _HEADING and index > opening):
                self._remember(opening, index - 1)
                opening, seen = index, set()
            seen.add(label)
        self._remember(opening, last)

    def _remember(self, first: int, last: int) -> None:
        whole = self._lines[first][0], self._lines[last][1]
        for index in range(first, last + 1):
            self._blocks[index] = whole

    def _label(self, index: int) -> str | None:
        start, end = self._lines[index]
        if end - start > _LONGEST_LINE:
            return None
        match = _LABELLED.match(self._text, start, end)
        if match and not self._is_row(match, end):
            return match["label"].strip()
        spaced = _SPACED.match(self._text, start, end)
        if spaced and meaning(spaced["label"]):
            return spaced["label"]
        if is_heading(self._text, self._lines, index):
            return _HEADING
        if self._is_label(index):
            return self._text[start:end].strip()
        return f"\0{index}" if index and self._is_label(index - 1) else None  # the value under its label

    def _is_row(self, match: re.Match[str], end: int) -> bool:
        """Whether blanks part a line into several fields of which the first is no label: the row of a list."""
        label = match["label"].strip()
        if _COLON.search(self._text, match.end("label"), match.end()) or meaning(label):
            return False
        return label[:1].isdigit() or _GAP.search(self._text, match.end(), end) is not None

    def _is_label(self, index: int) -> bool:
        """Whether a line is a label and nothing else."""
        line = self._text[slice(*self._lines[index])].strip()
        return len(line) <= _LONGEST_LABEL and bool(meaning(line)) and not _MARKS.search(line)
