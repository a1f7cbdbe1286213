"""Learns, from annotated texts about persons, what a name looks like and what is told privately of somebody."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from reviewer.detect.persons import NameScorer, best, veiled
from reviewer.detect.privacy.everybody import Scored, crossed, said_at, said_of
from reviewer.detect.privacy.name_features import (
    BUCKETS,
    RUN_BUCKETS,
    candidates,
    commonness,
    features,
    initials_of,
)
from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.learn.corpus import Sentence
from reviewer.learn.training import Background, Vector
from reviewer.strict import Table
from reviewer.terms import Category
from reviewer.text.fold import Folded, fold
from reviewer.text.sentence import lines, sentences

_C = 1.0  # inverse regularisation of names: best of 0.1, 0.3, 1 over authors left out
_SEED = 20260101
GROUPS = 5  # of authors, each left out once
_LEAST_INITIALS = 2  # a name that begins with no surname is looked for where so many annotated ones begin so
_PRECISION = 0.9  # of the stretches that the scorer calls names on authors that it has not seen
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_SHORTEST = 6
# Annotated passages that are told by their form and left to rules: numbers, and the names themselves.
_BY_FORM = frozenset(
    [
        "resident_id",
        "mobile_phone",
        "landline",
        "bank_card",
        "bank_account",
        "email",
        "wechat_qq",
        "plate",
        "passport",
        "hk_macau_permit",
        "tw_permit",
        "foreign_resident_id",
        "military_id",
        "driver_licence",
        "social_security_no",
        "student_no",
        "property_cert_no",
        "birth_date",
        "home_address",
        "name_linked",
    ]
)
_BY_NAME = frozenset(["minor_identity", "victim_identity", "whistleblower_identity", "petitioner_identity"])
_LONGEST_NAME = 5


@dataclass(frozen=True)
class PersonText:
    """One text: its passages with types, and every mention of a person (None: not annotated)."""

    id: str
    author: str
    pair: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    mentions: tuple[str, ...] | None
    about: bool = True  # annotated for what is private in it; else only for names

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def full_names(self) -> frozenset[str]:
        """The names of two to four ideographs in it, full ones and given ones alone."""
        named = (mention.partition(":")[2] for mention in self.mentions or () if mention[0] in "fg")
        return frozenset(name for name in named if _HAN.fullmatch(name))

    @cached_property
    def name_places(self) -> frozenset[tuple[int, int]]:
        """Where they stand, in folded text; not inside a longer one."""
        text = self.folded.text
        found: set[tuple[int, int]] = set()
        taken: set[int] = set()
        for name in sorted(self.full_names, key=lambda name: (-len(name), name)):
            for match in re.finditer(re.escape(name), text):
                if taken.isdisjoint(range(*match.span())):
                    found.add(match.span())
                    taken.update(range(*match.span()))
        return frozenset(found)


def read_person_texts(folder: Path, others: Mapping[str, tuple[str, str]]) -> tuple[PersonText, ...]:
    """All `*.jsonl` of the folder, with the mentions of `names.tsv`; `others`: author and text by id, for its rest."""
    mentions = _mentions(folder / "names.tsv")
    made = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                made.append(_text(Table(json.loads(line), f"{path.name}:{number}"), mentions))
    if not made:
        raise ConfigurationError(tr(f"{folder}：没有语料（*.jsonl）", f"{folder}: no corpus (*.jsonl)"))
    known = {text.id for text in made}
    more = [
        PersonText(id=id, author=others[id][0], pair=id, text=others[id][1], spans=(), mentions=held, about=False)
        for id, held in mentions.items()
        if id not in known and id in others
    ]
    return (*made, *more)


def person_texts_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all its files."""
    whole = hashlib.sha256()
    for path in sorted([*folder.glob("*.jsonl"), folder / "names.tsv"]):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def veiled_digest(sentences: Sequence[Sentence]) -> str:
    """SHA-256 over what the scorers of what is told see: the sentences, names veiled."""
    return hashlib.sha256("\n".join(sentence.text for sentence in sentences).encode()).hexdigest()


def _text(table: Table, mentions: Mapping[str, tuple[str, ...]]) -> PersonText:
    id = table.string("id")
    spans = []
    for item in table.items("spans"):
        span = Table(item, table.where)
        spans.append((span.integer("start"), span.integer("end"), span.string("type")))
    return PersonText(
        id=id,
        author=table.string("author"),
        pair=table.text("pair") or id,
        text=table.string("text"),
        spans=tuple(spans),
        mentions=mentions.get(id),
    )


def _mentions(path: Path) -> Mapping[str, tuple[str, ...]]:
    made = {}
    for line in path.read_text("utf-8").splitlines():
        id, *held = line.split("\t")
        if id:
            made[id] = tuple(mention for mention in held if mention)
    return made


# --- names -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretches:
    """Every candidate of the annotated texts, its features, and whether it is a name."""

    texts: tuple[PersonText, ...]
    initials: frozenset[str]
    places: tuple[tuple[int, int, int], ...]  # text, start, end
    matrix: Any
    labels: NDArray[np.bool_]
    authors: NDArray[np.str_]


def stretches(texts: Sequence[PersonText], runs: bytes) -> Stretches:
    annotated = tuple(text for text in texts if text.mentions is not None)
    counts: dict[str, int] = {}
    for text in annotated:
        for name in text.full_names:
            counts[name] = counts.get(name, 0) + 1
    initials = initials_of(counts, _LEAST_INITIALS)
    places, rows, labels = [], [], []
    for at, text in enumerate(annotated):
        held = text.name_places
        said = said_of(text.folded.text, lines(text.folded.text))
        taken = crossed(said)
        for start, end in candidates(text.folded.text, initials):
            places.append((at, start, end))
            rows.append(features(text.folded.text, start, end, runs, said_at(said, taken, start, end)))
            labels.append((start, end) in held)
    return Stretches(
        texts=annotated,
        initials=initials,
        places=tuple(places),
        matrix=_matrix(rows),
        labels=np.array(labels),
        authors=np.array([annotated[at].author for at, _, _ in places]),
    )


def _matrix(rows: Sequence[Sequence[int]]) -> Any:
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = np.fromiter((at for row in rows for at in row), dtype=np.int32, count=int(pointers[-1]))
    made = csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(rows), BUCKETS))
    made.sum_duplicates()
    return made


Fit = tuple[Vector, float]


def fit_names(held: Stretches, rows: NDArray[np.bool_]) -> Fit:
    """Weights and bias from the candidates of `rows`."""
    model = LogisticRegression(C=_C, solver="liblinear", tol=1e-3, random_state=_SEED, max_iter=200)
    model.fit(held.matrix[rows], held.labels[rows])
    return model.coef_[0].astype("<f4").astype(np.float64), float(model.intercept_[0])


Groups = Sequence[Sequence[str]]


def groups_of(texts: Iterable[PersonText]) -> Groups:
    """Their authors in groups of about as many texts, each to be left out once; of one author alone one group."""
    sizes = Counter(text.author for text in texts)
    ordered = sorted(sizes, key=lambda author: (-sizes[author], author))
    return tuple(group for at in range(GROUPS) if (group := ordered[at::GROUPS]))


def unseen_fits(held: Stretches, groups: Groups) -> Mapping[str, Fit]:
    """For each author a scorer trained on the other groups."""
    made: dict[str, Fit] = {}
    for group in groups:
        fit = fit_names(held, ~np.isin(held.authors, group))
        made.update(dict.fromkeys(group, fit))
    return made


def unseen_chances(held: Stretches, fits: Mapping[str, Fit]) -> Vector:
    """The probability of every candidate, by the scorer that has not seen its author."""
    found = np.zeros(len(held.labels))
    for author, (weights, bias) in fits.items():
        inside = held.authors == author
        found[inside] = 1 / (1 + np.exp(-(held.matrix[inside] @ weights + bias)))
    return found


def decoded(held: Stretches, chances: Vector, threshold: float) -> list[list[tuple[int, int, float]]]:
    """For each text the stretches called names."""
    likely: list[list[tuple[float, int, int]]] = [[] for _ in held.texts]
    for (at, start, end), chance in zip(held.places, chances, strict=True):
        if chance >= threshold:
            likely[at].append((float(chance), start, end))
    return [best(one) for one in likely]


def threshold_of(held: Stretches, chances: Vector) -> float:
    """The lowest of a few thresholds that reaches the precision aimed at."""
    for threshold in np.arange(0.2, 0.96, 0.05):
        found = decoded(held, chances, threshold)
        called = [(at, start, end) for at, one in enumerate(found) for start, end, _ in one]
        right = sum((start, end) in held.texts[at].name_places for at, start, end in called)
        if called and right >= _PRECISION * len(called):
            return round(float(threshold), 2)
    return 0.95


def runs_of(background: Background) -> bytes:
    """How common each bucket of runs is in public text, in nine steps."""
    if len(background.counts) != RUN_BUCKETS:
        raise ValueError("the background has another number of buckets")
    return bytes(commonness(int(count)) for count in background.counts)


# --- what is told ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Veiled:
    """A text as the scorer of sentences sees it: who is named where, and the sentences worth a look; folded."""

    text: PersonText
    names: Sequence[tuple[int, int, bool]]
    sentences: tuple[tuple[int, int], ...]

    def sentence(self, start: int, end: int) -> str:
        """The stretch with names veiled."""
        return veiled(self.text.folded.text, start, end, self.names)

    def is_private(self, start: int, end: int) -> bool:
        """Whether the stretch tells something private of somebody."""
        place = self.text.folded.original(start, end)
        return any(_is_told(kind, low, high) and _shares(place, (low, high)) for low, high, kind in self.text.spans)

    def is_besides(self, start: int, end: int) -> bool:
        """Whether it is annotated as anything private but somebody's name: by whatever rule it would be found."""
        place = self.text.folded.original(start, end)
        return any(not _is_name(kind, low, high) and _shares(place, (low, high)) for low, high, kind in self.text.spans)

    def is_named(self, start: int, end: int) -> bool:
        return any(start <= low < end for low, _, _ in self.names)


def veil(text: PersonText, scorer: NameScorer | None) -> Veiled:
    """`scorer`: of names."""
    folded = text.folded.text
    found = tuple((start, end) for start, end in sentences(folded) if end - start >= _SHORTEST)
    return Veiled(text, named(folded, scorer), found)


def _is_told(kind: str, start: int, end: int) -> bool:
    return kind not in _BY_FORM and not _is_name(kind, start, end)


def _is_name(kind: str, start: int, end: int) -> bool:
    return kind == "name_linked" or (kind in _BY_NAME and end - start <= _LONGEST_NAME)


def _shares(sentence: tuple[int, int], span: tuple[int, int]) -> bool:
    shared = min(sentence[1], span[1]) - max(sentence[0], span[0])
    return shared > 0 and 2 * shared >= min(sentence[1] - sentence[0], span[1] - span[0])


def named(text: str, scorer: NameScorer | None) -> list[tuple[int, int, bool]]:
    """Every name of a text: start, end, whether its bearer acts for an office."""
    scored = Scored(text, tuple(lines(text)), scorer)
    return [(name.start, name.end, name.official) for line in lines(text) for name in scored.names(*line)]


def sentences_about(texts: Sequence[Veiled]) -> tuple[Sentence, ...]:
    """All sentences as the trainer of the classifier wants them."""
    return tuple(
        Sentence(
            text=one.sentence(start, end),
            labels=frozenset((Category.PERSONAL_PRIVACY,)) if one.is_private(start, end) else frozenset(),
            document=one.text.id,
            pair=one.text.pair,
            author=one.text.author,
        )
        for one in texts
        for start, end in one.sentences
    )
