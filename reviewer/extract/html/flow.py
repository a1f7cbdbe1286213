"""Text as it flows into lines: inline tags leave no trace, white space shrinks, breaks end a line."""

from __future__ import annotations

import re
from typing import NamedTuple

_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINE_END = re.compile(r"\r\n?|\n")


class Line(NamedTuple):
    """One line as shown, and the offset in the source at which it begins."""

    text: str
    at: int


class Flow:
    """Collects what stands between two breaks."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[str] = []
        self._at = 0

    def add(self, text: str, at: int) -> None:
        """Put text that stands at `at` of the source behind what is there."""
        shrunk = _SPACES.sub(" ", text)
        if not self._pieces or self._pieces[-1].endswith(" "):
            shrunk = shrunk.removeprefix(" ")
        self._put(shrunk, at + len(text) - len(text.lstrip(" \t\n\r\f")))

    def add_preformatted(self, text: str, at: int) -> None:
        """The same for text in which spaces and line ends count."""
        begin = 0
        for end in _LINE_END.finditer(text):
            self._put(text[begin : end.start()], at + begin)
            self.end_line()
            begin = end.end()
        self._put(text[begin:], at + begin)

    def end_line(self) -> None:
        if not self._pieces:
            return
        text = "".join(self._pieces).strip(" \t\r\n\f")
        if text and not text.isspace():
            self._lines.append(Line(text, self._at))
        self._pieces = []

    def take(self) -> list[Line]:
        """End the line and hand over all lines, leaving none."""
        self.end_line()
        lines, self._lines = self._lines, []
        return lines

    def _put(self, text: str, at: int) -> None:
        if not text:
            return
        if not self._pieces:
            self._at = at
        self._pieces.append(text)
