"""What the classifier reaches on documents of authors left out altogether: calibration and threshold included.

For each author the scorer, its calibration and its threshold come from the others alone, so that nothing of an
author's helps to judge that author; counts are then added up. A document counts as raised when one sentence reaches
the threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reviewer.learn.corpus import Sentence, Text
from reviewer.learn.evaluation import (
    Share,
    auc,
    author_folds,
    calibration_error,
    highest,
    threshold_for,
    unseen_scores,
)
from reviewer.learn.joining import joined
from reviewer.learn.training import CATEGORIES, Background, Vector, labels_of
from reviewer.terms import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Documents: with the category and found or missed, without it and raised or left alone."""

    found: int
    missed: int
    raised: int
    left: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            found=self.found + other.found,
            missed=self.missed + other.missed,
            raised=self.raised + other.raised,
            left=self.left + other.left,
        )

    @property
    def recall(self) -> Share:
        return Share(hits=self.found, all=self.found + self.missed)

    @property
    def precision(self) -> Share:
        return Share(hits=self.found, all=self.found + self.raised)

    @property
    def raised_share(self) -> Share:
        """Of the documents without the category, those raised."""
        return Share(hits=self.raised, all=self.raised + self.left)

    @property
    def f2(self) -> float:
        """Recall counts twice as much as precision (van Rijsbergen 1979): a leak is worse than a second look."""
        weighed = 5 * self.found + 4 * self.missed + self.raised
        return 5 * self.found / weighed if weighed else float("nan")

    @property
    def balanced_accuracy(self) -> float:
        return (self.recall.value + 1 - self.raised_share.value) / 2


NOTHING = Counts(found=0, missed=0, raised=0, left=0)


@dataclass(frozen=True, kw_only=True)
class Measures:
    """One category: documents by author, AUC over documents and calibration error over sentences, all left out.

    `lawful` is the share of documents without any label that this category raises.
    """

    by_author: Mapping[str, Counts]
    auc: float
    calibration_error: float
    lawful: Share

    @cached_property
    def total(self) -> Counts:
        return sum(self.by_author.values(), NOTHING)


def measures(
    texts: Sequence[Text], sentences: Sequence[Sentence], background: Background, network: Vector | None = None
) -> Mapping[Category, Measures]:
    """Every category, each author by the others; with one author alone, five folds that keep twins together."""
    unseen = unseen_scores(sentences, background, network)
    lawful = {text.id for text in texts if not text.labels}
    chances = {category: np.zeros(len(sentences)) for category in CATEGORIES}
    raised: dict[Category, set[str]] = {category: set() for category in CATEGORIES}
    for fold in author_folds(sentences):
        inside, rest = list(fold), np.setdiff1d(np.arange(len(sentences)), np.array(fold)).tolist()
        here = joined(sentences, unseen, rest).chances(sentences, unseen)
        likeliest = highest(sentences, np.max(list(here.values()), axis=0), rest)
        threshold = threshold_for([chance for document, chance in likeliest.items() if document in lawful])
        for category, one in here.items():
            chances[category][inside] = one[inside]
            own = highest(sentences, one, inside)
            raised[category] |= {document for document, chance in own.items() if chance >= threshold}
    return {one: _measured(texts, sentences, one, chances[one], raised[one]) for one in CATEGORIES}


def _measured(
    texts: Sequence[Text], sentences: Sequence[Sentence], category: Category, chances: Vector, raised: set[str]
) -> Measures:
    reached = highest(sentences, chances)
    positive = [reached.get(text.id, 0.0) for text in texts if category in text.labels]
    other = [reached.get(text.id, 0.0) for text in texts if category not in text.labels]
    lawful = [text for text in texts if not text.labels]
    return Measures(
        by_author=dict(_by_author(texts, category, raised)),
        auc=auc(positive, other) if positive and other else float("nan"),
        calibration_error=calibration_error(chances, labels_of(sentences, category)),
        lawful=Share(hits=sum(text.id in raised for text in lawful), all=len(lawful)),
    )


def _by_author(texts: Sequence[Text], category: Category, raised: set[str]) -> Iterator[tuple[str, Counts]]:
    for author in sorted({text.author for text in texts}):
        mine = [text for text in texts if text.author == author]
        held = [text.id in raised for text in mine if category in text.labels]
        free = [text.id in raised for text in mine if category not in text.labels]
        yield (
            author,
            Counts(found=sum(held), missed=len(held) - sum(held), raised=sum(free), left=len(free) - sum(free)),
        )
