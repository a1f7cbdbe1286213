"""Whose names go out with what is told: where something private stands, every name of the text is weighed once more.

Where a name stands is not enough to tell whose secret it gives away: the bearer's, a neighbour's, or nobody's beside an
official's work. How likely the sentence tells something, how far the next fact is, what role the words give the bearer
and what stands right around the name are weighed together by a logistic regression (`reviewer.learn.exposure`).
"""

from __future__ import annotations

import math
from array import array

from reviewer.value import dataclass

Range = tuple[int, int]

WORDS = 1 << 15
"""Buckets of the words around a name."""

TRAITS = (
    "told",
    "official",
    "always_official",
    "faint",
    "short",
    "private",
    "minor",
    "petitioner",
    "unsaid",
    "places",
    "sentence",
    "behind",
    "near",
    "free",
    "record",
    "beside",
    "likeliest",
    "mean",
    "facts",
    "names",
)
"""What is weighed of a name: whether rules tell it; in which part its bearer appears; the log odds of its sentence and
of the document's, the score of what follows; how near a fact is, whether no other name stands before it, how many facts
its record has and how many names its sentence; and how many places, facts and names there are in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Logistic regression over `TRAITS` and the words around (`words`: one weight a bucket).

    `least`: a name that rules tell is let go below it; `enough`: one that they do not tell is told from it on.
    """

    weights: tuple[float, ...]
    words: array[float]
    bias: float
    least: float
    enough: float

    def chance(self, mention: Mention) -> float:
        """The probability that the name gives somebody away together with what is told."""
        odds = self.bias + sum(weight * trait for weight, trait in zip(self.weights, mention.traits, strict=True))
        odds += sum(map(self.words.__getitem__, sorted(mention.words)))
        return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One name of a text: where it stands (folded ranges, in order), its traits, the buckets of the words around."""

    text: str
    places: tuple[Range, ...]
    traits: tuple[float, ...]
    words: frozenset[int]
