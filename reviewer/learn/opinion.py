"""The network of a model: learned anew, or kept where it was learned from the same sentences.

Learning it takes half an hour, so an office that retrains with its own rulings keeps the shipped one, which has seen
none of them. What networks that had not seen its author said of each sentence is kept beside the corpus, to weigh by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from reviewer.detect.network import files_of
from reviewer.learn.corpus import Sentence, documents
from reviewer.learn.gradients import Matrix
from reviewer.learn.network import Files, opinions, train_network, unseen_networks
from reviewer.learn.training import Calibration, Vector, calibrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A network's two files, and for each sentence the log odds by networks that have not seen its author."""

    files: Files
    unseen: Vector

    @property
    def sha256(self) -> str:
        """Of its description, which holds the digest of the weights."""
        return hashlib.sha256(self.files[0]).hexdigest()

    def write(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in zip(files_of(folder, name), self.files, strict=True):
            path.write_bytes(data)


def learn_network(sentences: Sequence[Sentence], labels: Matrix, folds: Sequence[Sequence[int]]) -> Learned:
    """`labels`: as `train_network` wants them; `folds`: index lists that part all sentences, authors whole."""
    unseen = unseen_opinions(sentences, labels, folds)
    return Learned(files=train_network(sentences, labels), unseen=unseen)


def unseen_opinions(sentences: Sequence[Sentence], labels: Matrix, folds: Sequence[Sequence[int]]) -> Vector:
    """For each sentence the log odds by a network that has not seen its author, as they are kept."""
    unseen = np.zeros(len(sentences))
    for fold, files in zip(folds, unseen_networks(sentences, labels, folds), strict=True):
        unseen[list(fold)] = opinions(files, [sentences[at] for at in fold])
    return unseen.astype("<f2").astype(np.float64)


def keep_network(learned: Learned, sentences: Sequence[Sentence], corpus: Path, name: str) -> Learned:
    """Writes beside the corpus what later trainings on these sentences keep; the description says which."""
    path = _beside(corpus, name)
    path.write_bytes(learned.unseen.astype("<f2").tobytes())
    described = json.loads(learned.files[0]) | _origin(sentences, path)
    first = (json.dumps(described, ensure_ascii=False) + "\n").encode()
    return Learned(files=(first, learned.files[1]), unseen=learned.unseen)


def kept_network(sentences: Sequence[Sentence], corpus: Path, models: Path, name: str) -> Learned | None:
    """The one in `models`, where it was learned from the first of these sentences; an office's own come after them."""
    path, (described, weights) = _beside(corpus, name), files_of(models, name)
    if not (path.is_file() and described.is_file()):
        return None
    unseen = np.frombuffer(path.read_bytes(), dtype="<f2").astype(np.float64)
    files = described.read_bytes(), weights.read_bytes()
    held = json.loads(files[0])
    if any(held.get(key) != value for key, value in _origin(sentences[: len(unseen)], path).items()):
        return None
    own = sentences[len(unseen) :]
    return Learned(files=files, unseen=np.concatenate([unseen, opinions(files, own)]) if own else unseen)


def _beside(corpus: Path, name: str) -> Path:
    """A half-precision number, little-endian, for each sentence."""
    return corpus / f"{name}.f16"


def _origin(sentences: Sequence[Sentence], unseen: Path) -> Mapping[str, str]:
    whole = hashlib.sha256()
    for one in sentences:
        held = (one.document, one.author, sorted(label.value for label in one.labels), one.text)
        whole.update(json.dumps(held, ensure_ascii=False).encode())
    return {"sentences_sha256": whole.hexdigest(), "unseen_sha256": hashlib.sha256(unseen.read_bytes()).hexdigest()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How much log odds of the scorers and of the network count, from a probability on (`reviewer.detect.opinion`)."""

    own: float
    says: float
    offset: float
    least: float

    def heard(self, odds: Vector, network: Vector) -> Vector:
        asked = _are_asked(odds, self.least)
        made: Vector = np.where(asked, self.own * odds + self.says * network + self.offset, odds)
        return made

    def entry(self, learned: Learned) -> Mapping[str, object]:
        """What a manifest says of it."""
        return {"sha256": learned.sha256, **asdict(self)}


def hearing(
    sentences: Sequence[Sentence],
    odds: Vector,
    network: Vector,
    labels: NDArray[np.bool_],
    places: NDArray[np.int_],
    *,
    least: float,
    every: bool = False,
) -> Hearing | None:
    """How much the two count, fitted on the documents of these places by their likeliest sentence, or with `every` one;
    what the sum means, on all sentences of which the network is asked. None where they are all of one kind."""
    asked = np.zeros(len(odds), dtype=bool)
    asked[places] = _are_asked(odds[places], least)
    if every:
        seen, told = np.flatnonzero(asked), labels[asked]
    else:
        whole = [one for one in documents(sentences) if asked[one.start : one.stop].any()]
        seen = np.array([one.start + int(np.argmax(odds[one.start : one.stop])) for one in whole])
        told = np.array([bool(labels[one.start : one.stop].any()) for one in whole])
    if len(set(told.tolist())) < 2 or len(set(labels[asked].tolist())) < 2:
        return None
    model = LogisticRegression(C=1e6, solver="lbfgs", max_iter=1000)
    model.fit(np.stack([odds[seen], network[seen]], axis=1), told)
    own, says = map(float, model.coef_[0])
    meant: Calibration = calibrate((own * odds + says * network)[asked], labels[asked])
    return Hearing(own=meant.slope * own, says=meant.slope * says, offset=meant.offset, least=least)


def _are_asked(odds: Vector, least: float) -> NDArray[np.bool_]:
    made: NDArray[np.bool_] = 1 / (1 + np.exp(-odds)) >= least
    return made
