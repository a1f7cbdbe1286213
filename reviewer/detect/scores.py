"""Scores of many sentences at once, by numpy: the same numbers as `reviewer.detect.model` reckons one by one.

A sum of single-precision weights is exact in double precision, so that neither order nor machine changes it. Loading
numpy takes longer than the gate may; it pays from some hundred thousand characters on.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from reviewer.detect.features import AT_ONCE, BUCKETS, FACTORS, SHIFT, even

_BITS = BUCKETS.bit_length() - 1


def sums(sentences: Sequence[str], weights: Sequence[array[float]]) -> tuple[list[list[float]], list[int]]:
    """For each array of weights the sum over each sentence's buckets; and how many buckets each sentence has."""
    import numpy as np

    tables = [np.frombuffer(each, dtype=np.float32) for each in weights]
    made: list[list[float]] = [[] for _ in weights]
    counts: list[int] = []
    for part in _parts(sentences):
        numbers, found = _buckets(np, part)
        begins = np.flatnonzero(_is_new(np, numbers))
        counts += np.diff(begins, append=len(numbers)).tolist()
        for table, told in zip(tables, made, strict=True):
            told.extend(np.add.reduceat(table[found].astype(np.float64), begins).tolist())
    return made, counts


def _parts(sentences: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = []
    size = AT_ONCE
    for sentence in sentences:
        if size >= AT_ONCE:
            parts.append([])
            size = 0
        parts[-1].append(f"^{even(sentence)}$")
        size += len(parts[-1][-1])
    return parts


def _buckets(np: Any, texts: Sequence[str]) -> tuple[Any, Any]:
    """The number of the sentence and the bucket, each pair once, in order."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    lengths = np.array([len(text) for text in texts])
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    ends = np.cumsum(lengths)
    first, second, third = (codes * np.uint64(factor) for factor in FACTORS)
    one, two = first, first[:-1] + second[1:]
    three = two[:-1] + third[2:]
    places = np.arange(len(codes))
    last = ends[owner]
    keys = [
        _keys(np, sums, owner[: len(sums)][inside], inside)
        for sums, inside in (
            (one, slice(None)),
            (two, places[:-1] + 1 < last[:-1]),
            (three, places[:-2] + 2 < last[:-2]),
        )
    ]
    found = np.concatenate(keys)
    found.sort()
    distinct = found[_is_new(np, found)]  # numpy.unique hashes, which takes ten times as long
    return distinct >> _BITS, distinct & (BUCKETS - 1)


def _is_new(np: Any, numbers: Any) -> Any:
    """Whether each number differs from the one before it."""
    new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return new


def _keys(np: Any, sums: Any, owner: Any, inside: Any) -> Any:
    """The sentence's number above the bucket of each run that lies inside of one sentence."""
    bucket = (sums[inside] >> np.uint64(SHIFT)) & np.uint64(BUCKETS - 1)
    return (owner << _BITS) | bucket.astype(np.int64)
