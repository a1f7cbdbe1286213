"""Learns what surrounds matter: a scorer of whole documents, and how much a sentence's surroundings count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from reviewer.detect.surroundings import traits
from reviewer.learn.corpus import Sentence, documents
from reviewer.learn.training import OF_DOCUMENT, Background, Recipe, Scorer, Vector, labels_of, matrix, scores, train

_SEED = 20260101
_CROPS = (1, 3, None)  # sentences; None: half of them, four at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """For each sentence the sum of a scorer's weights over its buckets, the number of these, and the scorer's bias."""

    totals: Vector
    counts: Vector
    bias: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """How much each trait of a sentence's surroundings counts (`reviewer.detect.surroundings`)."""

    own: float
    others: float
    around: float
    many: float
    alone: float

    def judged(self, sentences: Sequence[Sentence], own: Vector, around: Around) -> Vector:
        """What each sentence says with its surroundings; `own`: its score for any category."""
        by = np.array([self.own, self.others, self.around, self.many])
        return np.concatenate([_traits(one, own, around, self.alone) @ by for one in documents(sentences)])


def train_around(sentences: Sequence[Sentence], background: Background, recipe: Recipe = OF_DOCUMENT) -> Scorer:
    """Documents with matter of any category against all others."""
    features, labels = _whole(matrix([sentence.text for sentence in sentences]), sentences)
    return train(features, labels, background, recipe)


def unseen_arounds(
    sentences: Sequence[Sentence], folds: Sequence[Sequence[int]], background: Background, recipe: Recipe = OF_DOCUMENT
) -> Iterator[Scorer]:
    """For each fold the scorer of documents that is trained on the others."""
    whole, labels = _whole(matrix([sentence.text for sentence in sentences]), sentences)
    owner = _owners(sentences)
    for fold in folds:
        rest = np.setdiff1d(np.arange(whole.shape[0]), owner[list(fold)])
        yield train(whole[rest], labels[rest], background, recipe)


def unseen_around(
    sentences: Sequence[Sentence],
    folds: Sequence[Sequence[int]],
    scorers: Iterable[Scorer],
) -> Around:
    """By scorers of documents trained on the other folds (index lists that part all sentences, documents whole)."""
    features = matrix([sentence.text for sentence in sentences])
    counts = np.diff(features.indptr).astype(float)
    totals, bias = np.zeros(len(sentences)), np.zeros(len(sentences))
    for fold, scorer in zip(folds, scorers, strict=True):
        inside = list(fold)
        totals[inside] = (scores(scorer, features[inside]) - scorer.bias) * np.sqrt(counts[inside])
        bias[inside] = scorer.bias
    return Around(totals=totals, counts=counts, bias=bias)


def weigh(
    sentences: Sequence[Sentence],
    own: Vector,
    around: Around,
    places: Sequence[int] | None = None,
    *,
    every: bool = False,
) -> Weighing:
    """Fitted on scores of sentences that the scorers have not seen; `places`: on the documents of these alone.

    A document counts with its likeliest sentence, or with `every` one; and so do a sentence, three in a row and half
    of them taken at random (from a fixed seed), so that short and long drafts are judged alike.
    """
    inside = set(range(len(sentences)) if places is None else places)
    kept = [one for one in documents(sentences) if one[0] in inside]
    alone = float(np.mean([own[at] for one in kept for at in one]))
    labels = labels_of(sentences, None)
    seen, told = [], []
    for crop in _crops(kept):
        rows, here = _traits(crop, own, around, alone), labels[crop.start : crop.stop]
        seen.append(rows if every else rows[[np.argmax(rows[:, 0])]])
        told.append(here if every else np.array([here.any()]))
    model = LogisticRegression(C=1.0, solver="lbfgs", max_iter=1000).fit(np.concatenate(seen), np.concatenate(told))
    return Weighing(
        **dict(zip(("own", "others", "around", "many"), map(float, model.coef_[0]), strict=True)), alone=alone
    )


def _crops(kept: Sequence[range]) -> Iterator[range]:
    chance = np.random.default_rng(_SEED)
    for one in kept:
        yield one
        for wanted in _CROPS:
            size = wanted or max(4, len(one) // 2)
            if size < len(one):
                first = int(chance.integers(0, len(one) - size + 1))
                yield one[first : first + size]


def _traits(one: range, own: Vector, around: Around, alone: float) -> Vector:
    """A row a sentence: `reviewer.detect.surroundings.traits`, the scorer's bias added."""
    at = slice(one.start, one.stop)
    rows = np.array(traits(own[at].tolist(), around.totals[at].tolist(), around.counts[at].tolist(), alone))
    rows[:, 2] += around.bias[at]
    return rows


def _whole(features: Any, sentences: Sequence[Sentence]) -> tuple[Any, Any]:
    """One row a document: in how many of its sentences each bucket occurs, over the root of the sum of all; and
    whether it holds matter of any category."""
    owner = _owners(sentences)
    holds = csr_matrix((np.ones(len(owner)), (owner, np.arange(len(owner)))))
    summed = holds @ features.astype(bool).astype(float)
    sizes = np.asarray(summed.sum(axis=1)).ravel()
    labels = np.zeros(len(sizes), dtype=bool)
    np.logical_or.at(labels, owner, labels_of(sentences, None))
    return (diags(1 / np.sqrt(np.maximum(sizes, 1))) @ summed).tocsr(), labels


def _owners(sentences: Sequence[Sentence]) -> Any:
    """The number of each sentence's document."""
    return np.concatenate([np.full(len(one), number) for number, one in enumerate(documents(sentences))])
