"""Lines of a file that can be written to, and the way back from what was read to the line it was read from."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from lxml import etree

from reviewer.redact.edit import Piece
from reviewer.terms import Document, Segment

_MOST_LINES = 60  # of one cell


class Line(Protocol):
    """One paragraph as it is read, over all its runs."""

    @property
    def text(self) -> str: ...

    def write(self, start: int, end: int, mask: str) -> None:
        """Put `mask` in place of half-open code points of `text`; everything else stays where it is."""


class _Slot(NamedTuple):
    """A text node; or, with `sign`, an element that stands for a character."""

    element: etree._Element
    tail: bool
    sign: str

    @property
    def text(self) -> str:
        return self.sign or (self.element.tail if self.tail else self.element.text) or ""


class TreeLine:
    """A paragraph of an XML tree: text nodes and signs in their order."""

    def __init__(self) -> None:
        self._slots: list[_Slot] = []

    def add(self, element: etree._Element, *, tail: bool = False, sign: str = "") -> None:
        self._slots.append(_Slot(element, tail, sign))

    @property
    def text(self) -> str:
        return "".join(slot.text for slot in self._slots)

    def write(self, start: int, end: int, mask: str) -> None:
        at = 0
        gone: list[_Slot] = []
        for slot in self._slots:
            text = slot.text
            low, high = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if low >= high:
                continue
            if slot.sign:
                drop(slot.element)
                gone.append(slot)
            else:
                _set(slot, text[:low] + mask + text[high:])
                mask = ""
        self._slots = [slot for slot in self._slots if slot not in gone]


class AttributeLine:
    """Text that stands in an attribute: a watermark, a description."""

    def __init__(self, element: etree._Element, key: str) -> None:
        self._element, self._key = element, key

    @property
    def text(self) -> str:
        return self._element.get(self._key) or ""

    def write(self, start: int, end: int, mask: str) -> None:
        self._element.set(self._key, self.text[:start] + mask + self.text[end:])


def _set(slot: _Slot, text: str) -> None:
    if slot.tail:
        slot.element.tail = text
    else:
        slot.element.text = text


def drop(element: etree._Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for inner in reversed(list(element)):
        parent.insert(at, inner)
    drop(element)


class _Found(NamedTuple):
    """A line, where its text begins in the segment's, and how much white space before it was not read."""

    line: Line
    at: int
    lead: int
    length: int


def write_all(
    document: Document,
    changes: Mapping[int, Sequence[Piece]],
    lines: Sequence[Line],
    belongs: Callable[[Segment], bool],
) -> list[str]:
    """Make the changes in the lines from which the segments were read; returns the places of those not found.

    A segment is read from the next line that reads alike, or from several together; both are in the order of the
    document. Where a line holds more than was read of it (hidden runs), the text that is wanted must stand in it.
    """
    waiting: dict[str, deque[Line]] = {}
    for line in lines:
        waiting.setdefault(line.text.strip(), deque()).append(line)
    lost: list[int] = []
    made: list[tuple[list[_Found], Sequence[Piece]]] = []
    for index, segment in enumerate(document.segments):
        if not belongs(segment):
            continue
        found = _lines_of(segment.text, waiting)
        if index in changes:
            if found:
                made.append((found, changes[index]))
            else:
                lost.append(index)
    for read_from, wanted in made:
        _write(read_from, wanted)
    return [
        document.segments[index].place
        for index in lost
        if not _write_anywhere(document.segments[index].text, changes[index], lines)
    ]


def _lines_of(text: str, waiting: Mapping[str, deque[Line]]) -> list[_Found]:
    whole = _next(text, 0, waiting)
    if whole or "\n" not in text:
        return whole
    rows = text.split("\n")
    if len(rows) > _MOST_LINES:
        return []
    found: list[_Found] = []
    at = row = 0
    while row < len(rows):
        for last in range(len(rows), row, -1):
            part = "\n".join(rows[row:last])
            if not part.strip():
                continue
            if one := _next(part, at, waiting):
                found += one
                break
        else:
            if rows[row].strip():
                return []
            part, last = rows[row], row + 1
        at += len(part) + 1
        row = last
    return found


def _next(text: str, at: int, waiting: Mapping[str, deque[Line]]) -> list[_Found]:
    key = text.strip()
    held = waiting.get(key)
    if not held:
        return []
    line = held.popleft()
    whole = line.text
    lead, read_lead = _lead(whole), _lead(text)
    before = min(lead, read_lead)  # white space that was read stands there to be written over, too
    behind = min(len(whole) - lead, len(text) - read_lead) - len(key)
    return [_Found(line, at + read_lead - before, lead - before, before + len(key) + behind)]


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _write(found: Iterable[_Found], wanted: Sequence[Piece]) -> None:
    for one in found:
        for start, end, mask in sorted(wanted, reverse=True):
            low, high = max(start - one.at, 0), min(end - one.at, one.length)
            if low < high:
                one.line.write(low + one.lead, high + one.lead, mask if start >= one.at else "")


def _write_anywhere(text: str, wanted: Sequence[Piece], lines: Sequence[Line]) -> bool:
    """For a segment that is only a part of a line: in every line that holds it, else the value."""
    holding = [line for line in lines if text.strip() and text.strip() in line.text]
    for line in holding:
        offset = line.text.index(text.strip()) - (len(text) - len(text.lstrip()))
        for start, end, mask in sorted(wanted, reverse=True):
            line.write(max(start + offset, 0), end + offset, mask)
    if holding:
        return True
    done = [write_value(lines, text[piece.start : piece.end], piece.mask) for piece in wanted]
    return all(done)


def write_value(lines: Iterable[Line], value: str, mask: str) -> int:
    """Replace a value wherever it stands; returns how often it did."""
    if len(value.strip()) < 2:
        return 0
    count = 0
    for line in lines:
        for at in reversed(list(_places(line.text, value))):
            line.write(at, at + len(value), mask)
            count += 1
    return count


def _places(text: str, value: str) -> Iterator[int]:
    at = text.find(value)
    while at >= 0:
        yield at
        at = text.find(value, at + len(value))
