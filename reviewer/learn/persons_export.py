"""Trains what is learned of persons and writes it: plain arrays, and a description with their digests."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer.detect.model import Head, Model, floats
from reviewer.detect.persons import (
    AGAIN,
    AROUND,
    EXPOSED,
    FILES,
    NAMES,
    PERSONS,
    RUNS,
    SCHEMA,
    TOLD,
    NameScorer,
    Persons,
)
from reviewer.detect.privacy.exposure import TRAITS as NAME_TRAITS
from reviewer.detect.privacy.name_features import BUCKETS
from reviewer.detect.privacy.rereading import TRAITS, Rereader
from reviewer.detect.ruleset import Ruleset
from reviewer.detect.surroundings import Surroundings
from reviewer.learn.corpus import Sentence
from reviewer.learn.evaluation import Share, auc, with_support
from reviewer.learn.exposure import fit_exposure, mentions_of, reached
from reviewer.learn.persons import (
    Fit,
    Groups,
    PersonText,
    Stretches,
    Veiled,
    decoded,
    fit_names,
    groups_of,
    runs_of,
    sentences_about,
    stretches,
    threshold_of,
    unseen_chances,
    unseen_fits,
    veil,
)
from reviewer.learn.rereading import clauses_in, fit_rereader
from reviewer.learn.surroundings import Weighing, train_around, unseen_around, unseen_arounds, weigh
from reviewer.learn.training import (
    OF_PERSONS,
    OF_PERSONS_DOCUMENT,
    Background,
    Calibration,
    Scorer,
    Vector,
    calibrate,
    labels_of,
    matrix,
    scores,
    train,
)
from reviewer.terms import Category

_CATEGORY = Category.PERSONAL_PRIVACY
_THRESHOLD = 0.5
"""The calibrated probability from which a sentence is proposed; then it is asked of whom it is told, and where."""


def train_persons(
    texts: Sequence[PersonText], background: Background, rules: Ruleset, output: Path, corpus: str
) -> None:
    """Thresholds and calibration from authors left out, weights from all. The same texts and rules give the same bytes.

    `corpus`: the digest of the texts, to be kept.
    """
    runs = runs_of(background)
    groups = groups_of(texts)
    held = stretches(texts, runs)
    fits = unseen_fits(held, groups)
    chances = unseen_chances(held, fits)
    threshold = threshold_of(held, chances)
    scorer = _scorer(fit_names(held, np.ones(len(held.labels), dtype=bool)), held, runs, threshold)
    about = tuple(text for text in texts if text.about)
    unseen = {author: _scorer(fit, held, runs, threshold) for author, fit in fits.items()}
    found = _told_unseen([veil(text, unseen[text.author]) for text in about], groups, background)
    sentences = sentences_about([veil(text, scorer) for text in about])
    told = train(matrix([one.text for one in sentences]), labels_of(sentences, _CATEGORY), background, OF_PERSONS)
    around = train_around(sentences, background, OF_PERSONS_DOCUMENT)
    names = mentions_of(about, {text.author: found.persons(text.author, unseen[text.author]) for text in about}, rules)
    exposure = fit_exposure(names)
    weights = {
        NAMES: scorer.weights.tobytes(),
        RUNS: runs,
        TOLD: told.weights.astype("<f4").tobytes(),
        AROUND: around.weights.astype("<f4").tobytes(),
        AGAIN: found.again.words.tobytes() + found.again.around.tobytes(),
        EXPOSED: exposure.words.tobytes(),
    }
    again = found.again
    description = {
        "schema": SCHEMA,
        "buckets": BUCKETS,
        "names": {"bias": scorer.bias, "threshold": threshold, "initials": "".join(sorted(scorer.initials))},
        "told": {"bias": told.bias, **asdict(found.calibration), "threshold": _THRESHOLD},
        "around": {"bias": around.bias, **asdict(found.weighing)},
        "again": {**dict(zip(TRAITS, again.weights, strict=True)), "bias": again.bias, "threshold": again.threshold},
        "exposed": {
            **dict(zip(NAME_TRAITS, exposure.weights, strict=True)),
            "bias": exposure.bias,
            "least": exposure.least,
            "enough": exposure.enough,
        },
        **{name: hashlib.sha256(data).hexdigest() for name, data in weights.items()},
        "corpus_sha256": corpus,
        "measured": _told(
            held, about, _names_reached(held, chances, threshold), found.measured, list(reached(names, groups))
        ),
    }
    output.mkdir(parents=True, exist_ok=True)
    for name, data in weights.items():
        (output / name).write_bytes(data)
    (output / PERSONS).write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n", "utf-8")


def keep_persons(shipped: Path, output: Path) -> None:
    """The shipped files beside another model of the classifier."""
    if output.resolve() != shipped.resolve():
        output.mkdir(parents=True, exist_ok=True)
        for name in (*FILES, PERSONS):
            (output / name).write_bytes((shipped / name).read_bytes())


def persons_card(folder: Path) -> str:
    """The part of the model card that tells of persons, from what was measured when it was trained."""
    lines = json.loads((folder / PERSONS).read_text("utf-8"))["measured"]
    return "\n## Persons\n\n" + "\n".join(lines) + "\n"


def _told(
    held: Stretches,
    about: Sequence[PersonText],
    names: tuple[Share, Share],
    told: tuple[float, Share, Share],
    exposed: Sequence[tuple[str, Share, Share]],
) -> list[str]:
    authors = len({text.author for text in about})
    rows = "\n".join(
        f"| names to be told that are told, {how} | {recall} |\n| names told that are right, {how} | {right} |"
        for how, recall, right in exposed
    )
    return f"""Four scorers, learned from {len(about)} texts about persons by {authors} authors (and
{len(held.texts)} texts with every mention of a person annotated), all written for this project. Measured on authors
that they had not seen (the authors in five groups, each left out once):

| what | share [95 %] (count) |
|---|---|
| names found, of two to four characters | {names[0]} |
| names right, of those called so | {names[1]} |
| documents in which a sentence is proposed, of those that tell something private | {told[1]} |
| lawful documents in which a sentence is proposed (histories, novels, praise among them) | {told[2]} |
{rows}

One tells names, one scores sentences, and one, which learned from whole texts, what surrounds a sentence: they are
weighed as above. AUC of documents {told[0]:.3f}. A proposal becomes a finding only where rules of attribution let it:
somebody who can be told, no work of letters, no history, no praise. Where something private was found, every clause is
looked at once more: a logistic regression over seven figures (its score, its sentence's, its neighbours', the
document's best, whether a name stands in it), its words and those around it proposes what alone would be too little.
And every name is weighed once more, by what is told around it and the words beside it: some that rules tell are let go,
some that they miss are told (last four rows, names that no scorer reads left out). All together is measured in
benchmarks/accuracy.md.""".splitlines()


def _scorer(fit: Fit, held: Stretches, runs: bytes, threshold: float) -> NameScorer:
    weights, bias = fit
    return NameScorer(
        weights=array("f", weights.tolist()), runs=runs, bias=bias, threshold=threshold, initials=held.initials
    )


def _names_reached(held: Stretches, chances: Vector, threshold: float) -> tuple[Share, Share]:
    found = decoded(held, chances, threshold)
    called = sum(map(len, found))
    right = sum(
        (start, end) in text.name_places for text, one in zip(held.texts, found, strict=True) for start, end, _ in one
    )
    return (
        Share(hits=right, all=sum(len(text.name_places) for text in held.texts)),
        Share(hits=right, all=called),
    )


@dataclass(frozen=True, kw_only=True)
class _Unseen:
    """What makes probabilities of scores, with what surrounds them; what looks at clauses once more; what is reached;
    and for each author the scorers of sentences, of documents and of clauses that have not seen it."""

    calibration: Calibration
    weighing: Weighing
    again: Rereader
    measured: tuple[float, Share, Share]
    scorers: Mapping[str, tuple[Scorer, Scorer, Rereader]]

    def persons(self, author: str, names: NameScorer) -> Persons:
        """What reads a text of an author unseen. `names`: the scorer of names."""
        told, around, again = self.scorers[author]
        head = Head(
            weights=floats(told.weights.astype("<f4").tobytes()),
            bias=told.bias,
            threshold=_THRESHOLD,
            **asdict(self.calibration),
        )
        surroundings = Surroundings(
            weights=floats(around.weights.astype("<f4").tobytes()), bias=around.bias, **asdict(self.weighing)
        )
        model = Model(heads={_CATEGORY: head}, digest="", surroundings=surroundings)
        return Persons(names=names, sentences=model, again=again)


def _told_unseen(texts: Sequence[Veiled], groups: Groups, background: Background) -> _Unseen:
    sentences = sentences_about(texts)
    features = matrix([sentence.text for sentence in sentences])
    labels = labels_of(sentences, _CATEGORY)
    alone = np.zeros(len(sentences))
    authors = np.array([sentence.author for sentence in sentences])
    told: dict[str, Scorer] = {}
    folds, left_out = [], []
    for group in groups:
        inside = np.isin(authors, group)
        if inside.any():
            scorer = train(features[~inside], labels[~inside], background, OF_PERSONS)
            told.update(dict.fromkeys(group, scorer))
            alone[inside] = scores(scorer, features[inside])
            folds.append(np.flatnonzero(inside).tolist())
            left_out.append(group)
    own = with_support(sentences, alone)
    arounds = list(unseen_arounds(sentences, folds, background, OF_PERSONS_DOCUMENT))
    surroundings = unseen_around(sentences, folds, arounds)
    weighing = weigh(sentences, own, surroundings, every=True)
    judged = weighing.judged(sentences, own, surroundings)
    calibration = calibrate(judged, labels)
    chances = 1 / (1 + np.exp(-(calibration.slope * judged + calibration.offset)))
    clauses = clauses_in(texts, chances, told)
    agains = [fit_rereader(clauses, ~np.isin(clauses.authors, group)) for group in left_out]
    return _Unseen(
        calibration=calibration,
        weighing=weighing,
        again=fit_rereader(clauses),
        measured=_told_reached([one.text for one in texts], sentences, labels, chances),
        scorers={
            author: (told[author], around, again)
            for group, around, again in zip(left_out, arounds, agains, strict=True)
            for author in group
        },
    )


def _told_reached(
    texts: Sequence[PersonText], sentences: Sequence[Sentence], labels: NDArray[np.bool_], chances: Vector
) -> tuple[float, Share, Share]:
    """AUC of documents; in how many that tell something private, and in how many lawful ones, one is proposed."""
    highest: dict[str, float] = {}
    tells = {sentence.document for sentence, label in zip(sentences, labels, strict=True) if label}
    for sentence, chance in zip(sentences, chances, strict=True):
        highest[sentence.document] = max(highest.get(sentence.document, 0.0), float(chance))
    positive = [highest[id] for id in sorted(tells)]
    lawful = [highest[text.id] for text in texts if not text.spans and text.id in highest]
    return (
        auc(positive, lawful),
        Share(hits=sum(chance >= _THRESHOLD for chance in positive), all=len(positive)),
        Share(hits=sum(chance >= _THRESHOLD for chance in lawful), all=len(lawful)),
    )
