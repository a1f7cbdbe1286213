"""The flow chart as one SVG that needs nothing else: no script, no style sheet, fonts by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from reviewer.language import tr
from reviewer.signoff.chain import Chain
from reviewer.signoff.flow import Station, back, condition, fixed_rules, limits, mergers, stations

_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','SimHei',sans-serif"
_INK, _MUTED, _LINE, _BACK, _CONDITION = "#1f2933", "#5f6c7b", "#7b8794", "#b4533c", "#8a5a00"
_BOX, _SOMETIMES, _END = "#eef3f8", "#fff7e6", "#e8f3ec"
_WIDTH, _MARGIN = 860, 32
_BOX_X, _BOX_WIDTH, _BOX_HEIGHT = 110, 190, 46
_NOTE_X = _BOX_X + _BOX_WIDTH + 60
_LINE_HEIGHT, _GAP = 21, 38
_HEAD = 96
_PARTS = re.compile(r"[^、，；：\s]*[、，；：\s]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A station with the band that it takes, from `top` to `bottom`; its box stands in the middle of it."""

    station: Station
    notes: tuple[tuple[str, str], ...]  # text and colour
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def box_top(self) -> float:
        return self.middle - _BOX_HEIGHT / 2

    @property
    def box_bottom(self) -> float:
        return self.middle + _BOX_HEIGHT / 2


def flow_svg(chain: Chain, unit: str = "") -> str:
    """The chart of `chain`; `unit` stands in the heading where it is known."""
    placed = _placed(stations(chain))
    foot = placed[-1].bottom + 34
    told = (
        limits(chain),
        back(chain),
        *mergers(chain),
        tr("不因配置改变：", "in every chain: ") + tr("；", "; ").join(fixed_rules()),
    )
    lines = [line for text in told for line in _wrapped(text, _WIDTH - 2 * _MARGIN, 13)]
    height = foot + len(lines) * _LINE_HEIGHT + _MARGIN - 8
    heading = tr("保密审查流程图", "review flow chart")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" '
        f'height="{height:g}" font-family="{_FONTS}" role="img">',
        f"<title>{escape(f'{unit}{heading}')}</title><desc>{escape(chain.label)}</desc>",
        f'<rect width="{_WIDTH}" height="{height:g}" fill="#ffffff"/>',
        _text(_MARGIN, 44, f"{unit}{heading}", size=22, weight=700),
        _text(_MARGIN, 72, f"{chain.label}　（{chain.name}）", size=15, colour=_MUTED),
        *_returns(placed),
        *_arrows(placed),
        *(_box(one, at == 0 or at == len(placed) - 1) for at, one in enumerate(placed)),
        f'<line x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{foot - 18:g}" y2="{foot - 18:g}" stroke="#d5dbe1"/>',
        *(_text(_MARGIN, foot + 6 + at * _LINE_HEIGHT, line, size=13, colour=_MUTED) for at, line in enumerate(lines)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _placed(known: tuple[Station, ...]) -> tuple[_Placed, ...]:
    placed, top = [], float(_HEAD)
    for station in known:
        notes = [(line, _INK) for text in station.does for line in _noted(text)]
        notes += [(line, _CONDITION) for text in condition(station) for line in _noted(text)]
        height = max(_BOX_HEIGHT, len(notes) * _LINE_HEIGHT)
        placed.append(_Placed(station=station, notes=tuple(notes), top=top, bottom=top + height))
        top += height + _GAP
    return tuple(placed)


def _box(placed: _Placed, end: bool) -> str:
    sometimes = bool(placed.station.when)
    fill = _END if end else _SOMETIMES if sometimes else _BOX
    dash = ' stroke-dasharray="6 4"' if sometimes else ""
    lines = [
        f'<rect x="{_BOX_X}" y="{placed.box_top:g}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" '
        f'rx="{23 if end else 8}" fill="{fill}" stroke="{_LINE}" stroke-width="1.4"{dash}/>',
        _text(_BOX_X + _BOX_WIDTH / 2, placed.middle + 5.5, placed.station.label, size=16, weight=600, anchor="middle"),
    ]
    first = placed.middle - (len(placed.notes) - 1) * _LINE_HEIGHT / 2 + 5
    for at, (line, colour) in enumerate(placed.notes):
        lines.append(_text(_NOTE_X, first + at * _LINE_HEIGHT, line, size=14, colour=colour))
    return "\n".join(lines)


def _arrows(placed: tuple[_Placed, ...]) -> Iterator[str]:
    x = _BOX_X + _BOX_WIDTH / 2
    for one, following in pairwise(placed):
        yield _line(f"M{x:g} {one.box_bottom:g}V{following.box_top - 7:g}")
        yield f'<path d="M{x:g} {following.box_top:g}l-4.5 -9h9z" fill="{_LINE}"/>'
    for at, one in enumerate(placed):
        if one.station.when:  # the way past it, on its right side; neighbours take lanes of their own
            before, after = placed[at - 1], placed[at + 1]
            right = _BOX_X + _BOX_WIDTH
            start, end = before.box_bottom - 10, after.box_top + 10
            lane = right + (20 if at % 2 else 36)
            yield _line(f"M{right} {start:g}H{lane - 8}q8 0 8 8V{end - 8:g}q0 8 -8 8H{right + 7}", dash="2 4")
            yield f'<path d="M{right} {end:g}l9 -4.5v9z" fill="{_LINE}"/>'


def _returns(placed: tuple[_Placed, ...]) -> Iterator[str]:
    """From every station that reviews back to whoever submitted, on the left side."""
    reviewing = [one for one in placed if one.station.returns]
    lane, target = _BOX_X - 42, placed[0].middle
    lowest = reviewing[-1].middle
    yield _line(f"M{_BOX_X} {lowest:g}H{lane + 8}q-8 0 -8 -8V{target + 8:g}q0 -8 8 -8H{_BOX_X - 7}", colour=_BACK)
    for one in reviewing[:-1]:
        yield _line(f"M{_BOX_X} {one.middle:g}H{lane}", colour=_BACK)
    yield f'<path d="M{_BOX_X} {target:g}l-9 -4.5v9z" fill="{_BACK}"/>'
    middle = (target + lowest) / 2
    said = escape(tr("退回修改，重新送审", "returned, submitted again"))
    yield (
        f'<text x="{lane - 12}" y="{middle:g}" font-size="13" fill="{_BACK}" text-anchor="middle" '
        f'transform="rotate(-90 {lane - 12} {middle:g})">{said}</text>'
    )


def _noted(text: str) -> list[str]:
    return _wrapped(text, _WIDTH - _MARGIN - _NOTE_X, 14)


def _wrapped(text: str, room: float, size: int) -> list[str]:
    """Lines no wider than `room`, broken after a mark or a blank; a Chinese character is as wide as it is high."""
    lines = [""]
    for part in _PARTS.findall(text):
        if lines[-1] and _width(lines[-1] + part.rstrip(), size) > room:
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines]


def _width(text: str, size: int) -> float:
    return sum(size if unicodedata.east_asian_width(char) in "WF" else 0.58 * size for char in text)


def _line(path: str, *, colour: str = _LINE, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.4"{dashed}/>'


def _text(
    x: float, y: float, text: str, *, size: int, colour: str = _INK, weight: int = 400, anchor: str = "start"
) -> str:
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{bold}{placed}>{escape(text)}</text>'
