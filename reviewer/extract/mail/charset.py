"""Bytes of a mail to text: the declared character set is widened, and believed where the bytes bear it out."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from reviewer.text.commonness import cost
from reviewer.text.decode import decode, oddities

_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_WIDENED = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "big5": "cp950", "iso8859-1": "cp1252"}
_GUESSED = frozenset({"gb18030", "cp950", "utf-8"})
_SAMPLE = 1 << 16
_DECLARED = 8.0
"""Bits, as in text/decode.py: Western declarations in front of Chinese bytes are the commonest lie in mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Text, and what a person must know about how it was decoded."""

    text: str
    trouble: str | None = None


def text_of(data: bytes, charset: str) -> Read:
    """The text of a body or an encoded word whose character set is said to be `charset` ("" if it is not said)."""
    name = _codec(charset)
    declared = _strict(data, name) if name else None
    if declared is None or name in _WESTERN:
        return _western(data) if name in _WESTERN else _found(data, charset)
    if name not in _GUESSED and not data.isascii():
        return Read(text=declared)
    found = decode(data, hint=charset)
    if found.encoding == name or not _likelier(data, found.encoding, name):
        return Read(text=declared.removeprefix("\ufeff"), trouble=found.trouble if oddities(declared) else None)
    return Read(text=found.text, trouble=found.trouble)


def _likelier(data: bytes, found: str, declared: str) -> bool:
    """Whether the bytes speak so much for another encoding that the declared one must be a mistake."""
    if data.isascii() or found == "mixed":
        return found in ("hz", "mixed")
    sample = data[:_SAMPLE]
    bits = [cost(sample.decode(name, errors="replace")) for name in (found, declared)]
    return bits[0] < bits[1] - _DECLARED


def _codec(charset: str) -> str:
    """The Python codec of a name in a mail; "" if there is none for text."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'") or "-").name
        b" ".decode(name)  # refuses codecs that are not of text
    except (LookupError, ValueError):
        return ""
    return _WIDENED.get(name, name)


def _found(data: bytes, charset: str) -> Read:
    found = decode(data, hint=charset or None)
    return Read(text=found.text, trouble=found.trouble)


def _western(data: bytes) -> Read:
    if data.isascii():
        return _found(data, "")
    text = data.decode("cp1252", errors="replace")
    for other in ("utf-8", "gb18030"):
        chinese = _strict(data, other)
        if chinese is not None and cost(chinese) < cost(text) - _DECLARED:
            return _found(data, other)
    return Read(text=text)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None
