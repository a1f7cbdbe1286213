"""What a page says, passage by passage: what is shown, what is not, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reviewer.extract.html.flow import Line
from reviewer.extract.html.tokens import Lines
from reviewer.extract.pictures import WHOLE
from reviewer.extract.scribe import Extracted
from reviewer.terms import Cell, Gap, Part

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a page, as it will become a segment."""

    text: str
    place: str
    line: int
    part: Part = Part.BODY
    hidden: bool = False
    cell: Cell | None = None


class Passages:
    """Collects the passages of a page; offsets that it is given are those of the page's source."""

    def __init__(self, lines: Lines) -> None:
        self.shown: list[Passage] = []
        self.concealed: list[Passage] = []
        self.gaps: list[Gap] = []
        self.files: list[tuple[str, bytes]] = []
        self._lines = lines
        self._paragraphs = 0

    def title(self, text: str, at: int) -> None:
        self.shown.append(Passage(text=text, place="title", line=self._lines.at(at), part=Part.PROPERTY))

    def paragraphs(self, lines: Iterable[Line]) -> None:
        """Lines that are shown, each a paragraph."""
        for line in lines:
            self._paragraphs += 1
            self.shown.append(Passage(text=line.text, place=f"¶{self._paragraphs}", line=self._lines.at(line.at)))

    def cell(self, lines: Sequence[Line], cell: Cell, *, hidden: bool) -> None:
        """The lines of one table cell, together."""
        if not lines:
            return
        passage = Passage(
            text="\n".join(line.text for line in lines),
            place=f"表{cell.table + 1} 第{cell.row + 1}行第{cell.column + 1}列",
            line=self._lines.at(lines[0].at),
            part=Part.TABLE,
            hidden=hidden,
            cell=cell,
        )
        (self.concealed if hidden else self.shown).append(passage)

    def conceal(self, text: str, at: int, what: str, part: Part) -> None:
        """Text that a reader of the page does not see."""
        line = self._lines.at(at)
        self.concealed.append(Passage(text=text, place=f"{what}（第{line}行）", line=line, part=part, hidden=True))

    def conceal_lines(self, text: str, at: int, what: str, part: Part) -> None:
        """The same, a passage for each line of the source."""
        for line in _LINE.finditer(text):
            if line[0].strip():
                self.conceal(line[0].strip(), at + line.start(), what, part)

    def adopt(self, inner: Passages, what: str, part: Part) -> None:
        """All that a piece of markup says which is not shown, such as a comment."""
        for passage in (*inner.shown, *inner.concealed):
            place = f"{what}（第{passage.line}行）"
            self.concealed.append(replace(passage, place=place, part=part, hidden=True))
        self.gaps += inner.gaps
        self.files += inner.files

    def file(self, data: bytes, at: int, what: str) -> None:
        """A file that stands in the page; its own reader will read it."""
        self.files.append((f"{what}（第{self._lines.at(at)}行）", data))

    def enclose(self, inner: Extracted, what: str, at: int) -> None:
        """What a picture or file in the page says; only the text of a picture is seen on the page."""
        line = self._lines.at(at)
        place = f"{what}（第{line}行）"
        for segment in inner.segments:
            seen = segment.part is Part.TEXT_BOX and not segment.hidden
            passage = Passage(
                text=segment.text,
                place=f"{place}!{segment.place}",
                line=line,
                part=Part.EMBEDDED if segment.part is Part.BODY else segment.part,
                hidden=not seen,
            )
            (self.shown if seen else self.concealed).append(passage)
        for gap in inner.gaps:
            self.gaps.append(Gap(place=place if gap.place == WHOLE else f"{place}!{gap.place}", reason=gap.reason))

    def gap(self, what: str, at: int, reason: str) -> None:
        self.gaps.append(Gap(place=f"{what}（第{self._lines.at(at)}行）", reason=reason))
