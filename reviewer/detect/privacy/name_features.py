"""What the scorer of names sees of a stretch: its characters, those around it, and how common they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, RARE

BUCKETS = 1 << 17
RUN_BUCKETS = 1 << 18  # of the table that says how common a run of characters is in public text
_MASK, _SHIFT, _RUN_SHIFT = 0xFFFFFFFF, 32 - 17, 32 - 18
# Odd multipliers; the bucket is the upper bits of the 32-bit sum of products (multiplicative hashing, Knuth).
_KIND, _A, _B, _C = 0x27D4EB2F, 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
_LENGTHS = (2, 3, 4)
_AGAIN = 400  # characters before and behind within which the same stretch comes again
_DIGIT, _LETTER, _HAN, _LINE, _EDGE = 1, 2, 3, 4, 5

Candidate = tuple[int, int]  # start, end


def candidates(text: str, initials: frozenset[str]) -> Iterator[Candidate]:
    """Every stretch of two to four ideographs that begins like a name; `initials` are first characters."""
    size = len(text)
    for start, char in enumerate(text):
        if char in initials:
            longest = 4 if text[start : start + 2] in COMPOUND or char not in _surnames() else 3
            for length in _LENGTHS:
                end = start + length
                if length > longest or end > size or not "\u4e00" <= text[end - 1] <= "\u9fff":
                    break
                yield start, end


@cache
def _surnames() -> frozenset[str]:
    return COMMON | RARE | frozenset(word[0] for word in COMPOUND)


def initials_of(names: Mapping[str, int], least: int) -> frozenset[str]:
    """The characters with which a name may begin: of surnames, and of at least so many names of other forms."""
    counts: dict[str, int] = {}
    for name, count in names.items():
        counts[name[0]] = counts.get(name[0], 0) + count
    return _surnames() | frozenset(char for char, count in counts.items() if count >= least)


def features(text: str, start: int, end: int, common: bytes, said: int = 0) -> list[int]:
    """The buckets of one candidate.

    `common`: for each run of one to three characters how common it is, 0 to 8. `said`: what the grammar of names says
    of the stretch, 0 for nothing.
    """
    size = len(text)
    left = ord(text[start - 1]) if start else 0
    left2 = ord(text[start - 2]) if start > 1 else 0
    left3 = ord(text[start - 3]) if start > 2 else 0
    right = ord(text[end]) if end < size else 0
    right2 = ord(text[end + 1]) if end + 1 < size else 0
    right3 = ord(text[end + 2]) if end + 2 < size else 0
    first, second, last = ord(text[start]), ord(text[start + 1]), ord(text[end - 1])
    opening = text[start : start + 2]
    double = opening in COMPOUND
    char = text[start]
    sort = 3 if double else 1 if char in COMMON else 2 if char in RARE else 4
    given = end - start - (2 if double else 1)
    form = given * 8 + sort
    sides = _class(left) * 8 + _class(right)
    beyond = _class(left2) * 8 + _class(right2)
    found = [
        _bucket(1, form, end - start),
        _bucket(2, first, second if double else 0, sort),
        _bucket(3, left, form),
        _bucket(4, left2, left),
        _bucket(5, left3, left2, left),
        _bucket(6, right, form),
        _bucket(7, right, right2),
        _bucket(8, right, right2, right3),
        _bucket(9, sides, form),
        _bucket(10, sides, beyond),
        _bucket(11, left, right),
        _bucket(12, last, right),
        _bucket(13, left, first),
        _bucket(14, _run(common, first, second), form),
        _bucket(15, _run(common, ord(text[end - 2]), last), form),
        _bucket(16, left),
        _bucket(17, right),
        _bucket(32, said),
        _bucket(33, said, form),
        _bucket(34, said, sides),
    ]
    if given:
        at = end - given
        for place in range(at, end):
            code = ord(text[place])
            found.append(_bucket(18, code))
            found.append(_bucket(19, code, given, place - at))
        if given > 1:
            found.append(_bucket(20, ord(text[at]), ord(text[at + 1]), given))
    if end - start > 2:
        found.append(_bucket(21, _run(common, first, second, ord(text[start + 2])), form))
    if _class(left) == _HAN:
        found.append(_bucket(22, _run(common, left, first), sort))
        found.append(_bucket(23, _run(common, left, first, second), form))
    if _class(right) == _HAN:
        found.append(_bucket(24, _run(common, last, right), form))
        found.append(_bucket(25, _run(common, ord(text[end - 2]), last, right), form))
    word = text[start:end]
    again = text.find(word, max(0, start - _AGAIN), start) >= 0 or text.find(word, end, end + _AGAIN) >= 0
    found.append(_bucket(26, again, form))
    if word in NOUNS or word in FUNCTION or word in LONGER:
        found.append(_bucket(27, form))
    elif opening in NOUNS:
        found.append(_bucket(28, form))
    elif opening in FUNCTION:
        found.append(_bucket(29, form))
    if right and text[end - 1] + chr(right) in NOUNS:
        found.append(_bucket(30, form))
    if text[end - 2 : end] in NOUNS:
        found.append(_bucket(31, form))
    return found


def commonness(count: int) -> int:
    """A count in public text as one of nine steps, each twice the one before."""
    return min(8, (count + 1).bit_length() - 1)


def run_bucket(a: int, b: int = 0, c: int = 0) -> int:
    """The bucket of a run of one to three characters in the table of how common runs are (as `features.buckets`)."""
    return (a * _A + b * _B + c * _C & _MASK) >> _RUN_SHIFT


def _run(common: bytes, a: int, b: int = 0, c: int = 0) -> int:
    return common[(a * _A + b * _B + c * _C & _MASK) >> _RUN_SHIFT]


def _bucket(kind: int, a: int = 0, b: int = 0, c: int = 0) -> int:
    mixed = (kind * _KIND + a * _A + b * _B + c * _C) & _MASK
    return ((mixed ^ mixed >> 15) * _A & _MASK) >> _SHIFT


def _class(code: int) -> int:
    if 0x4E00 <= code <= 0x9FFF:
        return _HAN
    if code in (10, 13):
        return _LINE
    if code == 0:
        return _EDGE
    if 48 <= code <= 57:
        return _DIGIT
    if 65 <= code <= 90 or 97 <= code <= 122:
        return _LETTER
    return 6 if code in (0x3001, 0xFF0C, 0x2C) else 7 if code in (0x3002, 0xFF1B, 0x3B) else 0
