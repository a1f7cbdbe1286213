"""The stories of a .doc beside its body: notes, headers, comments, text boxes; each cut out of its text by a table."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from reviewer.extract.ole.doc import sprms
from reviewer.extract.ole.doc.fib import Table
from reviewer.extract.ole.doc.story import Desk, Setting, Story
from reviewer.extract.ole.doc.strings import read_counted
from reviewer.extract.ooxml.colour import MIXED
from reviewer.terms import Part

MAIN, FOOTNOTES, HEADERS, MACROS, COMMENTS, ENDNOTES, BOXES, HEADER_BOXES = range(8)
"""The stories in the order in which they lie in the text."""

_SEPARATORS = 6
# The six stories of a section: on even pages, odd pages, the first page.
_MARGINS = (
    ("页眉", Part.HEADER, "even"),
    ("页眉", Part.HEADER, "odd"),
    ("页脚", Part.FOOTER, "even"),
    ("页脚", Part.FOOTER, "odd"),
    ("页眉", Part.HEADER, "first"),
    ("页脚", Part.FOOTER, "first"),
)
_SECTION_BYTES = 12
_COMMENT_BYTES = 30
_BOX_BYTES = 22
_FACING_PAGES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the notes are cut with: tables by their place in the block, story lengths, the main stream."""

    tables: Mapping[Table, bytes]
    stories: tuple[int, ...]
    main: bytes

    def range(self, story: int) -> tuple[int, int]:
        """The positions of a story."""
        start = sum(self.stories[:story])
        return start, start + self.stories[story]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    start: int
    end: int


def positions(table: bytes, width: int) -> tuple[int, ...]:
    """The positions of a PLC whose data are `width` bytes each ([MS-DOC] 2.2.2)."""
    count = max(0, (len(table) - 4) // (4 + width))
    return struct.unpack_from(f"<{count + 1}I", table) if count or len(table) >= 4 else ()


def read_notes(desk: Desk, source: Source) -> None:
    """All stories beside the body, in the order in which a person would look for them."""
    _numbered(desk, source, FOOTNOTES, Table.FOOTNOTE_TEXTS, Setting(label="脚注", part=Part.FOOTNOTE))
    _numbered(desk, source, ENDNOTES, Table.ENDNOTE_TEXTS, Setting(label="尾注", part=Part.ENDNOTE))
    _headers(desk, source)
    _boxes(desk, source, BOXES, Table.BOX_TEXTS, "文本框")
    _boxes(desk, source, HEADER_BOXES, Table.HEADER_BOX_TEXTS, "页眉 文本框")
    _numbered(desk, source, COMMENTS, Table.COMMENT_TEXTS, Setting(label="批注", part=Part.COMMENT, hidden=True))
    _whole(desk, source, MACROS, "宏文字")


def comment_signs(source: Source) -> Iterator[str]:
    """The initials of those who commented."""
    table = source.tables[Table.COMMENT_MARKS]
    count = len(positions(table, _COMMENT_BYTES)) - 1
    for number in range(max(0, count)):
        at = 4 * (count + 1) + _COMMENT_BYTES * number
        size = int.from_bytes(table[at : at + 2], "little")
        yield table[at + 2 : at + 2 + 2 * min(size, 9)].decode("utf-16-le", "replace").strip()


def comment_authors(source: Source) -> tuple[str, ...]:
    """The names of those who commented."""
    return read_counted(source.tables[Table.COMMENT_AUTHORS])


def _cuts(source: Source, story: int, table: bytes, width: int = 0) -> list[_Cut]:
    """The parts of a story; one part for all that a damaged table leaves out."""
    start, end = source.range(story)
    if start == end:
        return []
    marks = [start + position for position in positions(table, width)]
    bounds = sorted({start, end, *(mark for mark in marks if start < mark < end)})
    return [_Cut(start=a, end=b) for a, b in pairwise(bounds)]


def _numbered(desk: Desk, source: Source, story: int, table: Table, setting: Setting) -> None:
    for number, cut in enumerate(_cuts(source, story, source.tables[table]), 1):
        label = f"{setting.label}{number}"
        Story(desk, Setting(label=label, part=setting.part, hidden=setting.hidden)).write(cut.start, cut.end)


def _whole(desk: Desk, source: Source, story: int, label: str) -> None:
    start, end = source.range(story)
    if start < end:
        Story(desk, Setting(label=label, part=Part.EMBEDDED, hidden=True)).write(start, end)


def _headers(desk: Desk, source: Source) -> None:
    start, end = source.range(HEADERS)
    marks = [min(start + position, end) for position in positions(source.tables[Table.HEADERS], 0)]
    cuts = [_Cut(start=a, end=b) for a, b in pairwise(marks)]
    shown = _ShownPages(source)
    stories = [
        (label, part, cut, pages in shown(number // len(_MARGINS)))
        for number, cut in enumerate(cuts[_SEPARATORS:])
        for label, part, pages in (_MARGINS[number % len(_MARGINS)],)
        if desk.text.whole[cut.start : cut.end].strip("\r\ufdd0")
    ]
    counts = {label: sum(1 for entry in stories if entry[0] == label) for label, _, _ in _MARGINS}
    numbers = dict.fromkeys(counts, 0)
    for label, part, cut, seen in stories:
        numbers[label] += 1
        place = label if counts[label] == 1 else f"{label}{numbers[label]}"
        place = place if seen else f"{place}（未启用）"
        Story(desk, Setting(label=place, part=part, hidden=not seen)).write(cut.start, cut.end)
    rest = max([start, *marks])
    for cut in [*cuts[:_SEPARATORS], _Cut(start=rest, end=end)]:
        Story(desk, Setting(label="注释分隔符", part=Part.FOOTNOTE, hidden=True)).write(cut.start, cut.end)


class _ShownPages:
    """Which pages' headers a section shows: those of odd pages always, others where it is switched on."""

    def __init__(self, source: Source) -> None:
        settings = source.tables[Table.SETTINGS]
        self._even = bool(settings[:1] and settings[0] & _FACING_PAGES)
        self._titles = tuple(_title_pages(source))

    def __call__(self, section: int) -> frozenset[str]:
        pages = {"odd"} | ({"even"} if self._even else set())
        first = section >= len(self._titles) or self._titles[section]
        # A later section may show the first page's header that this one holds for it.
        return frozenset(pages | ({"first"} if first or any(self._titles[section:]) else set()))


def _title_pages(source: Source) -> Iterator[bool]:
    """For each section, whether its first page differs ([MS-DOC] 2.9.247 Sepx)."""
    table = source.tables[Table.SECTIONS]
    count = max(0, len(positions(table, _SECTION_BYTES)) - 1)
    for number in range(count):
        at = 4 * (count + 1) + _SECTION_BYTES * number
        place = int.from_bytes(table[at + 2 : at + 6], "little")
        size = int.from_bytes(source.main[place : place + 2], "little")
        said = dict(sprms.modifiers(source.main[place + 2 : place + 2 + size]))
        yield said.get(sprms.TITLE_PAGE, b"\0") != b"\0"


def _boxes(desk: Desk, source: Source, story: int, table: Table, label: str) -> None:
    """Text boxes; one that is kept for reuse is shown nowhere ([MS-DOC] 2.9.100 FTXBXS)."""
    packed = source.tables[table]
    count = max(0, len(positions(packed, _BOX_BYTES)) - 1)
    number = 0
    for index, cut in enumerate(_cuts(source, story, packed, _BOX_BYTES)):
        if not desk.text.whole[cut.start : cut.end].strip("\r\ufdd0"):
            continue
        at = 4 * (count + 1) + _BOX_BYTES * index
        unused = index < count and int.from_bytes(packed[at + 8 : at + 10], "little") != 0
        number += 1
        place = f"{label}{number}（未使用）" if unused else f"{label}{number}"
        # Boxes are often filled with a dark colour, which is not looked up: nothing in them is called invisible.
        setting = Setting(label=place, part=Part.TEXT_BOX, hidden=unused, ground=MIXED)
        Story(desk, setting).write(cut.start, cut.end)
