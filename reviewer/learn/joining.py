"""Joins the scores for each category and for any into probabilities, as `reviewer.detect.model` does one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reviewer.detect.model import BACKING, NEAR
from reviewer.learn.corpus import Sentence
from reviewer.learn.training import CATEGORIES, Calibration, Vector, calibrate, labels_of
from reviewer.terms import Category

Scores = Mapping[Category | None, Vector]
"""For each category, and under None for any, the score of each sentence with its support."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What turns scores into probabilities: for each category its own, and for any that of the score for any together
    with the likeliest category's log odds."""

    heads: Mapping[Category, Calibration]
    matter: Calibration

    def chances(self, scores: Scores) -> Mapping[Category, Vector]:
        """For each category the probability of each sentence; the highest is that of any category at all."""
        odds = _odds(self.heads, scores)
        best = np.max(list(odds.values()), axis=0)
        whole = _sigmoid(_line(self.matter, scores[None] + BACKING * best))
        enough = NEAR * _sigmoid(best)
        return {category: whole * np.minimum(1.0, _sigmoid(one) / enough) for category, one in odds.items()}


def joined(sentences: Sequence[Sentence], scores: Scores, places: Sequence[int] | None = None) -> Joining:
    """Fitted on scores of sentences that the scorers have not seen; `places`: on these alone."""
    inside = np.arange(len(sentences)) if places is None else np.array(places)
    labels = {category: labels_of(sentences, category)[inside] for category in (*CATEGORIES, None)}
    own = {category: scores[category][inside] for category in (*CATEGORIES, None)}
    heads = {category: calibrate(own[category], labels[category]) for category in CATEGORIES}
    best = np.max(list(_odds(heads, own).values()), axis=0)
    return Joining(heads=heads, matter=calibrate(own[None] + BACKING * best, labels[None]))


def _odds(heads: Mapping[Category, Calibration], scores: Scores) -> Mapping[Category, Vector]:
    return {category: _line(one, scores[category]) for category, one in heads.items()}


def _line(calibration: Calibration, scores: Vector) -> Vector:
    made: Vector = calibration.slope * scores + calibration.offset
    return made


def _sigmoid(odds: Vector) -> Vector:
    made: Vector = 1 / (1 + np.exp(-odds))
    return made
