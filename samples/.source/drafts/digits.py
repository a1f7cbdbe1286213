"""Numbers with true check digits that belong to nobody: the county, the dates and the issuers do not exist."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

COUNTY = "529931"  # a county code that was never assigned
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORGAN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILE_PREFIXES = ("154", "161", "164", "168")  # ranges without subscribers


def draw(*key: object) -> int:
    """A number that depends on the key alone: the same on every machine and every version of Python."""
    return int.from_bytes(sha256("/".join(map(str, key)).encode()).digest()[:8], "big")


def resident_id(born: date, order: int) -> str:
    """A resident id number (GB 11643-1999); `order` is 0-999, odd for men."""
    body = f"{COUNTY}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def bank_card(serial: int) -> str:
    """A card number of 19 digits that passes the Luhn check, of an issuer that does not exist."""
    body = f"620000{serial % 10**12:012d}"
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return body + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def mobile(serial: int) -> str:
    """A mobile number in a range that was never given to subscribers."""
    return _MOBILE_PREFIXES[serial % len(_MOBILE_PREFIXES)] + f"{serial // 7 % 10**8:08d}"


def credit_code(serial: int) -> str:
    """A company's unified social credit code (GB 32100-2015) with both of its check characters."""
    organ = f"MA{serial % 10**6:06d}"
    total = sum(int(char, 36) * weight for char, weight in zip(organ, _ORGAN_WEIGHTS, strict=True))
    body = f"91{COUNTY}{organ}" + "0123456789X"[-total % 11]
    weighted = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + _CREDIT_ALPHABET[-weighted % 31]
