"""Cuts a line of a plain-text table into cells: tabs, bars, commas, slashes, wide spaces or single spaces."""

from __future__ import annotations

import re
from collections.abc import Callable

from reviewer.detect.privacy.people import has_surname
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

Piece = tuple[int, int]  # half-open, within the line

_WIDE = lazy(r"[ \t]*\u3000[ \t\u3000]*|[ \t\u00a0]{2,}")
_SPACE = lazy(r"[ \t\u00a0\u3000]+")
_BAR = lazy(r"[|｜│┃]|[─━]*[┌┬┐├┼┤╔╦╗║╠╬╣][─━]*")
_SLASH = lazy(r"[/／]")


@dataclass(frozen=True, slots=True)
class Delimiter:
    """One way to cut a line; `positional`: an empty cell keeps its place, so that columns never shift."""

    name: str
    present: Callable[[str], bool]
    pattern: re.Pattern[str]
    positional: bool
    least: int  # cells that a header must have


DELIMITERS = (
    Delimiter("tab", lambda line: "\t" in line, lazy(r"\t"), True, 2),
    Delimiter("bar", lambda line: _BAR.search(line) is not None, _BAR, True, 2),
    Delimiter("comma", lambda line: line.count(",") >= 2, lazy(r","), True, 3),
    Delimiter("chinese comma", lambda line: line.count("，") >= 2, lazy(r"，"), True, 3),
    Delimiter(
        "semicolon",
        lambda line: line.count(";") + line.count("；") >= 2,
        lazy(r"(?<!&#[0-9]{2})(?<!&#[xX][0-9]{2})[;；]"),
        True,
        3,
    ),
    Delimiter("slash", lambda line: len(_SLASH.findall(line)) >= 2, _SLASH, True, 3),
    Delimiter("wide", lambda line: _WIDE.search(line.strip()) is not None, _WIDE, False, 2),
    Delimiter("space", lambda line: _SPACE.search(line.strip()) is not None, _SPACE, False, 3),
)
"""Tried in this order."""


def pieces(line: str, delimiter: Delimiter) -> list[Piece]:
    """The cells of a line, each without the white space around it."""
    found: list[Piece] = []
    at = 0
    for match in delimiter.pattern.finditer(line):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, len(line)))
    if delimiter.name == "bar":
        found = _without_frame(line, found)
    trimmed = [_trimmed(line, piece) for piece in found]
    if not delimiter.positional:
        trimmed = _rejoined(line, [piece for piece in trimmed if piece[0] < piece[1]])
    return trimmed


def _without_frame(line: str, found: list[Piece]) -> list[Piece]:
    """A line that begins and ends with a bar has no cell before the first and after the last."""
    if found and not line[slice(*found[0])].strip():
        found = found[1:]
    if found and not line[slice(*found[-1])].strip():
        found = found[:-1]
    return found


def _trimmed(line: str, piece: Piece) -> Piece:
    text = line[piece[0] : piece[1]]
    left = len(text) - len(text.lstrip())
    return (piece[0] + left, piece[1] - (len(text) - len(text.rstrip()))) if text.strip() else (piece[0], piece[0])


def _rejoined(line: str, found: list[Piece]) -> list[Piece]:
    """A name spread over two cells, "张　三", becomes one again."""
    joined: list[Piece] = []
    at = 0
    while at < len(found):
        piece = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        if following and _is_spread(line[slice(*piece)], line[slice(*following)], line[piece[1] : following[0]]):
            piece = (piece[0], following[1])
            at += 1
        joined.append(piece)
        at += 1
    return joined


def _is_spread(first: str, second: str, gap: str) -> bool:
    sex = second in ("男", "女", "无", "有", "是", "否")
    return (
        len(first) == len(second) == 1
        and has_surname(first)
        and "\u4e00" <= second <= "\u9fff"
        and not sex
        and len(gap) <= 2
    )
