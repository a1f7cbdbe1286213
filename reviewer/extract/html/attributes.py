"""What an HTML tag holds besides markup: texts in attributes, and frames and pictures that are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.extract.html.references import unescape_attribute
from reviewer.extract.html.script import embedded, notable, readable, without_data
from reviewer.extract.html.tokens import Attribute, Token, names
from reviewer.terms import Part

# Texts meant for a reader or for a script; of every other attribute, only what is notable is read.
_TEXTS = names("value alt title content placeholder label summary abbr standby aria-label aria-description")
_ADDRESSES = names("href src action formaction data cite poster background longdesc xlink:href codebase")
_SPOKEN = ("mailto:", "tel:", "sms:", "file:")  # addresses that say something themselves
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}

_SCHEME = re.compile(r"\s*(?:([A-Za-z][A-Za-z0-9+.-]*):|//)")
_USUAL = re.compile(r"[a-z-]++[0-9]?")
_PROPER = re.compile(r"[A-Za-z_:@][\w:.-]{0,40}", re.ASCII)


def attribute_texts(token: Token) -> Iterator[tuple[Attribute, str]]:
    """Each attribute that holds a text, with the text as the page's scripts would see it."""
    for attribute in token.attributes:
        value = readable(without_data(unescape_attribute(attribute.value))).strip()
        text = _address_text(value) if attribute.name in _ADDRESSES else value
        if text and (attribute.name in _ADDRESSES | _TEXTS or attribute.name.startswith("data-") or notable(text)):
            yield attribute, text


def malformed(token: Token) -> bool:
    """Whether text strayed into the tag: a "<" that was meant as a sign, a quote too many."""
    return _strange(token.name) or any(_strange(attribute.name) for attribute in token.attributes)


def _strange(name: str) -> bool:
    return not _USUAL.fullmatch(name) and ("<" in name or notable(name))


def attribute_part(attribute: Attribute) -> Part:
    """An `alt` stands for a picture; all others are attributes."""
    return Part.ALT_TEXT if attribute.name == "alt" else Part.ATTRIBUTE


def shown_name(name: str) -> str:
    """A name fit for a place; what is no proper name may be text of the document."""
    return name if _PROPER.fullmatch(name) else "?"


def files(token: Token) -> Iterator[tuple[int, str]]:
    """Where in the source a picture or file in base64 begins, and its base64."""
    for attribute in token.attributes:
        for at, encoded in embedded(attribute.value):
            yield attribute.at + at, encoded


def local_frame(token: Token) -> bool:
    """Whether the element shows another file of the same site, which is published with it but not read."""
    wanted = _FRAMES.get(token.name)
    if wanted is None:
        return False
    address = next((a.value.strip() for a in token.attributes if a.name == wanted), "")
    scheme = _SCHEME.match(address)
    if scheme:
        return (scheme[1] or "").lower() == "file"
    return bool(address) and not address.startswith("#")


def _address_text(value: str) -> str:
    """What an address says beyond where it leads: its query, or all of it if a part is notable."""
    if notable(value) or value.lower().startswith(_SPOKEN):
        return value
    return value.partition("?")[2]
