"""Texts that are hard for a regular expression, derived from the expression itself: what it repeats, repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = frozenset((code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT))
_CLASSES = {
    code.CATEGORY_DIGIT: "5",
    code.CATEGORY_SPACE: " ",
    code.CATEGORY_WORD: "甲",
    code.CATEGORY_NOT_DIGIT: "乙",
    code.CATEGORY_NOT_SPACE: "乙",
    code.CATEGORY_NOT_WORD: "，",
}
_CANDIDATES = "5甲a ，A一\t\n。(县"


def texts(pattern: str, size: int) -> Iterator[str]:
    """For every repeat of the pattern: what leads to it once and then what it repeats, and both over and over."""
    tree = parser.parse(pattern, re.MULTILINE)
    seen: set[str] = set()
    for before, unit in _repeats(tree, ""):
        for text in (
            before + unit * (size // max(1, len(unit))),
            (before + unit) * (size // max(1, len(before + unit))),
        ):
            if text and text not in seen:
                seen.add(text)
                yield text


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    for operation, argument in tree:
        if operation in _REPEATS:
            _, high, inner = argument
            unit = _sample(inner)
            if high > 3 and unit:
                yield before, unit
            yield from _repeats(inner, before)
        elif operation is code.SUBPATTERN:
            yield from _repeats(argument[-1], before)
        elif operation is code.ATOMIC_GROUP:
            yield from _repeats(argument, before)
        elif operation is code.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before)
        before += _sample([(operation, argument)])


def _sample(tree: Any) -> str:
    """A text that the tree matches, look-arounds aside."""
    return "".join(_one(operation, argument) for operation, argument in tree)


def _one(operation: Any, argument: Any) -> str:
    if operation is code.LITERAL:
        return chr(argument)
    if operation is code.NOT_LITERAL:
        return next(char for char in _CANDIDATES if ord(char) != argument)
    if operation is code.ANY:
        return "甲"
    if operation is code.IN:
        return _of_class(argument)
    if operation is code.BRANCH:
        return _sample(argument[1][0])
    if operation is code.SUBPATTERN:
        return _sample(argument[-1])
    if operation is code.ATOMIC_GROUP:
        return _sample(argument)
    if operation in _REPEATS:
        low, high, inner = argument
        return _sample(inner) * max(low, min(1, high))
    return ""


def _of_class(items: Any) -> str:
    if items[0][0] is code.NEGATE:
        refused = re.compile("[" + "".join(map(_escaped, items[1:])) + "]")
        return next((char for char in _CANDIDATES if not refused.match(char)), "丙")
    operation, argument = items[0]
    if operation is code.LITERAL:
        return chr(argument)
    if operation is code.RANGE:
        return chr(argument[0])
    return _CLASSES.get(argument, "甲")


def _escaped(item: Any) -> str:
    operation, argument = item
    if operation is code.LITERAL:
        return re.escape(chr(argument))
    if operation is code.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    names = {code.CATEGORY_DIGIT: r"\d", code.CATEGORY_SPACE: r"\s", code.CATEGORY_WORD: r"\w"}
    return names.get(argument, "")
