"""Text in scripts and style sheets: which of it a person could read, with its escapes undone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.extract.html.files import is_media

# What must never be left out: an ideograph, an address, a number long enough to be somebody's.
_NOTABLE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff10-\uff19\U00020000-\U0003ffff]|[0-9]{7}|[\w.+-]@[\w-]")
_ESCAPE = re.compile(
    r"\\{1,4}u\{([0-9a-fA-F]{1,6})\}|\\{1,4}u([0-9a-fA-F]{4})|\\{1,4}x([0-9a-fA-F]{2})|\\{1,4}([/\"'nrt])"
)
_PLAIN_ESCAPES = {"n": "\n", "r": "\n", "t": "\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[^\r\n]+")
_RECORD = re.compile(r"[^}]*+(?:\}[\]}),;]*+)?")
_STATEMENT = re.compile(r"[^;{}\r\n]+")

_DATA = re.compile(r"data:(?P<type>[\w.+/-]{0,80}+)(?:;[\w=.-]{1,40}+)?;base64,(?P<file>[^)\"'\s<>]*+)")

_LONG_LINE = 1000  # a line that no one typed: records or code without line ends
_LIBRARY = 20_000  # a script longer than this is a library; only what is notable in it is read


def notable(text: str) -> bool:
    """Whether the text holds an ideograph, an e-mail address or a run of seven digits."""
    return _NOTABLE.search(text) is not None


def readable(text: str) -> str:
    r"""The text with `\u5f20`, `\x41` and `\/` as the characters they stand for."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_unescaped, text)
    if _SURROGATE.search(plain):
        return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return plain


def without_data(text: str) -> str:
    """The text with every base64 `data:` address blanked out: pictures and fonts are no text."""
    return _DATA.sub(lambda found: " " * len(found[0]), text) if ";base64," in text else text


def embedded(text: str) -> Iterator[tuple[int, str]]:
    """Where in the text a picture or a sound stands in base64, and the base64; fonts are left out."""
    if ";base64," not in text:
        return
    for found in _DATA.finditer(text):
        if is_media(found["type"]) and "font" not in found["type"]:
            yield found.start(), found["file"]


def script_text(script: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each piece of a script to be read: lines, and records of a line without end.

    A script with nothing notable in it is code and yields nothing; of a long one, only the notable pieces.
    """
    if not notable(readable(script)):
        return
    for at, piece in _pieces(script):
        text = readable(piece).strip()
        if text and (len(script) <= _LIBRARY or notable(text)):
            yield at, text


def style_text(style: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each notable piece of a style sheet, such as a comment or generated content."""
    for found in _STATEMENT.finditer(style):
        text = readable(found[0]).strip()
        if notable(text):
            yield found.start(), text


def _pieces(script: str) -> Iterator[tuple[int, str]]:
    for line in _LINE.finditer(script):
        if len(line[0]) <= _LONG_LINE:
            yield line.start(), line[0]
            continue
        for record in _RECORD.finditer(line[0]):
            yield line.start() + record.start(), record[0]


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    if digits is None:
        return _PLAIN_ESCAPES.get(found[4], found[4])
    point = int(digits, 16)
    return chr(point) if point < 0x110000 else "\ufffd"
