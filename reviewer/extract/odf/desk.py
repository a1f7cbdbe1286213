"""What all stories of one OpenDocument part share: the package, the styles, the counters, the names of editors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.extract.limits import time_left_s
from reviewer.extract.odf.paragraph import Change
from reviewer.extract.odf.styles import Styles
from reviewer.extract.ooxml.colour import WHITE
from reviewer.extract.package import Archive
from reviewer.extract.package.pictures import Pictures
from reviewer.language import tr
from reviewer.terms import Part

_BLOCKS_BETWEEN_LOOKS = 500
_PATIENCE_S = 12.0


@dataclass(slots=True, kw_only=True)
class Shared:
    """What a file and the documents inside it share."""

    archive: Archive
    pictures: Pictures
    editors: dict[str, None] = field(default_factory=dict)
    objects: int = 0
    boxes: int = 0
    notes: int = 0
    comments: int = 0
    depth: int = 0
    replaced: list[str] = field(default_factory=list)
    _blocks: int = 0
    _stopped: bool = False

    def out_of_time(self, place: str) -> bool:
        """Whether a long text has to end here; that is told once. What is left comes as text without places."""
        self._blocks += 1
        if self._blocks % _BLOCKS_BETWEEN_LOOKS == 0 and not self._stopped and time_left_s() < _PATIENCE_S:
            self._stopped = True
            self.archive.scribe.gap(
                place,
                tr("时间用尽，其后未按结构读取：拆分后再审", "out of time, the rest has lost its places: split it"),
            )
        return self._stopped


@dataclass(slots=True, kw_only=True)
class Desk:
    """One document at work: `folder` is where its parts lie, `read_object` reads a document inside it."""

    shared: Shared
    folder: str
    styles: Styles
    read_object: Callable[[str, str, bool], None]
    changes: dict[str, Change] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    paper: str = WHITE


@dataclass(slots=True)
class Count:
    """How many paragraphs have been met; the shapes of a slide count on together."""

    value: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a story stands: the place a person knows it by ("" for the body), its part, its ground."""

    label: str = ""
    part: Part = Part.BODY
    hidden: bool = False
    ground: str = WHITE
    numbered: bool = False
    count: Count = field(default_factory=Count)
