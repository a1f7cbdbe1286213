"""Text in bytes whose layout nobody decodes: whatever looks like writing and may say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.extract.ooxml.xml import telling
from reviewer.text.commonness import surprise

MAX_BYTES = 32 * 2**20
"""More than this of one undecoded piece is not searched; the caller writes a gap instead."""

_WIDE = re.compile(r"[\t\n\r\u0020-\u007e\u00b7\u2010-\u203b\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffee]{2,}")
_NARROW = re.compile(rb"[\x20-\x7e]{7,}")
_BYTES = re.compile(rb"(?:[\x20-\x7e]|[\x81-\xfe][\x40-\x7e\x80-\xfe])+")
_UNLIKELY = 16.0
"""Bits a character: names of rare characters come to less, numbers read as characters to more (text.commonness)."""


def residue(data: bytes, codec: str = "") -> Iterator[str]:
    """Runs of UTF-16, of ASCII and, if a codec is given, of its characters; each text once."""
    seen: set[str] = set()
    for text in _runs(data[:MAX_BYTES], codec):
        shown = text.strip()
        if shown not in seen and telling(shown) and (shown.isascii() or surprise(shown) <= _UNLIKELY):
            seen.add(shown)
            yield shown


def _runs(data: bytes, codec: str) -> Iterator[str]:
    for start in (0, 1):
        for run in _WIDE.finditer(data[start:].decode("utf-16-le", "replace")):
            yield run[0]
    for narrow in _NARROW.finditer(data):
        yield narrow[0].decode("ascii")
    if codec:
        for run_of_bytes in _BYTES.finditer(data):
            text = run_of_bytes[0].decode(codec, "replace")
            if "\ufffd" not in text:
                yield text
