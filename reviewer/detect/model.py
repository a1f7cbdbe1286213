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
from reviewer.detect.support import supported
from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.strict import Table
from reviewer.terms import Category
from reviewer.value import dataclass

MANIFEST = "manifest.json"
WEIGHTS = "weights.f32"
SCHEMA = "reviewer.model/2"
MATTER = "matter"
"""The entry of the head that speaks for any category at all."""
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

    def score(self, found: Collection[int]) -> float:
        """How much a sentence with these buckets speaks for the category.

        The weights are of single precision and their sum of double, so that it is exact and their order is free.
        """
        return self.bias + sum(map(self.weights.__getitem__, found)) / math.sqrt(len(found) or 1)

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
    category alone are too few to tell, and which. Without, each category judges for itself.
    """

    heads: Mapping[Category, Head]
    digest: str
    matter: Head | None = None

    @property
    def all_heads(self) -> tuple[Head, ...]:
        """In the order of the weights."""
        return (*self.heads.values(), self.matter) if self.matter is not None else tuple(self.heads.values())

    def probabilities(self, sentences: Sequence[str]) -> Mapping[Category, Sequence[float]]:
        """For each category, the probability of each of one document's sentences, in order."""
        told = [supported(scores) for scores in self._scores(sentences)]
        if self.matter is None:
            judged = [
                [head.probability(score) for score in scores]
                for head, scores in zip(self.heads.values(), told, strict=True)
            ]
        else:
            odds = [
                [head.odds(score) for score in scores]
                for head, scores in zip(self.heads.values(), told[:-1], strict=True)
            ]
            of_each = [_parted(self.matter, *one) for one in zip(told[-1], zip(*odds, strict=True), strict=True)]
            judged = [list(chances) for chances in zip(*of_each, strict=True)] or [[] for _ in self.heads]
        return dict(zip(self.heads, judged, strict=True))

    def _scores(self, sentences: Sequence[str]) -> Iterable[Sequence[float]]:
        """For each head the score of each sentence."""
        if pays(sum(map(len, sentences)), few=_FEW):
            from reviewer.detect.scores import sums

            weighed, counts = sums(sentences, [head.weights for head in self.all_heads])
            roots = [math.sqrt(count) for count in counts]
            for head, told in zip(self.all_heads, weighed, strict=True):
                yield [head.bias + whole / root for whole, root in zip(told, roots, strict=True)]
            return
        found = list(buckets_of(sentences))
        for head in self.all_heads:
            yield [head.score(each) for each in found]


def _parted(matter: Head, score: float, odds: Sequence[float]) -> tuple[float, ...]:
    """The probability of each category: the likeliest, and any that is nearly so, has that of any category at all.

    So a sentence of which it is unsure whether it is a state or a work secret is told under both, and none is lost
    between them; the others have less in proportion.
    """
    best = max(odds)
    whole, enough = matter.probability(score + BACKING * best), NEAR * _sigmoid(best)
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
    values = floats(memoryview(weights)[at * BUCKETS * 4 : (at + 1) * BUCKETS * 4])
    if len(values) != BUCKETS:
        raise table.error(tr("权重文件长度不对", "the weights are of the wrong size"))
    return Head(
        weights=values,
        bias=entry.number("bias"),
        slope=entry.number("slope"),
        offset=entry.number("offset"),
        threshold=entry.number("threshold"),
        promises=tuple((one.number("share"), one.number("chance")) for one in _promises(entry)),
    )


def _promises(entry: Table) -> Iterable[Table]:
    return (Table(item, entry.where) for item in entry.items("promises", ()))


def floats(data: bytes | memoryview) -> array[float]:
    """Raw little-endian float32 as an array."""
    values = array("f")
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def read_bytes(path: Path) -> bytes:
    """Raises ConfigurationError, saying what to do."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            tr(
                f"{path}：打不开模型文件（{cause(error)}）。重新安装，或运行 reviewer model train",
                f"{path}: cannot open the model ({cause(error)}). Install again, or run reviewer model train",
            )
        ) from None
