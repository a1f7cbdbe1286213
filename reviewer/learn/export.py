"""Writes the model: plain arrays, a manifest with digests, and a card that says what it can and cannot do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from reviewer import __version__
from reviewer.detect.features import BUCKETS
from reviewer.detect.model import MANIFEST, MATTER, NETWORK, SCHEMA, SURROUNDINGS, WEIGHTS
from reviewer.detect.persons import PERSONS
from reviewer.detect.rulebook import read_files, read_rulebook
from reviewer.detect.ruleset import Ruleset, ruleset_of
from reviewer.learn.corpus import Sentence, Text, corpus_digest, documents, read_corpus, sentences_of
from reviewer.learn.evaluation import LAWFUL_RAISED, Evaluation, author_folds, evaluate
from reviewer.learn.gradients import Matrix
from reviewer.learn.labels import Label, labels_digest, texts_of
from reviewer.learn.opinion import Learned, keep_network, kept_network, learn_network, unseen_opinions
from reviewer.learn.persons import person_texts_digest, read_person_texts
from reviewer.learn.persons_export import keep_persons, persons_card, train_persons
from reviewer.learn.surroundings import train_around
from reviewer.learn.training import CATEGORIES, Calibration, Scorer, Vector, labels_of, read_background, train_all
from reviewer.resources import shipped
from reviewer.terms import Category

CARD = "card.md"
_FEWEST = 500  # documents from which on a network can learn something


def shipped_rules(models: Path) -> Ruleset:
    """The shipped rules, unproved: their examples ask for the model that is being made."""
    folders = (shipped("rules"),)
    return ruleset_of(read_rulebook(folders, read_files(folders)), models)


def train_and_write(
    corpus: Path,
    background: Path,
    output: Path,
    labels: Sequence[Label] = (),
    persons: Path | None = None,
    *,
    network: bool = False,
) -> Evaluation:
    """Train on the whole corpus, with calibration and thresholds from unseen authors; write the model's files.

    `labels` are learnt with it, as documents of one more author. `persons`: the texts about persons; without them what
    is learned of persons is kept as `background`, the shipped folder, has it. `network`: learn the network anew, and
    keep beside the corpus what is needed to keep it later; without, that of `background` is kept where it was learned
    from this corpus. The same input gives the same bytes.
    """
    texts = (*read_corpus(corpus), *texts_of(labels))
    sentences = sentences_of(texts)
    public = read_background(background)
    output.mkdir(parents=True, exist_ok=True)
    learned = network_of_secrets(corpus, background, sentences, anew=network)
    with threadpool_limits(limits=1):  # the same on however many cores
        evaluation = evaluate(texts, sentences, public, learned.unseen if learned else None)
        scorers, around = train_all(sentences, public), train_around(sentences, public)
    in_order = (*(scorers[category] for category in (*CATEGORIES, None)), around)
    weights = b"".join(scorer.weights.astype("<f4").tobytes() for scorer in in_order)
    (output / WEIGHTS).write_bytes(weights)
    if persons is None:
        keep_persons(background, output)
    else:
        others = {text.id: (text.author, text.text) for text in texts}
        about = read_person_texts(persons, others)
        train_persons(about, public, shipped_rules(output), output, person_texts_digest(persons))
    manifest = _manifest(scorers, evaluation, weights, corpus_digest(corpus), len(texts), len(sentences))
    manifest[SURROUNDINGS] = {"bias": around.bias, **asdict(evaluation.joining.weighing)}
    if learned is not None and evaluation.joining.hearing is not None:
        learned.write(output, NETWORK)
        manifest[NETWORK] = evaluation.joining.hearing.entry(learned)
    manifest["persons_sha256"] = hashlib.sha256((output / PERSONS).read_bytes()).hexdigest()
    if labels:
        manifest["labels_sha256"] = labels_digest(labels)
    (output / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    told = card(texts, len(sentences), evaluation, public.sentences) + persons_card(output)
    (output / CARD).write_text(told + (_of_labels(labels) if labels else ""), "utf-8")
    return evaluation


def network_of_secrets(
    corpus: Path, models: Path, sentences: Sequence[Sentence], *, anew: bool = False
) -> Learned | None:
    """The one of `models` where it was learned from this corpus, whose sentences come first; or one learned `anew`,
    with what later trainings need beside the corpus. None where there is too little to learn it from."""
    if len(documents(sentences)) < _FEWEST:
        return None
    kept = None if anew else kept_network(sentences, corpus, models, NETWORK)
    if kept is not None:
        return kept
    learned = learn_network(sentences, _taught(sentences), author_folds(sentences))
    return keep_network(learned, sentences, corpus, NETWORK) if anew else learned


def unseen_of_secrets(corpus: Path, models: Path, sentences: Sequence[Sentence]) -> Vector | None:
    """What networks that have not seen its author say of each sentence: kept, or learned for this; None as above."""
    if len(documents(sentences)) < _FEWEST:
        return None
    kept = kept_network(sentences, corpus, models, NETWORK)
    return kept.unseen if kept else unseen_opinions(sentences, _taught(sentences), author_folds(sentences))


def _taught(sentences: Sequence[Sentence]) -> Matrix:
    """A row a sentence: whether it holds matter of each category, and of any."""
    return np.stack([labels_of(sentences, one) for one in (*CATEGORIES, None)], axis=1).astype(np.float32)


def _of_labels(labels: Sequence[Label]) -> str:
    confirmed = sum(label.is_positive for label in labels)
    return f"""
**Retrained** by an office with {len(labels)} passages of its own on which people ruled ({confirmed} confirmed),
learnt as documents of one more author. Weights learnt from passages can tell something of them: keep this model as
the passages are kept.
"""


def _manifest(
    scorers: Mapping[Category | None, Scorer],
    evaluation: Evaluation,
    weights: bytes,
    corpus: str,
    texts: int,
    sentences: int,
) -> dict[str, object]:
    heads = {
        category.value: _head(scorers[category], evaluation.joining.heads[category], evaluation.threshold)
        | {"promises": [{"share": promise.share, "chance": promise.chance} for promise in one.promises]}
        for category, one in evaluation.categories.items()
    }
    return {
        "schema": SCHEMA,
        "reviewer": __version__,
        "buckets": BUCKETS,
        "categories": [category.value for category in CATEGORIES],
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        "corpus_sha256": corpus,
        "texts": texts,
        "sentences": sentences,
        "numpy": np.__version__,
        **heads,
        MATTER: _head(scorers[None], evaluation.joining.matter, evaluation.threshold),
    }


def _head(scorer: Scorer, calibration: Calibration, threshold: float) -> dict[str, object]:
    return {
        "bias": scorer.bias,
        "slope": calibration.slope,
        "offset": calibration.offset,
        "threshold": threshold,
    }


_OPINION = """Of a sentence that these give at least {least:.0%} a second opinion is heard: the mean of two
convolutional networks, one over characters and one over words (from each place on the longest known one; known are
those of jieba's dictionary in three sentences or more). Each has two layers of 128 filters, which see three and five of
them; their strongest answers, beside the mean and the strongest of the sentences before and after, are weighed by 128
units. A network can say that words matter only together. Both log odds are weighed by a logistic regression. It is
applied in whole numbers (8-bit weights, exact sums): the same on every machine.
"""


def card(texts: tuple[Text, ...], sentences: int, evaluation: Evaluation, public: int) -> str:
    """The model card, from what was measured when it was trained."""
    rows = "\n".join(
        f"| {category.value} | {one.auc:.3f} | {one.found} | {one.raised} | {one.calibration_error:.3f} |"
        for category, one in evaluation.categories.items()
    )
    promises = "\n".join(
        f"| {category.value} | {promise.chance:.3f} | {promise.share:.1%} | {promise.observed} |"
        for category, one in evaluation.categories.items()
        for promise in one.promises
    )
    opinion = _OPINION.format(least=hearing.least) if (hearing := evaluation.joining.hearing) is not None else ""
    genres = len({text.genre for text in texts})
    positives = sum(bool(text.labels) for text in texts)
    return f"""# The passage classifier

Written by `reviewer model train`; do not edit.

**What it does.** Gives each sentence a probability of holding matter of a state, work or trade secret, without marks or
keywords. At or above the threshold the sentence is *referred* to a person. It never blocks and never clears. What a
rule found it lowers in one case only: a concept rule that asks for it (`doubt`) and whose words meet in a passage held
for lawful has its finding noted instead of referred. Of persons other scorers judge, see below.

**What it is.** Logistic regressions over hashed runs of one to three characters ({BUCKETS:,} buckets), features
scaled by naive-Bayes log ratios, plus a term for how unlike public text a sentence is. Four judge a sentence, plus
three tenths of the best other score among the eight sentences before and after: one tells matter of any category from
lawful text, each other one category from all else. The score for any, together with half the likeliest category's log
odds, is then weighed with the sentence's surroundings, the same sixteen: what a fifth scorer, which learned from whole
documents, says of all of them together, what the others say on average (a sentence that stands out counts for more),
and how many they are. The likeliest category has the probability whole, and so has any that is at least half as likely;
the rest have less in proportion: a sentence may be told under two categories. Weights are raw little-endian float32.
{opinion}Applying all this needs neither scikit-learn nor numpy; with numpy the network is a hundred times as fast.

**Learned from.** {len(texts)} short documents ({sentences} sentences, {genres} genres), {positives} with annotated
passages, most with a lawful twin of the same genre and vocabulary; all written for this project (Apache-2.0), none
copied. How common a run is in lawful public text is a table of counts over {public:,} sentences of statutes, reports
and notices; the sentences themselves are not shipped.

**Measured** on authors the scorer had not seen (groups of authors, each left out once: {evaluation.folds});
a document counts as found when one sentence reaches the threshold of {evaluation.threshold:.3f}. It lets
{LAWFUL_RAISED:.1%} of lawful documents be raised, by whatever category, most of them near twins of the positives;
figures at the threshold are optimistic by that choice. Intervals are Wilson's, 95 %.

| category | AUC (documents) | found | lawful raised | ECE (sentences) |
|---|---|---|---|---|
{rows}

Lawful documents raised by any category: {evaluation.raised_by_any}.

**Uncertainty.** The classifier decides nothing: from the threshold on it abstains, which means that a person is asked
(送审／商请). How rare such a score is among lawful documents is promised by split conformal prediction and shown with
every finding; observed are the lawful documents of each author against the scores of the other authors' alone.

| category | probability | promised: of lawful documents at most | observed |
|---|---|---|---|
{promises}

**Cannot.** The corpus is small and synthetic: real drafts differ. It reads sentences and what stands beside them, and
does not know what has already been published. A low probability is no evidence that a text may go out.
"""
