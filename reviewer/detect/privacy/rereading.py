"""A second look at a text in which something private stands: clauses that by themselves would be too little to tell.

Who wrote down one private thing often wrote down more. What a clause scores, what its sentence and those beside it are
held for, and whether it names somebody, are weighed by a logistic regression that is learned from such texts alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from reviewer.text.lazy import lazy
from reviewer.value import dataclass

Range = tuple[int, int]

TRAITS = ("clause", "sentence", "clause_before", "sentence_before", "sentence_after", "likeliest_sentence", "named")
"""What is weighed of a clause: scores of clauses, log odds of sentences, and whether a name stands in it."""

_LEAST = 4  # ideographs of a clause with something to say
_BARE = -6.0  # stands for the score of a clause before the first
_FLOOR = 0.001  # of a probability, so that its log odds stay finite
# A record or a field of a form: what stands in it is found by its form or its label, unless it is told plainly.
NUMBERED = lazy(r"[0-9]{7}|@|\A[ ]*[\u4e00-\u9fff]{2,10}[：:][^，。]{0,20}\Z")
_CLAUSE = lazy(r"[^，,、：:\n]+[，,、：:]?")
_FIELD = lazy(r"[^，,、：:|\t \n]+[，,、：:]?")  # of a record
_HAN = lazy(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rereader:
    """Logistic regression over the traits of a clause. `threshold`: the probability from which it is told."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def chance(self, traits: Sequence[float]) -> float:
        """The probability that a clause tells something private, in a text of which that is known."""
        odds = self.bias + sum(weight * trait for weight, trait in zip(self.weights, traits, strict=True))
        return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in folded text, and its traits."""

    start: int
    end: int
    traits: tuple[float, ...]


def clauses_of(text: str, start: int, end: int) -> list[Range]:
    """The clauses of a sentence; of a record its fields."""
    pattern = _FIELD if NUMBERED.search(text[start:end]) else _CLAUSE
    return [match.span() for match in pattern.finditer(text, start, end)]


def reread(
    text: str,
    sentences: Sequence[tuple[Range, float]],
    score: Callable[[int, int], float],
    is_named: Callable[[int, int], bool],
) -> Iterator[Clause]:
    """Every clause with something to say, in order.

    `sentences`: place and probability; `score`: of a clause, as the scorer of sentences has it; `is_named`: whether
    somebody's name stands in a place.
    """
    odds = [_odds(chance) for _, chance in sentences]
    best = max(odds, default=0.0)
    for at, ((start, end), _) in enumerate(sentences):
        before, after = (odds[at - 1] if at else _odds(0.0)), (odds[at + 1] if at + 1 < len(odds) else _odds(0.0))
        last = _BARE
        for low, high in clauses_of(text, start, end):
            own = score(low, high)
            if len(_HAN.findall(text, low, high)) >= _LEAST:
                named = 1.0 if is_named(low, high) else 0.0
                yield Clause(low, high, (own, odds[at], last, before, after, best, named))
            last = own


def _odds(chance: float) -> float:
    return math.log(max(chance, _FLOOR) / max(1 - chance, _FLOOR))
