"""Which letters of a page nobody sees, and why: judged from colours, places and the order of drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from reviewer.extract.ofd.canvas import Canvas, Cover, Letter
from reviewer.extract.ofd.geometry import inside
from reviewer.extract.ooxml.colour import MIXED, WHITE, alike
from reviewer.extract.pdf.leaf import Box

_TINY_MM = 0.71  # two points
_CELL_MM = 12.0
_MOST_CELLS = 4000
_SCAN_AREA = 0.5
_SCAN_SHARE = 0.8


class Grounds:
    """What is painted where, to be asked for a point and a moment."""

    def __init__(self, covers: Sequence[Cover], page: Box) -> None:
        self._cells: dict[tuple[int, int], list[Cover]] = defaultdict(list)
        self._large: list[Cover] = []
        for cover in covers:
            seen = cover.box.within(page)
            if seen.area <= 0:
                continue
            columns = range(int(seen.left // _CELL_MM), int(seen.right // _CELL_MM) + 1)
            rows = range(int(seen.top // _CELL_MM), int(seen.bottom // _CELL_MM) + 1)
            if len(columns) * len(rows) > _MOST_CELLS:
                self._large.append(cover)
                continue
            for column in columns:
                for row in rows:
                    self._cells[column, row].append(cover)

    def at(self, x: float, y: float) -> list[Cover]:
        """All covers over a point, in the order of drawing."""
        near = [*self._large, *self._cells.get((int(x // _CELL_MM), int(y // _CELL_MM)), ())]
        found = [
            cover
            for cover in near
            if _within(cover.box, x, y) and any(inside(outline, x, y) for outline in cover.outlines)
        ]
        return sorted(found, key=lambda cover: cover.order) if len(found) > 1 else found


def unseen(canvas: Canvas, page: Box, opaque: Callable[[str], bool]) -> dict[int, str]:
    """Letter → why it is not seen. `opaque` tells whether a picture lets nothing through."""
    grounds = Grounds(canvas.covers, page)
    reasons: dict[int, str] = {}
    for index, letter in enumerate(canvas.letters):
        if not letter.glyph.char.isspace():
            why = letter.why or _why(letter, page, grounds, opaque)
            if why:
                reasons[index] = why
    return reasons


def is_scan(canvas: Canvas, page: Box, reasons: dict[int, str]) -> bool:
    """Whether the page is a picture and its letters are what somebody's recognition made of it."""
    largest = max((picture.box.within(page).area for picture in canvas.pictures), default=0.0)
    letters = sum(letter.glyph.is_letter for letter in canvas.letters)
    return largest >= _SCAN_AREA * page.area > 0 and len(reasons) >= _SCAN_SHARE * max(1, letters)


def _why(letter: Letter, page: Box, grounds: Grounds, opaque: Callable[[str], bool]) -> str:
    body, run = letter.glyph.body, letter.glyph.run
    x, y = (body.left + body.right) / 2, (body.top + body.bottom) / 2
    if run.size < _TINY_MM:
        return "字号过小"
    if not _within(page, x, y):
        return "页面之外"
    if letter.clip is not None and not _within(letter.clip, x, y):
        return "被裁剪"
    ground = WHITE
    for cover in grounds.at(x, y):
        lets_nothing_through = not cover.is_picture or opaque(cover.medium)
        if cover.order > run.order:
            if lets_nothing_through:
                return "被遮盖"
        else:
            ground = cover.colour if lets_nothing_through else MIXED
    return "与底色相同" if alike(letter.paint, ground) else ""


def _within(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom
