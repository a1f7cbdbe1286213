"""Masked mobile numbers whose hidden digits the same document gives away: whole, in words, or under another mask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.detect.numbers import FINDERS
from reviewer.detect.numbers.phone_masks import PhoneMask, is_thin, phone_masks
from reviewer.detect.privacy.datum import Datum
from reviewer.detect.privacy.survey import Survey
from reviewer.language import tr
from reviewer.terms import Rule
from reviewer.text.lazy import lazy

_LENGTH = 11
_TOLD = lazy(
    r"(?:中间|掩去|隐去|遮住|打码|隐藏)的?[四4]?(?:位|个数)?(?:数字|号码)?(?:恰?[是为]|即|[：:])?[ ]?"
    r"(?P<digits>[0-9]{4})(?![0-9])"
)
_NEAR, _BEFORE = 30, 40
_MOST_SHAPES = 16  # a document masks in one way, or in a few


def joined_phone_masks(survey: Survey, rule: Rule) -> Iterator[Datum]:
    """Each such mask, and what undoes it."""
    masks = list(phone_masks(survey.text))
    if not masks:
        return
    wholes = _whole_numbers(survey, masks)
    united = _united(survey, masks)
    for mask in masks:
        at = wholes.get(_seen(mask.shape, mask.shape))
        told = _TOLD.search(survey.text, mask.end, min(mask.end + _NEAR, survey.reading.line_at(mask.start)[1]))
        if at is not None:
            place = survey.reading.segment_of(at).place
            note = tr(f"掩码无效：完整号码见 {place}", f"the whole number stands at {place}")
            yield _datum(rule, mask.start, mask.end, note)
        elif told is not None:
            note = tr("号码隐去的数字", "the digits that the mask before it hides")
            yield _datum(rule, *told.span("digits"), note)
        elif mask in united:
            note = tr("另一处掩去的位数不同，可以互补", "another mask of it hides other digits")
            yield _datum(rule, mask.start, mask.end, note)


def _seen(shape: str, number: str) -> tuple[str, str]:
    """A mask's shape, and what a number, or the mask itself, shows under it."""
    stars = "".join("*" if char == "*" else "0" for char in shape)
    return stars, "".join(digit for char, digit in zip(shape, number, strict=True) if char != "*")


def _whole_numbers(survey: Survey, masks: Sequence[PhoneMask]) -> dict[tuple[str, str], int]:
    """Where the document's whole numbers stand, by what each mask's shape leaves to see of them."""
    shapes = sorted({_seen(mask.shape, mask.shape)[0] for mask in masks})[:_MOST_SHAPES]
    found: dict[tuple[str, str], int] = {}
    for item in FINDERS["mobile_phone"](survey.digits):
        number = "".join(char for char in survey.text[item.start : item.end] if char.isdigit())[-_LENGTH:]
        if len(number) == _LENGTH and number.isascii():
            for shape in shapes:
                found.setdefault(_seen(shape, number), item.start)
    return found


def _united(survey: Survey, masks: Sequence[PhoneMask]) -> set[PhoneMask]:
    """Masks of one person's number that together leave too little hidden, where they agree in what they show."""
    held: dict[str, list[PhoneMask]] = {}
    for mask in masks:
        low, _ = survey.records.at(mask.start)
        names = survey.society.names_in(max(low, mask.start - _BEFORE), mask.start)
        if names:
            held.setdefault(names[-1].text, []).append(mask)
    found: set[PhoneMask] = set()
    for group in held.values():
        columns = [{mask.shape[at] for mask in group} - {"*"} for at in range(_LENGTH)]
        if len({mask.shape for mask in group}) > 1 and all(len(column) < 2 for column in columns):
            shape = "".join(next(iter(column), "*") for column in columns)
            if is_thin(PhoneMask(0, 0, shape)):
                found.update(group)
    return found


def _datum(rule: Rule, start: int, end: int, note: str) -> Datum:
    return Datum(rule=rule, start=start, end=end, confidence=rule.confidence, note=note)
