"""A trained network in whole numbers: weights of eight bits, answers in steps of their own, and the two files of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewer.detect.network import SCHEMA, TOP
from reviewer.learn.gradients import FILTERS, UNITS, WIDTH, Matrix, Parameters, Step, answers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rounded:
    """A layer in whole numbers: its bytes, and what one step of its answers is worth."""

    weights: bytes
    numbers: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A member that `reads` words of so many characters at most, with the steps that it learned from."""

    reads: int
    held: Parameters
    steps: Sequence[Step]


def written(members: Sequence[Trained], words: Sequence[str]) -> tuple[bytes, bytes]:
    """The description and the weights of a network of these members."""
    weights = b"".join(_whole(one.held, one.steps) for one in members)
    described = {
        "schema": SCHEMA,
        "reads": [one.reads for one in members],
        "width": WIDTH,
        "filters": FILTERS,
        "units": UNITS,
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        "words": words,
    }
    return (json.dumps(described, ensure_ascii=False) + "\n").encode(), weights


def _whole(held: Parameters, steps: Sequence[Step]) -> bytes:
    """Weights of eight bits, and answers whose strongest is seldom above TOP: in one of a thousand sentences."""
    strong = _strengths(held, steps)
    vector = float(np.abs(held["vectors"]).max()) / 127
    vectors = np.rint(held["vectors"] / vector).astype(np.int8)
    first = _rounded(held["first"], held["first_shift"], vector, strong[0])
    second = _rounded(held["second"], held["second_shift"], strong[0], strong[1])
    # The third layer sees answers of both layers: each in its own steps.
    steps_of = np.repeat([strong[0], strong[1]] * 3, FILTERS)[:, None]
    third = _rounded(held["third"] * steps_of, held["third_shift"], 1.0, strong[2])
    last = _rounded(held["last"][:, -1:], held["last_shift"][-1:], strong[2], None)
    layers = b"".join(one.weights + one.numbers for one in (first, second, third, last))
    return bytes(vectors.tobytes()) + layers


def _strengths(held: Parameters, steps: Sequence[Step]) -> tuple[float, float, float]:
    """What one step of an answer is worth, for each of the three layers."""
    seen = [answers_of(held, step, None) for step in steps[:: max(1, len(steps) // 20)]]
    filters = seen[0].lower.shape[1]
    layers = (
        np.concatenate([one.answers[:, :filters].max(axis=1) for one in seen]),
        np.concatenate([one.answers[:, filters:].max(axis=1) for one in seen]),
        np.concatenate([one.units.max(axis=1) for one in seen]),
    )
    lower, upper, units = (max(1e-6, float(np.quantile(one, 0.999))) / TOP for one in layers)
    return lower, upper, units


def _rounded(weights: Matrix, shift: Matrix, seen: float, answered: float | None) -> _Rounded:
    """`seen` and `answered`: what one step of the numbers below and of the answers is worth (None: of log odds, 1)."""
    step = np.maximum(np.abs(weights).max(axis=0), 1e-9).astype(np.float64) / 127
    whole = np.rint(weights / step).astype(np.int8)
    scale = step * seen / (answered or 1.0)
    # Halves are rounded up: the answer is the floor of this.
    moved = shift.astype(np.float64) / (answered or 1.0) + (0.5 if answered is not None else 0.0)
    return _Rounded(weights=whole.T.tobytes(), numbers=scale.astype("<f8").tobytes() + moved.astype("<f8").tobytes())
