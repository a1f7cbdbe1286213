"""Letters in reading order: makers draw a number digit by digit, in any order, and a word twice to make it bold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import cos, radians, sin

from reviewer.extract.ofd.canvas import Letter
from reviewer.extract.pdf.glyphs import Break, Token
from reviewer.extract.pdf.leaf import Box

_SAME_BASELINE = 0.3  # of the size
_SAME_ROW = 0.6
_NEXT = 1.2
_OVERLAPS = -0.35
_DOUBLED = 0.12
_WORD_GAP = 0.5
_BACKWARDS = 0.2


@dataclass(slots=True)
class _Series:
    """Letters that one text code draws, or several that stand side by side; ends are measured along the line."""

    letters: list[int]
    left: float
    right: float
    base: float
    size: float
    turned: int
    down: bool


def in_order(letters: Sequence[Letter], *, mixed: bool) -> tuple[tuple[int, ...], tuple[Token, ...]]:
    """Positions of the letters in reading order, and the tokens for `pdf.lines`.

    `mixed`: the letters come from page and template, whose order says nothing.
    """
    series = _joined(_series(letters, _without_doubles(letters)))
    if mixed or _runs_backwards(series):
        series = _by_rows(series)
    order: list[int] = []
    tokens: list[Token] = []
    for one in series:
        if one.turned and tokens:
            tokens.append(Break("\n"))
        for before, index in zip((None, *one.letters), one.letters, strict=False):
            if before is not None and _parts_words(letters[before], letters[index]):
                tokens.append(Break(" "))
            order.append(index)
            tokens.append(letters[index].glyph)
        if one.turned:
            tokens.append(Break("\n"))
    return tuple(order), tuple(tokens)


def _without_doubles(letters: Sequence[Letter]) -> list[int]:
    """Positions without letters that repeat one at the same place: bold and shadow."""
    kept: list[int] = []
    seen: dict[tuple[str, int, int], list[Box]] = defaultdict(list)
    for index, letter in enumerate(letters):
        body, reach = letter.glyph.body, _DOUBLED * max(letter.glyph.run.size, 0.1)
        key = (letter.glyph.char, round(body.left), round(body.top))
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((key[0], key[1] + dx, key[2] + dy), ())
        )
        if letter.glyph.char.isspace() or not any(
            abs(other.left - body.left) <= reach and abs(other.top - body.top) <= reach for other in near
        ):
            kept.append(index)
            seen[key].append(body)
    return kept


def _series(letters: Sequence[Letter], kept: Iterable[int]) -> list[_Series]:
    found: list[_Series] = []
    for _, together in groupby(kept, key=lambda index: letters[index].series):
        members = list(together)
        # Blanks stand where there is nothing; at the ends they only blur where a word begins.
        first, last = letters[members[0]].glyph, letters[members[-1]].glyph
        turned, size = first.run.turned, max(first.run.size, 0.1)
        start, base = _along(first.body, turned)
        end, final = _along(last.body, turned)
        left, right = min(start[0], end[0]), max(start[1], end[1])
        down = len(members) > 1 and abs(final - base) > _SAME_BASELINE * size
        if not turned and len(members) > 1 and not down and end[0] < start[0]:
            turned = 180
        found.append(_Series(members, left, right, base, size, turned, down))
    return found


def _along(body: Box, turned: int) -> tuple[tuple[float, float], float]:
    """Where a box begins and ends along a line of this direction, and how far down the line is."""
    if not turned:
        return (body.left, body.right), body.bottom
    x, y, turn = (body.left + body.right) / 2, (body.top + body.bottom) / 2, radians(turned)
    half = (body.right - body.left + body.bottom - body.top) / 4
    along, across = x * cos(turn) + y * sin(turn), -x * sin(turn) + y * cos(turn)
    return (along - half, along + half), across


def _joined(series: list[_Series]) -> list[_Series]:
    """Series that stand side by side on one baseline, as one; in the order of their first letters."""
    rows: dict[tuple[int, bool], list[_Series]] = defaultdict(list)
    for one in series:
        rows[(one.turned, one.down)].append(one)
    result: list[_Series] = []
    for (turned, down), members in rows.items():
        if down or turned == 180:
            result += members
        else:
            result += _chains(sorted(members, key=lambda one: one.base))
    result.sort(key=lambda one: min(one.letters))
    return result


def _chains(members: list[_Series]) -> list[_Series]:
    result: list[_Series] = []
    row: list[_Series] = []
    for one in members:
        if row and abs(one.base - row[0].base) > _SAME_BASELINE * min(one.size, row[0].size):
            result += _chain(row)
            row = []
        row.append(one)
    return result + _chain(row)


def _chain(row: list[_Series]) -> list[_Series]:
    chains: list[_Series] = []
    for one in sorted(row, key=lambda one: (one.left, min(one.letters))):
        for chain in reversed(chains[-8:]):
            gap, size = one.left - chain.right, min(one.size, chain.size)
            if _OVERLAPS * size <= gap <= _NEXT * size and max(one.size, chain.size) < 1.6 * size:
                chain.letters += one.letters
                chain.right = max(chain.right, one.right)
                break
        else:
            chains.append(one)
    return chains


def _by_rows(series: Sequence[_Series]) -> list[_Series]:
    """From top to bottom, and in a row from left to right; labels and values differ a little in size and baseline."""
    result: list[_Series] = []
    row: list[_Series] = []
    for one in sorted(series, key=lambda one: one.base):
        if row and one.base - row[0].base > _SAME_ROW * min(one.size, row[0].size):
            result += sorted(row, key=lambda one: one.left)
            row = []
        row.append(one)
    return result + sorted(row, key=lambda one: one.left)


def _parts_words(before: Letter, letter: Letter) -> bool:
    """Whether two Latin words stand apart without a blank between them."""
    first, second = before.glyph, letter.glyph
    if before.series == letter.series or not (_latin(first.char) and _latin(second.char)):
        return False
    return second.body.left - first.body.right > _WORD_GAP * second.run.size and second.char.isalpha()


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _runs_backwards(series: Sequence[_Series]) -> bool:
    """Whether the order of drawing is no order of reading: it goes up the page again and again."""
    if len(series) < 8:
        return False
    upwards = sum(after.base < before.base - before.size for before, after in pairwise(series))
    return upwards > _BACKWARDS * len(series)
