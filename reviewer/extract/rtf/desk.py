"""What all groups of one RTF document share, and the destinations that text goes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from reviewer.extract.ooxml.colour import WHITE
from reviewer.extract.rtf.flow import Flow
from reviewer.extract.rtf.fonts import Fonts
from reviewer.extract.rtf.paragraph import Line
from reviewer.extract.scribe import Scribe
from reviewer.terms import Part


class Mode(Enum):
    """What becomes of the text of a destination."""

    FLOW = "flow"  # it is written into the flow
    CAPTURE = "capture"  # it is collected, and judged when the group ends
    DATA = "data"  # it is bytes in hexadecimal or \bin


@dataclass(slots=True, kw_only=True, eq=False)
class Destination:
    """Where a group's text goes; `flow` is the one in which it is anchored, its own if `owns`."""

    word: str
    mode: Mode
    flow: Flow
    outer: Destination | None = None
    owns: bool = False
    texts: list[str] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def text(self) -> str:
        """What was captured."""
        return "".join(self.texts).strip()

    def around(self) -> Iterator[Destination]:
        """The destinations around this one, from the inside out."""
        outer = self.outer
        while outer is not None:
            yield outer
            outer = outer.outer

    def inside(self, *words: str) -> bool:
        """Whether it stands in a destination of one of these names."""
        return any(outer.word in words for outer in self.around())


@dataclass(slots=True, kw_only=True)
class Shape:
    """A drawn shape: what it said so far, and the colour of its ground."""

    outer: Shape | None
    ground: str
    key: str = ""
    hidden: bool = False
    texts: list[str] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True, kw_only=True)
class Desk:
    """Counters, tables and half-told facts of one document."""

    scribe: Scribe
    fonts: Fonts = field(default_factory=Fonts)
    colours: list[str] = field(default_factory=list)
    mixing: list[int] = field(default_factory=lambda: [-1, -1, -1])
    paper: str = WHITE
    shape: Shape | None = None
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)  # people in the order of their appearance
    bookmarks: set[str] = field(default_factory=set)
    property: str = ""
    object_class: str = ""
    pictures: set[bytes] = field(default_factory=set)
    placed: bool = False  # the last picture of a shppict was read
    blobs: list[tuple[str, bytes]] = field(default_factory=list)  # bytes where text was expected, and where
    html: list[str] | None = None  # the page that the text was made from ([MS-OXRTFEX])

    def number(self, label: str) -> int:
        """The next number of things of this label."""
        self.counts[label] = self.counts.get(label, 0) + 1
        return self.counts[label]

    def write(self, line: Line) -> None:
        """Write a line of the body down."""
        self.scribe.add(line.text, line.place, part=line.part, hidden=line.hidden, cell=line.cell, after=line.after)

    def fact(self, text: str, place: str, part: Part = Part.PROPERTY) -> None:
        """Something that the document says of itself; no page shows it."""
        self.scribe.add(text.strip(), place, part=part, hidden=True)

    def left(self, destination: Destination, text: str, what: str, part: Part = Part.ATTRIBUTE) -> None:
        """Text that no reader shows, told at the place where it lies."""
        for line in text.splitlines():
            if line.strip():
                place = f"{destination.flow.place} {what}"
                destination.flow.inset([Line(text=line.strip(), place=place, part=part, hidden=True)])
