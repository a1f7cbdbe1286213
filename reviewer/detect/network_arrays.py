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
    from reviewer.detect.network import Answers, Layer, Member

_AT_ONCE = 1 << 13  # characters


def answers(member: Member, sentences: Sequence[Sequence[int]]) -> list[Answers]:
    """The strongest answer of every filter of both layers, for each sentence."""
    made: list[Answers] = []
    for part in _parts(sentences):
        made += _pooled(member, part).tolist()
    return made


def weighed(member: Member, rows: Sequence[Answers]) -> list[float]:
    """The log odds by sentences' answers and those beside them."""
    units = _answered(member.third, np.array(rows, dtype=np.float64))
    total = units @ _matrix(member.last, np.float64)
    made: list[float] = (total[:, 0] * member.last.scale[0] + member.last.shift[0]).tolist()
    return made


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
    vectors = np.array(member.vectors, dtype=np.float32).reshape(-1, member.width)[numbers]
    lower = _answered(member.first, three(vectors))
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
