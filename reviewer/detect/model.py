"""The classifier as data: a manifest and plain arrays, read without scikit-learn or numpy, refused when altered."""

from __future__ import annotations

import hashlib
import json
import math
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from reviewer.detect.arrays import pays
from reviewer.detect.features import BUCKETS, buckets_of
from reviewer.detect.model_file import read_bytes
from reviewer.detect.opinion import Opinion, opinion_of
from reviewer.detect.support import supported
from reviewer.detect.surroundings import Surroundings
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Category
from reviewer.value import dataclass

MANIFEST = "manifest.json"
WEIGHTS = "weights.f32"
SCHEMA = "reviewer.model/4"
MATTER = "matter"
"""The entry of the head that speaks for any category at all."""
SURROUNDINGS = "surroundings"
"""The entry of what speaks for a sentence's surroundings; its weights are the last."""
NETWORK = "network"
"""The entry of how much the network's opinion counts, if it is asked; and the name of its files."""
_FEW = 100  # characters of sentences that are reckoned faster one by one
BACKING = 0.5
"""How much the likeliest category (its log odds) adds to the score for any category at all."""
NEAR = 0.5
"""A category so likely beside the likeliest is as good as that: told as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One category's linear scorer: weights, bias, and the two numbers that turn a score into a probability."""

    weights: array[float]
    bias: float
    slope: float
    offset: float
    threshold: float
    promises: tuple[tuple[float, float], ...] = ()
    """Share of lawful documents and the probability that at most so many of them reach; the rarer the later."""

    def rarity(self, chance: float) -> float | None:
        """The smallest share of lawful documents promised to hold at most those with such a probability, if any."""
        held = [share for share, least in self.promises if chance >= least]
        return min(held, default=None)

    def score(self, total: float, count: int) -> float:
        """How much a sentence speaks for the category, by the sum of the weights of its buckets and their number."""
        return self.bias + total / math.sqrt(count or 1)

    def score_of(self, found: Collection[int]) -> float:
        """How much a sentence with these buckets speaks for the category."""
        return self.score(sum(map(self.weights.__getitem__, found)), len(found))

    def odds(self, score: float) -> float:
        """The calibrated log odds (Platt) of a supported score."""
        return self.slope * score + self.offset

    def probability(self, score: float) -> float:
        """The calibrated probability of a supported score."""
        return _sigmoid(self.odds(score))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A head for each category it knows. `digest` is the manifest's, which holds that of the weights.

    With `matter` a sentence is judged in two steps: whether it holds matter of any category, which twins of one
    category alone are too few to tell, and which. Without, each category judges for itself. In both, its
    `surroundings` have their say.
    """

    heads: Mapping[Category, Head]
    digest: str
    matter: Head | None = None
    surroundings: Surroundings | None = None
    opinion: Opinion | None = None

    @property
    def weights(self) -> tuple[array[float], ...]:
        """Of every scorer, in the order of the file."""
        around = (self.surroundings.weights,) if self.surroundings is not None else ()
        return (*(head.weights for head in self._scorers), *around)

    def probabilities(self, sentences: Sequence[str]) -> Mapping[Category, Sequence[float]]:
        """For each category, the probability of each of one document's sentences, in order."""
        totals, counts = self._sums(sentences)
        scores = [_supported(head, total, counts) for head, total in zip(self._scorers, totals, strict=False)]
        if self.matter is None:
            return {
                category: self._chances(head, self._placed(score, totals, counts), sentences)
                for (category, head), score in zip(self.heads.items(), scores, strict=True)
            }
        odds = [list(map(head.odds, score)) for head, score in zip(self.heads.values(), scores, strict=False)]
        each = list(zip(*odds, strict=True))
        backed = [score + BACKING * max(one) for score, one in zip(scores[-1], each, strict=True)]
        whole = self._chances(self.matter, self._placed(backed, totals, counts), sentences)
        parted = [_parted(chance, one) for chance, one in zip(whole, each, strict=True)]
        return {category: [one[at] for one in parted] for at, category in enumerate(self.heads)}

    @property
    def _scorers(self) -> tuple[Head, ...]:
        """Of sentences, in the order of the file."""
        return (*self.heads.values(), *([self.matter] if self.matter is not None else ()))

    def _placed(
        self, scores: Sequence[float], totals: Sequence[Sequence[float]], counts: Sequence[int]
    ) -> Sequence[float]:
        """The scores of one document's sentences, weighed with what surrounds them."""
        return scores if self.surroundings is None else self.surroundings.judged(scores, totals[-1], counts)

    def _chances(self, head: Head, placed: Sequence[float], sentences: Sequence[str]) -> Sequence[float]:
        """What a head makes of weighed scores, the second opinion heard."""
        odds = list(map(head.odds, placed))
        return list(map(_sigmoid, self.opinion.heard(odds, sentences) if self.opinion is not None else odds))

    def _sums(self, sentences: Sequence[str]) -> tuple[Sequence[Sequence[float]], Sequence[int]]:
        """For each scorer the sum of its weights over each sentence's buckets; and how many each sentence has.

        The weights are of single precision and their sum of double, so that it is exact and their order is free.
        """
        if pays(sum(map(len, sentences)), few=_FEW):
            from reviewer.detect.scores import sums

            return sums(sentences, self.weights)
        found = list(buckets_of(sentences))
        totals = [[sum(map(weights.__getitem__, each)) for each in found] for weights in self.weights]
        return totals, list(map(len, found))


def _supported(head: Head, totals: Sequence[float], counts: Sequence[int]) -> Sequence[float]:
    return supported([head.score(total, count) for total, count in zip(totals, counts, strict=True)])


def _parted(whole: float, odds: Sequence[float]) -> tuple[float, ...]:
    """The probability of each category: the likeliest, and any that is nearly so, has that of any category at all.

    So a sentence of which it is unsure whether it is a state or a work secret is told under both, and none is lost
    between them; the others have less in proportion.
    """
    best = max(odds)
    enough = NEAR * _sigmoid(best)
    return tuple(whole * min(1.0, _sigmoid(one) / enough) if one != best else whole for one in odds)


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def load_model(folder: Path) -> Model:
    """Raises ConfigurationError when a file is missing, altered or made by another version of the features."""
    manifest_bytes, weights_bytes = read_bytes(folder / MANIFEST), read_bytes(folder / WEIGHTS)
    try:
        table = Table(json.loads(manifest_bytes), str(folder / MANIFEST))
    except ValueError:
        raise Table.wrong(str(folder / MANIFEST), tr("不是合法的 JSON", "not valid JSON")) from None
    if table.string("schema") != SCHEMA or table.integer("buckets") != BUCKETS:
        raise table.error(tr("是另一版本的模型，请重新训练", "a model of another version: train it again"))
    if table.string("weights_sha256") != hashlib.sha256(weights_bytes).hexdigest():
        raise Table.wrong(
            str(folder / WEIGHTS),
            tr(
                "与清单的摘要不符，可能被改动；请重新安装或重新训练",
                "does not match the manifest: altered? Install or train again",
            ),
        )
    categories = tuple(Category(name) for name in table.strings("categories"))
    heads = {category: _head(table, weights_bytes, at, category.value) for at, category in enumerate(categories)}
    return Model(
        heads=heads,
        digest="sha256:" + hashlib.sha256(manifest_bytes).hexdigest(),
        matter=_head(table, weights_bytes, len(categories), MATTER),
        surroundings=surroundings_of(table.table(SURROUNDINGS), _weights(table, weights_bytes, len(categories) + 1)),
        opinion=opinion_of(table.table(NETWORK), folder, NETWORK) if table.has(NETWORK) else None,
    )


def persons_digest(folder: Path) -> str:
    """The SHA-256 of `persons.json` as the manifest has it."""
    path = folder / MANIFEST
    try:
        table = Table(json.loads(read_bytes(path)), str(path))
    except ValueError:
        raise Table.wrong(str(path), tr("不是合法的 JSON", "not valid JSON")) from None
    return table.string("persons_sha256")


def _head(table: Table, weights: bytes, at: int, name: str) -> Head:
    entry = table.table(name)
    return Head(
        weights=_weights(table, weights, at),
        bias=entry.number("bias"),
        slope=entry.number("slope"),
        offset=entry.number("offset"),
        threshold=entry.number("threshold"),
        promises=tuple((one.number("share"), one.number("chance")) for one in _promises(entry)),
    )


def surroundings_of(entry: Table, weights: array[float]) -> Surroundings:
    """As a manifest describes them."""
    return Surroundings(
        weights=weights,
        bias=entry.number("bias"),
        own=entry.number("own"),
        others=entry.number("others"),
        around=entry.number("around"),
        many=entry.number("many"),
        alone=entry.number("alone"),
    )


def _weights(table: Table, weights: bytes, at: int) -> array[float]:
    values = floats(memoryview(weights)[at * BUCKETS * 4 : (at + 1) * BUCKETS * 4])
    if len(values) != BUCKETS:
        raise table.error(tr("权重文件长度不对", "the weights are of the wrong size"))
    return values


def _promises(entry: Table) -> Iterable[Table]:
    return (Table(item, entry.where) for item in entry.items("promises", ()))


def floats(data: bytes | memoryview) -> array[float]:
    """Raw little-endian float32 as an array."""
    values = array("f")
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
