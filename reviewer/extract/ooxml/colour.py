"""Colours: theme names resolved, and whether letters can be told from their ground."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.package.xml import attr, child, found, local

WHITE = "FFFFFF"
MIXED = "mixed"
"""A ground that cannot be known here: a pattern, a picture, a gradient. Nothing is called invisible on it."""
AUTO = "auto"

_SAME = 16
"""Per channel of 255: letters this close to their ground cannot be read."""
_SLOTS = {
    "background1": "lt1",
    "bg1": "lt1",
    "light1": "lt1",
    "background2": "lt2",
    "bg2": "lt2",
    "light2": "lt2",
    "text1": "dk1",
    "tx1": "dk1",
    "dark1": "dk1",
    "text2": "dk2",
    "tx2": "dk2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_USUAL = {"lt1": WHITE, "dk1": "000000"}
_DIGITS = frozenset("0123456789abcdefABCDEF")


def theme_colours(package: Package, source: str) -> dict[str, str]:
    """The colours of the theme of a part by slot (`lt1`, `accent1`), and by their other names."""
    colours = dict(_USUAL)
    for name in package.related(source, "theme"):
        root = package.xml(name)
        scheme = child(root, "themeElements", "clrScheme")
        for slot in scheme if scheme is not None else ():
            for colour in slot:
                value = hexadecimal(attr(colour, "lastClr") or attr(colour, "val"))
                if value is not None:
                    colours[local(slot)] = value
    return colours | {alias: colours[slot] for alias, slot in _SLOTS.items() if slot in colours}


def hexadecimal(text: str | None) -> str | None:
    """RRGGBB in capitals from `RRGGBB`, `#RRGGBB` or `AARRGGBB`; None for anything else."""
    digits = (text or "").lstrip("#").partition(" ")[0]
    if len(digits) not in (6, 8) or not _DIGITS.issuperset(digits):
        return None
    return digits[-6:].upper()


def blend(colour: str, towards: int, share: float) -> str:
    """A colour moved towards black (0) or white (255) by a share of the way."""
    channels = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return "".join(f"{round(channel + (towards - channel) * share):02X}" for channel in channels)


def alike(colour: str | None, ground: str | None) -> bool:
    """Whether letters of one colour vanish on a ground; unknown colours never do."""
    ink, paper = hexadecimal(colour), hexadecimal(ground)
    if ink is None or paper is None:
        return False
    return all(abs(int(ink[i : i + 2], 16) - int(paper[i : i + 2], 16)) <= _SAME for i in (0, 2, 4))


def shape_ground(properties: etree._Element | None, colours: dict[str, str], behind: str) -> str:
    """The ground that a DrawingML shape (`spPr`) gives its text; `behind` where it is transparent."""
    if properties is None:
        return MIXED
    for fill in properties:
        if local(fill) == "noFill":
            return behind
        if local(fill) == "solidFill":
            return _solid(fill, colours)
        if local(fill).endswith("Fill"):
            return MIXED
    return MIXED


def _solid(fill: etree._Element, colours: dict[str, str]) -> str:
    plain_colour = next(found(fill, "srgbClr"), None)
    if plain_colour is not None and len(plain_colour) == 0:
        return hexadecimal(attr(plain_colour, "val")) or MIXED
    named = next(found(fill, "schemeClr"), None)
    if named is not None and len(named) == 0:
        return colours.get(attr(named, "val") or "", MIXED)
    return MIXED
