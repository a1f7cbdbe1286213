"""Finds resident identity numbers and the numbers built on them, in every spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewer.detect.numbers.credit_code import is_credit_code
from reviewer.detect.numbers.encoded import encoded
from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.resident_id import is_foreign, is_old, is_plausible, is_valid
from reviewer.detect.numbers.runs import Number, joined, rejoined
from reviewer.detect.numbers.wrapped import wrapped
from reviewer.language import tr
from reviewer.text.lazy import lazy

_DISABILITY = lazy(r"[1-7][1-4]")
_REISSUED = lazy(r"[1-7][1-4][ ]?[B8][0-9]")  # the certificate's second, third … copy: B1, B2
_LETTER = lazy(r"(?<![0-9A-Za-z])[GLJgl][ \-]{0,2}\Z")
_TOKEN_BEFORE, _TOKEN_AFTER = lazy(r"[0-9A-Za-z]{1,16}\Z"), lazy(r"[0-9A-Za-z]{1,16}")
_DAMAGED = lazy(r"[Ee]\+")  # 5.29931190806072E+17
_MOST_GLUED = 12  # letters and digits on one side of a number that they were typed together with
_ITEM = lazy(r"(?:^|[\n\r])[ \t]*[1-9][0-9]{0,2}\.\Z")


def resident_ids(digits: Digits) -> Iterator[Found]:
    """18 characters whose check character is right."""
    yield from _checked(digits, lambda number: is_valid(number, digits.today))
    for start, end in encoded(digits.text, lambda number: is_valid(number, digits.today)):
        yield Found(start, end, 0.95, tr("号码以 Base64 编码", "the number is written in Base64"))


def foreign_ids(digits: Digits) -> Iterator[Found]:
    """The 18 digits of a foreign permanent resident's card."""
    yield from _checked(digits, lambda number: is_foreign(number, digits.today))


def _checked(digits: Digits, is_right: Callable[[str], bool]) -> Iterator[Found]:
    for run in digits.runs:
        for number in joined(run, 18, longest=18, alone=False):
            if is_right(number.digits) and not _is_fraction(digits.text, number):
                found = _doubtful(number, digits.text)
                if found:
                    yield found
    note = tr("证件号被换行或分栏断开", "broken over lines or cells")
    for run in digits.broken:
        for number in rejoined(run, 18, alone=False):
            if is_right(number.digits):
                yield Found(number.start, number.end, 0.97, note)
    for halves in wrapped(digits.text, is_right):
        yield from (Found(start, end, 0.95, note) for start, end in halves)


def _doubtful(number: Number, text: str) -> Found | None:
    """By chance one valid number in thirty-one passes as a credit code too: no reason to let it go."""
    start, end = number.start, number.end
    before, after = _TOKEN_BEFORE.search(text, max(0, start - 16), start), _TOKEN_AFTER.match(text, end)
    glued = max(len(side[0]) if side else 0 for side in (before, after))
    if glued > _MOST_GLUED:
        return None  # a hash, a key
    if glued:
        note = tr("号码夹在字母或数字之间，校验位相符", "between letters, but its check character is right")
        return Found(start, end, 0.9, note)
    if is_credit_code(number.digits):
        note = tr(
            "也符合统一社会信用代码的校验，请核对", "it also passes as a unified social credit code: please check"
        )
        return Found(start, end, 0.9, note)
    return Found(start, end)


def _is_fraction(text: str, number: Number) -> bool:
    """Whether the number is what follows a decimal point; "3.5299…" at the head of a line counts an item."""
    start = number.start
    if len(number.split) > 1 or text[start - 1 : start] != "." or not text[max(0, start - 2) : start - 1].isdigit():
        return False
    return _ITEM.search(text, max(0, start - 12), start) is None


def mistyped_ids(digits: Digits) -> Iterator[Found]:
    """Numbers of nearly the right form with a wrong check character or a digit too many or too few."""
    note = tr("校验位不符，疑似录错", "wrong check character: perhaps mistyped")
    length = tr("位数不符，疑似录错", "wrong length: perhaps mistyped")
    for run in digits.runs:
        for number in joined(run, 18):
            if _is_nearly_valid(number.digits, digits):
                yield Found(number.start, number.end, 1.0, note)
        for size in (17, 19):
            for number in joined(run, size):
                if is_plausible((number.digits + "0")[:18], digits.today):
                    yield Found(number.start, number.end, 0.9, length)


def _is_nearly_valid(number: str, digits: Digits) -> bool:
    return is_plausible(number, digits.today) and not is_valid(number, digits.today)


def old_ids(digits: Digits) -> Iterator[Found]:
    """15 digits in one piece, in the groups of the old form, or cut once."""
    for runs, pieces in ((digits.runs, joined), (digits.broken, rejoined)):
        for run in runs:
            for number in pieces(run, 15):
                if is_old(number.digits, digits.today) and not _DAMAGED.match(digits.text, number.end):
                    yield Found(number.start, number.end)


def student_numbers(digits: Digits) -> Iterator[Found]:
    """G, L or J and a resident identity number."""
    for run in digits.runs:
        for number in joined(run, 18):
            letter = _LETTER.search(digits.text, max(0, number.start - 4), number.start)
            if letter and is_plausible(number.digits, digits.today):
                yield Found(letter.start(), number.end)


def disability_numbers(digits: Digits) -> Iterator[Found]:
    """A resident identity number and two digits: the kind and the degree of the disability."""
    for run in digits.runs:
        for size, tail in ((22, _REISSUED), (20, _DISABILITY)):
            for number in joined(run, size):
                written = digits.text[number.end - 5 : number.end] if size == 22 else ""
                if size == 22 and "B" not in written:
                    continue
                if is_valid(number.digits[:18], digits.today) and tail.fullmatch(number.digits[18:]):
                    yield Found(number.start, number.end)
    for run in digits.broken:
        for number in joined(run, 20):
            if is_valid(number.digits[:18], digits.today) and _DISABILITY.fullmatch(number.digits[18:]):
                yield Found(number.start, number.end, 0.97)
