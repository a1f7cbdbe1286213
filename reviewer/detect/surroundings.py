"""Surroundings: the same sentence means more in a document that reads like its kind, and where it stands out."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import accumulate

from reviewer.value import dataclass

NEAR = 8
"""Sentences before and after that surround a sentence: a short document whole, a stretch of a long one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A scorer of whole documents over the same buckets (`weights`, `bias`), and how much each trait counts.

    `own`: the sentence's own score; `others`: the mean of the others' around it (of a lone sentence `alone`);
    `around`: the score of all of them together; `many`: the logarithm of how many they are.
    """

    weights: array[float]
    bias: float
    own: float
    others: float
    around: float
    many: float
    alone: float

    def judged(self, scores: Sequence[float], totals: Sequence[float], counts: Sequence[int]) -> list[float]:
        """What each of one document's sentences says with its surroundings, in order.

        `scores` are its own, of any category; `totals` the sums of `weights` over its buckets, `counts` their numbers.
        """
        return [
            self.own * own + self.others * others + self.around * (self.bias + around) + self.many * many
            for own, others, around, many in traits(scores, totals, counts, self.alone)
        ]


def traits(
    scores: Sequence[float], totals: Sequence[float], counts: Sequence[int], alone: float
) -> list[tuple[float, float, float, float]]:
    """For each of one document's sentences: its own score, the mean of the others' around it, the sum of all totals
    around it divided by the root of their buckets' number, the logarithm of how many sentences they are."""
    of_scores, of_totals, of_counts = (list(accumulate(one, initial=0.0)) for one in (scores, totals, counts))
    made = []
    for at, own in enumerate(scores):
        first, last = max(0, at - NEAR), min(len(scores), at + NEAR + 1)
        many = last - first
        others = (of_scores[last] - of_scores[first] - own) / (many - 1) if many > 1 else alone
        around = (of_totals[last] - of_totals[first]) / math.sqrt(of_counts[last] - of_counts[first] or 1)
        made.append((own, others, around, math.log(many)))
    return made
