"""Trains linear scorers on hashed character runs, for each category and for any, and calibrates them on unseen authors.

Logistic regression over naive-Bayes scaled features (Wang & Manning 2012): what real public text says often weighs
little, whatever the small corpus says. How often is a table of counts (`background.u16`), not text.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from reviewer.detect.features import BUCKETS, buckets
from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.learn.corpus import Sentence
from reviewer.terms import Category

CATEGORIES = (Category.STATE_SECRET, Category.WORK_SECRET, Category.TRADE_SECRET)
BACKGROUND = "background.u16.z"
_SMOOTHING = 1.0
_SEED = 20260101

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a scorer is trained: `c`, inverse regularisation; how much "unlike public text" counts (`strangeness`); how
    much the counts of public text weigh beside our own lawful sentences in the scaling of features (`public`)."""

    c: float
    strangeness: float
    public: float


OF_CATEGORY = Recipe(c=30.0, strangeness=0.12, public=1.0)
"""`c`: of 3, 10, 30 and 100 by groups of authors left out; from 30 on nothing is gained. At this strangeness lawful
public passages are raised about as rarely as by a model trained with 15,000 of their sentences as negatives, and fewer
true passages are lost (see the card)."""
OF_ANY = Recipe(c=90.0, strangeness=0.08, public=1.0)
"""For any category at all, which three times as many sentences teach: `c` of 9, 30, 90 and 300, in the same way."""
OF_DOCUMENT = Recipe(c=300.0, strangeness=0.0, public=1.0)
"""Of whole documents whether they hold matter of any category; `c` of 9, 90 and 300 by groups of authors left out.
With strangeness (0.04 to 0.38) less is found, and no fewer real texts are raised where four in a hundred lawful ones
of ours are: a sentence's own scorers have it already."""
OF_PERSONS_DOCUMENT = Recipe(c=300.0, strangeness=0.08, public=1.0)
"""Of whole texts whether they tell something private."""
OF_PERSONS = Recipe(c=10.0, strangeness=0.06, public=0.1)
"""What is told of persons is unlike public text even where it is lawful. Over groups of authors the average precision
of sentences is 0.814 with these and 0.797 with those of a category; where seven in ten are found, 788 of our lawful
sentences are taken for them instead of 925, and 11 of 12,800 real ones instead of 7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Weights already scaled, so that a score is bias + sum of weights / sqrt(number of features)."""

    weights: Vector
    bias: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Platt: probability = 1 / (1 + exp(-(slope * score + offset)))."""

    slope: float
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """In how many of `sentences` sentences of real public text each bucket occurs (counts stop at 65,535)."""

    counts: Vector
    sentences: int


def read_background(folder: Path) -> Background:
    """The first four bytes are the number of sentences, little-endian; then a 16-bit count a bucket, deflated."""
    try:
        data = (folder / BACKGROUND).read_bytes()
        counts = np.frombuffer(zlib.decompress(data[4:]), dtype="<u2").astype(np.float64)
    except (OSError, zlib.error) as error:
        raise ConfigurationError(
            tr(f"{folder / BACKGROUND}：打不开（{error}）", f"{folder / BACKGROUND}: {error}")
        ) from None
    if len(counts) != BUCKETS:
        raise ConfigurationError(tr(f"{folder / BACKGROUND}：长度不对", f"{folder / BACKGROUND}: wrong size"))
    return Background(counts=counts, sentences=int.from_bytes(data[:4], "little"))


def matrix(texts: Sequence[str]) -> Any:
    """One row a sentence: 1/sqrt(n) at each of its n buckets."""
    rows = [sorted(buckets(text)) for text in texts]
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = np.fromiter((at for row in rows for at in row), dtype=np.int32, count=int(pointers[-1]))
    sizes = [len(row) for row in rows]
    values = np.repeat([1 / np.sqrt(size or 1) for size in sizes], sizes)
    return csr_matrix((values, columns, pointers), shape=(len(rows), BUCKETS))


def labels_of(sentences: Sequence[Sentence], category: Category | None) -> NDArray[np.bool_]:
    """Which sentences hold matter of the category; of any at all for None."""
    return np.array([category in one.labels if category is not None else bool(one.labels) for one in sentences])


def train(features: Any, labels: NDArray[np.bool_], background: Background, recipe: Recipe = OF_CATEGORY) -> Scorer:
    """The sentences that are labelled against all else; `features`: their `matrix`. The same give the same bits on as
    many threads: sums of many parts have other last digits, which a fit magnifies."""
    scale = _scale(features, labels, recipe.public * background.counts)
    model = LogisticRegression(
        C=recipe.c, class_weight="balanced", solver="liblinear", random_state=_SEED, max_iter=500
    )
    model.fit(features.multiply(scale).tocsr(), labels)
    weights = model.coef_[0] * scale + recipe.strangeness * _strangeness(features, background)
    return Scorer(weights=weights.astype("<f4").astype(np.float64), bias=float(model.intercept_[0]))


def recipe_of(category: Category | None) -> Recipe:
    return OF_ANY if category is None else OF_CATEGORY


def train_all(sentences: Sequence[Sentence], background: Background) -> Mapping[Category | None, Scorer]:
    """For each category a scorer, and under None the one for any."""
    features = matrix([sentence.text for sentence in sentences])
    return {
        category: train(features, labels_of(sentences, category), background, recipe_of(category))
        for category in (*CATEGORIES, None)
    }


def _strangeness(features: Any, background: Background) -> Vector:
    """How much more often a bucket occurs in the corpus, positive or lawful, than in public text, as a log ratio."""
    ours = np.asarray(features.astype(bool).sum(axis=0)).ravel()
    ratio = np.log((ours + 0.5) / features.shape[0]) - np.log((background.counts + 0.5) / background.sentences)
    clipped: Vector = np.clip(ratio, -4.0, 4.0)
    return clipped


def _scale(features: Any, labels: NDArray[np.bool_], public: Vector) -> Vector:
    """How much more often than in lawful text (ours and the public's) a bucket occurs in the category, as |log|."""
    present = features.astype(bool)
    inside = np.asarray(present[labels].sum(axis=0)).ravel() + _SMOOTHING
    outside = np.asarray(present[~labels].sum(axis=0)).ravel() + public + _SMOOTHING
    ratio = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    scale: Vector = np.clip(np.abs(ratio), 0.1, 6.0)
    return scale


def scores(scorer: Scorer, features: Any) -> Vector:
    found: Vector = features @ scorer.weights + scorer.bias
    return found


def calibrate(found: Vector, labels: NDArray[np.bool_]) -> Calibration:
    """Fitted on scores of sentences that the scorer has not seen."""
    model = LogisticRegression(C=1e6, solver="lbfgs", max_iter=1000)
    model.fit(found.reshape(-1, 1), labels)
    return Calibration(slope=float(model.coef_[0][0]), offset=float(model.intercept_[0]))


def out_of_fold(
    sentences: Sequence[Sentence], folds: Sequence[Sequence[int]], background: Background
) -> Mapping[Category | None, Vector]:
    """Scores of every sentence by scorers trained on the other folds (index lists that part all sentences).

    For each category, and under None for any.
    """
    features = matrix([sentence.text for sentence in sentences])
    found = {}
    for category in (*CATEGORIES, None):
        labels = labels_of(sentences, category)
        found[category] = np.zeros(len(sentences))
        for fold in folds:
            inside, rest = list(fold), np.setdiff1d(np.arange(len(sentences)), np.array(fold))
            scorer = train(features[rest], labels[rest], background, recipe_of(category))
            found[category][inside] = scores(scorer, features[inside])
    return found
