"""How text stands at a point of an RTF document: the properties that a group inherits and gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from reviewer.extract.ooxml.colour import MIXED, alike

_TINIEST_HALF_POINTS = 4
_NARROWEST_PERCENT = 5
_DEEPEST_TABLE = 30


class Voice(Enum):
    """How a piece of text stands in its paragraph."""

    SEEN = "seen"
    INSERTED = "inserted"
    DELETED = "deleted"
    HIDDEN = "hidden"


class Look(NamedTuple):
    """The properties in force; colours are places in the colour table, 0 is automatic."""

    font: int = 0
    half_points: int = 24
    scale: int = 100
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    colour: int = 0
    behind: int = 0  # of the letters
    below: int = 0  # of the paragraph
    patterned: bool = False
    in_table: bool = False
    depth: int = 0  # of nested tables, from 1; 0 is said by nobody
    rtf_only: bool = False  # not a part of the encapsulated HTML ([MS-OXRTFEX])


def voice(look: Look, colours: list[str], ground: str) -> Voice:
    """How text of this look meets the eye on a page, cell or box of a ground colour."""
    if look.deleted:
        return Voice.DELETED
    small = 0 <= look.half_points <= _TINIEST_HALF_POINTS or 0 < look.scale <= _NARROWEST_PERCENT
    if look.hidden or small:
        return Voice.HIDDEN
    if look.colour and alike(_colour(colours, look.colour), _ground(look, colours, ground)):
        return Voice.HIDDEN
    return Voice.INSERTED if look.inserted else Voice.SEEN


def _ground(look: Look, colours: list[str], ground: str) -> str:
    if look.patterned:
        return MIXED
    return _colour(colours, look.behind) or _colour(colours, look.below) or ground


def _colour(colours: list[str], number: int) -> str:
    return colours[number] if 0 < number < len(colours) else ""


def _on(number: int | None) -> bool:
    return number != 0


def _plain(look: Look, _: int | None) -> Look:
    fresh = Look()
    return look._replace(
        font=-1,
        half_points=fresh.half_points,
        scale=fresh.scale,
        hidden=False,
        deleted=False,
        inserted=False,
        colour=0,
        behind=0,
    )


def _pard(look: Look, _: int | None) -> Look:
    return look._replace(below=0, patterned=False, in_table=False, depth=0)


CHANGES: Mapping[bytes, Callable[[Look, int | None], Look]] = {
    b"plain": _plain,
    b"pard": _pard,
    b"f": lambda look, n: look._replace(font=n or 0),
    b"fs": lambda look, n: look._replace(half_points=24 if n is None else n),
    b"charscalex": lambda look, n: look._replace(scale=100 if n is None else n),
    b"v": lambda look, n: look._replace(hidden=_on(n)),
    b"deleted": lambda look, n: look._replace(deleted=_on(n)),
    b"mvf": lambda look, n: look._replace(deleted=_on(n)),
    b"revised": lambda look, n: look._replace(inserted=_on(n)),
    b"mvt": lambda look, n: look._replace(inserted=_on(n)),
    b"cf": lambda look, n: look._replace(colour=n or 0),
    b"cb": lambda look, n: look._replace(behind=n or 0),
    b"chcbpat": lambda look, n: look._replace(behind=n or 0),
    b"highlight": lambda look, n: look._replace(behind=n or look.behind),
    b"cbpat": lambda look, n: look._replace(below=n or 0),
    b"shading": lambda look, n: look._replace(patterned=bool(n)),
    b"intbl": lambda look, n: look._replace(in_table=_on(n)),
    b"itap": lambda look, n: look._replace(depth=min(max(n or 0, 0), _DEEPEST_TABLE)),
    b"htmlrtf": lambda look, n: look._replace(rtf_only=_on(n)),
}
"""Control word → what it changes. A font of -1 is the document's default."""
