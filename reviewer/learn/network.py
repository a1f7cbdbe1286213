"""Trains networks (`reviewer.detect.network`) on documents.

Adam (Kingma & Ba 2015) on binary cross-entropy, of sentences for each category and for any, and of a whole document by
its likeliest sentence; more is taught than is asked later because what tells it apart helps. A document is seen whole
or as a stretch of it. Single precision, one thread: the same processor gives the same bytes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from reviewer.detect.features import even
from reviewer.detect.network import BESIDE, GAP, LONGEST, RARE, network_of
from reviewer.learn.corpus import Sentence, documents
from reviewer.learn.gradients import Matrix, Parameters, Step, gradients, move, start
from reviewer.learn.rounding import written
from reviewer.learn.training import Vector

_ROUNDS = 8
SEEDS = 20260101, 20260102
_KNOWN = 3  # a character that fewer sentences hold is rare
_AT_ONCE, _MOST = 1 << 13, 384  # characters and sentences of a step
_STRETCH = 40  # sentences of a long document that are seen at once
_SHORTENED = 0.3  # share of documents of which a stretch is seen
_RATE = 2e-3
_MANY = 1000  # sentences from which on it pays to start processes

Files = tuple[bytes, bytes]
"""What the two files of a network hold: its description, its weights."""


def train_network(
    sentences: Sequence[Sentence],
    labels: Matrix,
    places: Sequence[int] | None = None,
    seeds: Sequence[int] = SEEDS[:1],
) -> Files:
    """`labels`: a row a sentence, a column for each thing that is taught, the last for what is asked later.

    On all sentences, or on those of these `places` (documents whole).
    """
    at = np.arange(len(sentences)) if places is None else np.array(places)
    kept = [sentences[int(one)] for one in at]
    return fit([one.text for one in kept], labels[at], documents(kept), seeds)


def unseen_networks(sentences: Sequence[Sentence], labels: Matrix, folds: Sequence[Sequence[int]]) -> Iterator[Files]:
    """For each fold a network trained on the others, a process for each core; of few sentences one after the other."""
    everything = np.arange(len(sentences))
    parts = [np.setdiff1d(everything, np.array(fold)).tolist() for fold in folds]
    if len(sentences) < _MANY:
        yield from (train_network(sentences, labels, part) for part in parts)
        return
    with _processes() as pool:
        yield from pool.map(partial(train_network, sentences, labels), parts)


def opinions(files: Files, sentences: Sequence[Sentence]) -> Vector:
    """The log odds of every sentence by one network."""
    network = network_of(*files, "network")
    made: list[float] = []
    for one in documents(sentences):
        texts = [sentences[at].text for at in one]
        made += network.says(texts, range(len(texts)))
    return np.array(made)


def known_characters(sentences: Sequence[str]) -> str:
    """Those of three sentences or more, the commonest first."""
    count = Counter(char for sentence in sentences for char in set(even(sentence)[:LONGEST]))
    return "".join(sorted((char for char, n in count.items() if n >= _KNOWN), key=lambda char: (-count[char], char)))


def fit(sentences: Sequence[str], labels: Matrix, whole: Sequence[range], seeds: Sequence[int] = SEEDS[:1]) -> Files:
    """A member for each of the seeds.

    `labels`: a row a sentence, a column a category, the last for any; `whole`: where each document's stand.
    """
    characters = known_characters(sentences)
    codes = {char: number for number, char in enumerate(characters, 2)}
    numbers = [np.array([GAP, GAP, *(codes.get(char, RARE) for char in even(one)[:LONGEST])]) for one in sentences]
    steps = list(_steps(numbers, labels, whole, None))
    train = partial(_trained, len(characters) + 2, numbers, labels, whole, len(steps))
    if len(seeds) == 1 or len(sentences) < _MANY:
        members = [train(seed) for seed in seeds]
    else:
        with _processes() as pool:
            members = list(pool.map(train, seeds))
    with threadpool_limits(limits=1):
        return written(members, characters, steps)


def _processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _trained(
    characters: int,
    numbers: Sequence[NDArray[np.int64]],
    labels: Matrix,
    whole: Sequence[range],
    steps: int,
    seed: int,
) -> Parameters:
    """In all its rounds; `steps`: about how many of them a round has."""
    chance = np.random.default_rng(seed)
    held = start(characters, labels.shape[1], chance)
    moments = {name: (np.zeros_like(one), np.zeros_like(one)) for name, one in held.items()}
    at = 0
    with threadpool_limits(limits=1):
        for _ in range(_ROUNDS):
            for step in _steps(numbers, labels, whole, chance):
                rate = _RATE * 0.5 * (1 + math.cos(math.pi * min(1.0, at / (_ROUNDS * steps))))
                at += 1
                move(held, gradients(held, step, chance), moments, rate, at)
    return held


def _steps(
    numbers: Sequence[NDArray[np.int64]], labels: Matrix, whole: Sequence[range], chance: np.random.Generator | None
) -> Iterator[Step]:
    """All documents once, in stretches; by `chance` in a random order, some of them shortened."""
    held: list[range] = []
    characters = count = 0
    for one in _stretches(whole, chance):
        size = sum(len(numbers[at]) for at in one)
        if held and (characters + size > _AT_ONCE or count + len(one) > _MOST):
            yield _step(held, numbers, labels)
            held, characters, count = [], 0, 0
        held.append(one)
        characters += size
        count += len(one)
    if held:
        yield _step(held, numbers, labels)


def _stretches(whole: Sequence[range], chance: np.random.Generator | None) -> Iterator[range]:
    for number in range(len(whole)) if chance is None else chance.permutation(len(whole)):
        document = whole[int(number)]
        for first in range(0, len(document), _STRETCH):
            one = document[first : first + _STRETCH]
            if chance is not None and len(one) > 3 and chance.random() < _SHORTENED:
                size = int(chance.integers(1, len(one)))
                begin = int(chance.integers(0, len(one) - size + 1))
                one = one[begin : begin + size]
            yield one


def _step(held: Sequence[range], numbers: Sequence[NDArray[np.int64]], labels: Matrix) -> Step:
    order = [at for one in held for at in one]
    sizes = [len(numbers[at]) for at in order]
    owner = np.repeat(np.arange(len(held)), [len(one) for one in held])
    near = np.arange(len(order))[:, None] + np.arange(-BESIDE, BESIDE + 1)
    inside = (near >= 0) & (near < len(order))
    inside &= owner[np.where(inside, near, 0)] == owner[:, None]
    return Step(
        numbers=np.concatenate([*(numbers[at] for at in order), np.array([GAP, GAP])]),
        begins=np.cumsum([0, *sizes[:-1]]),
        beside=np.where(inside, near, -1),
        document=owner,
        labels=labels[order],
    )
