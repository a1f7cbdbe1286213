"""What scorers and networks say of texts about persons whose author they have not seen: to weigh and to measure by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer.detect.model import Head, Model, floats
from reviewer.detect.network import Network, network_of
from reviewer.detect.opinion import Opinion
from reviewer.detect.persons import TOLD_NETWORK, NameScorer, Persons
from reviewer.detect.privacy.rereading import Rereader
from reviewer.detect.surroundings import Surroundings
from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.learn.corpus import Sentence
from reviewer.learn.evaluation import Share, auc, with_support
from reviewer.learn.gradients import Matrix
from reviewer.learn.network import opinions, unseen_networks
from reviewer.learn.opinion import Hearing, hearing
from reviewer.learn.persons import Groups, PersonText, Veiled, sentences_about
from reviewer.learn.rereading import clauses_in, fit_rereader
from reviewer.learn.surroundings import Weighing, unseen_around, unseen_arounds, weigh
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

CATEGORY = Category.PERSONAL_PRIVACY
LEAST = 0.1
"""From this probability on, by the linear scorers, the network is heard."""
THRESHOLD = 0.5
"""The calibrated probability from which a sentence is proposed; then it is asked of whom it is told, and where."""


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """What makes probabilities of scores, of what surrounds them and of what the network says; what looks at clauses
    once more; what is reached; and for each author the scorers of sentences, of documents and of clauses, and the
    network, that have not seen it."""

    calibration: Calibration
    weighing: Weighing
    hearing: Hearing
    again: Rereader
    measured: tuple[float, Share, Share]
    scorers: Mapping[str, tuple[Scorer, Scorer, Rereader, Network]]

    def persons(self, author: str, names: NameScorer) -> Persons:
        """What reads a text of an author unseen. `names`: the scorer of names."""
        told, around, again, network = self.scorers[author]
        head = Head(
            weights=floats(told.weights.astype("<f4").tobytes()),
            bias=told.bias,
            threshold=THRESHOLD,
            **asdict(self.calibration),
        )
        surroundings = Surroundings(
            weights=floats(around.weights.astype("<f4").tobytes()), bias=around.bias, **asdict(self.weighing)
        )
        opinion = Opinion(network=lambda: network, **asdict(self.hearing))
        model = Model(heads={CATEGORY: head}, digest="", surroundings=surroundings, opinion=opinion)
        return Persons(names=names, sentences=model, again=again)


def told_unseen(texts: Sequence[Veiled], groups: Groups, background: Background) -> Unseen:
    sentences = sentences_about(texts)
    features = matrix([sentence.text for sentence in sentences])
    labels = labels_of(sentences, CATEGORY)
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
    odds = calibration.slope * judged + calibration.offset
    networks, said = [], np.zeros(len(sentences))
    for fold, files in zip(folds, unseen_networks(sentences, taught(texts), folds), strict=True):
        networks.append(network_of(*files, TOLD_NETWORK))
        said[fold] = opinions(files, [sentences[at] for at in fold])
    heard = hearing(sentences, odds, said, labels, np.arange(len(sentences)), least=LEAST, every=True)
    if heard is None:
        raise ConfigurationError(tr("语料太少，学不出网络", "too few texts for a network"))
    chances = 1 / (1 + np.exp(-heard.heard(odds, said)))
    clauses = clauses_in(texts, chances, told)
    agains = [fit_rereader(clauses, ~np.isin(clauses.authors, group)) for group in left_out]
    return Unseen(
        calibration=calibration,
        weighing=weighing,
        hearing=heard,
        again=fit_rereader(clauses),
        measured=_told_reached([one.text for one in texts], sentences, labels, chances),
        scorers={
            author: (told[author], around, again, network)
            for group, around, again, network in zip(left_out, arounds, agains, networks, strict=True)
            for author in group
        },
    )


def taught(texts: Sequence[Veiled]) -> Matrix:
    """What a network is taught of every sentence: anything private but a name, in words or numbers; what is told."""
    rows = [(one.is_besides(*place), one.is_private(*place)) for one in texts for place in one.sentences]
    return np.array(rows, dtype=np.float32).reshape(-1, 2)


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
        Share(hits=sum(chance >= THRESHOLD for chance in positive), all=len(positive)),
        Share(hits=sum(chance >= THRESHOLD for chance in lawful), all=len(lawful)),
    )
