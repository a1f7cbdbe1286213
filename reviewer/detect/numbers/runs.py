"""Runs of digits as people write them: spaced, hyphened, dotted, misread by a scanner, or in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.text.lazy import lazy

# Letters a scanner puts for digits, and the crosses people type for the check character X.
_DIGIT_OF = str.maketrans("OolI×✕xХх", "0011XXXXX")
_SEPARATOR = r"[ \-.·—–_]"
_GROUP = lazy(r"[0-9][0-9OolI]*[Xx×✕Хх]?")
# Begins with a class, so that the engine skips what is no digit; the look-ahead rejects short numbers, which are most.
_RUN = lazy(
    rf"[0-9](?<![0-9][0-9])(?={_SEPARATOR}{{0,3}}(?:[0-9OolI]{_SEPARATOR}{{0,3}}){{6}})"
    rf"[0-9OolI]*[Xx×✕Хх]?(?:{_SEPARATOR}{{1,3}}[0-9][0-9OolI]*[Xx×✕Хх]?)*"
)
_NUMERALS = "〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两"
_VALUES = str.maketrans(_NUMERALS, "0001234567891234567891" + "2")
_SPELLED = lazy(rf"[{_NUMERALS}](?:[ \-]?[{_NUMERALS}]){{10,}}[Xx×]?")


@dataclass(frozen=True, slots=True)
class Group:
    """Characters without a separator between them, read as digits; `exact`: no letter had to be read as a digit."""

    digits: str
    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Number:
    """Neighbouring groups read as one number; `split` gives the length of each group."""

    digits: str
    start: int
    end: int
    split: tuple[int, ...]
    exact: bool


Run = tuple[Group, ...]


def runs(text: str) -> Iterator[Run]:
    """Every stretch of folded text that may hold a number of seven digits or more."""
    for match in _RUN.finditer(text):
        yield tuple(_group(found) for found in _GROUP.finditer(text, *match.span()))
    for match in _SPELLED.finditer(text):
        digits = re.sub(r"[ \-]", "", match[0]).translate(_VALUES).translate(_DIGIT_OF)
        yield (Group(digits, match.start(), match.end(), True),)


def _group(found: re.Match[str]) -> Group:
    digits = found[0].translate(_DIGIT_OF)
    return Group(digits, found.start(), found.end(), not any(char in "OolI" for char in found[0]))


def joined(run: Run, size: int, longest: int = 6) -> Iterator[Number]:
    """The numbers of exactly `size` characters that neighbouring whole groups of the run make up."""
    if run[-1].end - run[0].start < size and len(run) == 1:
        return
    for first in range(len(run)):
        total = 0
        for last in range(first, min(len(run), first + longest)):
            total += len(run[last].digits)
            if total >= size:
                if total == size:
                    yield number(run[first : last + 1])
                break


def number(groups: Run) -> Number:
    """The groups read as one number."""
    return Number(
        digits="".join(group.digits for group in groups),
        start=groups[0].start,
        end=groups[-1].end,
        split=tuple(len(group.digits) for group in groups),
        exact=all(group.exact for group in groups),
    )
