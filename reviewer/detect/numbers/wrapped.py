"""Numbers that a narrow column of a plain-text table cuts: one half above the other, other cells between them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from reviewer.text.lazy import lazy
from reviewer.text.sentence import lines
from reviewer.value import dataclass

_PIECE = lazy(r"[0-9](?<![0-9A-Za-z.,].)[0-9]{0,16}+[Xx]?+(?![0-9A-Za-z.,])|(?<![0-9A-Za-z])[Xx](?![0-9A-Za-z])")
_BAR = lazy(r"[|│┃]")
_LEAST, _LENGTH = 4, 18
_MOST_CUT = 2000  # a longer line is no row of a table
_DRIFT = 2  # columns of print by which the halves may stand apart


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits that stand alone, and the cell or column of print in which they begin."""

    digits: str
    start: int
    end: int
    barred: bool
    column: int


Pair = tuple[tuple[int, int], tuple[int, int]]


def wrapped(text: str, is_right: Callable[[str], bool]) -> Iterator[Pair]:
    """The places of both halves of every right number of 18 characters that goes on in the same cell a line below."""
    above, held = (0, 0), frozenset[int]()
    for line in lines(text):
        sizes = _sizes(text, *line)
        if any(_LEAST <= size < _LENGTH and _LENGTH - size in sizes for size in held):
            yield from _pairs(tuple(_pieces(text, *above)), tuple(_pieces(text, *line)), is_right)
        above, held = line, sizes


def _sizes(text: str, start: int, end: int) -> frozenset[int]:
    """How long the pieces of a line are: few lines have any that make 18 with those of the next."""
    return frozenset(
        len(piece[0]) for piece in _PIECE.finditer(text, start, end if end - start <= _MOST_CUT else start)
    )


def _pairs(above: Sequence[Piece], found: Sequence[Piece], is_right: Callable[[str], bool]) -> Iterator[Pair]:
    below = {(piece.barred, piece.column): piece for piece in found}
    for piece in above:
        if _LEAST <= len(piece.digits) < _LENGTH:
            for column in range(piece.column - _DRIFT, piece.column + _DRIFT + 1):
                rest = below.get((piece.barred, column))
                if rest and (column == piece.column or not piece.barred) and is_right(piece.digits + rest.digits):
                    yield (piece.start, piece.end), (rest.start, rest.end)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    barred = _BAR.search(text, start, end) is not None
    at, column = start, 0
    for match in _PIECE.finditer(text, start, end):
        between = text[at : match.start()]
        column += len(_BAR.findall(between)) if barred else sum(map(_width, between))
        yield Piece(match[0].upper(), match.start(), match.end(), barred, column)
        column += 0 if barred else len(match[0])
        at = match.end()


def _width(char: str) -> int:
    return 1 if char.isascii() or unicodedata.east_asian_width(char) not in "WF" else 2
