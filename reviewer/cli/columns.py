"""How wide text is in a fixed-width font, and lines broken by that width: a Chinese character takes two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What may not be torn: a run of Latin letters and digits, or one other character, with the marks that close it.
_PIECE = re.compile(r"\s+|(?:[!-~]+|[“（《【]*.)[，。、；：？！”）》】]*")


def columns(text: str) -> int:
    """How many columns the text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, room: int) -> Iterator[str]:
    """The text in lines of at most `room` columns; only a single word longer than that stands out."""
    line = ""
    for piece in _PIECE.findall(" ".join(text.split())):
        if line and columns(line + piece.rstrip()) > room:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line.rstrip()
