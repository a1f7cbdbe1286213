"""Learns which clauses of a text that tells something private tell it; scored by what has not seen its author."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from reviewer.detect.features import buckets
from reviewer.detect.privacy.rereading import TRAITS, WORDS, Clause, Rereader, clauses_of, reread, surrounding
from reviewer.learn.persons import Veiled
from reviewer.learn.training import Scorer, Vector, matrix, scores

_SEED = 20260101
_C = 1.0  # inverse regularisation: average precision by authors left out 0.625; 0.615 with 0.3, 0.629 with 3
_AROUND = 0.3  # how much the words around a clause weigh in the fit beside its own
_THRESHOLD = 0.6
"""The probability from which a clause is told. What the second look tells apart from what was told before, by authors
left out: 1,599 clauses, 1,137 of them right; with 0.5 2,108 and 1,395. By seven figures alone and no words, from 0.5 on
1,519 and 1,039, from 0.4 on 2,077 and 1,338."""

Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Clauses:
    """Every clause of the texts that tell something private: document by document, with its author, and whether it
    tells it, be it in words or by a number: what rules find otherwise they have found before the second look."""

    documents: Sequence[Sequence[Clause]]
    authors: NDArray[np.str_]
    private: NDArray[np.bool_]

    @cached_property
    def words(self) -> Any:
        """For each clause the shares of its words, then of those around it."""
        own = _words(self.documents)
        return hstack([own, _around(self.documents) @ own * _AROUND]).tocsr()


def clauses_in(texts: Sequence[Veiled], chances: Vector, scorers: Mapping[str, Scorer]) -> Clauses:
    """`chances`: of every sentence of `texts`, in order; `scorers`: for each author the scorer that has not seen it."""
    documents: list[Sequence[Clause]] = []
    authors: list[str] = []
    private: list[bool] = []
    at = 0
    for one in texts:
        told = [float(chance) for chance in chances[at : at + len(one.sentences)]]
        at += len(one.sentences)
        if one.text.spans:
            found = list(_clauses(one, told, scorers[one.text.author]))
            documents.append(found)
            authors += [one.text.author] * len(found)
            private += [one.is_besides(clause.start, clause.end) for clause in found]
    return Clauses(documents=documents, authors=np.array(authors), private=np.array(private, dtype=bool))


def _clauses(one: Veiled, chances: Sequence[float], scorer: Scorer) -> Iterator[Clause]:
    text = one.text.folded.text
    places = [place for sentence in one.sentences for place in clauses_of(text, *sentence)]
    read = [one.sentence(*place) for place in places]
    held = {
        place: (float(score), buckets(veiled))
        for place, score, veiled in zip(places, scores(scorer, matrix(read)), read, strict=True)
    }
    sentences = list(zip(one.sentences, chances, strict=True))
    return reread(text, sentences, partial(_looked, held), one.is_named)


def _looked(held: Mapping[Range, tuple[float, frozenset[int]]], start: int, end: int) -> tuple[float, frozenset[int]]:
    return held[start, end]


def fit_rereader(held: Clauses, rows: NDArray[np.bool_] | None = None) -> Rereader:
    """Learned from the clauses of `rows` (all without); one that tells nothing where there is nothing to learn from."""
    inside = np.ones(len(held.private), dtype=bool) if rows is None else rows
    if len(set(held.private[inside])) < 2:
        none = _floats(np.zeros(WORDS))
        return Rereader(weights=(0.0,) * len(TRAITS), words=none, around=none, bias=0.0, threshold=1.0)
    traits = np.array([clause.traits for document in held.documents for clause in document])
    middle, spread = traits[inside].mean(axis=0), traits[inside].std(axis=0) + 1e-9
    features = hstack([csr_matrix((traits - middle) / spread), held.words]).tocsr()
    model = LogisticRegression(C=_C, solver="liblinear", tol=1e-3, random_state=_SEED, max_iter=500)
    model.fit(features[inside], held.private[inside])
    own, said, around = np.split(model.coef_[0], [len(TRAITS), len(TRAITS) + WORDS])
    return Rereader(
        # Rounded: the last digits of the optimum are the machine's.
        weights=tuple(round(float(weight), 4) for weight in own / spread),
        words=_floats(said),
        around=_floats(around * _AROUND),
        bias=round(float(model.intercept_[0]) - float(own / spread @ middle), 4),
        threshold=_THRESHOLD,
    )


def _words(documents: Sequence[Sequence[Clause]]) -> Any:
    """One row a clause: 1/sqrt(n) at each of its n buckets."""
    rows = [sorted(clause.words) for document in documents for clause in document]
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = np.fromiter((at for row in rows for at in row), dtype=np.int32, count=int(pointers[-1]))
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row) or 1)) for row in rows])
    return csr_matrix((values, columns, pointers), shape=(len(rows), WORDS))


def _around(documents: Sequence[Sequence[Clause]]) -> Any:
    """One row a clause: 1/sqrt(n) at each of the n clauses that surround it."""
    rows: list[range] = []
    for document in documents:
        first = len(rows)
        for at in range(len(document)):
            low, high = surrounding(at, len(document))
            rows.append(range(first + low, first + high))
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = np.fromiter((at for row in rows for at in row), dtype=np.int32, count=int(pointers[-1]))
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    return csr_matrix((values, columns, pointers), shape=(len(rows), len(rows)))


def _floats(values: Any) -> array[float]:
    return array("f", np.asarray(values, dtype=np.float32).tolist())
