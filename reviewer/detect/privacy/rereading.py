"""A second look at a text in which something private stands: clauses that by themselves would be too little to tell.

Who wrote down one private thing often wrote down more. What a clause scores, what its sentence and those beside it are
held for, whether it names somebody, its own words and those of the clauses around it are weighed by a logistic
regression that is learned from such texts alone (`reviewer.learn.rereading`).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate

from reviewer.text.lazy import lazy
from reviewer.value import dataclass

Range = tuple[int, int]

TRAITS = ("clause", "sentence", "clause_before", "sentence_before", "sentence_after", "likeliest_sentence", "named")
"""What is weighed of a clause: scores of clauses, log odds of sentences, and whether a name stands in it."""

WORDS = 1 << 16
"""Buckets of the words of a clause, and as many of those around it: the last bits of a sentence's buckets."""
NEAR = 24
"""Clauses before and after whose words surround a clause: a short document whole, a stretch of a long one."""

_LEAST = 4  # ideographs of a clause with something to say
_BARE = -6.0  # stands for the score of a clause before the first
_FLOOR = 0.001  # of a probability, so that its log odds stay finite
# A record or a field of a form: what stands in it is found by its form or its label, unless it is told plainly.
NUMBERED = lazy(r"[0-9]{7}|@|\A[ ]*[\u4e00-\u9fff]{2,10}[：:][^，。]{0,20}\Z")
_CLAUSE = lazy(r"[^，,、：:\n]+[，,、：:]?")
_FIELD = lazy(r"[^，,、：:|\t \n]+[，,、：:]?")  # of a record
_HAN = lazy(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in folded text, its traits, and the buckets of its words."""

    start: int
    end: int
    traits: tuple[float, ...]
    words: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereader:
    """Logistic regression over the traits of a clause, its words and those around it (one weight a bucket each).

    `threshold`: the probability from which a clause is told.
    """

    weights: tuple[float, ...]
    words: array[float]
    around: array[float]
    bias: float
    threshold: float

    def chances(self, clauses: Sequence[Clause]) -> list[float]:
        """For each clause of one document, in order, the probability that it tells something private, in a text of
        which that is known."""
        said = list(accumulate((_share(self.around, one.words) for one in clauses), initial=0.0))
        found = []
        for at, clause in enumerate(clauses):
            first, last = surrounding(at, len(clauses))
            odds = self.bias + sum(weight * trait for weight, trait in zip(self.weights, clause.traits, strict=True))
            odds += _share(self.words, clause.words) + (said[last] - said[first]) / math.sqrt(last - first)
            found.append(1 / (1 + math.exp(-odds)) if odds > -700 else 0.0)
        return found


def surrounding(at: int, size: int) -> Range:
    """Which of a document's `size` clauses surround one, itself among them."""
    return max(0, at - NEAR), min(size, at + NEAR + 1)


def _share(weights: array[float], words: Collection[int]) -> float:
    """What the words of a clause say, many or few."""
    return sum(map(weights.__getitem__, sorted(words))) / math.sqrt(len(words) or 1)


def clauses_of(text: str, start: int, end: int) -> list[Range]:
    """The clauses of a sentence; of a record its fields."""
    pattern = _FIELD if NUMBERED.search(text[start:end]) else _CLAUSE
    return [match.span() for match in pattern.finditer(text, start, end)]


def reread(
    text: str,
    sentences: Sequence[tuple[Range, float]],
    look: Callable[[int, int], tuple[float, Collection[int]]],
    is_named: Callable[[int, int], bool],
) -> Iterator[Clause]:
    """Every clause with something to say, in order.

    `sentences`: place and probability; `look`: the score of a clause, as the scorer of sentences has it, and its
    buckets; `is_named`: whether somebody's name stands in a place.
    """
    odds = [_odds(chance) for _, chance in sentences]
    best = max(odds, default=0.0)
    for at, ((start, end), _) in enumerate(sentences):
        before, after = (odds[at - 1] if at else _odds(0.0)), (odds[at + 1] if at + 1 < len(odds) else _odds(0.0))
        last = _BARE
        for low, high in clauses_of(text, start, end):
            own, buckets = look(low, high)
            if len(_HAN.findall(text, low, high)) >= _LEAST:
                named = 1.0 if is_named(low, high) else 0.0
                words = frozenset(bucket % WORDS for bucket in buckets)
                yield Clause(low, high, (own, odds[at], last, before, after, best, named), words)
            last = own


def _odds(chance: float) -> float:
    return math.log(max(chance, _FLOOR) / max(1 - chance, _FLOOR))
