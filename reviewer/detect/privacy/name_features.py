"""What the scorer of names sees of a stretch: its characters, those around it, and how common they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from reviewer.detect.privacy.ordinary_words import FUNCTION, LONGER, NOUNS
from reviewer.detect.privacy.surnames import COMMON, COMPOUND, RARE

BUCKETS = 1 << 17
RUN_BUCKETS = 1 << 18  # of the table that says how common a run of characters is in public text
MASK, SHIFT, RUN_SHIFT = 0xFFFFFFFF, 32 - 17, 32 - 18
# Odd multipliers; the bucket is the upper bits of the 32-bit sum of products (multiplicative hashing, Knuth).
_KIND, A, B, C = 0x27D4EB2F, 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
KINDS = tuple(kind * _KIND for kind in range(35))
"""Where each kind of feature begins."""
_LENGTHS = (2, 3, 4)
_AGAIN = 400  # characters before and behind within which the same stretch comes again
_DIGIT, _LETTER, HAN, _LINE, _EDGE = 1, 2, 3, 4, 5

VEILING = "某"
"""Stands in the place of a name."""

Candidate = tuple[int, int]  # start, end


def candidates(text: str, initials: frozenset[str]) -> Iterator[Candidate]:
    """Every stretch of two to four ideographs that begins like a name; `initials` are first characters."""
    size = len(text)
    for start, char in enumerate(text):
        if char in initials:
            longest = 4 if text[start : start + 2] in COMPOUND or char not in surnames() else 3
            for length in _LENGTHS:
                end = start + length
                if length > longest or end > size or not "\u4e00" <= text[end - 1] <= "\u9fff":
                    break
                yield start, end


@cache
def surnames() -> frozenset[str]:
    return COMMON | RARE | frozenset(word[0] for word in COMPOUND)


def initials_of(names: Mapping[str, int], least: int) -> frozenset[str]:
    """The characters with which a name may begin: of surnames, and of at least so many names of other forms."""
    counts: dict[str, int] = {}
    for name, count in names.items():
        counts[name[0]] = counts.get(name[0], 0) + count
    return surnames() | frozenset(char for char, count in counts.items() if count >= least)


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
    double, sort, given, form = form_of(word)
    mixed = [
        KINDS[1] + form * A + size * B,
        KINDS[2] + first * A + (second * B if double else 0) + sort * C,
        KINDS[14] + _run(common, first, second) * A + form * B,
        KINDS[15] + _run(common, ord(word[-2]), last) * A + form * B,
    ]
    for place, char in enumerate(word[size - given :] if given else ""):
        code = ord(char) * A
        mixed.append(KINDS[18] + code)
        mixed.append(KINDS[19] + code + given * B + place * C)
    if given > 1:
        at = size - given
        mixed.append(KINDS[20] + ord(word[at]) * A + ord(word[at + 1]) * B + given * C)
    if size > 2:
        mixed.append(KINDS[21] + _run(common, first, second, ord(word[2])) * A + form * B)
    if word in NOUNS or word in FUNCTION or word in LONGER:
        mixed.append(KINDS[27] + form * A)
    elif opening in NOUNS:
        mixed.append(KINDS[28] + form * A)
    elif opening in FUNCTION:
        mixed.append(KINDS[29] + form * A)
    if word[-2:] in NOUNS:
        mixed.append(KINDS[31] + form * A)
    return list(map(bucket, mixed))


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
    _, sort, _, form = form_of(word)
    sides = class_of(left) * 8 + class_of(right)
    again = comes_again(text, start, end)
    mixed = [
        KINDS[3] + left * A + form * B,
        KINDS[4] + left2 * A + left * B,
        KINDS[5] + left3 * A + left2 * B + left * C,
        KINDS[6] + right * A + form * B,
        KINDS[7] + right * A + right2 * B,
        KINDS[8] + right * A + right2 * B + right3 * C,
        KINDS[9] + sides * A + form * B,
        KINDS[10] + sides * A + (class_of(left2) * 8 + class_of(right2)) * B,
        KINDS[11] + left * A + right * B,
        KINDS[12] + last * A + right * B,
        KINDS[13] + left * A + first * B,
        KINDS[16] + left * A,
        KINDS[17] + right * A,
        KINDS[26] + again * A + form * B,
        KINDS[32] + said * A,
        KINDS[33] + said * A + form * B,
        KINDS[34] + said * A + sides * B,
    ]
    if class_of(left) == HAN:
        mixed.append(KINDS[22] + _run(common, left, first) * A + sort * B)
        mixed.append(KINDS[23] + _run(common, left, first, second) * A + form * B)
    if class_of(right) == HAN:
        mixed.append(KINDS[24] + _run(common, last, right) * A + form * B)
        mixed.append(KINDS[25] + _run(common, ord(text[end - 2]), last, right) * A + form * B)
    if right and text[end - 1] + chr(right) in NOUNS:
        mixed.append(KINDS[30] + form * A)
    return list(map(bucket, mixed))


def form_of(word: str) -> tuple[bool, int, int, int]:
    """Whether it begins with a surname of two characters, the sort of its surname, the length of the rest, its form."""
    double = word[:2] in COMPOUND
    sort = 3 if double else 1 if word[0] in COMMON else 2 if word[0] in RARE else 4
    given = len(word) - (2 if double else 1)
    return double, sort, given, given * 8 + sort


def comes_again(text: str, start: int, end: int) -> bool:
    """Whether the same stretch stands shortly before or behind as well."""
    word = text[start:end]
    return text.find(word, max(0, start - _AGAIN), start) >= 0 or text.find(word, end, end + _AGAIN) >= 0


def bucket(mixed: int) -> int:
    """The bucket of a sum of products."""
    bits = mixed & MASK
    return ((bits ^ bits >> 15) * A & MASK) >> SHIFT


def commonness(count: int) -> int:
    """A count in public text as one of nine steps, each twice the one before."""
    return min(8, (count + 1).bit_length() - 1)


def run_bucket(a: int, b: int = 0, c: int = 0) -> int:
    """The bucket of a run of one to three characters in the table of how common runs are (as `features.buckets`)."""
    return (a * A + b * B + c * C & MASK) >> RUN_SHIFT


def _run(common: bytes, a: int, b: int = 0, c: int = 0) -> int:
    return common[(a * A + b * B + c * C & MASK) >> RUN_SHIFT]


@lru_cache(maxsize=4096)
def class_of(code: int) -> int:
    if 0x4E00 <= code <= 0x9FFF:
        return HAN
    if code in (10, 13):
        return _LINE
    if code == 0:
        return _EDGE
    if 48 <= code <= 57:
        return _DIGIT
    if 65 <= code <= 90 or 97 <= code <= 122:
        return _LETTER
    return 6 if code in (0x3001, 0xFF0C, 0x2C) else 7 if code in (0x3002, 0xFF1B, 0x3B) else 0
