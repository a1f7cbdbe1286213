"""Finds bank cards and accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewer.detect.numbers.bank_card import is_card, is_card_split, may_be_card
from reviewer.detect.numbers.encoded import encoded
from reviewer.detect.numbers.found import Digits, Found
from reviewer.detect.numbers.phone import is_mobile
from reviewer.detect.numbers.resident_id import is_plausible
from reviewer.detect.numbers.runs import joined, number, rejoined
from reviewer.language import tr
from reviewer.text.lazy import lazy

_ACCOUNT = range(9, 26)
_SIZES = (19, 18, 17, 16)
_LABEL = lazy("[卡账帐户]|银行")
_LABEL_REACH = 16


def bank_cards(digits: Digits) -> Iterator[Found]:
    """Numbers that speak for themselves: UnionPay's prefix and the Luhn digit."""
    yield from _cards(digits, is_card)
    for start, end in encoded(digits.text, is_card):
        yield Found(start, end, 0.95, tr("号码以 Base64 编码", "the number is written in Base64"))
    note = tr("账号被换行或分栏断开", "broken over lines or cells")
    for run in digits.broken:
        for size in _SIZES:
            for found in rejoined(run, size):
                labelled = _LABEL.search(digits.text, max(0, found.start - _LABEL_REACH), found.start)
                if labelled and is_card(found.digits) and _is_no_identity(found.digits, digits):
                    yield Found(found.start, found.end, 0.95, note)


def card_numbers(digits: Digits) -> Iterator[Found]:
    """Numbers of a card's form, to be believed beside a label only."""
    yield from _cards(digits, may_be_card)


def _cards(digits: Digits, is_one: Callable[[str], bool]) -> Iterator[Found]:
    for run in digits.runs:
        for size in _SIZES:
            for found in joined(run, size, longest=5):
                if is_one(found.digits) and is_card_split(found.split) and _is_no_identity(found.digits, digits):
                    yield Found(found.start, found.end)


def _is_no_identity(text: str, digits: Digits) -> bool:
    return not is_plausible(text, digits.today)


def account_numbers(digits: Digits) -> Iterator[Found]:
    """9 to 25 digits in one run, hyphens and spaces aside."""
    for run in digits.runs:
        whole = number(run)
        if "." in digits.text[whole.start : whole.end]:
            continue  # an amount
        if len(run) > 1 and len(whole.digits) in _ACCOUNT and whole.digits.isdigit():
            yield Found(whole.start, whole.end)
            continue
        for group in run:
            if len(group.digits) in _ACCOUNT and group.digits.isdigit() and not is_mobile(group.digits):
                yield Found(group.start, group.end)
