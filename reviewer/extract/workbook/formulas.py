"""Which formulas say something that the cells do not: words of their own, or another cell's text cut and masked."""

from __future__ import annotations

import re

from reviewer.extract.telling import telling_number
from reviewer.terms import Part

_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_MASKING = re.compile(r"\b(REPLACE|LEFT|RIGHT|MID|SUBSTITUTE|REPT)B?\s*\(", re.IGNORECASE)
# What stands for the letters that were cut away: "********", "某某", "女士".
_MASK = re.compile(r'"[*＊×xX#○●〇□■◆·.\-—_\s]*(?:[*＊×xX#○●〇□■◆]|某|先生|女士|同志|同学|老师)+[^"]{0,3}"')
_NUMBER = re.compile(r"\d{8,}")
_ROW_NUMBERS = re.compile(r"(?<=[A-Za-z$])\d+")


class Formulas:
    """The telling formulas met so far on one sheet: each kind once a column."""

    def __init__(self) -> None:
        self._patterns: set[tuple[int, str]] = set()

    def new(self, code: str, column: int) -> bool:
        """Whether a formula says something, and its like was not met in the column."""
        literals = [literal for literal in _LITERAL.findall(code) if literal.strip('" ')]
        literals += _NUMBER.findall(code)
        if not literals and not _MASKING.search(code):
            return False
        pattern = "".join(literals) + _ROW_NUMBERS.sub("#", _LITERAL.sub('""', code))
        if (column, pattern) in self._patterns:
            return False
        self._patterns.add((column, pattern))
        return True


def part_of(code: str) -> Part:
    """A formula that cuts another cell's text and puts a mask in its place hides what still stands there; else it is
    only a way to compute."""
    return Part.FORMULA if _MASKING.search(code) and _MASK.search(code) else Part.ATTRIBUTE


def is_constant(code: str) -> bool:
    """Whether a formula of a validation or a condition holds text or a long number of its own."""
    return '"' in code or telling_number(code)
