"""The text of a .doc by positions: its letters with their looks, its paragraphs with their depth in tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.extract.ole.doc import sprms
from reviewer.extract.ole.doc.looks import shade, shade_80
from reviewer.extract.ole.doc.pages import Stretches
from reviewer.extract.ole.doc.paragraph import Letters
from reviewer.extract.ole.doc.pieces import Piece
from reviewer.extract.ole.doc.styles import Styles

_END = re.compile("[\r\x07\x0c]")
_CELL_MARK = "\x07"
_DEEPEST = 32
_NO_MODIFIERS = b""
_TC = 20
_MOST_RUNS = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The end of a table row: the left edges of its cells, which of them a merged one covers, their grounds.

    `style` is the number of the table's style, which may paint cells too.
    """

    edges: tuple[int, ...] = ()
    covered: tuple[bool, ...] = ()
    grounds: tuple[str | None, ...] = ()
    style: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph: positions `[start, end)` without its mark, and what it means for the tables around it.

    `depth` counts the tables it stands in. `row` is set at the end of a row, which has no text.
    """

    start: int
    end: int
    style: int
    modifiers: bytes
    depth: int = 0
    ends_cell: bool = False
    row: Row | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    start: int
    end: int
    modifiers: bytes
    changes: bytes


class Text:
    """All the text of one document, stories one behind the other."""

    def __init__(self, whole: str, pieces: tuple[Piece, ...], letters: Stretches, paragraphs: Stretches) -> None:
        self.whole = whole
        self._pieces = pieces
        self._piece_starts = [piece.start for piece in pieces]
        self._letters = letters
        self._paragraphs = paragraphs
        self._runs: list[_Run] = list(self._all_runs())
        self._run_starts = [run.start for run in self._runs]

    def letters(self, block: Block, styles: Styles, ground: str) -> Iterator[Letters]:
        """The letters of a block, one for each look."""
        index = max(0, bisect_right(self._run_starts, block.start) - 1)
        while index < len(self._runs) and self._runs[index].start < block.end:
            run = self._runs[index]
            start, end = max(run.start, block.start), min(run.end, block.end)
            if start < end:
                look = styles.look(run.modifiers, run.changes, block.style)
                yield Letters(start=start, text=self.whole[start:end], look=look, ground=ground)
            index += 1

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """The paragraphs between two positions; one that has no end mark comes last."""
        for mark in _END.finditer(self.whole, start, end):
            yield self._block(start, mark.start(), mark[0])
            start = mark.end()
        if start < end:
            yield Block(start=start, end=end, style=0, modifiers=_NO_MODIFIERS)

    def _block(self, start: int, end: int, mark: str) -> Block:
        style, modifiers = self._paragraph(end)
        said = dict(sprms.modifiers(modifiers))
        depth = 1 if said.get(sprms.IN_TABLE, b"\0") != b"\0" or mark == _CELL_MARK else 0
        if sprms.DEPTH in said:
            depth = min(max(depth, sprms.number(said[sprms.DEPTH])), _DEEPEST)
        is_row = any(said.get(code, b"\0") != b"\0" for code in (sprms.ROW_END, sprms.INNER_ROW_END))
        inner_cell = said.get(sprms.INNER_CELL, b"\0") != b"\0"
        return Block(
            start=start,
            end=end,
            style=style,
            modifiers=modifiers,
            depth=depth,
            ends_cell=depth > 0 and (mark == _CELL_MARK or inner_cell),
            row=_row(said) if is_row and depth > 0 else None,
        )

    def _paragraph(self, position: int) -> tuple[int, bytes]:
        """Style and modifiers of the paragraph whose mark stands at a position."""
        piece = self._pieces[max(0, bisect_right(self._piece_starts, position) - 1)] if self._pieces else None
        if piece is None:
            return 0, _NO_MODIFIERS
        stretch = self._paragraphs.at(piece.offset + (position - piece.start) * piece.width)
        if stretch is None:
            return 0, piece.changes
        return stretch.style, stretch.modifiers + piece.changes

    def _all_runs(self) -> Iterator[_Run]:
        count = 0
        for piece in self._pieces:
            reached = piece.start
            for stretch in self._letters.between(piece.offset, piece.bytes_end):
                count += 1
                if count > _MOST_RUNS:  # pieces may lie on each other: what is left counts as seen
                    break
                start = max(piece.start + (stretch.start - piece.offset) // piece.width, reached)
                end = min(piece.start + (stretch.end - piece.offset) // piece.width, piece.end)
                if reached < start:
                    yield _Run(start=reached, end=start, modifiers=_NO_MODIFIERS, changes=piece.changes)
                if start < end:
                    yield _Run(start=start, end=end, modifiers=stretch.modifiers, changes=piece.changes)
                reached = max(reached, end)
            if reached < piece.end:
                yield _Run(start=reached, end=piece.end, modifiers=_NO_MODIFIERS, changes=piece.changes)


def _row(said: dict[int, bytes]) -> Row:
    """What the modifiers of a row's end say of its cells ([MS-DOC] 2.9.316 TDefTableOperand)."""
    definition = said.get(sprms.DEFINE_TABLE, b"")
    count = definition[0] if definition else 0
    edges = tuple(int.from_bytes(definition[1 + 2 * n : 3 + 2 * n], "little", signed=True) for n in range(count))
    cells = definition[1 + 2 * (count + 1) :]
    flags = [int.from_bytes(cells[_TC * n : _TC * n + 2], "little") for n in range(count)]
    return Row(
        edges=edges,
        covered=tuple(flag & 0x3 == 0x2 or flag >> 5 & 0x3 == 0x1 for flag in flags),
        grounds=tuple(_grounds(said)),
        style=sprms.number(said[sprms.TABLE_STYLE]) if sprms.TABLE_STYLE in said else None,
    )


def _grounds(said: dict[int, bytes]) -> Iterator[str | None]:
    """The ground of each cell in order: the newer modifiers count, the old one stands for old programs."""
    newer = [said[code] for code in sprms.CELL_SHADES if code in said]
    for packed in newer:
        yield from (shade(packed[at : at + 10]) for at in range(0, len(packed) - 9, 10))
    if not newer:
        old = said.get(sprms.CELL_SHADES_80, b"")
        yield from (shade_80(int.from_bytes(old[at : at + 2], "little")) for at in range(0, len(old) - 1, 2))


def cell_ground(row: Row, index: int, ground: str) -> str:
    """What the letters of a cell stand on; the ground of the table where the cell paints none."""
    return (row.grounds[index] if index < len(row.grounds) else None) or ground
