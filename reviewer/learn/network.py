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
from multiprocessing import get_context, parent_process

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from reviewer.detect.features import even
from reviewer.detect.network import BESIDE, GAP, LONGEST, network_of, numbers
from reviewer.learn.corpus import Sentence, documents
from reviewer.learn.gradients import Matrix, Parameters, Step, gradients, move, start
from reviewer.learn.rounding import Trained, written
from reviewer.learn.training import Vector
from reviewer.text.segmentation import tokenizer

_ROUNDS = 8
MEMBERS = (1, 20260101), (6, 20260102)
"""For each member of a network the characters of the longest word that it reads, and the seed of its beginning."""
_KNOWN = 3  # a word that fewer sentences hold is not known
_AT_ONCE, _MOST = 1 << 13, 384  # words and sentences of a step
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
) -> Files:
    """`labels`: a row a sentence, a column for each thing that is taught, the last for what is asked later.

    On all sentences, or on those of these `places` (documents whole).
    """
    at = np.arange(len(sentences)) if places is None else np.array(places)
    kept = [sentences[int(one)] for one in at]
    return fit([one.text for one in kept], labels[at], documents(kept))


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


def known_words(sentences: Sequence[str], longest: int) -> tuple[str, ...]:
    """Characters, and words of jieba's dictionary, that three sentences or more hold; the shortest first, of these the
    commonest."""
    texts = [even(sentence)[:LONGEST] for sentence in sentences]
    count = Counter(char for text in texts for char in set(text))
    if longest > 1:
        cut = partial(tokenizer().cut, HMM=False)
        count.update(word for text in texts for word in set(cut(text)) if 1 < len(word) <= longest)
    known = [word for word, held in count.items() if held >= _KNOWN]
    return tuple(sorted(known, key=lambda word: (len(word), -count[word], word)))


def fit(
    sentences: Sequence[str],
    labels: Matrix,
    whole: Sequence[range],
    members: Sequence[tuple[int, int]] = MEMBERS,
) -> Files:
    """`labels`: a row a sentence, a column a category, the last for any; `whole`: where each document's stand."""
    words = known_words(sentences, max(longest for longest, _ in members))
    train = partial(_member, words, sentences, labels, whole)
    if len(sentences) < _MANY or parent_process() is not None:  # whoever was started for a fold starts no others
        made = [train(*one) for one in members]
    else:
        with _processes() as pool:
            made = list(pool.map(train, *zip(*members, strict=True)))
    with threadpool_limits(limits=1):
        return written(made, words)


def _member(
    words: Sequence[str],
    sentences: Sequence[str],
    labels: Matrix,
    whole: Sequence[range],
    longest: int,
    seed: int,
) -> Trained:
    codes = {word: number for number, word in enumerate(words, 2)}
    read = [np.array([GAP, GAP, *numbers(codes, even(one)[:LONGEST], longest)]) for one in sentences]
    steps = list(_steps(read, labels, whole, None))
    known = 2 + sum(len(word) <= longest for word in words)
    return Trained(reads=longest, held=_trained(known, read, labels, whole, len(steps), seed), steps=steps)


def _processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _trained(
    words: int,
    read: Sequence[NDArray[np.int64]],
    labels: Matrix,
    whole: Sequence[range],
    steps: int,
    seed: int,
) -> Parameters:
    """In all its rounds; `steps`: about how many of them a round has."""
    chance = np.random.default_rng(seed)
    held = start(words, labels.shape[1], chance)
    moments = {name: (np.zeros_like(one), np.zeros_like(one)) for name, one in held.items()}
    at = 0
    with threadpool_limits(limits=1):
        for _ in range(_ROUNDS):
            for step in _steps(read, labels, whole, chance):
                rate = _RATE * 0.5 * (1 + math.cos(math.pi * min(1.0, at / (_ROUNDS * steps))))
                at += 1
                move(held, gradients(held, step, chance), moments, rate, at)
    return held


def _steps(
    read: Sequence[NDArray[np.int64]], labels: Matrix, whole: Sequence[range], chance: np.random.Generator | None
) -> Iterator[Step]:
    """All documents once, in stretches; by `chance` in a random order, some of them shortened."""
    held: list[range] = []
    words = count = 0
    for one in _stretches(whole, chance):
        size = sum(len(read[at]) for at in one)
        if held and (words + size > _AT_ONCE or count + len(one) > _MOST):
            yield _step(held, read, labels)
            held, words, count = [], 0, 0
        held.append(one)
        words += size
        count += len(one)
    if held:
        yield _step(held, read, labels)


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


def _step(held: Sequence[range], read: Sequence[NDArray[np.int64]], labels: Matrix) -> Step:
    order = [at for one in held for at in one]
    sizes = [len(read[at]) for at in order]
    owner = np.repeat(np.arange(len(held)), [len(one) for one in held])
    near = np.arange(len(order))[:, None] + np.arange(-BESIDE, BESIDE + 1)
    inside = (near >= 0) & (near < len(order))
    inside &= owner[np.where(inside, near, 0)] == owner[:, None]
    return Step(
        numbers=np.concatenate([*(read[at] for at in order), np.array([GAP, GAP])]),
        begins=np.cumsum([0, *sizes[:-1]]),
        beside=np.where(inside, near, -1),
        document=owner,
        labels=labels[order],
    )
