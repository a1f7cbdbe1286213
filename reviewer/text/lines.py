"""Lines of a text as an editor counts them."""

from __future__ import annotations

from reviewer.text.lazy import lazy

_END = lazy(r"\r\n|\r|\n")


def line_starts(text: str) -> list[int]:
    """The code point at which each line begins; a last entry stands for the end of the text.

    Line ends are "\\r\\n", "\\n" and "\\r". `bisect_right(starts, offset)` is the line's number from 1.
    """
    return [0, *(match.end() for match in _END.finditer(text)), len(text) + 1]
