"""What is learned of persons, as data: scorers of names, of sentences that tell something private, of whom it exposes.

Plain arrays beside the classifier's (`model.py`), bound to its manifest by a digest, and refused when altered.
"""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.detect.arrays import pays
from reviewer.detect.features import BUCKETS as SENTENCE_BUCKETS
from reviewer.detect.model import Head, Model, floats, surroundings_of
from reviewer.detect.model_file import read_bytes
from reviewer.detect.opinion import opinion_of
from reviewer.detect.privacy.everybody import STRONG
from reviewer.detect.privacy.exposure import TRAITS as NAME_TRAITS
from reviewer.detect.privacy.exposure import WORDS, Exposure
from reviewer.detect.privacy.name_features import (
    BUCKETS,
    RUN_BUCKETS,
    candidates,
    comes_again,
    features,
)
from reviewer.detect.privacy.name_sums import Least, NameSums, Weighed
from reviewer.detect.privacy.rereading import TRAITS, Rereader
from reviewer.detect.privacy.rereading import WORDS as CLAUSE_WORDS
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Category
from reviewer.value import dataclass

if TYPE_CHECKING:
    from reviewer.detect.privacy.name_arrays import NameArrays

PERSONS = "persons.json"
NAMES, RUNS, TOLD, AROUND, AGAIN, EXPOSED = FILES = (
    *("names.f32", "runs.u8", "told.f32", "around.f32"),
    *("again.f32", "exposed.f32"),
)
TOLD_NETWORK = "told"
"""The name of the network's files that is heard of sentences."""
SCHEMA = "reviewer.persons/6"

# A stretch whose own characters speak so much against a name that no place makes it one. Of 45,619 that the grammar
# does not know six in ten are below; of the 159 that came out at one half or more the lowest had -0.87.
_HOPELESS = -2.0
_FAINT = 0.2  # from here on a stretch may be a name, where something private is told right beside it
_FEW = 200  # characters of a text whose stretches are reckoned faster one by one
_SHORT, _BARE = 2, 0.75  # a name so short, for which no word around speaks, must be so likely

Likely = tuple[int, int, float]
"""Start, end, probability."""

OFFICIAL, SOMEBODY = "\ue000", "\ue001"
"""What stands for a name in a sentence that is scored: of one who acts for an office, of anybody else."""


@dataclass(frozen=True, kw_only=True)
class NameScorer:
    """Logistic regression over the features of a stretch. `runs`: how common runs of characters are in public text."""

    weights: array[float]
    runs: bytes
    bias: float
    threshold: float
    initials: frozenset[str]

    def names(self, text: str, said: dict[tuple[int, int], int], taken: set[int]) -> tuple[list[Likely], list[Likely]]:
        """Stretches that are names, and others that may be; in order, none overlapping another.

        `said`: what the grammar of names says of stretches; `taken`: the places inside its names.
        """
        likely, faint = [], []
        for start, end, told, total in self._weighed(text, said, taken):
            again = self._sums.again(text[start:end])
            chance = self._probability(total + again[comes_again(text, start, end)])
            if chance >= (self.threshold if told >= STRONG or end - start > _SHORT else max(self.threshold, _BARE)):
                likely.append((chance, start, end))
            elif chance >= _FAINT:
                faint.append((chance, start, end))
        found = best(likely)
        return found, best(faint, {place for start, end, _ in found for place in range(start, end)})

    def chance(self, text: str, start: int, end: int, said: int) -> float:
        """The probability that exactly this stretch is a name."""
        return self._probability(self._sum(features(text, start, end, self.runs, said)))

    def _weighed(self, text: str, said: dict[tuple[int, int], int], taken: set[int]) -> Iterator[Weighed]:
        least = Least(own=_HOPELESS, whole=_least_score(min(_FAINT, self.threshold)) - self.bias)
        if pays(len(text), few=_FEW):
            return self._arrays.weighed(text, said, taken, least)
        return self._sums.weighed(text, candidates(text, self.initials), said, taken, least)

    @cached_property
    def _sums(self) -> NameSums:
        return NameSums(self.weights, self.runs)

    @cached_property
    def _arrays(self) -> NameArrays:
        from reviewer.detect.privacy.name_arrays import NameArrays

        return NameArrays(self.weights, self.runs, self.initials)

    def _sum(self, found: Iterable[int]) -> float:
        return sum(map(self.weights.__getitem__, found))

    def _probability(self, score: float) -> float:
        score += self.bias
        return 1 / (1 + math.exp(-score)) if score > -700 else 0.0


def _least_score(chance: float) -> float:
    """A score below is of a lower probability, however that is rounded."""
    return math.log(chance / (1 - chance)) - 0.01 if chance > 0 else -math.inf


def best(likely: Iterable[tuple[float, int, int]], taken: Iterable[int] = ()) -> list[Likely]:
    """Of overlapping stretches the likelier one; none over a place of `taken`."""
    kept: list[Likely] = []
    taken = set(taken)
    for chance, start, end in sorted(likely, key=lambda one: (-one[0], one[1])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, chance))
    return sorted(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """`sentences` is a model of one head, for sentences in which names are replaced (`veiled`).

    `again` looks at the clauses of a document once more, where something private was found in it; `exposure` at the
    names in it (None only while that is learned).
    """

    names: NameScorer
    sentences: Model
    again: Rereader
    exposure: Exposure | None = None

    @property
    def told(self) -> Head:
        return self.sentences.heads[Category.PERSONAL_PRIVACY]

    def chances(self, sentences: Sequence[str]) -> Sequence[float]:
        """For each of one document's sentences, in order, the probability that it tells something private."""
        return self.sentences.probabilities(sentences)[Category.PERSONAL_PRIVACY]


def veiled(text: str, start: int, end: int, names: Sequence[tuple[int, int, bool]]) -> str:
    """`text[start:end]` with one sign for each name in it; `names`: start, end, whether official; in order."""
    parts = []
    at = start
    for low, high, official in names:
        if low >= at and high <= end:
            parts += [text[at:low], OFFICIAL if official else SOMEBODY]
            at = high
    return "".join([*parts, text[at:end]])


def load_persons(folder: Path, digest: str) -> Persons:
    """`digest`: SHA-256 of `persons.json` as the model's manifest has it. Raises ConfigurationError when altered."""
    described = read_bytes(folder / PERSONS)
    where = str(folder / PERSONS)
    if hashlib.sha256(described).hexdigest() != digest:
        raise _altered(where)
    table = Table(json.loads(described), where)
    if table.string("schema") != SCHEMA or table.integer("buckets") != BUCKETS:
        raise table.error(tr("是另一版本的模型，请重新训练", "a model of another version: train it again"))
    held = {name: read_bytes(folder / name) for name in FILES}
    for name, data in held.items():
        if hashlib.sha256(data).hexdigest() != table.string(name):
            raise _altered(str(folder / name))
    sizes = BUCKETS * 4, RUN_BUCKETS, SENTENCE_BUCKETS * 4, SENTENCE_BUCKETS * 4, 2 * CLAUSE_WORDS * 4, WORDS * 4
    if tuple(map(len, held.values())) != sizes:
        raise table.error(tr("权重文件长度不对", "the weights are of the wrong size"))
    told = table.table("told")
    named = table.table("names")
    again = table.table("again")
    exposed = table.table("exposed")
    head = Head(
        weights=floats(held[TOLD]),
        bias=told.number("bias"),
        slope=told.number("slope"),
        offset=told.number("offset"),
        threshold=told.number("threshold"),
    )
    return Persons(
        names=NameScorer(
            weights=floats(held[NAMES]),
            runs=held[RUNS],
            bias=named.number("bias"),
            threshold=named.number("threshold"),
            initials=frozenset(named.string("initials")),
        ),
        sentences=Model(
            heads={Category.PERSONAL_PRIVACY: head},
            digest="sha256:" + digest,
            surroundings=surroundings_of(table.table("around"), floats(held[AROUND])),
            opinion=opinion_of(table.table("network"), folder, TOLD_NETWORK),
        ),
        again=Rereader(
            weights=tuple(map(again.number, TRAITS)),
            words=floats(memoryview(held[AGAIN])[: CLAUSE_WORDS * 4]),
            around=floats(memoryview(held[AGAIN])[CLAUSE_WORDS * 4 :]),
            bias=again.number("bias"),
            threshold=again.number("threshold"),
        ),
        exposure=Exposure(
            weights=tuple(map(exposed.number, NAME_TRAITS)),
            words=floats(held[EXPOSED]),
            bias=exposed.number("bias"),
            least=exposed.number("least"),
            enough=exposed.number("enough"),
        ),
    )


def _altered(where: str) -> Exception:
    return Table.wrong(
        where,
        tr(
            "与清单的摘要不符，可能被改动；请重新安装或重新训练",
            "does not match the manifest: altered? Install or train again",
        ),
    )
