"""Joins the scores for each category and for any into probabilities, as `reviewer.detect.model` does one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reviewer.detect.model import BACKING, NEAR
from reviewer.learn.corpus import Sentence
from reviewer.learn.opinion import Hearing, hearing
from reviewer.learn.surroundings import Around, Weighing, weigh
from reviewer.learn.training import CATEGORIES, Calibration, Vector, calibrate, labels_of
from reviewer.terms import Category

LEAST = 0.2
"""From this probability on, by the linear scorers, the network is heard: from 0.05 on no more would be found among
authors left out, at the share of lawful documents that may be raised, and it would be asked of 20 sentences in a
hundred in place of 11 (short documents, half of which hold matter)."""

Scores = Mapping[Category | None, Vector]
"""For each category, and under None for any, the score of each sentence with its support."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What scorers that have not seen a sentence's author say of it and of its surroundings; and networks, if any."""

    scores: Scores
    around: Around
    network: Vector | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What turns scores into probabilities.

    For each category its own; for any that of the score for any together with the likeliest category's log odds,
    weighed with their surroundings.
    """

    heads: Mapping[Category, Calibration]
    weighing: Weighing
    matter: Calibration
    hearing: Hearing | None = None

    def chances(self, sentences: Sequence[Sentence], unseen: Unseen) -> Mapping[Category, Vector]:
        """For each category the probability of each sentence; the highest is that of any category at all."""
        odds = _odds(self.heads, unseen.scores)
        best = np.max(list(odds.values()), axis=0)
        own = unseen.scores[None] + BACKING * best
        whole = _line(self.matter, self.weighing.judged(sentences, own, unseen.around))
        if self.hearing is not None and unseen.network is not None:
            whole = self.hearing.heard(whole, unseen.network)
        enough = NEAR * _sigmoid(best)
        return {category: _sigmoid(whole) * np.minimum(1.0, _sigmoid(one) / enough) for category, one in odds.items()}


def joined(sentences: Sequence[Sentence], unseen: Unseen, places: Sequence[int] | None = None) -> Joining:
    """Fitted on scores of sentences that the scorers have not seen; `places`: on these alone, documents whole."""
    inside = np.arange(len(sentences)) if places is None else np.array(places)
    labels = {category: labels_of(sentences, category)[inside] for category in (*CATEGORIES, None)}
    heads = {category: calibrate(unseen.scores[category][inside], labels[category]) for category in CATEGORIES}
    own = unseen.scores[None] + BACKING * np.max(list(_odds(heads, unseen.scores).values()), axis=0)
    weighing = weigh(sentences, own, unseen.around, places)
    judged = weighing.judged(sentences, own, unseen.around)
    matter = calibrate(judged[inside], labels[None])
    heard = None
    if unseen.network is not None:
        odds = _line(matter, judged)
        heard = hearing(sentences, odds, unseen.network, labels_of(sentences, None), inside, least=LEAST)
    return Joining(heads=heads, weighing=weighing, matter=matter, hearing=heard)


def _odds(heads: Mapping[Category, Calibration], scores: Scores) -> Mapping[Category, Vector]:
    return {category: _line(one, scores[category]) for category, one in heads.items()}


def _line(calibration: Calibration, scores: Vector) -> Vector:
    made: Vector = calibration.slope * scores + calibration.offset
    return made


def _sigmoid(odds: Vector) -> Vector:
    made: Vector = 1 / (1 + np.exp(-odds))
    return made
