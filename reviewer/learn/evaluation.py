"""Measures the classifier on authors it has not seen, and chooses thresholds by a stated target."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from reviewer.detect.support import supported
from reviewer.learn.corpus import Sentence, Text
from reviewer.learn.training import CATEGORIES, Background, Calibration, Vector, calibrate, out_of_fold
from reviewer.terms import Category

LAWFUL_RAISED = 0.01  # share of lawful documents that one category may raise on unseen authors
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

    calibration: Calibration
    threshold: float
    auc: float
    found: Share
    raised: Share
    calibration_error: float
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Per category, and for lawful documents raised by any of them."""

    categories: Mapping[Category, Measured]
    raised_by_any: Share
    folds: str


def evaluate(texts: Sequence[Text], sentences: Sequence[Sentence], background: Background) -> Evaluation:
    """Scores by scorers that have not seen the author, calibrated and cut."""
    folds = author_folds(sentences)
    alone = out_of_fold(sentences, folds, background)
    scores = {category: with_support(sentences, found) for category, found in alone.items()}
    measured = {category: _measure(texts, sentences, category, scores[category]) for category in CATEGORIES}
    lawful = {text.id for text in texts if not text.labels}
    raised = {
        sentence.document
        for category, one in measured.items()
        for sentence, chance in zip(sentences, chances_of(scores[category], one.calibration), strict=True)
        if sentence.document in lawful and chance >= one.threshold
    }
    groups = " | ".join(" ".join(group) for group in author_groups(sentences))
    return Evaluation(categories=measured, raised_by_any=Share(hits=len(raised), all=len(lawful)), folds=groups)


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


def _measure(texts: Sequence[Text], sentences: Sequence[Sentence], category: Category, scores: Vector) -> Measured:
    labels = np.array([category in sentence.labels for sentence in sentences])
    calibration = calibrate(scores, labels)
    chances = chances_of(scores, calibration)
    highest: dict[str, float] = {}
    for sentence, chance in zip(sentences, chances, strict=True):
        highest[sentence.document] = max(highest.get(sentence.document, 0.0), float(chance))
    positive = [highest.get(text.id, 0.0) for text in texts if category in text.labels]
    lawful = [highest.get(text.id, 0.0) for text in texts if not text.labels]
    threshold = threshold_for(lawful)
    return Measured(
        calibration=calibration,
        threshold=threshold,
        auc=auc(positive, lawful),
        found=Share(hits=sum(chance >= threshold for chance in positive), all=len(positive)),
        raised=Share(hits=sum(chance >= threshold for chance in lawful), all=len(lawful)),
        calibration_error=calibration_error(chances, labels),
        promises=tuple(_promises([text for text in texts if not text.labels], highest)),
    )


def _promises(lawful: Sequence[Text], highest: Mapping[str, float]) -> Iterator[Promise]:
    scores = [(text.author, highest.get(text.id, 0.0)) for text in lawful]
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
    """The lowest probability at which at most `LAWFUL_RAISED` of the lawful documents are raised."""
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


def chances_of(scores: Vector, calibration: Calibration) -> Vector:
    """The calibrated probability of each score."""
    chances: Vector = 1 / (1 + np.exp(-(calibration.slope * scores + calibration.offset)))
    return chances


def auc(positive: Sequence[float], lawful: Sequence[float]) -> float:
    """How often a positive stands above one that is not."""
    from sklearn.metrics import roc_auc_score

    truth = [1] * len(positive) + [0] * len(lawful)
    return float(roc_auc_score(truth, [*positive, *lawful]))


def calibration_error(chances: Vector, labels: Vector) -> float:
    """Expected calibration error over ten equal-width bins, on sentences."""
    error = 0.0
    bins = np.minimum((chances * 10).astype(int), 9)
    for one in range(10):
        inside = bins == one
        if inside.any():
            error += float(inside.mean()) * abs(float(chances[inside].mean()) - float(labels[inside].mean()))
    return error
