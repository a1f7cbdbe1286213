"""Letter formatting as far as it hides text or gives a sign a meaning ([MS-DOC] 2.6.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, fields
from functools import lru_cache

from reviewer.extract.ole.doc import sprms
from reviewer.extract.ooxml.colour import AUTO, MIXED, WHITE, alike

TINY_HALF_POINTS = 4
"""Letters of two points and less cannot be read."""

# Ico ([MS-DOC] 2.9.119).
_COLOURS = (
    *(AUTO, "000000", "0000FF", "00FFFF", "00FF00", "FF00FF", "FF0000", "FFFF00", WHITE),
    *("000080", "008080", "008000", "800080", "800000", "808000", "808080", "C0C0C0"),
)
_AUTO_COLOUR = 0xFF
_NO_SHADE = 0xFFFF
_CLEAR, _SOLID, _NIL = 0, 1, 0xFFFF
_AS_STYLE, _UNLIKE_STYLE = 0x80, 0x81


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one level of formatting says; None where it says nothing.

    `picture` is the place of what a sign stands for, `symbol` the character that a symbol sign shows.
    """

    vanish: int | None = None
    deleted: bool | None = None
    inserted: bool | None = None
    half_points: int | None = None
    colour: str | None = None
    marker: str | None = None
    ground: str | None = None
    style: int | None = None
    special: bool | None = None
    picture: int | None = None
    is_data: bool | None = None
    is_ole: bool | None = None
    symbol: tuple[int, int] | None = None

    def over(self, lower: Look) -> Look:
        """This level on top of a lower one; a toggle may say "as below" or "unlike below"."""
        if self is SILENT:
            return lower
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        mixed = {name: getattr(lower, name) if value is None else value for name, value in own.items()}
        if self.vanish in (_AS_STYLE, _UNLIKE_STYLE):
            mixed["vanish"] = int(bool(lower.vanish) != (self.vanish == _UNLIKE_STYLE))
        return Look(**mixed)

    def conceals(self, ground: str) -> bool:
        """Whether letters of this look cannot be seen on paper of a colour."""
        if self.vanish or (self.half_points is not None and self.half_points <= TINY_HALF_POINTS):
            return True
        if self.marker == _COLOURS[1] and self.colour in (None, AUTO):
            return True  # Letters painted over with the black marker: the usual false redaction.
        return alike(self.colour, self.marker or self.ground or ground)


SILENT = Look()


@lru_cache(maxsize=4096)
def read_look(packed: bytes) -> Look:
    """What the modifiers of some letters say."""
    said: dict[str, object] = {}
    for code, operand in sprms.modifiers(packed):
        _note(said, code, operand)
    return Look(**said) if said else SILENT  # type: ignore[arg-type]


def _note(said: dict[str, object], code: int, operand: bytes) -> None:
    value = sprms.number(operand)
    if code in (sprms.VANISH, sprms.SPECIAL_VANISH):
        said["vanish"] = said.get("vanish") or value if code == sprms.SPECIAL_VANISH else value
    elif code in _FLAGS:
        said[_FLAGS[code]] = bool(value)
    elif code in _NUMBERS:
        said[_NUMBERS[code]] = value
    elif code == sprms.COLOUR_INDEX:
        said["colour"] = indexed(value)
    elif code == sprms.COLOUR:
        said["colour"] = coloured(operand)
    elif code == sprms.MARKER:
        said["marker"] = indexed(value) if value else None
    elif code == sprms.SHADE_80:
        said["ground"] = shade_80(value)
    elif code == sprms.SHADE:
        said["ground"] = shade(operand)
    elif code == sprms.SYMBOL and len(operand) == 4:
        said["symbol"] = struct.unpack("<HH", operand)


_FLAGS = {
    sprms.DELETED: "deleted",
    sprms.INSERTED: "inserted",
    sprms.SPECIAL: "special",
    sprms.IS_DATA: "is_data",
    sprms.IS_OLE: "is_ole",
}
_NUMBERS = {sprms.SIZE: "half_points", sprms.STYLE: "style", sprms.PICTURE: "picture"}


def indexed(index: int) -> str:
    """A colour of the old palette of sixteen."""
    return _COLOURS[index] if index < len(_COLOURS) else AUTO


def coloured(packed: bytes) -> str:
    """A COLORREF: red, green, blue, and whether the program chooses."""
    return AUTO if len(packed) < 4 or packed[3] == _AUTO_COLOUR else packed[:3].hex().upper()


def shade_80(value: int) -> str | None:
    """The ground that an old shade (Shd80) paints; None where it paints none."""
    if value == _NO_SHADE:
        return None
    return _painted(value >> 10, indexed(value & 0x1F), indexed(value >> 5 & 0x1F))


def shade(packed: bytes) -> str | None:
    """The ground that a shade (Shd) paints."""
    if len(packed) < 10:
        return MIXED
    return _painted(sprms.number(packed[8:10]), coloured(packed[:4]), coloured(packed[4:8]))


def _painted(pattern: int, front: str, back: str) -> str | None:
    if pattern == _NIL or pattern == 0x3F:
        return None
    if pattern == _CLEAR:
        return None if back == AUTO else back
    if pattern == _SOLID:
        return "000000" if front == AUTO else front
    return MIXED
