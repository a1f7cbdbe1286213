"""What the network learns from at one step: answers on the way up, gradients on the way down, by hand in numpy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from reviewer.detect.network import GAP
from reviewer.detect.network_arrays import three

WIDTH, FILTERS, UNITS = 64, 128, 128
"""Numbers of a word, filters of each of the two layers, units of the third. With 96, 192 and 128 nothing was
gained (see benchmarks/README.md)."""
_KEPT = {"vectors": 0.85, "answers": 0.7, "units": 0.7}  # what dropout leaves (Srivastava et al. 2014)
_POSITIVE = 3.0  # how much a sentence that holds matter counts
_WHOLE = 0.5  # how much a document counts beside its sentences
_DECAY = 1e-3

Matrix = NDArray[np.float32]
Parameters = dict[str, Matrix]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is learned from at once: `numbers` of words; where each sentence `begins`; for each sentence those
    `beside` it (rows of 2 * BESIDE + 1, its own in the middle, -1 for none); its `document`; its `labels` (a column
    for each category, the last for any)."""

    numbers: NDArray[np.int64]
    begins: NDArray[np.int64]
    beside: NDArray[np.int64]
    document: NDArray[np.int64]
    labels: Matrix


def start(words: int, outputs: int, chance: np.random.Generator) -> Parameters:
    def drawn(wide: int, count: int, spread: float) -> Matrix:
        return (chance.standard_normal((wide, count)) * spread).astype(np.float32)

    return {
        "vectors": drawn(words, WIDTH, 0.3),
        "first": drawn(3 * WIDTH, FILTERS, 1 / math.sqrt(3 * WIDTH)),
        "first_shift": np.zeros(FILTERS, np.float32),
        "second": drawn(3 * FILTERS, FILTERS, 1.4 / math.sqrt(3 * FILTERS)),
        "second_shift": np.zeros(FILTERS, np.float32),
        "third": drawn(6 * FILTERS, UNITS, 1 / math.sqrt(6 * FILTERS)),
        "third_shift": np.zeros(UNITS, np.float32),
        "last": drawn(UNITS, outputs, 0.1),
        "last_shift": np.full(outputs, -3, np.float32),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a step's way up leaves for the way down: `below`, `middle`, `rows` are what the three layers saw; `lower`,
    `upper`, `units` what they answered; `answers` a sentence's strongest, `strongest` which of those beside it gave
    each; `kept_…` what dropout left, 0 or above 1."""

    below: Matrix
    lower: Matrix
    middle: Matrix
    upper: Matrix
    answers: Matrix
    kept_answers: Matrix
    rows: Matrix
    strongest: NDArray[np.int64]
    units: Matrix
    kept_units: Matrix
    odds: Matrix


def answers_of(held: Parameters, step: Step, chance: np.random.Generator | None) -> Seen:
    """What the network answers to a step; with dropout by `chance`, or whole."""
    vectors = held["vectors"][step.numbers]
    vectors = vectors * _dropout(chance, "vectors", (len(vectors), 1))
    below = three(vectors)
    lower = np.maximum(below @ held["first"] + held["first_shift"], 0)
    middle = three(lower)
    upper = np.maximum(middle @ held["second"] + held["second_shift"], 0)
    both = np.concatenate([lower, upper], axis=1)
    both[step.numbers == GAP] = 0
    answers = np.maximum.reduceat(both, step.begins)
    kept_answers = _dropout(chance, "answers", answers.shape)
    shown = answers * kept_answers
    others, strongest = _beside(step, shown)
    rows = np.concatenate([shown, others, np.take_along_axis(shown, strongest, axis=0)], axis=1)
    units = np.maximum(rows @ held["third"] + held["third_shift"], 0)
    kept_units = _dropout(chance, "units", units.shape)
    return Seen(
        below=below,
        lower=lower,
        middle=middle,
        upper=upper,
        answers=answers,
        kept_answers=kept_answers,
        rows=rows,
        strongest=strongest,
        units=units,
        kept_units=kept_units,
        odds=(units * kept_units) @ held["last"] + held["last_shift"],
    )


def _dropout(chance: np.random.Generator | None, name: str, shape: tuple[int, ...]) -> Matrix:
    kept = _KEPT[name]
    if chance is None:
        return np.ones(shape, np.float32)
    return (chance.random(shape, dtype=np.float32) < kept).astype(np.float32) / np.float32(kept)


def _beside(step: Step, shown: Matrix) -> tuple[Matrix, NDArray[np.int64]]:
    """The mean answers of the sentences beside each; and for each answer which of them, or itself, is strongest."""
    padded = np.concatenate([shown, np.full((1, shown.shape[1]), -1, np.float32)])
    best, strongest = shown.copy(), np.repeat(np.arange(len(shown))[:, None], shown.shape[1], axis=1)
    for column in step.beside.T:
        stronger = padded[column] > best
        best = np.where(stronger, padded[column], best)
        strongest = np.where(stronger, column[:, None], strongest)
    return _others(step) @ shown, strongest


def _others(step: Step) -> Matrix:
    """A row a sentence: the share that each of the others beside it has in their mean."""
    count = len(step.beside)
    shares = np.zeros((count, count), np.float32)
    near, own = step.beside, np.arange(count)
    for column in near.T:
        at = np.flatnonzero((column >= 0) & (column != own))
        shares[at, column[at]] = 1
    made: Matrix = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1)
    return made


def gradients(held: Parameters, step: Step, chance: np.random.Generator) -> Parameters:
    """Of the loss over a step, by each parameter."""
    seen = answers_of(held, step, chance)
    made: Parameters = {}
    odds = _odds_gradient(seen.odds, step)
    shown_units: Any = seen.units * seen.kept_units
    made["last"], made["last_shift"] = shown_units.T @ odds, odds.sum(axis=0)
    units = (odds @ held["last"].T) * seen.kept_units * (seen.units > 0)
    made["third"], made["third_shift"] = seen.rows.T @ units, units.sum(axis=0)
    rows = units @ held["third"].T
    wide = seen.answers.shape[1]
    shown = rows[:, :wide] + _others(step).T @ rows[:, wide : 2 * wide]
    flat = (seen.strongest * wide + np.arange(wide)).ravel()
    strongest = np.bincount(flat, rows[:, 2 * wide :].ravel(), minlength=shown.size).reshape(shown.shape)
    np.add(shown, strongest, out=shown, casting="same_kind")
    answers = (shown * seen.kept_answers).astype(np.float32)
    lower, upper = _from_answers(seen, step, answers)
    made["second"], made["second_shift"] = seen.middle.T @ upper, upper.sum(axis=0)
    lower = (lower + _from_three(upper @ held["second"].T)) * (seen.lower > 0)
    made["first"], made["first_shift"] = seen.below.T @ lower, lower.sum(axis=0)
    vectors = _from_three(lower @ held["first"].T)
    kept: Any = seen.below[:, WIDTH : 2 * WIDTH].any(axis=1)
    vectors *= kept[:, None] / np.float32(_KEPT["vectors"])
    places = np.arange(len(step.numbers))
    spread = csr_matrix((np.ones(len(places), np.float32), (step.numbers, places)), (len(held["vectors"]), len(places)))
    made["vectors"] = np.asarray(spread @ vectors)
    return made


def _odds_gradient(odds: Matrix, step: Step) -> Matrix:
    told = 1 / (1 + np.exp(-odds))
    made = (told - step.labels) * np.where(step.labels > 0, np.float32(_POSITIVE), np.float32(1)) / len(odds)
    starts = np.flatnonzero(np.diff(step.document, prepend=-1))
    for first, last in zip(starts, [*starts[1:], len(odds)], strict=True):
        at = first + int(np.argmax(odds[first:last, -1]))
        made[at, -1] += _WHOLE * (told[at, -1] - step.labels[first:last, -1].max()) / len(starts)
    return made.astype(np.float32)


def _from_answers(seen: Seen, step: Step, answers: Matrix) -> tuple[Matrix, Matrix]:
    """The gradient of each place's answers: where a sentence's strongest stands."""
    owner = np.repeat(np.arange(len(step.begins)), np.diff(step.begins, append=len(step.numbers)))
    filters = seen.lower.shape[1]
    real = (step.numbers != GAP)[:, None]
    made = []
    for layer, part in ((seen.lower, slice(None, filters)), (seen.upper, slice(filters, None))):
        strongest = (layer == seen.answers[:, part][owner]) & (layer > 0) & real
        made.append(np.where(strongest, answers[:, part][owner], np.float32(0)))
    return made[0], made[1]


def _from_three(rows: Matrix) -> Matrix:
    """The gradient of what `three` laid side by side."""
    wide = rows.shape[1] // 3
    made = rows[:, wide : 2 * wide].copy()
    made[:-1] += rows[1:, :wide]
    made[1:] += rows[:-1, 2 * wide :]
    return made


def move(
    held: Parameters, by: Parameters, moments: Mapping[str, tuple[Matrix, Matrix]], rate: float, number: int
) -> None:
    """One step of Adam, the `number`th, at this `rate`; `moments`: of each parameter's gradients, kept throughout."""
    for name, one in by.items():
        mean, square = moments[name]
        mean += np.float32(0.1) * (one - mean)
        square += np.float32(0.001) * (one * one - square)
        spread = np.sqrt(square / np.float32(1 - 0.999**number)) + np.float32(1e-8)
        step = mean / np.float32(1 - 0.9**number) / spread
        held[name] -= np.float32(rate) * (step + np.float32(_DECAY) * held[name])
