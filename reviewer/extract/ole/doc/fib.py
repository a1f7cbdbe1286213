"""The file information block of a Word document ([MS-DOC] 2.5): what lies where."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

WORD_97 = 0x00C0
"""Lower version numbers are Word 6 and 95, which keep everything in one stream."""

_IDENT = (0xA5EC, 0xA5DC)
_STORIES = (3, 4, 5, 6, 7, 8, 9, 10)  # of the counts in FibRgLw97


class Table(IntEnum):
    """Places in FibRgFcLcb97, by their index."""

    STYLES = 1
    FOOTNOTE_MARKS = 2
    FOOTNOTE_TEXTS = 3
    COMMENT_MARKS = 4
    COMMENT_TEXTS = 5
    SECTIONS = 6
    AUTO_TEXT_NAMES = 9
    AUTO_TEXTS = 10
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    BOOKMARKS = 21
    MACROS = 24
    PRINTER = 27
    SETTINGS = 31
    ASSOCIATED = 32
    PIECES = 33
    AUTOSAVE_SOURCE = 35
    COMMENT_AUTHORS = 36
    DRAWN_IN_TEXT = 40
    DRAWN_IN_HEADERS = 41
    ENDNOTE_MARKS = 46
    ENDNOTE_TEXTS = 47
    DRAWINGS = 50
    REVISERS = 51
    CAPTIONS = 52
    BOX_TEXTS = 56
    HEADER_BOX_TEXTS = 58
    VARIABLES = 60
    ROUTE_SLIP = 70
    SAVED_BY = 71
    LINKED_FILES = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Fib:
    """What the block says. `stories` are the lengths of the eight texts, one behind the other, in positions."""

    version: int
    language: int
    is_glossary: bool
    glossary_page: int
    encrypted: bool
    table_stream: str
    first: int
    end: int
    stories: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    def place(self, table: Table) -> tuple[int, int]:
        """Start and length in the table stream; (0, 0) where the block is too short to say."""
        return self.places[table] if table < len(self.places) else (0, 0)


def read_fib(data: bytes, at: int = 0) -> Fib | None:
    """The block at the beginning of a WordDocument stream (or of its glossary); None if there is none."""
    try:
        ident, version, language, glossary, flags = struct.unpack_from("<HH2xHHH", data, at)
        if ident not in _IDENT:
            return None
        first, end = struct.unpack_from("<II", data, at + 24)
        stories, places = _counts(data, at) if version >= WORD_97 else ((), ())
    except struct.error:
        return None
    return Fib(
        version=version,
        language=language,
        is_glossary=bool(flags & 0x0002),
        glossary_page=glossary,
        encrypted=bool(flags & 0x0100),
        table_stream="1Table" if flags & 0x0200 else "0Table",
        first=first,
        end=end,
        stories=stories,
        places=places,
    )


def _counts(data: bytes, at: int) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    at += 32
    (words,) = struct.unpack_from("<H", data, at)
    at += 2 + 2 * words
    (longs,) = struct.unpack_from("<H", data, at)
    counts = struct.unpack_from(f"<{longs}i", data, at + 2)
    at += 2 + 4 * longs
    (pairs,) = struct.unpack_from("<H", data, at)
    # A block that claims more than there is keeps what is there.
    pairs = min(pairs, (len(data) - at - 2) // 8)
    packed = struct.unpack_from(f"<{2 * pairs}I", data, at + 2)
    stories = tuple(max(0, counts[index]) if index < len(counts) else 0 for index in _STORIES)
    return stories, tuple(zip(packed[::2], packed[1::2], strict=True))
