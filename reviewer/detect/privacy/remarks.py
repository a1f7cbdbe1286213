"""Remarks: what stands in brackets right behind a name, or in a later field of the line of a list that names somebody.

蓬莉莉（长病假，抑郁）；护林　蒯铁柱　1620元/月　刑释. Nothing but the name says of whom: no verb, no pronoun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.detect.privacy.people import Name, has_surname, is_name
from reviewer.detect.privacy.roles import Standing
from reviewer.detect.privacy.rows import is_of_nobody
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_REACH = 60  # characters between the bracket and what stands in it
_OPEN, _CLOSE = "（(", "）)"
_BEYOND = 12  # characters behind a place in which a calling may still be told
_FIELD = lazy(r"[^\s|/；;│]+")
_LONGEST_FIELD = 24  # a longer one is a sentence of running text
_LEAST_FIELDS = 3  # a name, what the list is about, and a remark
_NAME_AMONG = 3  # fields in which a list names its persons
_LONGEST_LINE = 120

# What a remark says of a calling, of a life long past or of a shop is no remark on a person's private life.
_CALLING = lazy(
    r"擅长|专长|会诊|坐诊|门诊|主任|医师|医生|教授|专家|律师|讲授|主讲|研究|负责|经营|法定代表|代表"
    r"|[0-9]{4}[ ]?[—–－~-]"
)

Naming = Callable[[int, int], Sequence[Name]]


def opens_remark(text: str, end: int) -> bool:
    """Whether a bracket opens right behind a name that ends here, and not for the years of a life."""
    return text[end : end + 1] in tuple(_OPEN) and not text[end + 1 : end + 2].isdigit()


def bearer(text: str, line: Range, at: int, names_in: Naming) -> Name | None:
    """Whose remark the place `at` belongs to; None where it stands in no remark, or in that of an official."""
    return _before_bracket(text, line, at, names_in) or _of_line(text, line, at, names_in)


def _before_bracket(text: str, line: Range, at: int, names_in: Naming) -> Name | None:
    low = max(line[0], at - _REACH)
    opening = max(text.rfind(mark, low, at) for mark in _OPEN)
    if (
        opening < 0
        or any(mark in text[opening:at] for mark in _CLOSE)
        or _CALLING.search(text, opening, min(line[1], at + _BEYOND))
    ):
        return None
    return next((name for name in names_in(*line) if name.end == opening and not name.official), None)


def _of_line(text: str, line: Range, at: int, names_in: Naming) -> Name | None:
    if line[1] - line[0] > _LONGEST_LINE:
        return None
    fields = [match.span() for match in _FIELD.finditer(text, *line)]
    if (
        _CALLING.search(text, *line)
        or len(fields) < _LEAST_FIELDS
        or any(end - start > _LONGEST_FIELD for start, end in fields)
    ):
        return None
    known = {(name.start, name.end): name for name in names_in(*line)}
    for start, end in fields[:_NAME_AMONG]:
        if end > at:
            return None
        name = known.get((start, end))
        if name is not None:
            return None if name.official else name
        word = text[start:end]
        if 2 < end - start <= 4 and has_surname(word) and is_name(word) and not is_of_nobody(word):
            return Name(start, end, text[start:end], Standing.NONE, True, True)
    return None
