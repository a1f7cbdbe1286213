"""Word documents of the old kind ([MS-DOC]) made in memory: stories, formatting, tables of names, fast saves."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builders_cfb import Tree, compound

from reviewer.extract.ole.doc.fib import Table

PAGE = 512
_TEXT_AT = 0x800
_PAIRS = 93
_RUNS_PER_PAGE = 8

VANISH = bytes.fromhex("3c0801")
DELETED, INSERTED = bytes.fromhex("000801"), bytes.fromhex("010801")
WHITE_INDEX, WHITE_COLOUR = bytes.fromhex("422a08"), bytes.fromhex("7068ffffff00")
TINY = bytes.fromhex("434a0200")
BLACK_MARKER = bytes.fromhex("0c2a01")
BLACK_SHADE = struct.pack("<HBIIH", 0xCA71, 10, 0xFF000000, 0x00000000, 0)
SPECIAL = bytes.fromhex("550801")
IN_TABLE, ROW_END = bytes.fromhex("162401"), bytes.fromhex("172401")


def letter_style(number: int) -> bytes:
    """The modifier that gives letters a style."""
    return struct.pack("<HH", 0x4A30, number)


def picture_at(place: int) -> bytes:
    """The modifiers of a sign that stands for a picture in the data stream."""
    return SPECIAL + struct.pack("<HI", 0x6A03, place)


def depth(tables: int) -> bytes:
    """The modifier that says in how many tables a paragraph stands."""
    return struct.pack("<HI", 0x6649, tables)


INNER_CELL, INNER_ROW_END = bytes.fromhex("4b2401"), bytes.fromhex("4c2401")


def row_definition(edges: Sequence[int], flags: Sequence[int] = ()) -> bytes:
    """Where the cells of a row begin and end, and which of them a merged one covers."""
    count = len(edges) - 1
    cells = b"".join(struct.pack("<H18x", flags[n] if n < len(flags) else 0) for n in range(count))
    body = bytes([count]) + struct.pack(f"<{count + 1}h", *edges) + cells
    return struct.pack("<HH", 0xD608, len(body) + 1) + body


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Letters of one look."""

    text: str
    modifiers: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph and the mark that ends it."""

    runs: tuple[Run, ...]
    mark: str = "\r"
    modifiers: bytes = b""
    style: int = 0

    @property
    def length(self) -> int:
        return sum(len(run.text.encode("utf-16-le")) // 2 for run in self.runs) + len(self.mark)


def para(text: str, modifiers: bytes = b"", *, style: int = 0) -> Para:
    """A paragraph of letters that look alike."""
    return Para(runs=(Run(text=text, modifiers=modifiers),), style=style)


def row(*cells: str | Para, edges: Sequence[int] = (), flags: Sequence[int] = ()) -> tuple[Para, ...]:
    """A table row: a paragraph for each cell, then the one that ends the row."""
    marked = [
        Para(runs=cell.runs if isinstance(cell, Para) else (Run(text=cell),), mark="\x07", modifiers=IN_TABLE)
        for cell in cells
    ]
    definition = row_definition(edges or range(0, 1000 * len(cells) + 1, 1000), flags)
    return (*marked, Para(runs=(), mark="\x07", modifiers=IN_TABLE + ROW_END + definition))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The texts beside the body, each cut into its notes, headers or boxes."""

    footnotes: tuple[tuple[Para, ...], ...] = ()
    headers: tuple[tuple[Para, ...], ...] = ()  # six for each section, behind six separators
    comments: tuple[tuple[Para, ...], ...] = ()
    endnotes: tuple[tuple[Para, ...], ...] = ()
    boxes: tuple[tuple[Para, ...], ...] = ()
    header_boxes: tuple[tuple[Para, ...], ...] = ()


_ORDER = (
    ("footnotes", Table.FOOTNOTE_TEXTS, 0),
    ("headers", Table.HEADERS, 0),
    ("comments", Table.COMMENT_TEXTS, 0),
    ("endnotes", Table.ENDNOTE_TEXTS, 0),
    ("boxes", Table.BOX_TEXTS, 22),
    ("header_boxes", Table.HEADER_BOX_TEXTS, 22),
)


@dataclass(slots=True, kw_only=True)
class _Layout:
    """Text as it lies in the stream, and what is formatted how."""

    text: bytearray = field(default_factory=bytearray)
    pieces: list[tuple[int, int, bool]] = field(default_factory=list)  # length, offset, one byte
    letters: list[tuple[int, int, bytes]] = field(default_factory=list)
    paragraphs: list[tuple[int, int, bytes]] = field(default_factory=list)

    def put(self, paragraph: Para, *, one_byte: bool) -> None:
        start = at = _TEXT_AT + len(self.text)
        for run in (*paragraph.runs, Run(text=paragraph.mark)):
            raw = run.text.encode("cp1252" if one_byte else "utf-16-le")
            self.text += raw
            if raw:
                self.letters.append((at, at + len(raw), run.modifiers))
            at += len(raw)
        self.paragraphs.append((start, at, struct.pack("<H", paragraph.style) + paragraph.modifiers))
        self.pieces.append((paragraph.length, start, one_byte))


def doc(
    *body: Para,
    stories: Stories | None = None,
    tables: Mapping[Table, bytes] | None = None,
    streams: Tree | None = None,
    fast_saved: bool = False,
    leftover: bytes = b"",
    data: bytes = b"",
    flags: int = 0,
    version: int = 0x00C1,
) -> bytes:
    """A document. `fast_saved`: pieces lie in reverse order, ASCII in one byte; `leftover` lies between them."""
    stories = stories or Stories()
    parts = [(body,)] + [getattr(stories, name) for name, _, _ in _ORDER]
    main, table = _streams(parts, dict(tables or {}), fast_saved=fast_saved, leftover=leftover)
    main[0:32] = struct.pack("<HHHHHH20x", 0xA5EC, version, 0, 0x0804, 0, 0x0200 | flags)
    main[24:32] = struct.pack("<II", _TEXT_AT, len(main))
    tree: dict[str, bytes | Tree] = {"WordDocument": bytes(main), "1Table": table}
    if data:
        tree["Data"] = data
    return compound(tree | dict(streams or {}))


def _streams(
    parts: Sequence[Sequence[Sequence[Para]]], tables: dict[Table, bytes], *, fast_saved: bool, leftover: bytes
) -> tuple[bytearray, bytes]:
    paragraphs = [paragraph for part in parts for note in part for paragraph in note]
    layout = _Layout()
    for paragraph in reversed(paragraphs) if fast_saved else paragraphs:
        ascii_only = all(run.text.isascii() for run in paragraph.runs)
        layout.put(paragraph, one_byte=fast_saved and ascii_only)
        layout.text += bytes(len(layout.text) % 2)
    if fast_saved:
        layout.pieces.reverse()
    layout.text += leftover
    lengths = [sum(p.length for note in part for p in note) for part in parts]
    for (_, name, width), part in zip(_ORDER, parts[1:], strict=True):
        if part:
            tables.setdefault(name, _cuts(part, width))
    tables[Table.PIECES] = _clx(layout.pieces)
    main = bytearray(_TEXT_AT) + layout.text
    tables[Table.CHARACTER_PAGES] = _pages(main, sorted(layout.letters), 1)
    tables[Table.PARAGRAPH_PAGES] = _pages(main, sorted(layout.paragraphs), 13)
    places, table = {}, bytearray()
    for name, packed in tables.items():
        places[name] = (len(table), len(packed))
        table += packed
    _counts(main, lengths, places)
    return main, bytes(table)


def _cuts(notes: Sequence[Sequence[Para]], width: int) -> bytes:
    ends, reached = [0], 0
    for note in notes:
        reached += sum(paragraph.length for paragraph in note)
        ends.append(reached)
    return struct.pack(f"<{len(ends)}I", *ends) + bytes(width * len(notes))


def _clx(pieces: Iterable[tuple[int, int, bool]]) -> bytes:
    positions, descriptors, reached = [0], b"", 0
    for length, offset, one_byte in pieces:
        reached += length
        positions.append(reached)
        descriptors += struct.pack("<HIH", 0, offset * 2 | 1 << 30 if one_byte else offset, 0)
    table = struct.pack(f"<{len(positions)}I", *positions) + descriptors
    return b"\x02" + struct.pack("<I", len(table)) + table


def _pages(main: bytearray, stretches: Sequence[tuple[int, int, bytes]], width: int) -> bytes:
    """Write pages of formatting into the main stream; returns the table that says which stretches they hold."""
    groups: list[list[tuple[int, int, bytes]]] = []
    for stretch in stretches:
        room = groups and groups[-1][-1][1] == stretch[0] and len(groups[-1]) < _RUNS_PER_PAGE
        groups[-1].append(stretch) if room else groups.append([stretch])
    starts, numbers = [], []
    for group in groups:
        main += bytes(-len(main) % PAGE)
        numbers.append(len(main) // PAGE)
        starts.append(group[0][0])
        main += _page(group, width)
    ends = [*starts, groups[-1][-1][1]] if groups else [0]
    return struct.pack(f"<{len(ends)}I", *ends) + struct.pack(f"<{len(numbers)}I", *numbers)


def _page(group: Sequence[tuple[int, int, bytes]], width: int) -> bytes:
    page = bytearray(PAGE)
    bounds = [group[0][0], *(end for _, end, _ in group)]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = PAGE - 2
    for number, (_, _, modifiers) in enumerate(group):
        counted = _counted(modifiers) if width == 1 else _padded(modifiers)
        at = (at - len(counted)) // 2 * 2
        page[at : at + len(counted)] = counted
        page[4 * len(bounds) + width * number] = at // 2
    assert at > 4 * len(bounds) + width * len(group), "too much formatting for one page"
    page[PAGE - 1] = len(group)
    return bytes(page)


def _counted(modifiers: bytes) -> bytes:
    return bytes([len(modifiers)]) + modifiers


def _padded(modifiers: bytes) -> bytes:
    """Paragraph modifiers are counted in words: an odd length by one byte less, an even one behind a zero."""
    if len(modifiers) % 2:
        return bytes([(len(modifiers) + 1) // 2]) + modifiers
    return bytes([0, len(modifiers) // 2]) + modifiers


def _counts(main: bytearray, lengths: Sequence[int], places: Mapping[Table, tuple[int, int]]) -> None:
    counts = [0] * 22
    for index, length in zip((3, 4, 5, 7, 8, 9, 10), lengths, strict=True):
        counts[index] = length
    pairs = [places.get(Table(n), (0, 0)) if n in list(Table) else (0, 0) for n in range(_PAIRS)]
    packed = struct.pack("<H28xH22iH", 14, 22, *counts, _PAIRS)
    packed += b"".join(struct.pack("<II", *pair) for pair in pairs)
    main[32 : 32 + len(packed)] = packed


def strings(*texts: str, extra: int = 0) -> bytes:
    """A table of strings (STTB) in UTF-16."""
    packed = b"".join(xst(text) + bytes(extra) for text in texts)
    return struct.pack("<HHH", 0xFFFF, len(texts), extra) + packed


def xst(text: str) -> bytes:
    """A string behind its length."""
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def style_sheet(*looks: bytes) -> bytes:
    """Styles of letters and paragraphs alike: style n is a paragraph style of this look, based on nothing."""
    entries = b""
    for look in looks:
        name = xst("样式") + bytes(2)
        paragraph = struct.pack("<HH", 2, 0)
        letters = struct.pack("<H", len(look)) + look
        body = struct.pack("<HHHHH", 0x0FFE, 1 | 0xFFF << 4, 2, 0, 0) + name + paragraph + letters
        entries += struct.pack("<H", len(body)) + body + bytes(len(body) % 2)
    return struct.pack("<HHH14x", 18, len(looks), 10) + entries
