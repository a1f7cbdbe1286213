"""Measures the classifier on authors it has not seen, and chooses thresholds by a stated target."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from reviewer.detect.support import supported
from reviewer.learn.corpus import Sentence, Text
from reviewer.learn.joining import Joining, Unseen, joined
from reviewer.learn.surroundings import unseen_around, unseen_arounds
from reviewer.learn.training import CATEGORIES, Background, Vector, labels_of, out_of_fold
from reviewer.terms import Category

LAWFUL_RAISED = 0.029  # share of lawful documents that may be raised, by any category, on unseen authors
FOLDS = 6  # at most: what is left to train with is five sixths of all
PROMISED = (0.05, 0.03, 0.02, 0.01, 0.005, 0.002)
"""Shares of lawful documents for which the probability is stated that at most so many of them reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`hits` of `all`, with the 95 % interval of Wilson (1927)."""

    hits: int
    all: int

    @property
    def value(self) -> float:
        return self.hits / self.all if self.all else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        if not self.all:
            return 0.0, 1.0
        z, n, p = 1.96, self.all, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} [{low:.3f}, {high:.3f}] ({self.hits}/{self.all})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """At most `share` of lawful documents like the corpus's reach `chance`; `observed`: of authors left out, those did.

    Split conformal prediction (Vovk, Gammerman & Shafer 2005): the lawful documents of other authors are the
    calibration set, the highest probability of a document's sentences its score.
    """

    share: float
    chance: float
    observed: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one category reaches on documents of authors that its scorer has not seen."""

    auc: float
    found: Share
    raised: Share
    calibration_error: float
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Per category, and for lawful documents raised by any of them; `threshold` is of all categories."""

    categories: Mapping[Category, Measured]
    joining: Joining
    threshold: float
    raised_by_any: Share
    folds: str


def evaluate(
    texts: Sequence[Text], sentences: Sequence[Sentence], background: Background, network: Vector | None = None
) -> Evaluation:
    """Scores by scorers (and networks) that have not seen the author, calibrated and cut."""
    unseen = unseen_scores(sentences, background, network)
    joining = joined(sentences, unseen)
    chances = joining.chances(sentences, unseen)
    lawful = [text.id for text in texts if not text.labels]
    likeliest = highest(sentences, np.max(list(chances.values()), axis=0))
    reached = [likeliest.get(document, 0.0) for document in lawful]
    threshold = threshold_for(reached)
    return Evaluation(
        categories={one: _measure(texts, sentences, one, chances[one], threshold) for one in CATEGORIES},
        joining=joining,
        threshold=threshold,
        raised_by_any=Share(hits=sum(chance >= threshold for chance in reached), all=len(lawful)),
        folds=" | ".join(" ".join(group) for group in author_groups(sentences)),
    )


def unseen_scores(sentences: Sequence[Sentence], background: Background, network: Vector | None = None) -> Unseen:
    """Of each sentence, by scorers that have not seen its author; `network`: what such networks say."""
    folds = author_folds(sentences)
    alone = out_of_fold(sentences, folds, background)
    return Unseen(
        scores={category: with_support(sentences, found) for category, found in alone.items()},
        around=unseen_around(sentences, folds, unseen_arounds(sentences, folds, background)),
        network=network,
    )


def highest(sentences: Sequence[Sentence], chances: Vector, places: Sequence[int] | None = None) -> dict[str, float]:
    """For each document the highest probability of any of its sentences; `places`: of these alone."""
    made: dict[str, float] = {}
    for at in places if places is not None else range(len(sentences)):
        document = sentences[at].document
        made[document] = max(made.get(document, 0.0), float(chances[at]))
    return made


def with_support(sentences: Sequence[Sentence], scores: Vector) -> Vector:
    """The same scores with support, document by document; a document's sentences stand together."""
    made: list[float] = []
    for _, group in groupby(zip(sentences, scores, strict=True), key=lambda pair: pair[0].document):
        made += supported([float(score) for _, score in group])
    return np.array(made)


def author_folds(sentences: Sequence[Sentence]) -> tuple[tuple[int, ...], ...]:
    """Groups of authors, of like size; with one author alone, five folds that keep twins together."""
    groups = author_groups(sentences)
    if len(groups) > 1:
        return tuple(tuple(at for at, s in enumerate(sentences) if s.author in group) for group in groups)
    pairs = {pair: at % 5 for at, pair in enumerate(sorted({sentence.pair for sentence in sentences}))}
    return tuple(tuple(at for at, s in enumerate(sentences) if pairs[s.pair] == fold) for fold in range(5))


def author_groups(sentences: Sequence[Sentence]) -> tuple[tuple[str, ...], ...]:
    """Each author alone, up to `FOLDS`; more are dealt out by how much they wrote, so that each group has its share."""
    wrote = Counter(sentence.author for sentence in sentences)
    ordered = sorted(wrote, key=lambda author: (-wrote[author], author))
    return tuple(tuple(sorted(ordered[first::FOLDS])) for first in range(min(FOLDS, len(ordered))))


def _measure(
    texts: Sequence[Text], sentences: Sequence[Sentence], category: Category, chances: Vector, threshold: float
) -> Measured:
    reached = highest(sentences, chances)
    positive = [reached.get(text.id, 0.0) for text in texts if category in text.labels]
    lawful = [reached.get(text.id, 0.0) for text in texts if not text.labels]
    return Measured(
        auc=auc(positive, lawful),
        found=Share(hits=sum(chance >= threshold for chance in positive), all=len(positive)),
        raised=Share(hits=sum(chance >= threshold for chance in lawful), all=len(lawful)),
        calibration_error=calibration_error(chances, labels_of(sentences, category)),
        promises=tuple(_promises([text for text in texts if not text.labels], reached)),
    )


def _promises(lawful: Sequence[Text], reached: Mapping[str, float]) -> Iterator[Promise]:
    scores = [(text.author, reached.get(text.id, 0.0)) for text in lawful]
    for share in PROMISED:
        raised = 0
        for author in {author for author, _ in scores}:
            least = promised([chance for other, chance in scores if other != author], share)
            raised += sum(chance >= least for own, chance in scores if own == author)
        yield Promise(
            share=share,
            chance=promised([chance for _, chance in scores], share),
            observed=Share(hits=raised, all=len(scores)),
        )


def threshold_for(lawful: Sequence[float]) -> float:
    """The lowest probability at which at most `LAWFUL_RAISED` of these lawful documents are raised."""
    return _above(lawful, int(LAWFUL_RAISED * len(lawful)))


def promised(lawful: Sequence[float], share: float) -> float:
    """The lowest probability that at most `share` of lawful documents like these reach, whichever is drawn next.

    The next document's rank among all n + 1 is uniform: so share * (n + 1) of them may stand at or above. Of fewer
    than 1 / share documents nothing can be promised; then it is the highest one's.
    """
    return _above(lawful, max(0, int(share * (len(lawful) + 1)) - 1))


def _above(lawful: Sequence[float], allowed: int) -> float:
    """The lowest probability that no more than `allowed` of them reach."""
    ordered = sorted(lawful, reverse=True)
    return math.nextafter(ordered[allowed], 1.0) if allowed < len(ordered) else 0.5


def auc(positive: Sequence[float], lawful: Sequence[float]) -> float:
    """How often a positive stands above one that is not."""
    from sklearn.metrics import roc_auc_score

    truth = [1] * len(positive) + [0] * len(lawful)
    return float(roc_auc_score(truth, [*positive, *lawful]))


def calibration_error(chances: Vector, labels: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal-width bins, on sentences."""
    error = 0.0
    bins = np.minimum((chances * 10).astype(int), 9)
    for one in range(10):
        inside = bins == one
        if inside.any():
            error += float(inside.mean()) * abs(float(chances[inside].mean()) - float(labels[inside].mean()))
    return error
