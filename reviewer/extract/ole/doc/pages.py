"""Formatting by place in the file ([MS-DOC] 2.9.32 ChpxFkp, 2.9.174 PapxFkp): pages of 512 bytes in the main stream."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.extract.ole.doc import sprms

_PAGE = 512
_NUMBER_BITS = 0x3FFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Bytes `[start, end)` of the main stream are formatted alike, by these modifiers on this style."""

    start: int
    end: int
    modifiers: bytes
    style: int = 0


class Stretches:
    """The stretches of one kind, found by their place."""

    def __init__(self, stretches: Iterator[Stretch]) -> None:
        self._all = sorted(stretches, key=lambda stretch: (stretch.start, stretch.end))
        self._starts = [stretch.start for stretch in self._all]

    def at(self, offset: int) -> Stretch | None:
        """The stretch that covers a byte."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self._all[index].end <= offset:
            return None
        return self._all[index]

    def between(self, start: int, end: int) -> Iterator[Stretch]:
        """All stretches that overlap some bytes, in order."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._all) and self._all[index].start < end:
            if self._all[index].end > start:
                yield self._all[index]
            index += 1


def character_stretches(main: bytes, table: bytes) -> Stretches:
    """Where letters are formatted how."""
    return Stretches(_stretches(main, table, 1, _character_modifiers))


def paragraph_stretches(main: bytes, table: bytes, data: bytes) -> Stretches:
    """Which paragraphs are formatted how; what does not fit into a page lies in the data stream."""
    return Stretches(_stretches(main, table, 13, lambda page, at: _paragraph_modifiers(page, at, data)))


def page_ranges(main: bytes, *tables: bytes) -> list[tuple[int, int]]:
    """The bytes that the pages themselves take."""
    return [(number * _PAGE, (number + 1) * _PAGE) for table in tables for number in _page_numbers(main, table)]


def _page_numbers(main: bytes, table: bytes) -> Iterator[int]:
    count = max(0, (len(table) - 4) // 8)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    for number in dict.fromkeys(number & _NUMBER_BITS for number in numbers):
        if (number + 1) * _PAGE <= len(main):
            yield number


def _stretches(
    main: bytes, table: bytes, width: int, modifiers: Callable[[bytes, int], tuple[int, bytes]]
) -> Iterator[Stretch]:
    """`width`: bytes for each stretch on a page, the first of which says where its modifiers are."""
    for number in _page_numbers(main, table):
        page = main[number * _PAGE : (number + 1) * _PAGE]
        count = page[_PAGE - 1]
        if 4 * (count + 1) + width * count > _PAGE - 1:
            continue
        places = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + width * index]
            style, found = modifiers(page, at) if at else (0, b"")
            yield Stretch(start=places[index], end=places[index + 1], modifiers=found, style=style)


def _character_modifiers(page: bytes, at: int) -> tuple[int, bytes]:
    return 0, page[at + 1 : min(at + 1 + page[at], _PAGE - 1)]


def _paragraph_modifiers(page: bytes, at: int, data: bytes) -> tuple[int, bytes]:
    size = page[at] * 2 - 1
    at += 1
    if size < 0:
        size, at = 2 * page[at], at + 1
    packed = page[at : min(at + size, _PAGE - 1)]
    style, modifiers = int.from_bytes(packed[:2], "little"), packed[2:]
    for code, operand in sprms.modifiers(modifiers):
        if code in sprms.PARAGRAPH_HUGE:
            place = sprms.number(operand)
            size = int.from_bytes(data[place : place + 2], "little")
            return style, modifiers + data[place + 2 : place + 2 + size]
    return style, modifiers
