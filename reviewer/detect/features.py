"""What the classifier sees of a sentence: hashed runs of one to three characters, figures made alike."""

from __future__ import annotations

from reviewer.text.lazy import lazy

BUCKETS = 1 << 18
_SHIFT = 32 - 18
_WORD = 0xFFFFFFFF
_NUMBER = lazy(r"[0-9]+(?:[.,][0-9]+)*")
# Odd multipliers; the bucket is the upper bits of the 32-bit sum of products (multiplicative hashing, Knuth).
_A, _B, _C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D


def even(sentence: str) -> str:
    """The sentence with every figure as one of three signs, by its length: what matters is that one stands there."""
    return _NUMBER.sub(lambda match: "①②③"[min(len(match[0]), 4) // 2], "".join(sentence.split()))


def buckets(sentence: str) -> frozenset[int]:
    """The buckets of all runs of one to three characters. Integers only: the same on every machine."""
    codes = [ord(char) for char in f"^{even(sentence)}$"]
    second, third = codes[1:], codes[2:]
    ones = {(a * _A & _WORD) >> _SHIFT for a in codes}
    twos = {(a * _A + b * _B & _WORD) >> _SHIFT for a, b in zip(codes, second, strict=False)}
    threes = {(a * _A + b * _B + c * _C & _WORD) >> _SHIFT for a, b, c in zip(codes, second, third, strict=False)}
    return frozenset(ones | twos | threes)


def grams(sentence: str) -> list[tuple[str, int]]:
    """Each run with its bucket, for explaining a score."""
    text = f"^{even(sentence)}$"
    runs = [text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1)]
    return [(run, _bucket(run)) for run in runs]


def _bucket(run: str) -> int:
    return (sum(ord(char) * factor for char, factor in zip(run, (_A, _B, _C), strict=False)) & _WORD) >> _SHIFT
