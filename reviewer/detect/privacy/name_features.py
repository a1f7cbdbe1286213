"""What the scorer of names sees of a stretch: its characters, those around it, and how common they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, RARE

BUCKETS = 1 << 17
RUN_BUCKETS = 1 << 18  # of the table that says how common a run of characters is in public text
_MASK, _SHIFT, _RUN_SHIFT = 0xFFFFFFFF, 32 - 17, 32 - 18
# Odd multipliers; the bucket is the upper bits of the 32-bit sum of products (multiplicative hashing, Knuth).
_KIND, _A, _B, _C = 0x27D4EB2F, 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
_K = tuple(kind * _KIND for kind in range(35))  # where each kind of feature begins
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
    """The buckets of one candidate: its own, and those of where it stands.

    `common`: for each run of one to three characters how common it is, 0 to 8. `said`: what the grammar of names says
    of the stretch, 0 for nothing.
    """
    return own_features(text[start:end], common) + features_around(text, start, end, common, said)


def own_features(word: str, common: bytes) -> list[int]:
    """What the stretch is by itself, wherever it stands: its characters, how common they are, whether it is a word."""
    size = len(word)
    first, second, last = ord(word[0]), ord(word[1]), ord(word[-1])
    opening = word[:2]
    double, sort, given, form = _form(word)
    mixed = [
        _K[1] + form * _A + size * _B,
        _K[2] + first * _A + (second * _B if double else 0) + sort * _C,
        _K[14] + _run(common, first, second) * _A + form * _B,
        _K[15] + _run(common, ord(word[-2]), last) * _A + form * _B,
    ]
    for place, char in enumerate(word[size - given :] if given else ""):
        code = ord(char) * _A
        mixed.append(_K[18] + code)
        mixed.append(_K[19] + code + given * _B + place * _C)
    if given > 1:
        at = size - given
        mixed.append(_K[20] + ord(word[at]) * _A + ord(word[at + 1]) * _B + given * _C)
    if size > 2:
        mixed.append(_K[21] + _run(common, first, second, ord(word[2])) * _A + form * _B)
    if word in NOUNS or word in FUNCTION or word in LONGER:
        mixed.append(_K[27] + form * _A)
    elif opening in NOUNS:
        mixed.append(_K[28] + form * _A)
    elif opening in FUNCTION:
        mixed.append(_K[29] + form * _A)
    if word[-2:] in NOUNS:
        mixed.append(_K[31] + form * _A)
    return _buckets(mixed)


def features_around(text: str, start: int, end: int, common: bytes, said: int = 0) -> list[int]:
    """What stands before and behind it, whether it comes again, and what the grammar of names says of it."""
    size = len(text)
    left = ord(text[start - 1]) if start else 0
    left2 = ord(text[start - 2]) if start > 1 else 0
    left3 = ord(text[start - 3]) if start > 2 else 0
    right = ord(text[end]) if end < size else 0
    right2 = ord(text[end + 1]) if end + 1 < size else 0
    right3 = ord(text[end + 2]) if end + 2 < size else 0
    first, second, last = ord(text[start]), ord(text[start + 1]), ord(text[end - 1])
    word = text[start:end]
    _, sort, _, form = _form(word)
    sides = _class(left) * 8 + _class(right)
    again = text.find(word, max(0, start - _AGAIN), start) >= 0 or text.find(word, end, end + _AGAIN) >= 0
    mixed = [
        _K[3] + left * _A + form * _B,
        _K[4] + left2 * _A + left * _B,
        _K[5] + left3 * _A + left2 * _B + left * _C,
        _K[6] + right * _A + form * _B,
        _K[7] + right * _A + right2 * _B,
        _K[8] + right * _A + right2 * _B + right3 * _C,
        _K[9] + sides * _A + form * _B,
        _K[10] + sides * _A + (_class(left2) * 8 + _class(right2)) * _B,
        _K[11] + left * _A + right * _B,
        _K[12] + last * _A + right * _B,
        _K[13] + left * _A + first * _B,
        _K[16] + left * _A,
        _K[17] + right * _A,
        _K[26] + again * _A + form * _B,
        _K[32] + said * _A,
        _K[33] + said * _A + form * _B,
        _K[34] + said * _A + sides * _B,
    ]
    if _class(left) == _HAN:
        mixed.append(_K[22] + _run(common, left, first) * _A + sort * _B)
        mixed.append(_K[23] + _run(common, left, first, second) * _A + form * _B)
    if _class(right) == _HAN:
        mixed.append(_K[24] + _run(common, last, right) * _A + form * _B)
        mixed.append(_K[25] + _run(common, ord(text[end - 2]), last, right) * _A + form * _B)
    if right and text[end - 1] + chr(right) in NOUNS:
        mixed.append(_K[30] + form * _A)
    return _buckets(mixed)


def _form(word: str) -> tuple[bool, int, int, int]:
    """Whether it begins with a surname of two characters, the sort of its surname, the length of the rest, its form."""
    double = word[:2] in COMPOUND
    sort = 3 if double else 1 if word[0] in COMMON else 2 if word[0] in RARE else 4
    given = len(word) - (2 if double else 1)
    return double, sort, given, given * 8 + sort


def _buckets(mixed: list[int]) -> list[int]:
    """The bucket of each sum of products."""
    return [(((bits := one & _MASK) ^ bits >> 15) * _A & _MASK) >> _SHIFT for one in mixed]


def commonness(count: int) -> int:
    """A count in public text as one of nine steps, each twice the one before."""
    return min(8, (count + 1).bit_length() - 1)


def run_bucket(a: int, b: int = 0, c: int = 0) -> int:
    """The bucket of a run of one to three characters in the table of how common runs are (as `features.buckets`)."""
    return (a * _A + b * _B + c * _C & _MASK) >> _RUN_SHIFT


def _run(common: bytes, a: int, b: int = 0, c: int = 0) -> int:
    return common[(a * _A + b * _B + c * _C & _MASK) >> _RUN_SHIFT]


@lru_cache(maxsize=4096)
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
