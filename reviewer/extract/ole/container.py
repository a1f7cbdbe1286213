"""One compound file while it is read: what was written down, and which bytes of which stream were understood."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from reviewer.extract.ole.compound import Compound, DamagedError, open_compound
from reviewer.extract.pictures import Pictures
from reviewer.extract.residue import Known, OutOfTimeError, residue
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

Path = tuple[str, ...]
LEFTOVER = "残留文字"


@dataclass(slots=True, kw_only=True)
class Container:
    """An opened file.

    `taken` are the bytes of each stream that a reader has read by their structure, `storages` those read as a whole,
    `entered` those whose streams a reader takes one by one. `packages` is what newer programs have kept beside shapes
    and slides: it is read last, for what it says beyond the rest.
    """

    scribe: Scribe
    compound: Compound
    pictures: Pictures
    taken: dict[Path, list[tuple[int, int]]] = field(default_factory=dict)
    storages: set[Path] = field(default_factory=set)
    entered: set[Path] = field(default_factory=set)
    packages: list[bytes] = field(default_factory=list)

    def take(self, path: Path, start: int = 0, end: int = 1 << 62) -> None:
        """These bytes of a stream were read."""
        self.taken.setdefault(path, []).append((start, end))

    def take_storage(self, path: Path) -> None:
        """Everything in a storage was read, or told as unread."""
        self.storages.add(path)

    def enter(self, path: Path) -> None:
        """A reader knows what this storage is, and takes the streams in it that it reads."""
        self.entered.add(path)

    def is_dealt_with(self, path: Path) -> bool:
        """Whether a storage around this path was taken as a whole."""
        return any(path[:depth] in self.storages for depth in range(1, len(path) + 1))


def open_container(scribe: Scribe, data: bytes) -> Container | None:
    """The file, opened; where it cannot be, a gap is written down, and the text that a sweep of its bytes finds."""
    try:
        compound = open_compound(data)
    except DamagedError:
        scribe.gap(
            "文件", tr("文件已损坏，无法打开：另存一份再审", "the file is damaged and cannot be opened: save it anew")
        )
        with suppress(OutOfTimeError):  # that nothing was read in order is told already
            for text in filter(Known(()).news, residue(data)):
                scribe.add(text, LEFTOVER, hidden=True, part=Part.BODY)
        return None
    return Container(scribe=scribe, compound=compound, pictures=Pictures(scribe))
