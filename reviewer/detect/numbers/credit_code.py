"""Unified social credit codes (GB 32100-2015): public by law, and 18 characters long like an identity number."""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_REGISTRARS = "1234567895ANY"  # first character: the department that registers


def is_credit_code(code: str) -> bool:
    """18 characters of the code's alphabet with the right check character."""
    if len(code) != 18 or code[0] not in _REGISTRARS or any(char not in _ALPHABET for char in code):
        return False
    total = sum(_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _ALPHABET[-total % 31] == code[17]
