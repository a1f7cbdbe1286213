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
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_UNLIKELY = 13.5
"""Bits a character: what people write comes to less, numbers read as characters to more (text.commonness).
Rare names come to more as well: they are believed where their length stands before them."""


def residue(data: bytes, codec: str = "") -> Iterator[str]:
    """Runs of UTF-16 (or, if a codec is given, of its characters) and of ASCII; each text once."""
    seen: set[str] = set()
    for text, counted in _runs(data[:MAX_BYTES], codec):
        shown = text.strip()
        if shown not in seen and telling(shown) and (shown.isascii() or _likely(shown, counted)):
            seen.add(shown)
            yield shown


def _likely(text: str, counted: bool) -> bool:
    """Whether people write so, or at least somebody counted the characters before writing them."""
    ideographs = _IDEOGRAPH.findall(text)
    if all(ord(found) & 0xFF == 0 for found in ideographs):  # Latin letters, read one byte beside
        return False
    return counted or (len(ideographs) > 1 and surprise(text) <= _UNLIKELY)


def _runs(data: bytes, codec: str) -> Iterator[tuple[str, bool]]:
    """Each run, and whether its own length stands before it."""
    if codec:
        for run in _BYTES.finditer(data):
            text = run[0].decode(codec, "replace")
            if "\ufffd" not in text:
                yield text, run.start() > 0 and data[run.start() - 1] == len(run[0])
    else:
        for start in (0, 1):
            for wide in _WIDE.finditer(data[start:].decode("utf-16-le", "replace")):
                yield wide[0], _is_counted(data, start + 2 * wide.start(), len(wide[0]))
    for narrow in _NARROW.finditer(data):
        yield narrow[0].decode("ascii"), False


def _is_counted(data: bytes, at: int, length: int) -> bool:
    """Whether a count of characters, perhaps with a NUL at the end, and perhaps a flag, stands before a run."""
    lengths = (length, length + 1)
    return (
        (at >= 4 and int.from_bytes(data[at - 4 : at], "little") in lengths)
        or (at >= 2 and data[at - 1] == 1 and data[at - 2] in lengths)
        or (at >= 3 and data[at - 1] == 1 and int.from_bytes(data[at - 3 : at - 1], "little") in lengths)
    )
