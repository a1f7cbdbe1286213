"""Office Art in BIFF records ([MS-ODRAW]): where shapes lie, what they say, which pictures they show."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADER_BYTES = 8
_DEEPEST = 20
_MOST_SHAPES = 50_000

_SHAPE = 0xF004
_OPTIONS = frozenset({0xF00B, 0xF121, 0xF122})
_ANCHOR = 0xF010
_CLIENT_DATA = 0xF011

_PICTURE = 0x0104
_WORD_ART = 0x00C0
_NAME = 0x0380
_DESCRIPTION = 0x0381
_LINK = 0x0382
_TOOLTIP = 0x038D
_GROUP_SWITCHES = 0x03BF
_HIDDEN = 0x0002
_USE_HIDDEN = 0x0002_0000


@dataclass(slots=True, kw_only=True)
class Shape:
    """One shape: the cell at which it begins, its texts by kind, its picture's number (from 1; 0: none)."""

    cell: tuple[int, int] | None = None
    picture: int = 0
    hidden: bool = False
    has_object: bool = False
    texts: list[tuple[str, str]] = field(default_factory=list)
    link: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Atom:
    kind: int
    instance: int
    data: bytes
    depth: int


def shapes(data: bytes) -> list[Shape]:
    """The shapes of a sheet's drawing in its order."""
    found: list[Shape] = []
    for atom in _atoms(data):
        if atom.kind == _SHAPE:
            if len(found) >= _MOST_SHAPES:
                break
            found.append(Shape())
        elif found:
            _learn(found[-1], atom)
    return found


def _atoms(data: bytes) -> Iterator[_Atom]:
    """Every record below the containers; the containers of shapes are named as they open."""
    waiting = [(0, len(data), 0)]
    while waiting:
        at, end, depth = waiting.pop()
        while at + _HEADER_BYTES <= end:
            head, kind, size = struct.unpack_from("<HHI", data, at)
            at += _HEADER_BYTES
            last = min(at + size, end)
            if head & 0xF == 0xF and depth < _DEEPEST:
                if kind == _SHAPE:
                    yield _Atom(kind=kind, instance=head >> 4, data=b"", depth=depth)
                waiting.append((last, end, depth))
                end, depth = last, depth + 1
                continue
            yield _Atom(kind=kind, instance=head >> 4, data=data[at:last], depth=depth)
            at = last


def _learn(shape: Shape, atom: _Atom) -> None:
    if atom.kind == _ANCHOR and len(atom.data) >= 18:
        column, _, row = struct.unpack_from("<3H", atom.data, 2)
        shape.cell = (row, column)
    elif atom.kind == _CLIENT_DATA:
        shape.has_object = True
    elif atom.kind in _OPTIONS:
        _options(shape, atom)


def _options(shape: Shape, atom: _Atom) -> None:
    """A property table: entries of six bytes, and behind them the data of the complex ones ([MS-ODRAW] 2.2.9)."""
    count = min(atom.instance, len(atom.data) // 6)
    at = 6 * count
    for number in range(count):
        identity, value = struct.unpack_from("<HI", atom.data, 6 * number)
        kind = identity & 0x3FFF
        if identity & 0x8000:
            _complex(shape, kind, atom.data[at : at + value])
            at += value
        elif kind == _PICTURE:
            shape.picture = value
        elif kind == _GROUP_SWITCHES:
            shape.hidden = bool(value & _HIDDEN and (value & _USE_HIDDEN or not value >> 16))


def _complex(shape: Shape, kind: int, data: bytes) -> None:
    if kind == _LINK:
        shape.link = data
        return
    text = data[: len(data) // 2 * 2].decode("utf-16-le", "replace").rstrip("\0")
    what = {_WORD_ART: "艺术字", _NAME: "名称", _DESCRIPTION: "替代文字", _TOOLTIP: "链接提示"}.get(kind)
    if what and text.strip():
        shape.texts.append((what, text))
