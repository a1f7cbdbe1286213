"""What the classifier sees of a sentence: hashed runs of one to three characters, figures made alike."""

from __future__ import annotations

import re

BUCKETS = 1 << 18
_MASK = BUCKETS - 1
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# Odd multipliers: a product keeps the lower bits of its factors apart (Knuth, multiplicative hashing).
_A, _B, _C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D


def even(sentence: str) -> str:
    """The sentence with every figure as one of three signs, by its length: what matters is that one stands there."""
    return _NUMBER.sub(lambda match: "①②③"[min(len(match[0]), 4) // 2], "".join(sentence.split()))


def buckets(sentence: str) -> frozenset[int]:
    """The buckets of all runs of one to three characters. Integers only: the same on every machine."""
    codes = [ord(char) for char in f"^{even(sentence)}$"]
    second, third = codes[1:], codes[2:]
    ones = {_mix(a * _A) for a in codes}
    twos = {_mix(a * _A + b * _B) for a, b in zip(codes, second, strict=False)}
    threes = {_mix(a * _A + b * _B + c * _C) for a, b, c in zip(codes, second, third, strict=False)}
    return frozenset(ones | twos | threes)


def grams(sentence: str) -> list[tuple[str, int]]:
    """Each run with its bucket, for explaining a score."""
    text = f"^{even(sentence)}$"
    factors = (_A, _B, _C)
    return [
        (text[at : at + size], _mix(sum(ord(c) * f for c, f in zip(text[at : at + size], factors, strict=False))))
        for size in (1, 2, 3)
        for at in range(len(text) - size + 1)
    ]


def _mix(value: int) -> int:
    value &= 0xFFFFFFFF
    value ^= value >> 15
    value = (value * 0x2C1B3C6D) & 0xFFFFFFFF
    return (value ^ value >> 12) & _MASK
