"""Character references: `&#24352;`, `&nbsp;` and those whose semicolon is missing."""

from __future__ import annotations

import re
from html.entities import html5

_REFERENCE = re.compile(
    r"&(?:#[xX](?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[A-Za-z][A-Za-z0-9]{0,31}))(?P<end>;?)"
)
_LOST = "\ufffd"
_LONGEST = 10  # digits that any character needs, leading noughts aside


def unescape(text: str) -> str:
    """The text with its references replaced, as a browser shows it."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def unescape_attribute(value: str) -> str:
    """As `unescape`, but `?a=1&copy=2` stays: a name without semicolon counts only where no word goes on."""
    return _REFERENCE.sub(lambda found: _character(found, attribute=True), value) if "&" in value else value


def _character(found: re.Match[str], *, attribute: bool = False) -> str:
    if found["hex"]:
        return _numbered(found["hex"], 16)
    if found["decimal"]:
        return _numbered(found["decimal"], 10)
    return _named(found, attribute=attribute)


def _numbered(digits: str, base: int) -> str:
    # Python refuses to convert thousands of digits, and no character has so many.
    significant = digits.lstrip("0")
    point = int(significant or "0", base) if len(significant) <= _LONGEST else 0
    if 0x80 <= point < 0xA0:
        return bytes([point]).decode("cp1252", errors="replace")
    if not 0 < point < 0x110000 or 0xD800 <= point < 0xE000:
        return _LOST
    return chr(point)


def _named(found: re.Match[str], *, attribute: bool) -> str:
    name = found["name"]
    if found["end"] and f"{name};" in html5:
        return html5[f"{name};"]
    follows = found.string[found.end("name") : found.end("name") + 1]
    if attribute and not found["end"] and (follows == "=" or follows.isalnum()):
        return found[0]
    for length in range(len(name), 1, -1):
        if name[:length] in html5 and (length == len(name) or not attribute):
            return html5[name[:length]] + name[length:] + found["end"]
    return found[0]
