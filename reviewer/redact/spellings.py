"""How a text spells its letters: percent signs, references, code units, quoted-printable; and runs in Base64 or hex.

What is found once is found in each of these spellings, at its place in the source.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

_ESCAPED = re.compile(
    r"(?P<percent>(?:%(?:25)*[0-9A-Fa-f]{2})+)|(?P<quoted>(?:=[0-9A-F]{2}){2,})"
    r"|(?P<unit>(?:\\{1,2}u[0-9A-Fa-f]{4})+)|(?P<reference>&(?:amp;)*#?\w{1,10};)"
)
SIGNS = frozenset("%=\\&")
"""A text without any of these has no escapes."""

_BYTE = {"percent": re.compile(r"%(?:25)*([0-9A-Fa-f]{2})"), "quoted": re.compile(r"=([0-9A-F]{2})")}
_UNIT = re.compile(r"\\{1,2}u([0-9A-Fa-f]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_URL_LETTERS = str.maketrans("-_", "+/")
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


class Letter(NamedTuple):
    """One letter, and the half-open code points of the source that spell it."""

    char: str
    start: int
    end: int


def letters(text: str) -> list[Letter]:
    """The text letter by letter, each escape as what it says."""
    found: list[Letter] = []
    at = 0
    for run in _ESCAPED.finditer(text):
        found += (Letter(char, n, n + 1) for n, char in enumerate(text[at : run.start()], at))
        found += _said(run)
        at = run.end()
    return [*found, *(Letter(char, n, n + 1) for n, char in enumerate(text[at:], at))]


def plainly(text: str) -> str:
    """The text without escapes."""
    return "".join(letter.char for letter in letters(text)) if _ESCAPED.search(text) else text


def _said(run: re.Match[str]) -> list[Letter]:
    kind = run.lastgroup or ""
    if kind == "reference":
        said = unescape("&" + run[0].replace("amp;", "").lstrip("&"))
        return [Letter(said, *run.span())] if len(said) == 1 else _as_it_stands(run)
    if kind == "unit":
        return [Letter(chr(int(one[1], 16)), *one.span()) for one in _UNIT.finditer(run.string, *run.span())]
    spans = [one.span() for one in _BYTE[kind].finditer(run.string, *run.span())]
    data = bytes(int(run.string[end - 2 : end], 16) for _, end in spans)
    for encoding in _ENCODINGS[:2]:
        try:
            said = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found: list[Letter] = []
        at = 0
        for char in said:
            size = len(char.encode(encoding))
            found.append(Letter(char, spans[at][0], spans[at + size - 1][1]))
            at += size
        return found
    return _as_it_stands(run)


def _as_it_stands(run: re.Match[str]) -> list[Letter]:
    return [Letter(char, n, n + 1) for n, char in enumerate(run[0], run.start())]


def packed(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of Base64 or hex that may hold text: start, end, and each text that their bytes may be."""
    for pattern, unpack in ((_BASE64, _of_base64), (_HEX, bytes.fromhex)):
        for run in pattern.finditer(text):
            for data in _unpacked(run[0], unpack):
                for encoding in _ENCODINGS:
                    yield run.start(), run.end(), data.decode(encoding, "ignore")


def _unpacked(run: str, unpack: Callable[[str], bytes]) -> Iterator[bytes]:
    try:
        if data := unpack(run):
            yield data
    except (ValueError, binascii.Error):
        return


def _of_base64(run: str) -> bytes:
    if run.isdecimal():  # which begin with no letter of any script
        return b""
    bare = run.rstrip("=").translate(_URL_LETTERS)
    whole = bare[:-1] if len(bare) % 4 == 1 else bare
    return base64.b64decode(whole + "=" * (-len(whole) % 4))
