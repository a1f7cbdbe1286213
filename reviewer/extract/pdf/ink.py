"""Which characters of a page a reader cannot see: looked for in the pixels, not in the ways of hiding them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from math import ceil, floor
from statistics import median
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

from reviewer.extract.pdf.glyphs import INVISIBLE, Font, Glyph
from reviewer.extract.pdf.leaf import Box, Leaf

_FAINT = 10  # of 255: a difference below this is none to a reader
_FAINT_COLOUR = 4  # the same, where a pure colour counts for no more than its share of grey
_PAINTS_NOTHING = (INVISIBLE, 7)  # 7 only clips
_TOO_SMALL_PT = 2.0
_PARTLY = 0.5  # of the ink box that the font's characters usually fill
_SCAN_AREA = 0.5
_SCAN_SHARE = 0.8
_LAYERED_PICTURE = 0.25  # of the page: a picture this large may carry recognised text of its own
_GRID_PT = 2.0
_RULE_PT = 2.0  # lines and cell borders up to this thickness hide nothing


class Visibility(NamedTuple):
    """What was found: positions of characters nobody sees, and fonts of which this machine cannot tell."""

    hidden: frozenset[int] = frozenset()
    untold: frozenset[Font] = frozenset()


def visibility(leaf: Leaf, glyphs: Sequence[Glyph]) -> Visibility:
    """Which letters, digits and ideographs leave no ink a reader could see.

    The page is rendered with and without its text: a character is seen where the two differ. The
    second rendering is spared when every character shows and nothing was painted over any.
    """
    tiny = frozenset(n for n, glyph in enumerate(glyphs) if glyph.is_letter and glyph.run.size < _TOO_SMALL_PT)
    judged = [n for n, glyph in enumerate(glyphs) if glyph.is_letter and n not in tiny]
    if not judged:
        return Visibility(tiny)
    page = leaf.render(colour=False)
    if _all_show(page, leaf, glyphs, judged) and not _painted_over(leaf, glyphs, judged):
        return Visibility(tiny)
    faint = _without_ink(page, leaf.render_without_text(colour=False), leaf.scale, glyphs, judged)
    if faint:  # what two greys cannot tell apart, two colours may
        coloured = leaf.render(colour=True), leaf.render_without_text(colour=True)
        faint &= _without_ink(*coloured, leaf.scale, glyphs, judged)
    untold = _untold(glyphs, judged, faint)
    return Visibility(tiny | _in_runs(glyphs, judged, faint - _drawn_in(untold, glyphs, faint)), untold)


def is_scan(leaf: Leaf, glyphs: Sequence[Glyph], hidden: frozenset[int]) -> bool:
    """Whether the page is a picture, and its characters are what somebody's OCR made of it."""
    letters = sum(glyph.is_letter for glyph in glyphs)
    return picture_share(leaf) >= _SCAN_AREA and len(hidden) >= _SCAN_SHARE * max(1, letters)


def recognised(leaf: Leaf, glyphs: Sequence[Glyph], hidden: frozenset[int]) -> frozenset[int]:
    """Those of the hidden that are the recognised text of a large picture: invisible by intent, over its ink."""
    large = [p.box for p in leaf.pictures if p.box.area >= _LAYERED_PICTURE * leaf.box.area]
    return frozenset(
        n for n in hidden if glyphs[n].run.mode == INVISIBLE and any(_centre_in(glyphs[n].body, box) for box in large)
    )


def picture_share(leaf: Leaf) -> float:
    """How much of the page is covered by pictures, counting a place once (a scan may come in strips)."""
    size = (max(1, ceil(leaf.width / _GRID_PT)), max(1, ceil(leaf.height / _GRID_PT)))
    grid = Image.new("L", size)
    draw = ImageDraw.Draw(grid)
    for picture in leaf.pictures:
        if picture.box.area > 0:
            draw.rectangle(_cells(picture.box), fill=255)
    return grid.histogram()[255] / (size[0] * size[1])


def _all_show(page: Image.Image, leaf: Leaf, glyphs: Sequence[Glyph], judged: Sequence[int]) -> bool:
    """Whether there is contrast at every character, or at its very edge: some (“l”, “一”) are solid."""
    if any(glyphs[n].run.mode in _PAINTS_NOTHING for n in judged):
        return False
    for n in judged:
        left, top, right, bottom = _pixels(glyphs[n], leaf.scale, page.size)
        low, high = page.crop((left - 1, top - 1, right + 1, bottom + 1)).getextrema()
        if high - low < _FAINT:  # type: ignore[operator]  # grey: two numbers
            return False
    return True


def _painted_over(leaf: Leaf, glyphs: Sequence[Glyph], judged: Sequence[int]) -> bool:
    """Whether anything was painted, later than a character, over its middle or either half."""
    if not leaf.covers:
        return False
    last = Image.new("I", (ceil(leaf.width / _GRID_PT) + 1, ceil(leaf.height / _GRID_PT) + 1), -1)
    draw = ImageDraw.Draw(last)
    for cover in sorted(leaf.covers, key=lambda cover: cover.order):
        if min(cover.box.right - cover.box.left, cover.box.bottom - cover.box.top) > _RULE_PT:
            draw.rectangle(_cells(cover.box), fill=cover.order)
    return any(_painted_at(last, glyphs[n]) for n in judged)


def _painted_at(last: Image.Image, glyph: Glyph) -> bool:
    body = glyph.body
    row = (body.top + body.bottom) / 2 / _GRID_PT
    columns = ((body.left + (body.right - body.left) * part) / _GRID_PT for part in (0.25, 0.5, 0.75))
    return any(
        int(last.getpixel((column, row))) > glyph.run.order  # type: ignore[arg-type]
        for column in columns
        if 0 <= column < last.width and 0 <= row < last.height
    )


def _without_ink(
    page: Image.Image, bare: Image.Image, scale: float, glyphs: Sequence[Glyph], judged: Sequence[int]
) -> frozenset[int]:
    threshold = _FAINT if page.mode == "L" else _FAINT_COLOUR
    difference = ImageChops.difference(page, bare).convert("L")
    ink = difference.point([255 * (value >= threshold) for value in range(256)])
    filled = {n: _filled(ink, _pixels(glyphs[n], scale, ink.size)) for n in judged}
    usual = _usual(glyphs, filled)
    return frozenset(n for n, share in filled.items() if share < _PARTLY * usual[glyphs[n].run.font])


def _usual(glyphs: Sequence[Glyph], filled: dict[int, float]) -> dict[object, float]:
    """How much of their boxes the characters of each font fill: some fonts state boxes far too large."""
    shares = defaultdict(list)
    for n, share in filled.items():
        shares[glyphs[n].run.font].append(share)
    return {font: max(median(values), 0.01) for font, values in shares.items()}


def _filled(ink: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The share of a box that its inked part spans; over 0 for any ink at all."""
    area = (box[2] - box[0]) * (box[3] - box[1])
    spanned = ink.crop(box).getbbox()
    if spanned is None or area <= 0:
        return 0.0
    return (spanned[2] - spanned[0]) * (spanned[3] - spanned[1]) / area


def _untold(glyphs: Sequence[Glyph], judged: Sequence[int], faint: frozenset[int]) -> frozenset[Font]:
    """Fonts that are not in the file and whose ideographs leave no ink at all: not installed here, as it seems.

    Text that is told to paint nothing leaves none on any machine.
    """
    painted = [n for n in judged if glyphs[n].run.mode not in _PAINTS_NOTHING]
    foreign = [n for n in painted if _is_ideograph(glyphs[n].char) and not glyphs[n].run.font.embedded]
    return frozenset(glyphs[n].run.font for n in foreign) - {glyphs[n].run.font for n in foreign if n not in faint}


def _drawn_in(fonts: frozenset[Font], glyphs: Sequence[Glyph], positions: frozenset[int]) -> frozenset[int]:
    return frozenset(n for n in positions if glyphs[n].run.font in fonts and _is_ideograph(glyphs[n].char))


def _in_runs(glyphs: Sequence[Glyph], judged: Sequence[int], faint: frozenset[int]) -> frozenset[int]:
    """A single letter or digit without ink is chance (half of a ligature); two in a row, or an ideograph, are not."""
    kept: set[int] = set()
    for together, run in groupby(judged, key=faint.__contains__):
        members = tuple(run)
        if together and (len(members) > 1 or _is_ideograph(glyphs[members[0]].char)):
            kept.update(members)
    return frozenset(kept)


def _is_ideograph(char: str) -> bool:
    return char >= "\u2e80"


def _pixels(glyph: Glyph, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels of a character's drawing, of its whole place when the font knows no drawing.

    What lies far outside the page becomes a pixel just outside it.
    """
    box = glyph.ink if glyph.ink.area > 0 else glyph.body
    (width, height), edges = size, [edge * scale for edge in box]
    left, right = (min(max(x, -2), width + 1) for x in (floor(edges[0]), ceil(edges[2])))
    top, bottom = (min(max(y, -2), height + 1) for y in (floor(edges[1]), ceil(edges[3])))
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _cells(box: Box) -> tuple[int, int, int, int]:
    """The cells of a rectangle, both ends inclusive as ImageDraw wants them."""
    left, top, right, bottom = (round(edge / _GRID_PT) for edge in box)
    return left, top, max(left, right - 1), max(top, bottom - 1)


def _centre_in(inner: Box, outer: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
