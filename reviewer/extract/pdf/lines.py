"""From characters with places to lines and paragraphs, and what of a line is visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from reviewer.extract.pdf.glyphs import Break, Glyph, Token
from reviewer.extract.pdf.leaf import Box

_COLUMN_GAP_EM = 1.5
_INDENT_EM = 0.8
_SHORT_EM = 2.5
_LOOSE_LINE_EM = 1.6
_SAME_SIZE = 0.8
_OVERLAP = 0.4
_CONTEXT = 12
_COLON = "：:"


class Mark(NamedTuple):
    """A character of a line: of a glyph, by its position among the page's glyphs, or of a gap (-1)."""

    char: str
    position: int
    is_letter: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand in one line, and where."""

    marks: tuple[Mark, ...]
    box: Box
    size: float
    turned: int

    @property
    def is_row(self) -> bool:
        """Whether it holds columns, like a row of a table."""
        return any(mark.char == "\t" for mark in self.marks)


def lines(tokens: Iterable[Token]) -> tuple[Line, ...]:
    """The page's lines in reading order; columns of one line are parted by a tab."""
    joined: list[Line] = []
    for line in _fragments(tokens):
        if joined and _continues(joined[-1], line):
            joined[-1] = _joined(joined[-1], line)
        else:
            joined.append(line)
    return tuple(joined)


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines that belong together; every row of a table stands alone."""
    together: list[Line] = []
    for line in lines:
        if together and not _same_paragraph(together[-1], line):
            yield tuple(together)
            together = []
        together.append(line)
    if together:
        yield tuple(together)


def visible_text(line: Line, hidden: frozenset[int]) -> str:
    """What a reader sees of it; a space stands where something is covered."""
    unseen = _unseen(line, hidden)
    shown = (" " if n in unseen else mark.char for n, mark in enumerate(line.marks) if not {n, n - 1} <= unseen)
    return "".join(shown).strip(" \t")


def hidden_text(line: Line, hidden: frozenset[int]) -> str:
    """What a reader does not see of it, with as much before and after as it takes to know what it is."""
    unseen = _unseen(line, hidden)
    told = set(unseen)
    for first, last in _stretches(sorted(unseen)):
        told.update(range(_start_of_context(line.marks, first), first))
        told.update(range(last + 1, _end_of_context(line.marks, last)))
    stretches = ("".join(line.marks[n].char for n in range(a, b + 1)) for a, b in _stretches(sorted(told)))
    return " ".join(text.strip() for text in stretches if text.strip())


# --- characters to lines ----------------------------------------------------------------------------


class _Draft:
    """A line in the making."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []
        self._glyphs: list[Glyph] = []

    def space(self, char: str) -> None:
        """A space that pdfium found between two characters."""
        if self._glyphs:
            self._marks.append(Mark(char, -1, False))

    def takes(self, glyph: Glyph) -> bool:
        """Whether the glyph goes on where the line is."""
        return not self._glyphs or _goes_on(self._glyphs[-1], glyph)

    def add(self, position: int, glyph: Glyph) -> None:
        if self._glyphs and _gap_em(self._glyphs[-1], glyph) > _COLUMN_GAP_EM:
            self._end_column()
        self._marks.append(Mark(glyph.char, position, glyph.is_letter))
        self._glyphs.append(glyph)

    def finished(self) -> Iterator[Line]:
        """The line, unless it is blank."""
        if any(not mark.char.isspace() for mark in self._marks):
            last = self._glyphs[-1].run
            size = max(glyph.run.size for glyph in self._glyphs)
            yield Line(tuple(self._marks), _around([g.body for g in self._glyphs]), size, last.turned)

    def _end_column(self) -> None:
        while self._marks and self._marks[-1].char.isspace():
            self._marks.pop()
        self._marks.append(Mark("\t", -1, False))


def _fragments(tokens: Iterable[Token]) -> Iterator[Line]:
    """Lines as pdfium breaks them, broken further where a character does not stand beside the one before."""
    draft, position = _Draft(), 0
    for token in tokens:
        if isinstance(token, Break):
            if token.char in "\r\n":
                yield from draft.finished()
                draft = _Draft()
            else:
                draft.space(token.char)
            continue
        if not draft.takes(token):
            yield from draft.finished()
            draft = _Draft()
        draft.add(position, token)
        position += 1
    yield from draft.finished()


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    if before.run.turned != glyph.run.turned:
        return False
    if glyph.run.turned:
        return True  # a turned line is pdfium's to break
    if _beside_each_other(before.body, glyph.body):
        return glyph.body.left >= before.body.left - glyph.run.size / 2
    # Vertical writing goes on right below.
    aside = abs(before.body.left + before.body.right - glyph.body.left - glyph.body.right) / 2
    return aside < glyph.run.size / 3 and 0 <= glyph.body.bottom - before.body.bottom < 2 * glyph.run.size


def _gap_em(before: Glyph, glyph: Glyph) -> float:
    """How far the glyph stands to the right of the one before, in its own size; 0 for a turned line."""
    if glyph.run.turned or glyph.run.size <= 0:
        return 0.0
    return (glyph.body.left - before.body.right) / glyph.run.size


def _beside_each_other(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _OVERLAP * min(one.bottom - one.top, other.bottom - other.top)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _continues(line: Line, after: Line) -> bool:
    """Whether a line stands to the right of another that comes right before it: a further column."""
    level = _beside_each_other(line.box, after.box)
    return not line.turned and not after.turned and level and after.box.left >= line.box.right - after.size / 3


def _joined(line: Line, after: Line) -> Line:
    apart = after.box.left - line.box.right > _COLUMN_GAP_EM * after.size
    between = Mark("\t" if apart else " ", -1, False)
    marks = (*line.marks, between, *after.marks)
    return Line(marks, _around((line.box, after.box)), max(line.size, after.size), 0)


# --- lines to paragraphs ----------------------------------------------------------------------------


def _same_paragraph(line: Line, after: Line) -> bool:
    """Judged from two lines alone: size, distance, indent, and whether the first was full.

    Chinese documents part paragraphs by an indent of two characters, seldom by distance.
    """
    if line.is_row or after.is_row or line.turned or after.turned:
        return False
    size = max(line.size, after.size)
    if min(line.size, after.size) < _SAME_SIZE * size:
        return False
    return (
        after.box.bottom >= line.box.bottom
        and after.box.top - line.box.bottom < _LOOSE_LINE_EM * size
        and after.box.left - line.box.left < _INDENT_EM * size
        and after.box.right - line.box.right < _SHORT_EM * size
    )


# --- what is hidden of a line -----------------------------------------------------------------------


def _unseen(line: Line, hidden: frozenset[int]) -> frozenset[int]:
    """Indexes of marks nobody sees: hidden letters, and punctuation and blanks with nothing seen on either side."""
    covered = [mark.position in hidden if mark.is_letter else None for mark in line.marks]
    if True not in covered:
        return frozenset()
    before = _last_known(covered)
    behind = _last_known(covered[::-1])[::-1]
    return frozenset(
        n for n, known in enumerate(covered) if known or (known is None and False not in (before[n], behind[n]))
    )


def _last_known(covered: Sequence[bool | None]) -> list[bool | None]:
    known: list[bool | None] = []
    for value in covered:
        known.append(value if value is not None or not known else known[-1])
    return known


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _start_of_context(marks: Sequence[Mark], first: int) -> int:
    """Back over the rest of a covered word or number, then over the label before it (“身份证号：”)."""
    start = first
    while start and _is_ascii_letter(marks[first]) and _is_ascii_letter(marks[start - 1]):
        start -= 1
    label = start
    while label and start - label < _CONTEXT and _is_of_label(marks[label - 1]):
        label -= 1
    return label


def _end_of_context(marks: Sequence[Mark], last: int) -> int:
    """On over the rest of a covered word or number, or one ideograph that may be covered by half."""
    end = last + 1
    while end < len(marks) and _is_ascii_letter(marks[last]) and _is_ascii_letter(marks[end]):
        end += 1
    if end == last + 1 < len(marks) and marks[end].is_letter and not marks[end].char.isascii():
        end += 1
    return end


def _is_ascii_letter(mark: Mark) -> bool:
    return mark.is_letter and mark.char.isascii()


def _is_of_label(mark: Mark) -> bool:
    return mark.char in _COLON or (mark.is_letter and not mark.char.isascii())
