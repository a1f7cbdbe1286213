"""What a carrier is: a file made in memory with one number planted in one place, and what must become of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

Make = Callable[[str], bytes]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_COUNTY = "529931"  # never assigned
_FIRST_DAY = date(1900, 1, 1)
_DAYS = 16 * 365


class State(Enum):
    """What must become of a planted number: found at its place, or a part declared unread. There is no third."""

    SEEN = "seen"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One file; `telling` is a piece of the place of the finding, or of the gap's place and reason."""

    name: str
    make: Make
    telling: str
    state: State
    hidden: bool = False
    digits: int = 18

    @property
    def number(self) -> str:
        """The planted number: nobody's, and this carrier's alone."""
        whole = resident_id(zlib.crc32(self.name.encode()))
        return whole if self.digits == 18 else whole[:6] + whole[8:17]

    def data(self) -> bytes:
        return self.make(self.number)


def seen(name: str, place: str, make: Make, digits: int = 18) -> Carrier:
    """A number that a reader of the document sees: it must be found there."""
    return Carrier(name=name, make=make, telling=place, state=State.SEEN, digits=digits)


def hidden(name: str, place: str, make: Make) -> Carrier:
    """A number that an ordinary reader does not see: it must be found there, and be called hidden."""
    return Carrier(name=name, make=make, telling=place, state=State.SEEN, hidden=True)


def declared(name: str, words: str, make: Make) -> Carrier:
    """A number that cannot be read, or not for sure: a gap must say so in these words."""
    return Carrier(name=name, make=make, telling=words, state=State.DECLARED)


def resident_id(seed: int) -> str:
    """A number that is valid and nobody's: an unassigned county, a birth year of 1900-1915, a right check digit.

    The check character is that of ISO 7064 MOD 11-2 (GB 11643-1999), computed here anew on purpose.
    """
    day = _FIRST_DAY + timedelta(days=seed % _DAYS)
    body = f"{_COUNTY}{day:%Y%m%d}{seed // _DAYS % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
