"""Bars by hand: SVG that needs no script, no colour and no other file, with its numbers written beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from reviewer.language import tr

_WIDTH, _LABEL, _ROW, _THICK = 700, 260, 30, 18  # user units of the drawing
_BAR = _WIDTH - _LABEL - 90  # room for the number at the right end
_HIGH, _WIDEST, _LETTER, _EDGE = 140, 70, 8, 24  # upright bars: height, most room for one, a digit, the margin
_COLUMNS = 30  # how wide a label may be, in columns of a fixed-width font: a Chinese character takes two


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: `look` is the style's name for it ("block", "refer", "redact", "clear" or "even")."""

    label: str
    value: int
    look: str = "even"


def bars(name: str, title: str, rows: Sequence[Bar]) -> Markup:
    """Horizontal bars as one inline SVG. `name` is unique on its page: it joins the drawing to its title.

    A reader that cannot see it hears the title and the description, which has every number.
    """
    told = tr("；", "; ").join(f"{row.label} {row.value:,}" for row in rows)
    most = max((row.value for row in rows), default=0)
    drawn = Markup("").join(_bar(at, row, most) for at, row in enumerate(rows))
    return Markup(
        '<svg class="bars" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{told}</desc>{drawn}</svg>'
    ).format(width=_WIDTH, height=max(1, len(rows)) * _ROW, name=name, title=title, told=told, drawn=drawn)


def _bar(at: int, row: Bar, most: int) -> Markup:
    top = at * _ROW
    # A bar that stands for something is never too thin to be seen.
    length = max(2, round(_BAR * row.value / most)) if row.value else 0
    return Markup(
        '<g><title>{full}</title><text class="label" x="{label_x}" y="{middle}">{label}</text>'
        '<rect class="{look}" x="{x}" y="{y}" width="{length}" height="{thick}" rx="2"/>'
        '<text x="{number_x}" y="{middle}">{value}</text></g>'
    ).format(
        full=f"{row.label} {row.value:,}",
        label=shortened(row.label, _COLUMNS),
        label_x=_LABEL - 10,
        middle=top + _ROW / 2 + 5,
        look=row.look,
        x=_LABEL,
        y=top + (_ROW - _THICK) / 2,
        length=length,
        thick=_THICK,
        number_x=_LABEL + length + 8,
        value=escape(f"{row.value:,}"),
    )


def columns(name: str, title: str, rows: Sequence[Bar]) -> Markup:
    """Upright bars for what has an order of its own (years, runs), with their numbers on top; as `bars` otherwise.

    Where there are many, only every second, third … label is written: none lies on another.
    """
    told = tr("；", "; ").join(f"{row.label} {row.value:,}" for row in rows)
    most = max((row.value for row in rows), default=0)
    widest = max((len(row.label) for row in rows), default=1) * _LETTER + 6
    step = min(max(_WIDEST, widest), (_WIDTH - 2 * _EDGE) / max(1, len(rows)))
    every = max(1, -(-int(widest) // int(step)))
    drawn = Markup("").join(_column(at, row, most, step, labelled=at % every == 0) for at, row in enumerate(rows))
    return Markup(
        '<svg class="bars columns" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{told}</desc>{drawn}</svg>'
    ).format(width=_WIDTH, height=_HIGH + 48, name=name, title=title, told=told, drawn=drawn)


def _column(at: int, row: Bar, most: int, step: float, *, labelled: bool) -> Markup:
    height = max(2, round(_HIGH * row.value / most)) if row.value else 0
    top, middle = 20 + _HIGH - height, round(_EDGE + at * step + step / 2, 1)
    number = f"{row.value:,}" if len(f"{row.value:,}") * _LETTER <= step else ""
    return Markup(
        '<g><title>{full}</title><rect class="{look}" x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>'
        '<text class="middle" x="{middle}" y="{number_y}">{number}</text>'
        '<text class="middle soft" x="{middle}" y="{label_y}">{label}</text></g>'
    ).format(
        full=f"{row.label} {row.value:,}",
        look=row.look,
        x=round(_EDGE + at * step + step * 0.15, 1),
        y=top,
        width=round(step * 0.7, 1),
        height=height,
        middle=middle,
        number_y=top - 5,
        number=number,
        label_y=_HIGH + 40,
        label=row.label if labelled else "",
    )


def shortened(text: str, columns: int) -> str:
    """The text cut to so many columns; what is cut off is told by “…”."""
    taken = 0
    for at, char in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken > columns:
            return text[: max(1, at - 1)] + "…"
    return text
