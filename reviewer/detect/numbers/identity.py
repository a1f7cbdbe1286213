"""Finds resident identity numbers and the numbers built on them, in every spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.detect.numbers.credit_code import is_credit_code
from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.resident_id import is_foreign, is_old, is_plausible, is_valid
from reviewer.detect.numbers.runs import Number, joined
from reviewer.language import tr
from reviewer.text.lazy import lazy

# A number that a line end or a cell border cuts in two or three: believed only when its check character is right.
_WRAPPED = lazy(r"[1-9](?<![0-9A-Za-z].)[0-9]{5,16}[ \t]*\r?\n[ \t]*[0-9]{0,11}[0-9Xx](?![0-9A-Za-z])")
_BORDER = r"(?:[ \t|]{1,5}|[ \t|]{0,5}\r?\n[ \t|]{0,5})"
_CELLS = lazy(rf"[1-9](?<![0-9].)[0-9]{{5}}{_BORDER}[12][0-9]{{7}}{_BORDER}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])")
# Forms have a box for each character.
_BOXES = lazy(rf"[1-9](?<![0-9A-Za-z].)(?:{_BORDER}[0-9]){{16}}{_BORDER}[0-9Xx](?![0-9A-Za-z])")
_STARS = lazy(r"[*×●]{3,8}")
_BEFORE_STARS = lazy(r"(?<![0-9A-Za-z*])[1-9][0-9]{5,13}\Z")
_AFTER_STARS = lazy(r"[0-9]{0,6}[0-9Xx]?(?![0-9A-Za-z*])")
_DISABILITY = lazy(r"[1-7][1-4](?:B[0-9])?")


def resident_ids(digits: Digits) -> Iterator[Found]:
    """18 characters whose check character is right."""
    for run in digits.runs:
        for number in joined(run, 18):
            if _stands_alone(digits.text, number.start, number.end) and is_valid(number.digits, digits.today):
                yield _doubtful(number) if is_credit_code(number.digits) else Found(number.start, number.end)
    for pattern in (_WRAPPED, _CELLS, _BOXES):
        for match in pattern.finditer(digits.text):
            if is_valid(re.sub(r"[^0-9Xx]", "", match[0]).upper(), digits.today):
                yield Found(
                    match.start(), match.end(), 0.97, tr("证件号被换行或分栏断开", "broken over lines or cells")
                )


def _doubtful(number: Number) -> Found:
    """By chance one valid number in thirty-one passes as a credit code too: no reason to let it go."""
    note = tr("也符合统一社会信用代码的校验，请核对", "it also passes as a unified social credit code: please check")
    return Found(number.start, number.end, 0.9, note)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    glued = (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())
    return not glued


def mistyped_ids(digits: Digits) -> Iterator[Found]:
    """Numbers of nearly the right form with a wrong check character or a digit too many or too few."""
    note = tr("校验位不符，疑似录错", "wrong check character: perhaps mistyped")
    length = tr("位数不符，疑似录错", "wrong length: perhaps mistyped")
    for run in digits.runs:
        for number in joined(run, 18):
            if _is_nearly_valid(number.digits, digits) and not is_credit_code(number.digits):
                yield Found(number.start, number.end, 1.0, note)
        for size in (17, 19):
            for number in joined(run, size):
                if is_plausible((number.digits + "0")[:18], digits.today):
                    yield Found(number.start, number.end, 0.9, length)


def _is_nearly_valid(number: str, digits: Digits) -> bool:
    return is_plausible(number, digits.today) and not is_valid(number, digits.today)


def old_ids(digits: Digits) -> Iterator[Found]:
    """15 digits in one piece or in the groups of the old form."""
    for run in digits.runs:
        for number in joined(run, 15):
            if is_old(number.digits, digits.today):
                yield Found(number.start, number.end)


def foreign_ids(digits: Digits) -> Iterator[Found]:
    """The 18 digits of a foreign permanent resident's card."""
    for run in digits.runs:
        for number in joined(run, 18):
            if is_foreign(number.digits, digits.today):
                yield Found(number.start, number.end)


def student_numbers(digits: Digits) -> Iterator[Found]:
    """G, L or J and a resident identity number."""
    for run in digits.runs:
        for number in joined(run, 18):
            before = digits.text[number.start - 1 : number.start]
            if before in ("G", "L", "J", "g", "l") and is_plausible(number.digits, digits.today):
                yield Found(number.start - 1, number.end)


def disability_numbers(digits: Digits) -> Iterator[Found]:
    """A resident identity number and two digits: the kind and the degree of the disability."""
    for run in digits.runs:
        for number in joined(run, 20):
            if is_valid(number.digits[:18], digits.today) and _DISABILITY.fullmatch(number.digits[18:]):
                yield Found(number.start, number.end)


def weak_masks(digits: Digits) -> Iterator[Found]:
    """A masked number of 18 characters of which eight or fewer are hidden."""
    text = digits.text
    for stars in _STARS.finditer(text):
        before = _BEFORE_STARS.search(text, max(0, stars.start() - 15), stars.start())
        after = _AFTER_STARS.match(text, stars.end())
        if before and after and after.end() - before.start() == 18:
            yield Found(
                before.start(), after.end(), 1.0, tr("掩码不足，可还原", "masked too little: it can be worked out")
            )
