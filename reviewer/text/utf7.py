"""Runs of UTF-7 in a text: "+c4toQoKx-" is 王桂花 (RFC 2152; mail of old systems, and whoever wants to pass unread)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence

from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_RUN = lazy(r"\+(?P<code>[A-Za-z0-9+/]{3,4000}+)(?P<closed>-?)")
_INSIDE = re.compile(r"[A-Za-z0-9+/=]")  # before a run that is not closed: then it is the middle of Base64
_UNIT_BITS, _SIGN_BITS, _LEAST = 16, 6, 2
_PUNCTUATION = frozenset("，。：；？！（）、“”‘’《》〈〉【】〔〕「」—…·￥％＋－／～ \t\r\n")


@dataclass(frozen=True, slots=True)
class Sign:
    """A character, and where in the text it is written."""

    char: str
    start: int
    end: int


def runs(text: str) -> Sequence[Sequence[Sign]]:
    """Each run that decodes to characters people write; one of a single character only beside longer ones."""
    if "+" not in text:
        return ()
    found = tuple(_runs(text))
    return found if any(len(run) >= _LEAST for run in found) else ()


def _runs(text: str) -> Iterator[Sequence[Sign]]:
    for match in _RUN.finditer(text):
        if not match["closed"] and match.start() and _INSIDE.match(text, match.start() - 1):
            continue
        chars = _decoded(match["code"])
        if chars:
            yield tuple(_signs(chars, *match.span()))


def _decoded(code: str) -> str:
    """The characters, or nothing if the bits that are left over are not nought or a character is an unlikely one."""
    count, left = divmod(len(code) * _SIGN_BITS, _UNIT_BITS)
    if not count or left >= _SIGN_BITS:
        return ""
    data = base64.b64decode(code + "A" * (-len(code) % 4))
    if any(data[2 * count : (len(code) * _SIGN_BITS + 7) // 8]):
        return ""
    chars = data[: 2 * count].decode("utf-16-be", errors="replace")
    return chars if len(chars) == count and all(map(_is_likely, chars)) else ""


def _is_likely(char: str) -> bool:
    """A character of GB 2312, of ASCII that prints, or of punctuation: one of ten code units."""
    if char.isascii():
        return char.isprintable() or char in _PUNCTUATION
    if char in _PUNCTUATION or "\uff01" <= char <= "\uff5e":
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return "\u4e00" <= char <= "\u9fff"


def _signs(chars: str, start: int, end: int) -> Iterator[Sign]:
    """Each character begins with the sign that holds its first bit; the first one with the plus."""
    places = [start, *(start + 1 + at * _UNIT_BITS // _SIGN_BITS for at in range(1, len(chars))), end]
    return (Sign(char, low, high) for char, low, high in zip(chars, places, places[1:], strict=False))
