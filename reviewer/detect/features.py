"""What the classifier sees of a sentence: hashed runs of one to three characters, figures made alike."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence

from reviewer.text.lazy import lazy

BUCKETS = 1 << 18
SHIFT = 32 - 18
_WORD = 0xFFFFFFFF
_MASK = BUCKETS - 1
AT_ONCE = 1 << 16  # characters hashed by one product
_NUMBER = lazy(r"[0-9]+(?:[.,][0-9]+)*")
# Odd multipliers; the bucket is the upper bits of the 32-bit sum of products (multiplicative hashing, Knuth).
FACTORS = _A, _B, _C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D


def even(sentence: str) -> str:
    """The sentence with every figure as one of three signs, by its length: what matters is that one stands there."""
    return _NUMBER.sub(lambda match: "①②③"[min(len(match[0]), 4) // 2], "".join(sentence.split()))


def buckets(sentence: str) -> frozenset[int]:
    """The buckets of all runs of one to three characters. Integers only: the same on every machine."""
    return next(buckets_of((sentence,)))


def buckets_of(sentences: Iterable[str]) -> Iterator[frozenset[int]]:
    """The buckets of each sentence, thousands of characters at a time."""
    held: list[str] = []
    size = 0
    for sentence in sentences:
        held.append(f"^{even(sentence)}$")
        size += len(held[-1])
        if size >= AT_ONCE:
            yield from _hashed(held)
            held, size = [], 0
    if held:
        yield from _hashed(held)


def _hashed(sentences: Sequence[str]) -> Iterator[frozenset[int]]:
    """All characters lie side by side in one long integer, 64 bits each: one product hashes every one of them.

    A code point has 21 bits and a factor 32, so that no sum of three products reaches the next lane.
    """
    text = "".join(sentences)
    mask = int.from_bytes(_MASK.to_bytes(8, "little") * len(text), "little")
    codes = int.from_bytes("\0".join(text).encode("utf-32-le", "surrogatepass"), "little")
    one = codes * _A
    two = one + (codes >> 64) * _B
    three = two + (codes >> 128) * _C
    ones, twos, threes = (_lanes((sums >> SHIFT) & mask, len(text)) for sums in (one, two, three))
    at = 0
    for sentence in sentences:
        end = at + len(sentence)
        yield frozenset(ones[at:end]).union(twos[at : end - 1], threes[at : end - 2])
        at = end


def _lanes(number: int, count: int) -> array[int]:
    lanes = array("Q")
    lanes.frombytes(number.to_bytes(count * 8, "little"))
    if sys.byteorder == "big":
        lanes.byteswap()
    return lanes


def grams(sentence: str) -> list[tuple[str, int]]:
    """Each run with its bucket, for explaining a score."""
    text = f"^{even(sentence)}$"
    runs = [text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1)]
    return [(run, _bucket(run)) for run in runs]


def _bucket(run: str) -> int:
    return (sum(ord(char) * factor for char, factor in zip(run, (_A, _B, _C), strict=False)) & _WORD) >> SHIFT
