"""Trains what is learned of persons and writes it: plain arrays, and a description with their digests."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer.detect.persons import AROUND, NAMES, PERSONS, RUNS, SCHEMA, TOLD, NameScorer
from reviewer.detect.privacy.name_features import BUCKETS
from reviewer.detect.privacy.rereading import TRAITS, Rereader
from reviewer.learn.corpus import Sentence
from reviewer.learn.evaluation import Share, auc, with_support
from reviewer.learn.persons import (
    GROUPS,
    Fit,
    PersonText,
    Stretches,
    Veiled,
    decoded,
    fit_names,
    fit_rereader,
    runs_of,
    sentences_about,
    stretches,
    threshold_of,
    unseen_chances,
    unseen_fits,
    veil,
)
from reviewer.learn.surroundings import Weighing, train_around, unseen_around, weigh
from reviewer.learn.training import (
    OF_PERSONS,
    OF_PERSONS_DOCUMENT,
    Background,
    Calibration,
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
_AGAIN = 0.5
"""The probability from which a clause is told where something private was found in its text."""


def train_persons(texts: Sequence[PersonText], background: Background, output: Path, corpus: str) -> None:
    """Thresholds and calibration from authors left out, weights from all. The same texts give the same bytes.

    `corpus`: the digest of the texts, to be kept.
    """
    runs = runs_of(background)
    held = stretches(texts, runs)
    fits = unseen_fits(held)
    chances = unseen_chances(held, fits)
    threshold = threshold_of(held, chances)
    scorer = _scorer(fit_names(held, np.ones(len(held.labels), dtype=bool)), held, runs, threshold)
    about = tuple(text for text in texts if text.about)
    unseen = {author: _scorer(fit, held, runs, threshold) for author, fit in fits.items()}
    found, weighing, again, measured = _told_unseen(
        [veil(text, unseen.get(text.author, scorer)) for text in about], background
    )
    sentences = sentences_about([veil(text, scorer) for text in about])
    told = train(matrix([one.text for one in sentences]), labels_of(sentences, _CATEGORY), background, OF_PERSONS)
    around = train_around(sentences, background, OF_PERSONS_DOCUMENT)
    weights = {
        NAMES: scorer.weights.tobytes(),
        RUNS: runs,
        TOLD: told.weights.astype("<f4").tobytes(),
        AROUND: around.weights.astype("<f4").tobytes(),
    }
    description = {
        "schema": SCHEMA,
        "buckets": BUCKETS,
        "names": {"bias": scorer.bias, "threshold": threshold, "initials": "".join(sorted(scorer.initials))},
        "told": {
            "bias": told.bias,
            "slope": found.slope,
            "offset": found.offset,
            "threshold": _THRESHOLD,
        },
        "around": {"bias": around.bias, **asdict(weighing)},
        "again": {**dict(zip(TRAITS, again.weights, strict=True)), "bias": again.bias, "threshold": again.threshold},
        **{name: hashlib.sha256(data).hexdigest() for name, data in weights.items()},
        "corpus_sha256": corpus,
        "measured": _told(held, about, _names_reached(held, chances, threshold), measured),
    }
    output.mkdir(parents=True, exist_ok=True)
    for name, data in weights.items():
        (output / name).write_bytes(data)
    (output / PERSONS).write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n", "utf-8")


def keep_persons(shipped: Path, output: Path) -> None:
    """The shipped files beside another model of the classifier."""
    if output.resolve() != shipped.resolve():
        output.mkdir(parents=True, exist_ok=True)
        for name in (NAMES, RUNS, TOLD, AROUND, PERSONS):
            (output / name).write_bytes((shipped / name).read_bytes())


def persons_card(folder: Path) -> str:
    """The part of the model card that tells of persons, from what was measured when it was trained."""
    lines = json.loads((folder / PERSONS).read_text("utf-8"))["measured"]
    return "\n## Persons\n\n" + "\n".join(lines) + "\n"


def _told(
    held: Stretches, about: Sequence[PersonText], names: tuple[Share, Share], told: tuple[float, Share, Share]
) -> list[str]:
    authors = len({text.author for text in about})
    return f"""Three scorers, learned from {len(about)} texts about persons by {authors} authors (and
{len(held.texts)} texts with every mention of a person annotated), all written for this project. Measured on authors
that they had not seen (the authors in five groups, each left out once):

| what | share [95 %] (count) |
|---|---|
| names found, of two to four characters | {names[0]} |
| names right, of those called so | {names[1]} |
| documents in which a sentence is proposed, of those that tell something private | {told[1]} |
| lawful documents in which a sentence is proposed (histories, novels, praise among them) | {told[2]} |

One tells names, one scores sentences, and one, which learned from whole texts, what surrounds a sentence: they are
weighed as above. AUC of documents {told[0]:.3f}. A proposal becomes a finding only where rules of attribution let it:
somebody who can be told, no work of letters, no history, no praise. Where something private was found, every clause is
looked at once more: a logistic regression over seven figures (its score, its sentence's, its neighbours', the
document's best, whether a name stands in it) proposes what alone would be too little. All together is measured in
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


def _told_unseen(
    texts: Sequence[Veiled], background: Background
) -> tuple[Calibration, Weighing, Rereader, tuple[float, Share, Share]]:
    """What makes probabilities of scores, with what surrounds them, what looks at clauses once more, and what is
    reached, on unseen authors."""
    sentences = sentences_about(texts)
    features = matrix([sentence.text for sentence in sentences])
    labels = labels_of(sentences, _CATEGORY)
    alone = np.zeros(len(sentences))
    authors = np.array([sentence.author for sentence in sentences])
    names = sorted(set(authors))
    scorers, folds = {}, []
    for group in range(GROUPS):
        left = names[group::GROUPS]
        inside = np.isin(authors, left)
        if inside.any():
            scorer = train(features[~inside], labels[~inside], background, OF_PERSONS)
            scorers.update(dict.fromkeys(left, scorer))
            alone[inside] = scores(scorer, features[inside])
            folds.append(np.flatnonzero(inside).tolist())
    own = with_support(sentences, alone)
    around = unseen_around(sentences, folds, background, OF_PERSONS_DOCUMENT)
    weighing = weigh(sentences, own, around, every=True)
    judged = weighing.judged(sentences, own, around)
    calibration = calibrate(judged, labels)
    chances = 1 / (1 + np.exp(-(calibration.slope * judged + calibration.offset)))
    return (
        calibration,
        weighing,
        fit_rereader(texts, chances, scorers, _AGAIN),
        _told_reached([one.text for one in texts], sentences, labels, chances),
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
