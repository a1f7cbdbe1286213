"""The network by numpy: the same whole numbers as `reviewer.detect.network` reckons one by one.

Sums stay below what single precision holds exactly (2^24) in the first two layers, below a double's (2^53) in the
others: a product of matrices may add them up in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewer.detect.network import GAP, TOP

if TYPE_CHECKING:
    from reviewer.detect.network import Layer, Member, Near

_AT_ONCE, _ROWS = 1 << 13, 1 << 10  # words, places


def says(member: Member, lines: Sequence[Sequence[int]], which: Sequence[int], near: Sequence[Near]) -> list[float]:
    """The log odds of the sentences of each place: `reviewer.detect.network`."""
    answers = np.concatenate([_pooled(member, part) for part in _parts(lines)])[np.array(which)]
    made: list[float] = []
    for first in range(0, len(near), _ROWS):
        units = _answered(member.third, _rows(answers, np.array(near[first : first + _ROWS])))
        total = units @ _matrix(member.last, np.float64)
        made += (total[:, 0] * member.last.scale[0] + member.last.shift[0]).tolist()
    return made


def _rows(answers: Any, near: Any) -> Any:
    """For each place a sentence's answers, the mean of those beside it (rounded, halves up), the strongest of all."""
    own, first, end = near.T
    shown, strongest = answers[own], answers[own]
    total = np.zeros_like(shown)
    for step in range(int((end - first).max())):
        at = np.minimum(first + step, end - 1)
        total += np.where((first + step < end)[:, None], answers[at], 0)
        strongest = np.maximum(strongest, answers[at])
    others = (end - first - 1)[:, None]
    mean = (2 * (total - shown) + others) // np.maximum(2 * others, 1)
    return np.concatenate([shown, mean, strongest], axis=1).astype(np.float64)


def _parts(sentences: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    held: list[Sequence[int]] = []
    size = 0
    for numbers in sentences:
        held.append(numbers)
        size += len(numbers) + 2
        if size >= _AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held


def _pooled(member: Member, sentences: Sequence[Sequence[int]]) -> Any:
    numbers = np.array([one for each in sentences for one in (GAP, GAP, *each)] + [GAP, GAP])
    begins = np.cumsum([0] + [len(each) + 2 for each in sentences[:-1]])
    vectors = np.frombuffer(member.vectors, dtype=np.int8).reshape(-1, member.width)[numbers]
    lower = _answered(member.first, three(vectors.astype(np.float32)))
    upper = _answered(member.second, three(lower))
    both = np.concatenate([lower, upper], axis=1)
    both[numbers == GAP] = 0
    return np.maximum.reduceat(both, begins).astype(np.int64)


def three(rows: Any) -> Any:
    """Beside each row the one before and the one after it; none at the ends."""
    none = np.zeros_like(rows[:1])
    return np.concatenate([np.concatenate([none, rows[:-1]]), rows, np.concatenate([rows[1:], none])], axis=1)


def _answered(layer: Layer, seen: Any) -> Any:
    total = (seen @ _matrix(layer, seen.dtype)).astype(np.float64)
    found = np.floor(total * np.array(layer.scale) + np.array(layer.shift))
    return np.clip(found, 0, TOP).astype(seen.dtype)


def _matrix(layer: Layer, kind: Any) -> Any:
    return np.array(layer.weights, dtype=kind).reshape(layer.filters, -1).T
