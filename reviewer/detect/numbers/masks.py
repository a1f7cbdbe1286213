"""Masked identity numbers: what a mask leaves to see, and how many numbers still fit it."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.resident_id import is_plausible, is_province
from reviewer.language import tr
from reviewer.text.lazy import lazy

HIDING = "*×●■□◆☆★※?#○•◇△▲某"
"""Characters that people put in the place of digits; besides these x and _."""

_LENGTH = 18
_STARS = lazy(rf"[{HIDING}](?<![{HIDING}].)[{HIDING}]{{1,15}}+|(?<=[0-9])[xX_]{{3,16}}+(?=[0-9xX])")
_BEFORE = lazy(r"[1-9](?<![0-9A-Za-z*].)[0-9]{0,15}[ \-]?\Z")
_AFTER = lazy(r"[ \-]?[0-9]{0,7}[0-9Xx]?(?![0-9A-Za-z*])")
_BIRTHDAY = lazy(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]")
_LABEL = lazy(r"(?:身份|证件|公民|证)[^0-9，。；\n]{0,10}\Z")
# Counties of which a number may be, by how many of its first six digits are seen; days of birth of a century, where
# nothing is seen of the date, its first four digits, its first six, or its last four.
_COUNTIES = {0: 3000, 1: 300, 2: 100, 3: 30, 4: 10, 5: 3, 6: 1}
_DAYS, _DAYS_OF_A_YEAR, _DAYS_OF_A_MONTH, _YEARS = 36_525, 365, 31, 100
_CHECKS = 11
_BIRTHDAY_SEEN, _LEAST_LENGTH, _LEAST_HEAD = 8, 14, 4
_MOST_BARE, _ANY = 3, "110000190001010000"  # characters that a number may have where they are hidden
_MOST_WEAK, _MOST_THIN, _MOST_HIDDEN = 5_000, 1_000, 8


def candidates(before: int, after: int) -> int:
    """About how many numbers have the `before` first and the `after` last characters that a mask leaves to see."""
    days = _DAYS if before < 8 else _DAYS_OF_A_YEAR if before < 11 else _DAYS_OF_A_MONTH if before < 14 else 1
    if after >= _BIRTHDAY_SEEN:
        days = min(days, _YEARS)
    orders: int = 10 ** max(0, min(3, 17 - max(before, 14)) - max(0, after - 1))
    found: int = _COUNTIES[min(before, 6)] * days * orders
    return max(1, found // _CHECKS) if after else found


def weak_masks(digits: Digits) -> Iterator[Found]:
    """Masks of eight characters or fewer, and whatever else few numbers fit: a birth date beside tells which."""
    for start, end, before, after in _masks(digits.text):
        if _LENGTH - before - after <= _MOST_HIDDEN and candidates(before, after) <= _MOST_WEAK:
            yield Found(start, end, 1.0, _note(before, after))


def thin_masks(digits: Digits) -> Iterator[Found]:
    """Masks that a thousand numbers fit at most: who knows the sex and the age tries them all."""
    for start, end, before, after in _masks(digits.text):
        if candidates(before, after) <= _MOST_THIN:
            yield Found(start, end, 1.0, _note(before, after))


def bare_masks(digits: Digits) -> Iterator[Found]:
    """Numbers of 18 characters that hide three of them at most, whose county and birth date can be: no label needed."""
    for start, end, before, after in _masks(digits.text):
        head, tail = digits.text[start : start + before], digits.text[end - after : end].upper()
        if 0 < _LENGTH - before - after <= _MOST_BARE and head.isdigit():
            hidden = _ANY[before : _LENGTH - after]
            if end - start == _LENGTH and is_plausible(head + hidden + tail, digits.today):
                yield Found(start, end, 1.0, _note(before, after))


def birthday_masks(digits: Digits) -> Iterator[Found]:
    """Numbers that show the day of birth and all behind it: 3706****04170028. Their form tells what they are."""
    for start, end, before, after in _masks(digits.text):
        head, tail = digits.text[start : start + before], digits.text[end - after : end]
        if before >= _LEAST_HEAD and is_province(head[:2]) and _BIRTHDAY.fullmatch(tail):
            yield Found(start, end, 1.0, _note(before, after))


def _note(before: int, after: int) -> str:
    count = candidates(before, after)
    shown = f"{count // 100 * 100:,}" if count > 1000 else str(count)
    if before < 14:
        return tr(
            f"掩码后约有 {shown} 个号码相符；同处有完整出生日期时约 {max(1, count // _DAYS)} 个",
            f"about {shown} numbers fit the mask, and one where the full birth date stands beside it",
        )
    return tr(f"掩码后约有 {shown} 个号码相符", f"about {shown} numbers fit the mask")


def _masks(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of every masked number of 18 characters, and how many are seen before and after the mask."""
    for stars in _STARS.finditer(text):
        first = _BEFORE.search(text, max(0, stars.start() - 16), stars.start())
        last = _AFTER.match(text, stars.end())
        if not first or not last:
            continue
        before, after = (sum(char.isalnum() for char in side[0]) for side in (first, last))
        size = before + after + len(stars[0])
        # Four stars for whatever is hidden: what stands before says that it is an identity number, or a day of birth.
        labelled = before >= 6 and after >= 2 and _LABEL.search(text, max(0, first.start() - 16), first.start())
        if size == _LENGTH or labelled or (after == _BIRTHDAY_SEEN and _LEAST_LENGTH <= size <= _LENGTH):
            yield first.start(), last.end() if after else stars.end(), before, after
