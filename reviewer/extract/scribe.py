"""Writes down what a reader reads: segments in reading order, each with its place, and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from reviewer.terms import Cell, Gap, Member, Part, Segment
from reviewer.value import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a reader made of some bytes: the whole text, its segments, what it could not read, members within.

    `media_type` is what the bytes were read as; whoever chose the reader puts it in.
    """

    text: str
    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...] = ()
    members: tuple[Member, ...] = ()
    media_type: str = ""


class Enclosure(Enum):
    """How a document inside another one meets the eye of who opens the outer one."""

    OBJECT = "object"  # it lies in the file unseen: an attachment of a PDF, the workbook behind a chart
    CHUNK = "chunk"  # it is shown as a part of the outer text
    MEMBER = "member"  # it is published as a document of its own: in an archive, with a mail


class Scribe:
    """Collects segments and gaps; the whole text grows as segments are added."""

    def __init__(self) -> None:
        self._tables = 0
        self._pieces: list[str] = []
        self._length = 0
        self._segments: list[Segment] = []
        self._gaps: list[Gap] = []
        self._members: list[Member] = []

    def add(
        self,
        text: str,
        place: str,
        *,
        part: Part = Part.BODY,
        hidden: bool = False,
        page: int | None = None,
        line: int | None = None,
        cell: Cell | None = None,
        after: str = "\n",
    ) -> None:
        """Add one segment; `after` is the separator that follows it in the whole text ("\\t" between cells)."""
        if not text:
            return
        self._segments.append(
            Segment(
                place=place,
                text=text,
                start=self._length,
                part=part,
                hidden=hidden,
                page=page,
                line=line,
                cell=cell,
            )
        )
        self.separate(text + after)

    def separate(self, text: str) -> None:
        """Put text that belongs to no segment (a separator, a blank line) into the whole text."""
        self._pieces.append(text)
        self._length += len(text)

    def gap(self, place: str, reason: str) -> None:
        """Write down a part that could not be read."""
        self._gaps.append(Gap(place=place, reason=reason))

    def reserve_tables(self, count: int = 1) -> int:
        """The ordinal of the next table of the document, counted on by `count`."""
        first = self._tables
        self._tables += count
        return first

    def enclose(self, inner: Extracted, label: str, enclosure: Enclosure) -> None:
        """Write down what another reader read: `label!` before each place, tables counted on, separators kept."""
        tables = [segment.cell.table for segment in inner.segments if segment.cell is not None]
        first, begin = self.reserve_tables(max(tables, default=-1) + 1), self._length
        starts = iter([*(segment.start for segment in inner.segments[1:]), len(inner.text)])
        moved: dict[int, int] = {}
        for segment in inner.segments:
            moved[segment.start] = self._length
            whole = enclosure is Enclosure.MEMBER or segment.part is not Part.BODY
            self.add(
                segment.text,
                f"{label}!{segment.place}",
                part=segment.part if whole else Part.EMBEDDED,
                hidden=segment.hidden or enclosure is Enclosure.OBJECT,
                page=segment.page,
                cell=None if segment.cell is None else replace(segment.cell, table=segment.cell.table + first),
                after=inner.text[segment.end : next(starts)] or "\n",
            )
        for gap in inner.gaps:
            self.gap(f"{label}!{gap.place}", gap.reason)
        if enclosure is Enclosure.MEMBER:
            self._members.append(Member(name=label, media_type=inner.media_type, start=begin, end=self._length))
            self._members += _moved(inner.members, moved, self._length)

    def finish(self) -> Extracted:
        """Everything written down so far."""
        return Extracted(
            text="".join(self._pieces),
            segments=tuple(self._segments),
            gaps=tuple(self._gaps),
            members=tuple(self._members),
        )


def _moved(members: tuple[Member, ...], moved: dict[int, int], end: int) -> Iterator[Member]:
    """Members of a member where they stand now: separators may differ, so they go by the segments in them."""
    for member in members:
        within = [start for start in moved if member.start <= start < member.end]
        if within:
            after = [start for start in moved if start >= member.end]
            yield replace(member, start=moved[within[0]], end=moved[after[0]] if after else end)
