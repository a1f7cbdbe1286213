"""Runs of digits as people write them: spaced, hyphened, dotted, misread by a scanner, or in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.text.lazy import lazy
from reviewer.value import dataclass

# Letters a scanner puts for digits, and the crosses people type for the check character X.
_LETTERS = "OolIBS"
_DIGIT_OF = str.maketrans(f"{_LETTERS}×✕xХх", "001185XXXXX")
_CROSS = "[Xx×✕Хх]"
_SEPARATOR = r"[ \-.·—–_]"
_DIGIT = f"[0-9{_LETTERS}]"
# A group of a scanner's zeros alone, as in 182 OOOO 6190.
_ZEROS = rf"[Oo]{{3,4}}(?={_SEPARATOR}[0-9])"
_GROUP = lazy(rf"[0-9]{_DIGIT}*{_CROSS}?|(?<=[0-9]{_SEPARATOR}){_ZEROS}|{_CROSS}")
# The kind and degree of a disability follow the check character without a gap.
_CHECK = rf"(?:{_CROSS}(?:[1-7lI][1-4lI](?![0-9]))?+)?+"
# Begins with a class, so that the engine skips what is no digit; the look-ahead rejects short numbers, which are most.
# A cross may be a group of its own only where every digit is one: "5 2 9 … X".
_RUN = lazy(
    rf"[0-9](?<![0-9][0-9])(?={_SEPARATOR}{{0,3}}(?:{_DIGIT}{_SEPARATOR}{{0,3}}){{6}})"
    rf"{_DIGIT}*+{_CHECK}"
    rf"(?:{_SEPARATOR}{{1,3}}(?:[0-9]{_DIGIT}*+{_CHECK}|{_ZEROS}|(?<=[0-9]{_SEPARATOR}){_CROSS}(?![0-9A-Za-z])))*+"
)
# Those of speech among them: 幺两拐勾洞 for 1 2 7 9 0, as they are said on the telephone.
NUMERALS = "〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两拐勾洞"
VALUES = str.maketrans(NUMERALS, "0001234567891234567891" + "2790")
# In numerals, in both, or begun in digits and ended in numerals.
_SPELLED = lazy(
    rf"[{NUMERALS}](?<![0-9{NUMERALS}].)(?:[ \-.·]?[0-9{NUMERALS}]){{10,}}+(?:{_CROSS}[{NUMERALS}]{{0,2}}+)?"
    rf"|[0-9](?<![0-9{NUMERALS}].)(?=[0-9 \-.·]{{0,11}}[{NUMERALS}])(?:[ \-.·]?[0-9{NUMERALS}]){{10,}}+"
    rf"(?:{_CROSS}[{NUMERALS}]{{0,2}}+)?"
    rf"|[0-9](?<![0-9].)[0-9]{{0,20}}+[ \-.·]?[{NUMERALS}](?:[ \-.·]?[0-9{NUMERALS}]){{4,}}+"
    rf"(?:{_CROSS}[{NUMERALS}]{{0,2}}+)?"
)
_RINGED = lazy(r"[0-9]+○{2,}[0-9]*[Xx]?")  # among figures rings stand for what is hidden, among numerals for noughts
# What a line end, a cell's border or a comma cuts.
_BREAK = r"[ \t]{0,8}(?:-?\r?\n|[\t|│,，、/])[ \t|]{0,12}"
_BROKEN = lazy(
    rf"[0-9](?<![0-9A-Za-z.].)[0-9]{{0,17}}+(?:(?:{_BREAK}|[ \-]{{1,3}})[0-9]{{1,17}}+(?![0-9]))*+"
    rf"(?:(?:{_BREAK}|[ \-]{{0,3}}){_CROSS}(?:[1-7][1-4])?+(?![0-9A-Za-z]))?+"
)
_IS_BROKEN = lazy(_BREAK)
_PIECE = lazy(rf"[0-9]+{_CROSS}?|{_CROSS}")
_LEAST_BROKEN = 11
_BEFORE = lazy(rf"(?<![0-9A-Za-z])[{_LETTERS}]\Z")


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
        run = tuple(_group(found) for found in _GROUP.finditer(text, *match.span()))
        yield run
        yield from _readings(run, text)
    for match in _SPELLED.finditer(text):
        if _RINGED.fullmatch(match[0]):
            continue
        digits = re.sub(r"[ \-.·]", "", match[0]).translate(VALUES).translate(_DIGIT_OF)
        yield (Group(digits, match.start(), match.end(), True),)


def _readings(run: Run, text: str) -> Iterator[Run]:
    """A letter that touches the number may be a misread digit of it, or no part of it."""
    last = run[-1]
    bare = text[last.start : last.end].rstrip(f"{_LETTERS}XxХх×✕")
    if bare and len(bare) < last.end - last.start and len(last.digits) != 18:
        yield (*run[:-1], Group(last.digits[: len(bare)], last.start, last.start + len(bare), last.exact))
    first = run[0]
    if first.start and _BEFORE.search(text, max(0, first.start - 2), first.start):
        letter = text[first.start - 1].translate(_DIGIT_OF)
        yield (Group(letter + first.digits, first.start - 1, first.end, False), *run[1:])


def broken_runs(text: str) -> Iterator[Run]:
    """Every stretch that a line end, a cell's border or commas cut, and that holds eleven digits or more."""
    for match in _BROKEN.finditer(text):
        if match.end() - match.start() > _LEAST_BROKEN and _IS_BROKEN.search(match[0]):
            yield tuple(_group(found) for found in _PIECE.finditer(text, *match.span()))


def _group(found: re.Match[str]) -> Group:
    digits = found[0].translate(_DIGIT_OF)
    return Group(digits, found.start(), found.end(), not any(char in _LETTERS for char in found[0]))


def joined(run: Run, size: int, longest: int = 6, *, alone: bool = True) -> Iterator[Number]:
    """The numbers of exactly `size` characters that neighbouring whole groups of the run make up.

    Of up to `longest` groups, or digit by digit; then, with `alone`, no other digit may stand by itself beside them.
    """
    if run[-1].end - run[0].start < size:
        return
    first = total = 0
    for last, group in enumerate(run):
        total += len(group.digits)
        while total > size:
            total -= len(run[first].digits)
            first += 1
        if total == size:
            single = last - first == size - 1
            if not (alone and _goes_on(run, first, last)) if single else last - first < longest:
                yield number(run[first : last + 1])


def _goes_on(run: Run, first: int, last: int) -> bool:
    """Whether a further digit stands by itself on either side: these are the figures of a table."""
    around = (*run[max(0, first - 1) : first], *run[last + 1 : last + 2])
    return any(len(group.digits) == 1 for group in around)


_NATURAL = frozenset(((6, 8, 4), (6, 4, 4, 4), (6, 8, 3, 1), (3, 4, 4)))


def rejoined(run: Run, size: int, *, alone: bool = True) -> Iterator[Number]:
    """The same of a broken run, where it is cut once, into equal pieces, or where people cut such numbers."""
    for found in joined(run, size, longest=size, alone=alone):
        split = found.split
        if len(split) == 2 or split in _NATURAL or (len(set(split[:-1])) == 1 and split[-1] <= split[0]):
            yield found


def number(groups: Run) -> Number:
    """The groups read as one number."""
    return Number(
        digits="".join(group.digits for group in groups),
        start=groups[0].start,
        end=groups[-1].end,
        split=tuple(len(group.digits) for group in groups),
        exact=all(group.exact for group in groups),
    )
