"""What a redactor is asked to do and what it hands back: edits of the text that was read, and the cleaned copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.errors import RedactionError
from reviewer.language import tr
from reviewer.terms import Document, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Half-open code points of `Document.text`, and what takes their place."""

    start: int
    end: int
    mask: str


class Piece(NamedTuple):
    """The part of an edit that falls into one segment: code points of the segment's own text."""

    start: int
    end: int
    mask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """Something that was dropped because no reader of the page sees it: what (a word of people), and how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Burned:
    """A picture in whose pixels boxes were filled: the part of the file, its place, how many boxes.

    `edits` are what has gone of its text, in code points of `Document.text`: an operation's own, or its whole line.
    """

    part: str
    place: str
    count: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The bytes of the copy, what else was dropped, by which way of working, and whether masks can be read in it."""

    data: bytes
    cleaned: tuple[Cleaned, ...] = ()
    burned: tuple[Burned, ...] = ()
    method: str = ""
    shows_masks: bool = True


class Tally:
    """Counts what is dropped."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, what: str, count: int = 1) -> None:
        if count:
            self._counts[what] = self._counts.get(what, 0) + count

    def cleaned(self) -> tuple[Cleaned, ...]:
        return tuple(Cleaned(what=what, count=count) for what, count in self._counts.items())


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in their order, none over another: of those that overlap, one from first to last.

    The mask of a united edit is that of the longest of them.
    """
    united: list[Edit] = []
    longest = 0
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if united and edit.start < united[-1].end:
            before = united[-1]
            mask = edit.mask if edit.end - edit.start > longest else before.mask
            longest = max(longest, edit.end - edit.start)
            united[-1] = Edit(start=before.start, end=max(before.end, edit.end), mask=mask)
        else:
            united.append(edit)
            longest = edit.end - edit.start
    return united


def pieces(document: Document, edits: Sequence[Edit]) -> Mapping[int, list[Piece]]:
    """The edits by the segments they touch. What runs over several has its mask in the first of them."""
    found: dict[int, list[Piece]] = {}
    ordered = apart(edits)
    at = 0
    for index, segment in enumerate(document.segments):
        while at < len(ordered) and ordered[at].end <= segment.start:
            at += 1
        for edit in _touching(ordered, at, segment):
            mask = edit.mask if edit.start >= segment.start else ""
            low, high = max(edit.start, segment.start), min(edit.end, segment.end)
            found.setdefault(index, []).append(Piece(low - segment.start, high - segment.start, mask))
    return found


def _touching(ordered: Sequence[Edit], at: int, segment: Segment) -> Iterable[Edit]:
    while at < len(ordered) and ordered[at].start < segment.end:
        if ordered[at].end > segment.start:
            yield ordered[at]
        at += 1


def written(text: str, changes: Sequence[Piece]) -> str:
    """A text with its pieces replaced."""
    for start, end, mask in sorted(changes, reverse=True):
        text = text[:start] + mask + text[end:]
    return text


def unplaced(document: Document, places: Sequence[str]) -> RedactionError:
    """For what cannot be found again in the file at the place where it was read."""
    zh, en = "、".join(places[:5]), ", ".join(places[:5])
    return RedactionError(
        tr(
            f"{document.path}：{zh} 处的内容在文件里定位不了，不能自动处理。请在原件中手工修改这几处后再试",
            f"{document.path}: what stands at {en} cannot be located in the file; cure it by hand, then retry",
        )
    )
