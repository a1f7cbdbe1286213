"""Bank card numbers: 16 to 19 digits with an issuer's prefix and a Luhn check digit (ISO/IEC 7812)."""

from __future__ import annotations

_SIZES = range(16, 20)
_UNIONPAY = "62"
_ISSUERS = ("3", "4", "5", "60", "62", "69", "9")
_SPLITS = (4, 6)  # people group card numbers by four, some after the issuer's six


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of those before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(digits: str) -> bool:
    """A number that speaks for itself: UnionPay's prefix, a card's length, the check digit."""
    return _has_form(digits) and digits.startswith(_UNIONPAY) and passes_luhn(digits)


def may_be_card(digits: str) -> bool:
    """A number of a card's form: only a label beside it tells whether it is one."""
    return _has_form(digits) and digits.startswith(_ISSUERS)


def is_card_split(split: tuple[int, ...]) -> bool:
    """Whether a card number is written in groups of these lengths."""
    return len(split) == 1 or split[0] in _SPLITS or set(split) == {1}


def _has_form(digits: str) -> bool:
    return len(digits) in _SIZES and digits.isdigit()
