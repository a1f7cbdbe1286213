"""Text in scripts and style sheets: which of it a person could read, with its escapes undone."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote

from reviewer.extract.html.files import is_media

# What must never be left out: an ideograph, an address, a number long enough to be somebody's.
_NOTABLE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff10-\uff19\U00020000-\U0003ffff]|[0-9]{7}|[\w.+-]@[\w-]")
_ESCAPE = re.compile(
    r"\\{1,4}u\{([0-9a-fA-F]{1,6})\}|\\{1,4}u([0-9a-fA-F]{4})|\\{1,4}x([0-9a-fA-F]{2})|\\{1,4}([/\"'nrt])"
)
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}){6,}+")
_CODES = re.compile(r"fromCharCode\s*\(([\d,\sxXa-fA-F]{1,20000}+)\)")
_SEAM = re.compile(r"(['\"])\s*+[+,]\s*+(['\"])")
_PACKED = re.compile(r"['\"`]([A-Za-z0-9+/]{16,100000}+={0,2})['\"`]")
_JOINED = re.compile(r"(?<![0-9])[0-9]{15,18}[Xx]?(?![0-9])")
_PLAIN_ESCAPES = {"n": "\n", "r": "\n", "t": "\t"}
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
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


def disguised(script: str) -> Iterator[tuple[int, str]]:
    """Offset and text of what a script puts together or unpacks before it shows it."""
    for found in _PERCENT.finditer(script):
        yield from _telling(found.start(), unquote(found[0], errors="replace"))
    for found in _CODES.finditer(script):
        yield from _telling(found.start(), _characters(found[1]))
    for found in _PACKED.finditer(script):
        yield from _telling(found.start(), _unpacked(found[1]))
    for line in _LINE.finditer(script):
        if len(line[0]) <= _LONG_LINE and _SEAM.search(line[0]):
            for digits in _JOINED.finditer(_SEAM.sub("", line[0])):
                if digits[0] not in line[0]:
                    yield line.start(), digits[0]


def _telling(at: int, text: str) -> Iterator[tuple[int, str]]:
    if notable(text) and text.isprintable():
        yield at, text


def _characters(codes: str) -> str:
    try:
        return "".join(chr(int(code, 0)) for code in codes.split(",") if code.strip())
    except (ValueError, OverflowError):
        return ""


def _unpacked(packed: str) -> str:
    try:
        return b64decode(packed, validate=True).decode()
    except ValueError:
        return ""


def style_text(style: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each notable piece of a style sheet, such as a comment or generated content."""
    for found in _STATEMENT.finditer(style):
        text = _CSS_ESCAPE.sub(_of_style, readable(found[0])).strip()
        if notable(text):
            yield found.start(), text


def _of_style(found: re.Match[str]) -> str:
    """The character of an escape (CSS Syntax 3, 4.3.7); a blank after it belongs to it."""
    point = int(found[1], 16)
    return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"


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
