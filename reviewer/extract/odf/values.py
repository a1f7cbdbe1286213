"""Values stored behind a shown text: a number rounded for the eye may be an identity number in full."""

from __future__ import annotations

from reviewer.extract.package.xml import real
from reviewer.extract.telling import telling

_LONG = 12


def says_more(value: str, text: str) -> bool:
    """Whether a stored value says more than what is shown: digits that were rounded or masked away."""
    digits = "".join(char for char in all_digits(value) if char.isdigit())
    shown = "".join(char for char in text if char.isdigit())
    if not _mere(value):
        return telling(value) and value not in text
    return len(digits.partition(".")[0]) >= _LONG and digits[:_LONG] not in shown


def _mere(value: str) -> bool:
    """Whether a stored value is a number or a date."""
    return all(char in "0123456789.,+-:TZeE/ " for char in value)


def all_digits(value: str) -> str:
    """A stored number with all its digits; `1.1E17` as it would be written out."""
    number = real(value)
    if number is None or "e" not in value.lower() or abs(number) >= 1e25 or number != int(number):
        return value
    return str(int(number))
