"""Learns whose names go out with what is told, from texts each read by scorers that have not seen its author.

The traits of a name rest on what rules and scorers find: the same texts and the same rules give the same bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from reviewer.detect.persons import Persons
from reviewer.detect.privacy.dossier import inquiry
from reviewer.detect.privacy.exposure import TRAITS, WORDS, Exposure, Mention
from reviewer.detect.reading import Reading
from reviewer.detect.ruleset import Ruleset
from reviewer.detect.specimen import document_of
from reviewer.learn.evaluation import Share
from reviewer.learn.persons import PersonText
from reviewer.terms import Specimen

# Types of annotated passages that are a name, where they are hardly longer than it.
_OF_NAMES = frozenset(
    [
        "name_linked",
        "minor_identity",
        "victim_identity",
        "petitioner_identity",
        "whistleblower_identity",
        "quasi_reident",
        "dead_person",
        "family_members",
        "witness_expert",
        "soldier_family",
        "marital_status",
    ]
)
_LONGER = 4  # characters by which such a passage may be longer than the name in it
_DAY = date(2026, 1, 1)
_SEED = 20260101
_C = 0.3  # inverse regularisation: as good as 1 and better than 0.1 by authors left out
_LEAST, _ENOUGH = 0.45, 0.5
"""By authors left out F1 of names is 0.812 with 0.4 for both, 0.807 with 0.4 and 0.5, but more of them are right."""


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """Every name of the texts with its author, whether rules tell it, how many of its places are annotated as private
    or lie inside a passage that is, and how many there are."""

    mentions: Sequence[Mention]
    authors: NDArray[np.str_]
    told: NDArray[np.bool_]
    private: NDArray[np.int64]
    covered: NDArray[np.int64]
    places: NDArray[np.int64]

    @property
    def clear(self) -> NDArray[np.bool_]:
        """Which are either annotated by themselves or touched by nothing annotated."""
        clear: NDArray[np.bool_] = (self.private > 0) | (self.covered == 0)
        return clear


def mentions_of(texts: Sequence[PersonText], scorers: Mapping[str, Persons], rules: Ruleset) -> Mentions:
    """`scorers`: for each author those that have not seen it."""
    rulesets = {author: rules.with_persons(one) for author, one in scorers.items()}
    rows: list[tuple[Mention, str, bool, int, int, int]] = []
    for text in texts:
        reading = Reading(document_of(Specimen(text=text.text)), rulesets[text.author], _DAY)
        asked = inquiry(reading)
        for mention in asked.again.mentions:
            places = [reading.folded.original(*place) for place in mention.places]
            private = sum(_is_annotated(place, text.spans) for place in places)
            covered = sum(any(low < place[1] and place[0] < high for low, high, _ in text.spans) for place in places)
            rows.append((mention, text.author, mention.text in asked.again.told, private, covered, len(places)))
    mentions, authors, told, private_, covered_, sizes = zip(*rows, strict=True)
    return Mentions(
        mentions=mentions,
        authors=np.array(authors),
        told=np.array(told),
        private=np.array(private_),
        covered=np.array(covered_),
        places=np.array(sizes),
    )


def _is_annotated(place: tuple[int, int], spans: Iterable[tuple[int, int, str]]) -> bool:
    longest = place[1] - place[0] + _LONGER
    return any(
        low < place[1] and place[0] < high and kind in _OF_NAMES and high - low <= longest for low, high, kind in spans
    )


def fit_exposure(held: Mentions, rows: NDArray[np.bool_] | None = None) -> Exposure:
    """Learned from the names of `rows` (all without)."""
    inside = np.ones(len(held.mentions), dtype=bool) if rows is None else rows
    inside = inside & held.clear
    labels = held.private > 0
    traits = np.array([mention.traits for mention in held.mentions])
    if len(set(labels[inside])) < 2:
        return Exposure(weights=(0.0,) * len(TRAITS), words=_floats(np.zeros(WORDS)), bias=0.0, least=0.0, enough=1.0)
    middle, spread = traits[inside].mean(axis=0), traits[inside].std(axis=0) + 1e-9
    features = hstack([csr_matrix((traits - middle) / spread), _words(held.mentions)]).tocsr()
    model = LogisticRegression(C=_C, solver="liblinear", tol=1e-3, random_state=_SEED, max_iter=500)
    model.fit(features[inside], labels[inside])
    weights = model.coef_[0][: len(TRAITS)] / spread
    return Exposure(
        # Rounded: the last digits of the optimum are the machine's.
        weights=tuple(round(float(weight), 4) for weight in weights),
        words=_floats(model.coef_[0][len(TRAITS) :]),
        bias=round(float(model.intercept_[0]) - float(weights @ middle), 4),
        least=_LEAST,
        enough=_ENOUGH,
    )


def reached(held: Mentions, groups: Iterable[Sequence[str]]) -> Iterator[tuple[str, Share, Share]]:
    """By rules, and weighed by authors left out: of the annotated places of names how many are told, and of those told
    how many are right."""
    weighed = np.zeros(len(held.mentions), dtype=bool)
    for group in groups:
        left = np.isin(held.authors, group)
        if left.any() and not left.all():
            exposure = fit_exposure(held, ~left)
            for at in np.flatnonzero(left).tolist():
                chance = exposure.chance(held.mentions[at])
                weighed[at] = chance >= (exposure.least if held.told[at] else exposure.enough)
    for name, told in (("by rules", held.told), ("weighed", weighed)):
        right, wrong = held.private[told].sum(), (held.places - held.covered)[told].sum()
        yield (
            name,
            Share(hits=int(right), all=int(held.private.sum())),
            Share(hits=int(right), all=int(right + wrong)),
        )


def _words(mentions: Sequence[Mention]) -> Any:
    columns = [sorted(mention.words) for mention in mentions]
    pointers = np.concatenate([[0], np.cumsum([len(one) for one in columns])])
    flat = np.fromiter((at for one in columns for at in one), dtype=np.int32, count=int(pointers[-1]))
    return csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(mentions), WORDS))


def _floats(values: Any) -> array[float]:
    return array("f", np.asarray(values, dtype=np.float32).tolist())
