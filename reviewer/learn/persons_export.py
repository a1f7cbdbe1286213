"""Trains what is learned of persons and writes it: plain arrays, and a description with their digests."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from reviewer.detect.network import files_of
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
    TOLD_NETWORK,
    NameScorer,
)
from reviewer.detect.privacy.exposure import TRAITS as NAME_TRAITS
from reviewer.detect.privacy.name_features import BUCKETS
from reviewer.detect.privacy.rereading import TRAITS
from reviewer.detect.ruleset import Ruleset
from reviewer.learn.evaluation import Share
from reviewer.learn.exposure import fit_exposure, mentions_of, reached
from reviewer.learn.network import train_network
from reviewer.learn.persons import (
    Fit,
    PersonText,
    Stretches,
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
    veiled_digest,
)
from reviewer.learn.persons_unseen import CATEGORY, LEAST, THRESHOLD, taught, told_unseen
from reviewer.learn.surroundings import train_around
from reviewer.learn.training import (
    OF_PERSONS,
    OF_PERSONS_DOCUMENT,
    Background,
    Vector,
    labels_of,
    matrix,
    train,
)


def train_persons(
    texts: Sequence[PersonText], background: Background, rules: Ruleset, output: Path, corpus: str
) -> None:
    """Thresholds and calibration from authors left out, weights from all. The same texts and rules give the same bytes.

    `corpus`: the digest of the texts, to be kept.
    """
    with threadpool_limits(limits=1):  # the same on however many cores
        _train_persons(texts, background, rules, output, corpus)


def _train_persons(
    texts: Sequence[PersonText], background: Background, rules: Ruleset, output: Path, corpus: str
) -> None:
    runs = runs_of(background)
    groups = groups_of(texts)
    held = stretches(texts, runs)
    fits = unseen_fits(held, groups)
    chances = unseen_chances(held, fits)
    threshold = threshold_of(held, chances)
    scorer = _scorer(fit_names(held, np.ones(len(held.labels), dtype=bool)), held, runs, threshold)
    about = tuple(text for text in texts if text.about)
    unseen = {author: _scorer(fit, held, runs, threshold) for author, fit in fits.items()}
    found = told_unseen([veil(text, unseen[text.author]) for text in about], groups, background)
    veiled = [veil(text, scorer) for text in about]
    sentences = sentences_about(veiled)
    told = train(matrix([one.text for one in sentences]), labels_of(sentences, CATEGORY), background, OF_PERSONS)
    around = train_around(sentences, background, OF_PERSONS_DOCUMENT)
    network = train_network(sentences, taught(veiled))
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
        "told": {"bias": told.bias, **asdict(found.calibration), "threshold": THRESHOLD},
        "around": {"bias": around.bias, **asdict(found.weighing)},
        "network": {"sha256": hashlib.sha256(network[0]).hexdigest(), **asdict(found.hearing)},
        "again": {**dict(zip(TRAITS, again.weights, strict=True)), "bias": again.bias, "threshold": again.threshold},
        "exposed": {
            **dict(zip(NAME_TRAITS, exposure.weights, strict=True)),
            "bias": exposure.bias,
            "least": exposure.least,
            "enough": exposure.enough,
        },
        **{name: hashlib.sha256(data).hexdigest() for name, data in weights.items()},
        "corpus_sha256": corpus,
        "veiled_sha256": veiled_digest(sentences),
        "measured": _told(
            held, about, _names_reached(held, chances, threshold), found.measured, list(reached(names, groups))
        ),
    }
    output.mkdir(parents=True, exist_ok=True)
    for name, data in weights.items():
        (output / name).write_bytes(data)
    for path, data in zip(files_of(output, TOLD_NETWORK), network, strict=True):
        path.write_bytes(data)
    (output / PERSONS).write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n", "utf-8")


def keep_persons(shipped: Path, output: Path) -> None:
    """The shipped files beside another model of the classifier."""
    if output.resolve() != shipped.resolve():
        output.mkdir(parents=True, exist_ok=True)
        networks = zip(files_of(shipped, TOLD_NETWORK), files_of(output, TOLD_NETWORK), strict=True)
        for old, new in (*((shipped / name, output / name) for name in (*FILES, PERSONS)), *networks):
            new.write_bytes(old.read_bytes())


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
weighed as above; of sentences that they give at least {LEAST:.0%}, a network is heard, as above, which was taught on
these texts. AUC of documents {told[0]:.3f}. A proposal becomes a finding only where rules of attribution let it:
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
