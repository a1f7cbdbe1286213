"""A small convolutional network: what a sentence says as a whole, with those beside it.

A linear scorer adds up runs of characters; it cannot say that two of them matter only together. This can (Kim 2014):
two layers look at three and then five characters or words, the strongest answer of each filter speaks for the sentence,
and a third weighs it with the mean and the strongest answers of the sentences beside it. Where words end, the longest
known one says: one member reads characters, another words, and they err otherwise.

All numbers are whole: weights of eight bits with a sign, answers of eight without, and sums that a double holds
exactly (quantisation: Jacob et al. 2018). So neither the order of a sum nor the machine changes what it says, and it
says the same with numpy (`network_arrays`) and without.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from operator import mul
from pathlib import Path

from reviewer.detect.features import even
from reviewer.detect.model_file import read_bytes
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.value import dataclass

SCHEMA = "reviewer.network/2"
LONGEST = 400
"""Characters of a sentence that are read."""
BESIDE = 8
"""Sentences before and after that stand beside one."""
TOP = 255
"""The strongest answer of a filter."""
GAP, RARE = 0, 1
"""What stands between sentences (twice, so that none sees another), and any character that is no known word."""

Answers = Sequence[int]
Near = tuple[int, int, int]
"""A sentence's number among those that are read, the first of those beside it, and the end of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """`weights`: for each filter its row of 8-bit weights; an answer is sum * `scale` + `shift`, cut to 0..TOP."""

    weights: array[int]
    scale: array[float]
    shift: array[float]

    @property
    def filters(self) -> int:
        return len(self.scale)

    def rows(self) -> list[array[int]]:
        wide = len(self.weights) // self.filters
        return [self.weights[at * wide : (at + 1) * wide] for at in range(self.filters)]

    def answer(self, total: int, at: int) -> int:
        """What filter number `at` answers to the sum of its weighted input."""
        return max(0, min(TOP, math.floor(total * self.scale[at] + self.shift[at])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """`reads` words of so many characters at most; `vectors`: `width` 8-bit numbers for each of them, those of GAP and
    RARE first; `first` and `second` look at three places of what is below them, `third` at the answers of a sentence
    (`first`'s, then `second`'s), the mean of those beside it and the strongest of all; `last` makes log odds."""

    reads: int
    vectors: array[int]
    width: int
    first: Layer
    second: Layer
    third: Layer
    last: Layer


_Way = Callable[[Member, Sequence[Sequence[int]], Sequence[int], Sequence[Near]], list[float]]
"""What a member says of the sentences of each place, by the numbers of all lines, and which of these each sentence is
that is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Members that learned the same from other words and beginnings; what they say on average counts.

    `words`: of each known one its number from 2 on, the shortest first.
    """

    words: Mapping[str, int]
    members: tuple[Member, ...]

    def says(self, sentences: Sequence[str], wanted: Sequence[int]) -> list[float]:
        """The log odds of those sentences of one document that are `wanted` (ascending) to hold matter."""
        if not wanted:
            return []
        read = sorted({at for one in wanted for at in _beside(one, len(sentences))})
        texts = [even(sentences[at])[:LONGEST] for at in read]
        at = {place: number for number, place in enumerate(read)}
        near = [(at[one], *_ends(one, len(sentences), at)) for one in wanted]
        told = [self._told(member, texts, near) for member in self.members]
        return [sum(each) / len(self.members) for each in zip(*told, strict=True)]

    def _told(self, member: Member, texts: Sequence[str], near: Sequence[Near]) -> list[float]:
        lines: dict[tuple[int, ...], int] = {}  # a list's lines are often alike but for their figures
        which = [lines.setdefault(tuple(numbers(self.words, text, member.reads)), len(lines)) for text in texts]
        return _way()(member, list(lines), which, near)


def numbers(words: Mapping[str, int], text: str, longest: int) -> Iterator[int]:
    """The number of each word of a text, from its beginning on the longest that is known, of at most so many
    characters."""
    at = 0
    while at < len(text):
        for end in range(min(len(text), at + longest), at, -1):
            if (number := words.get(text[at:end])) is not None:
                break
        else:
            number, end = RARE, at + 1
        yield number
        at = end


def _beside(at: int, count: int) -> range:
    """A sentence of so many, and those beside it."""
    return range(max(0, at - BESIDE), min(count, at + BESIDE + 1))


def _ends(one: int, count: int, at: Mapping[int, int]) -> tuple[int, int]:
    """Where those beside a sentence begin and end among the sentences that are read."""
    near = _beside(one, count)
    return at[near[0]], at[near[-1]] + 1


def _way() -> _Way:
    """By numpy where it is there: a hundred times as fast."""
    from reviewer.detect.arrays import is_there

    if is_there():
        from reviewer.detect.network_arrays import says

        return says
    return _plain


def _plain(member: Member, lines: Sequence[Sequence[int]], which: Sequence[int], near: Sequence[Near]) -> list[float]:
    """Number by number, for machines without numpy."""
    pooled = [_pooled(member, [_vector(member, number) for number in line]) for line in lines]
    answers = [pooled[one] for one in which]
    third, (last,) = member.third.rows(), member.last.rows()
    made = []
    for own, first, end in near:
        others = [answers[one] for one in range(first, end) if one != own]
        units = _answers(member.third, third, _row(answers[own], others))
        made.append(sum(map(mul, last, units)) * member.last.scale[0] + member.last.shift[0])
    return made


def _vector(member: Member, number: int) -> array[int]:
    return member.vectors[number * member.width : (number + 1) * member.width]


def _pooled(member: Member, vectors: Sequence[Sequence[int]]) -> Answers:
    """The strongest answer of every filter of both layers to one sentence, which stands between gaps."""
    first, second, gap = member.first.rows(), member.second.rows(), _vector(member, GAP)
    below = [gap, gap, *vectors, gap, gap]
    lower = [_answers(member.first, first, _three(below, at)) for at in range(1, len(below) - 1)]
    upper = [_answers(member.second, second, _three(lower, at)) for at in range(1, len(lower) - 1)]
    return [max(each, default=0) for layer in (lower[1:-1], upper) for each in _columns(layer, member.first.filters)]


def _three(rows: Sequence[Sequence[int]], at: int) -> list[int]:
    return [*rows[at - 1], *rows[at], *rows[at + 1]]


def _columns(rows: Sequence[Sequence[int]], count: int) -> list[tuple[int, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * count


def _answers(layer: Layer, rows: Sequence[Sequence[int]], seen: Sequence[int]) -> list[int]:
    held = list(compress(seen, seen))  # two answers in three are nought
    return [layer.answer(sum(map(mul, compress(row, seen), held)), at) for at, row in enumerate(rows)]


def _row(own: Answers, others: Sequence[Answers]) -> Answers:
    """A sentence's answers, the mean of those beside it (rounded, halves up), the strongest of all."""
    if not others:
        return [*own, *([0] * len(own)), *own]
    mean = [(2 * sum(each) + len(others)) // (2 * len(others)) for each in zip(*others, strict=True)]
    return [*own, *mean, *map(max, own, *others)]


def files_of(folder: Path, name: str) -> tuple[Path, Path]:
    """Where a network of this name is described, and where its weights are."""
    return folder / f"{name}.json", folder / f"{name}.bin"


def load_network(folder: Path, name: str, sha256: str) -> Network:
    """`sha256`: of its description. Raises ConfigurationError when a file is missing, altered or of another version."""
    paths = files_of(folder, name)
    described, weights = map(read_bytes, paths)
    where = str(paths[0])
    if hashlib.sha256(described).hexdigest() != sha256:
        raise Table.wrong(
            where,
            tr(
                "与模型清单的摘要不符，可能被改动；请重新安装或重新训练",
                "does not match the model's manifest: altered? Install or train again",
            ),
        )
    return network_of(described, weights, where)


def network_of(described: bytes, weights: bytes, where: str) -> Network:
    """As its two files say. Raises ConfigurationError."""
    try:
        table = Table(json.loads(described), where)
    except ValueError:
        raise Table.wrong(where, tr("不是合法的 JSON", "not valid JSON")) from None
    if table.string("schema") != SCHEMA:
        raise table.error(tr("是另一版本的模型，请重新训练", "a model of another version: train it again"))
    if table.string("weights_sha256") != hashlib.sha256(weights).hexdigest():
        raise Table.wrong(
            where,
            tr(
                "权重文件与其摘要不符，可能被改动；请重新安装或重新训练",
                "the weights do not match their digest: altered? Install or train again",
            ),
        )
    words, reads = table.strings("words"), _lengths(table)
    width, filters, units = table.integer("width"), table.integer("filters"), table.integer("units")
    shapes = ((3 * width, filters), (3 * filters, filters), (6 * filters, units), (units, 1))
    layers = [size for wide, count in shapes for size in (wide * count, 16 * count)]
    known = [2 + sum(len(word) <= longest for word in words) for longest in reads]
    sizes = [size for count in known for size in (count * width, *layers)]
    if sum(sizes) != len(weights):
        raise table.error(tr("权重文件长度不对", "the weights are of the wrong size"))
    if any(len(one) > len(other) for one, other in pairwise(words)):
        raise table.error(tr("词应由短到长", "words must stand from short to long"))
    parts = iter(_parts(weights, sizes))
    return Network(
        words={word: number for number, word in enumerate(words, 2)},
        members=tuple(_member(parts, longest, width, len(shapes)) for longest in reads),
    )


def _lengths(table: Table) -> Sequence[int]:
    """For each member the characters of the longest word that it reads."""
    held = table.items("reads")
    made = [one for one in held if type(one) is int and one > 0]
    if not made or len(made) != len(held):
        raise table.error(
            tr("reads：应为各成员所读词的最大字数", "reads: for each member the length of its longest word")
        )
    return made


def _member(parts: Iterator[bytes], reads: int, width: int, layers: int) -> Member:
    vectors = array("b", next(parts))
    first, second, third, last = (_layer(next(parts), next(parts)) for _ in range(layers))
    return Member(reads=reads, vectors=vectors, width=width, first=first, second=second, third=third, last=last)


def _parts(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    made, at = [], 0
    for size in sizes:
        made.append(data[at : at + size])
        at += size
    return made


def _layer(weights: bytes, numbers: bytes) -> Layer:
    doubles = array("d", numbers)
    if sys.byteorder == "big":
        doubles.byteswap()
    half = len(doubles) // 2
    return Layer(weights=array("b", weights), scale=doubles[:half], shift=doubles[half:])
