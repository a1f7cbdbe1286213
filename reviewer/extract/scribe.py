"""Writes down what a reader reads: segments in reading order, each with its place, and gaps."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.terms import Cell, Gap, Part, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a reader made of some bytes: the whole text, its segments, and what it could not read."""

    text: str
    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...] = ()


class Scribe:
    """Collects segments and gaps; the whole text grows as segments are added."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._segments: list[Segment] = []
        self._gaps: list[Gap] = []

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

    def finish(self) -> Extracted:
        """Everything written down so far."""
        return Extracted(text="".join(self._pieces), segments=tuple(self._segments), gaps=tuple(self._gaps))
