"""Files that a page holds in its own text: `data:` addresses (RFC 2397) of a kind that another reader may know."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

_ADDRESS = re.compile(
    r"data:(?P<type>[\w.+/-]{0,80}+)(?:;(?!base64,)[\w=.\"-]{1,60}+){0,4}+(?:;(?P<coded>base64),(?P<packed>[^)\"'\s<>]*+)"
    r"|,(?P<plain>[^\r\n]*+))",
    re.IGNORECASE,
)
_MEDIA = ("image/", "font/", "audio/", "video/", "application/font", "application/x-font", "application/vnd.ms-font")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_URL_LETTERS = str.maketrans("-_", "+/")


class PageFile(NamedTuple):
    """The bytes of a file, and where in the text its address begins."""

    at: int
    data: bytes


def is_media(kind: str) -> bool:
    """Pictures, fonts and sound: other readers see to them, or nobody. SVG is text."""
    return kind.lower().startswith(_MEDIA) and "svg" not in kind.lower()


def page_files(text: str) -> Iterator[PageFile]:
    """Every such file in a text; one that is not in base64 is believed only where the text begins with it."""
    if "data:" not in text.lower():
        return
    for found in _ADDRESS.finditer(text):
        if is_media(found["type"]):
            continue
        if found["coded"]:
            yield PageFile(found.start(), _unpacked(found["packed"]))
        elif not text[: found.start()].strip():
            yield PageFile(found.start(), unquote_to_bytes(found["plain"]))


def _unpacked(packed: str) -> bytes:
    """As a browser takes it: other characters are left out, padding may be missing; what does not fit is cut off."""
    letters = _NO_BASE64.sub("", unquote_to_bytes(packed).decode("ascii", "replace").translate(_URL_LETTERS))
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(whole + "=" * (-len(whole) % 4))
