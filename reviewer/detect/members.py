"""A document that holds others, taken apart: each member is judged by itself, and found where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence

from reviewer.terms import Document, Finding, Member, Segment, Span
from reviewer.value import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One member as a document of its own; `segments` are the numbers of its segments in the whole."""

    document: Document
    whole: Document
    segments: tuple[int, ...]
    number: int
    name: str
    starts: tuple[int, ...]

    def restored(self, finding: Finding) -> Finding:
        """The same finding on the whole document; its group is that of this member alone."""
        span = finding.span
        moved = Span(
            segment=self.segments[span.segment], start=self._moved(span.start), end=self._moved(span.end - 1) + 1
        )
        if finding.group is None:
            return replace(finding, span=moved)
        # A group's note says where it is; of two members both have a first column.
        note = f"{self.name}：{finding.note}" if finding.note and self.name else finding.note
        return replace(finding, span=moved, group=f"{self.number}:{finding.group}", note=note)

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of this member's own text for a range of the whole's; None when it begins in another member."""
        for number, segment in zip(self.segments, self.document.segments, strict=True):
            whole = self.whole.segments[number]
            if whole.start <= start < max(whole.end, whole.start + 1):
                shift = segment.start - whole.start
                return start + shift, min(end + shift, len(self.document.text))
        return None

    def _moved(self, at: int) -> int:
        index = max(0, bisect_right(self.starts, at) - 1)
        return at - self.starts[index] + self.whole.segments[self.segments[index]].start


def excerpts(document: Document) -> Iterator[Excerpt]:
    """Every member with what is its own, then what the outer document says itself."""
    owned: dict[int, list[int]] = {}
    for index, owner in enumerate(_owners(document)):
        owned.setdefault(owner, []).append(index)
    for owner, numbers in owned.items():
        member = document.members[owner] if owner >= 0 else None
        excerpt = _excerpt(document, member, numbers)
        yield Excerpt(
            document=excerpt,
            whole=document,
            segments=tuple(numbers),
            number=owner + 1,
            name="" if member is None else member.name,
            starts=tuple(segment.start for segment in excerpt.segments),
        )


def _owners(document: Document) -> Iterator[int]:
    """For each segment the number of the innermost member that holds it, or -1. Outer members come before inner."""
    waiting = deque(enumerate(document.members))
    within: list[tuple[int, Member]] = []
    for segment in document.segments:
        while waiting and waiting[0][1].start <= segment.start:
            within.append(waiting.popleft())
        while within and within[-1][1].end <= segment.start:
            within.pop()
        yield within[-1][0] if within else -1


def _excerpt(document: Document, member: Member | None, numbers: Sequence[int]) -> Document:
    pieces: list[str] = []
    segments: list[Segment] = []
    length = 0
    for number in numbers:
        segment = document.segments[number]
        segments.append(replace(segment, start=length))
        following = document.segments[number + 1].start if number + 1 < len(document.segments) else segment.end + 1
        pieces.append(segment.text + (document.text[segment.end : following] or "\n"))
        length += len(pieces[-1])
    return replace(
        document,
        name=document.name if member is None else member.name.rpartition("/")[2],
        media_type=document.media_type if member is None else member.media_type,
        text="".join(pieces),
        segments=tuple(segments),
        members=(),
    )
