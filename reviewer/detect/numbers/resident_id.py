"""Resident identity numbers: 18 characters with a check character, 15 digits without (GB 11643-1999)."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# First two digits only: the county codes change every year and a holder keeps the one of his first registration,
# so that a table of counties refuses nearly half of all valid numbers.
_CODES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
_PROVINCES = frozenset(_CODES.split())
_FOREIGN = "9"  # permanent residence cards of the 2023 form begin with it and keep the check character
_OLDEST = 1880


def check_character(body: str) -> str:
    """The 18th character (ISO 7064 MOD 11-2). `body` is the first 17 digits; anything else raises ValueError."""
    if len(body) != 17 or not (body.isascii() and body.isdigit()):
        raise ValueError("17 digits are needed")
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def is_valid(digits: str, today: date) -> bool:
    """18 characters with a known province, a birth date that has been, and the right check character."""
    return is_plausible(digits, today) and check_character(digits[:17]) == digits[17]


def is_plausible(digits: str, today: date) -> bool:
    """As `is_valid`, but the check character may be any: somebody may have mistyped it."""
    return (
        len(digits) == 18
        and digits[:17].isdigit()
        and (digits[17].isdigit() or digits[17] == "X")
        and digits[:2] in _PROVINCES
        and born(digits[6:14], today) is not None
    )


def is_province(two: str) -> bool:
    """Whether numbers begin with these two digits."""
    return two in _PROVINCES


def is_foreign(digits: str, today: date) -> bool:
    """A foreign permanent resident's number: 9, 17 more characters, a birth date and the check character."""
    return (
        len(digits) == 18
        and digits[0] == _FOREIGN
        and digits[:17].isdigit()
        and born(digits[6:14], today) is not None
        and check_character(digits[:17]) == digits[17]
    )


def is_old(digits: str, today: date) -> bool:
    """15 digits of the form in use until 1999: there is no check digit, so context must speak for it."""
    return (
        len(digits) == 15
        and digits.isdigit()
        and digits[:2] in _PROVINCES
        and born("19" + digits[6:12], today) is not None
    )


def born(eight: str, today: date) -> date | None:
    """The date that `YYYYMMDD` says, if a living person or one lately dead can have been born on it."""
    try:
        day = date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None
    return day if day.year >= _OLDEST and day <= today else None
