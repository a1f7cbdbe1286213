"""Files that a page holds in its own text: `data:` addresses (RFC 2397), read by the reader of their kind."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from reviewer.extract.pictures import WHOLE, read_picture
from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import BINARY, sniff
from reviewer.language import tr
from reviewer.terms import Gap

_LARGE = 2048
"""Bytes: less than this in an unknown format shows no words."""
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


def read_media(encoded: str) -> Extracted:
    """What a picture in base64 says; one that is cut off is read as far as it goes."""
    data = _unpacked(encoded)
    if not data:
        return _only_gap() if len(encoded) > _LARGE else Extracted(text="", segments=())
    if len(data) <= _LARGE and sniff(data, "") == BINARY:
        return Extracted(text="", segments=())
    return read_picture(data)


def _only_gap() -> Extracted:
    reason = tr(
        "页内嵌有图片或文件，其中可能有文字，未读取：请打开核对",
        "a picture or file embedded in the page was not read and may hold text: open it and check",
    )
    return Extracted(text="", segments=(), gaps=(Gap(place=WHOLE, reason=reason),))
