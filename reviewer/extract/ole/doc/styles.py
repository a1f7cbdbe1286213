"""The style sheet ([MS-DOC] 2.9.271 STSH): what the styles of a Word document hide."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.extract.ole.doc import sprms
from reviewer.extract.ole.doc.looks import SILENT, Look, read_look, shade, shade_80

_PARAGRAPH, _CHARACTER, _TABLE = 1, 2, 3
_NO_STYLE = 0x0FFF
_MOST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    kind: int
    based_on: int
    look: Look
    ground: str | None
    paints: bool


class Styles:
    """The styles of one document by their number."""

    def __init__(self, packed: bytes) -> None:
        self._styles = dict(_styles(packed))
        self._chains: dict[int, tuple[Look, str | None]] = {}
        self._effects: dict[tuple[bytes, bytes, int], Look] = {}

    def look(self, modifiers: bytes, changes: bytes, paragraph_style: int) -> Look:
        """How letters with these modifiers (and a fast save's changes) look in a paragraph of a style."""
        key = (modifiers, changes, paragraph_style)
        if key not in self._effects:
            direct = read_look(changes).over(read_look(modifiers)) if changes else read_look(modifiers)
            letters = self._chain(direct.style)[0] if direct.style is not None else SILENT
            self._effects[key] = direct.over(letters.over(self._chain(paragraph_style)[0]))
        return self._effects[key]

    def ground(self, paragraph_style: int, modifiers: bytes, paper: str) -> str:
        """The colour that the letters of a paragraph stand on."""
        return paragraph_ground(modifiers) or self._chain(paragraph_style)[1] or paper

    def paints(self, table_style: int) -> bool:
        """Whether a table style gives some cells a ground of their own."""
        style = self._styles.get(table_style)
        return style is not None and style.paints

    def _chain(self, number: int) -> tuple[Look, str | None]:
        """A style's look and ground with those of the styles it is based on."""
        if number not in self._chains:
            chain: list[int] = []
            following = number
            while following in self._styles and following not in chain:  # a style may be its own ancestor
                chain.append(following)
                following = self._styles[following].based_on
            look, ground = SILENT, None
            for style in (self._styles[name] for name in reversed(chain)):
                look, ground = style.look.over(look), style.ground or ground
            self._chains[number] = (look, ground)
        return self._chains[number]


def paragraph_ground(modifiers: bytes) -> str | None:
    """The ground that paragraph modifiers paint."""
    ground = None
    for code, operand in sprms.modifiers(modifiers):
        if code == sprms.PARAGRAPH_SHADE_80:
            ground = shade_80(sprms.number(operand))
        elif code == sprms.PARAGRAPH_SHADE:
            ground = shade(operand)
    return ground


def _styles(packed: bytes) -> Iterator[tuple[int, _Style]]:
    if len(packed) < 6:
        return
    header, count, base = struct.unpack_from("<HHH", packed)
    at = 2 + header
    for number in range(min(count, _MOST)):
        if at + 2 > len(packed):
            return
        size = int.from_bytes(packed[at : at + 2], "little")
        style = packed[at + 2 : at + 2 + size]
        if size >= base and len(style) == size and base >= 10:
            yield number, _style(style, base)
        at += 2 + size + size % 2


def _style(packed: bytes, base: int) -> _Style:
    _, kind_and_base, parts = struct.unpack_from("<HHH", packed)
    kind = kind_and_base & 0xF
    at = base
    length = int.from_bytes(packed[at : at + 2], "little")
    at += 2 + 2 * length + 2
    properties = tuple(_properties(packed, at, parts & 0xF))
    paragraph = properties[0][2:] if kind == _PARAGRAPH and properties else b""
    letters = properties[{_PARAGRAPH: 1, _CHARACTER: 0}[kind]] if _has_letters(kind, properties) else b""
    return _Style(
        kind=kind,
        based_on=kind_and_base >> 4 if kind_and_base >> 4 != _NO_STYLE else -1,
        look=read_look(letters),
        ground=paragraph_ground(paragraph),
        paints=kind == _TABLE and _paints(properties[0] if properties else b""),
    )


def _has_letters(kind: int, properties: tuple[bytes, ...]) -> bool:
    return (kind == _PARAGRAPH and len(properties) > 1) or (kind == _CHARACTER and len(properties) > 0)


def _properties(packed: bytes, at: int, count: int) -> Iterator[bytes]:
    for _ in range(count):
        at += at % 2
        size = int.from_bytes(packed[at : at + 2], "little")
        yield packed[at + 2 : at + 2 + size]
        at += 2 + size


def _paints(packed: bytes) -> bool:
    """A table style's own modifiers, or conditional ones inside them, that shade cells."""
    wanted = (sprms.CELL_SHADES_80, *sprms.CELL_SHADES, 0xD660, 0xD670, 0xD671, 0xD672, 0xD680, 0xD68B)
    return any(code in wanted for code, _ in sprms.modifiers(packed))
