"""What is peculiar to the markup of OOXML: relationships, switches, alternatives, attributes that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.package.xml import attr, found, local
from reviewer.extract.telling import telling, telling_number

_IDENTIFIER = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
# A length in inches, a day with its time; a small negative number without its sign.
_MEASURE = re.compile(r"-?\d{1,5}\.\d{1,17}|429496\d{4}")
_PANOSE = re.compile(r"[0-9A-Fa-f]{20}")  # ten numbers that describe a font (ECMA-376 part 1, 17.8.3.13)
_FONT_NUMBERS = frozenset({"panose", "panose1"})
_PLACES = frozenset({"ref", "sqref", "activeCell", "topLeftCell", "r", "uid", "id"})


def relation_id(element: etree._Element, name: str = "id") -> str | None:
    """The attribute that points to a relationship (`r:id`, `r:embed`), never a plain `id`."""
    for key, value in element.attrib.items():
        namespace, _, label = str(key).rpartition("}")
        if label in (name, "relid") and ("relationships" in namespace or namespace.endswith("office:office")):
            return str(value)
    return None


def on(element: etree._Element | None, name: str = "val") -> bool:
    """Whether an on/off element is there and not switched off."""
    return element is not None and (attr(element, name) or "1").lower() not in ("0", "false", "off", "none")


def flag(element: etree._Element, name: str) -> bool:
    """Whether an on/off attribute is there and switched on."""
    return (attr(element, name) or "0").lower() in ("1", "true", "on", "t")


def choose(alternate: etree._Element) -> tuple[etree._Element | None, tuple[str, ...]]:
    """Which branch of an mc:AlternateContent to read, and texts that only the other branches hold.

    The first branch with text is what a reader sees; Fallback usually repeats it for older programs. The others
    are taken out of the tree.
    """
    branches = [branch for branch in alternate if local(branch) in ("Choice", "Fallback")]
    texts = [_letters(branch) for branch in branches]
    chosen = next((i for i, text in enumerate(texts) if text.strip()), 0)
    if not branches:
        return None, ()
    shown = _squeezed(texts[chosen])
    others = tuple(text for i, text in enumerate(texts) if i != chosen and _squeezed(text) not in shown)
    for branch in branches[:chosen] + branches[chosen + 1 :]:
        alternate.remove(branch)
    return branches[chosen], others


def _letters(branch: etree._Element) -> str:
    pieces = (attr(e, "string") if local(e) == "textpath" else e.text for e in found(branch, "t", "textpath"))
    return "".join(piece or "" for piece in pieces)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def sayings(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Element and value of each attribute that may say something: no place in a sheet, no measure or identifier."""
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            text, name = str(value), str(key).rpartition("}")[2]
            if _is_saying(text, name) and not (_FONT_NUMBERS & {name, local(element)} and _PANOSE.fullmatch(text)):
                yield local(element), text


def _is_saying(text: str, name: str) -> bool:
    said = _IDENTIFIER.sub("", text)
    return telling(said) and not _MEASURE.fullmatch(said) and (name not in _PLACES or telling_number(said))
