"""Single property modifiers ([MS-DOC] 2.2.5): the alphabet in which Word writes formatting down."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_WHOLE_TABS = 255

IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
PARAGRAPH_SHADE_80, PARAGRAPH_SHADE = 0x442D, 0xC64D
PARAGRAPH_HUGE = (0x6645, 0x6646)
DEFINE_TABLE, TABLE_STYLE = _DEFINE_TABLE, 0x563A
CELL_SHADES_80 = 0xD609
CELL_SHADES = (0xD612, 0xD616, 0xD60C)
DELETED, INSERTED, FIELD_VANISH = 0x0800, 0x0801, 0x0802
PICTURE, IS_DATA, SYMBOL, IS_OLE = 0x6A03, 0x0806, 0x6A09, 0x080A
MARKER, WEB_HIDDEN, SPECIAL_VANISH = 0x2A0C, 0x0811, 0x0818
STYLE, SIZE, COLOUR_INDEX, COLOUR = 0x4A30, 0x4A43, 0x2A42, 0x6870
VANISH, SPECIAL, IS_OBJECT = 0x083C, 0x0855, 0x0856
SHADE_80, SHADE = 0x4866, 0xCA71
TITLE_PAGE = 0x300A

# Prm0 ([MS-DOC] 2.9.215): the short numbers of those modifiers that matter here.
SHORT = {
    0x18: IN_TABLE,
    0x19: ROW_END,
    0x41: DELETED,
    0x42: INSERTED,
    0x43: FIELD_VANISH,
    0x47: IS_DATA,
    0x4B: IS_OLE,
    0x4D: MARKER,
    0x50: WEB_HIDDEN,
    0x51: SPECIAL_VANISH,
    0x5C: VANISH,
    0x62: COLOUR_INDEX,
    0x75: SPECIAL,
    0x76: IS_OBJECT,
}


def modifiers(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers of a `grpprl` and their operands, without the count of variable ones."""
    at = 0
    while at + 2 <= len(packed):
        (code,) = struct.unpack_from("<H", packed, at)
        at += 2
        kind = code >> 13
        if kind != 6:
            size = _SIZES[kind]
        elif code == _DEFINE_TABLE:
            size = int.from_bytes(packed[at : at + 2], "little") - 1
            at += 2
        elif at < len(packed):
            size = packed[at]
            at += 1
            if code == _CHANGE_TABS and size == _WHOLE_TABS:
                size = _tabs(packed, at)
        else:
            return
        if size < 0 or at + size > len(packed):
            return
        yield code, packed[at : at + size]
        at += size


def _tabs(packed: bytes, at: int) -> int:
    """The length of a tab change that is too long for its count: two lists with counts of their own."""
    deleted = packed[at] if at < len(packed) else 0
    behind = at + 1 + 4 * deleted
    added = packed[behind] if behind < len(packed) else 0
    return 2 + 4 * deleted + 3 * added


def number(operand: bytes) -> int:
    """An operand as an unsigned number."""
    return int.from_bytes(operand, "little")
