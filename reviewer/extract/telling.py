"""Whether a text that stands where nobody writes may still say something to a person."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"\d{8}")  # a row of a sheet has seven digits at most
_TELLING = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]|\d{7}|\w@\w+\.\w")
_NUMBERS = re.compile(r"[\s\d.,:;+\-/%TZ]*")


def telling(text: str) -> bool:
    """Whether a text from an unknown place may say something: Chinese, seven digits in a row, an address."""
    return _TELLING.search(text) is not None


def telling_number(text: str) -> bool:
    """Whether a formula or reference holds a number that is longer than any row's."""
    return _LONG_NUMBER.search(text) is not None


def mere_number(text: str) -> bool:
    """Whether a text is only a number, a date or a truth value: counts and times of the program itself."""
    return _NUMBERS.fullmatch(text) is not None or text.lower() in ("true", "false")
