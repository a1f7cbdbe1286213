"""Training: the shipped model comes out of the shipped corpus, and a wrong corpus is refused."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import one_category, small_corpus
from threadpoolctl import threadpool_limits

from reviewer.detect.features import BUCKETS
from reviewer.detect.model import Head, Model, load_model
from reviewer.detect.surroundings import Surroundings
from reviewer.errors import ConfigurationError
from reviewer.learn.corpus import Sentence, corpus_digest, documents, read_corpus, sentences_of
from reviewer.learn.evaluation import FOLDS, LAWFUL_RAISED, PROMISED, Share, author_folds, promised
from reviewer.learn.export import train_and_write
from reviewer.learn.joining import Joining, Unseen
from reviewer.learn.surroundings import Around, Weighing, train_around
from reviewer.learn.training import (
    CATEGORIES,
    Calibration,
    labels_of,
    matrix,
    read_background,
    recipe_of,
    train,
)
from reviewer.resources import shipped
from reviewer.terms import Category

CORPUS = shipped("models") / "corpus"
LINE = {
    "id": "X1",
    "pair": "X-p1",
    "author": "X",
    "genre": "简报",
    "text": "第一句没有什么。厂区变电站为全县唯一电源点。",
    "labels": ["state_secret"],
    "spans": [{"text": "厂区变电站为全县唯一电源点", "category": "state_secret", "type": "x"}],
    "why": "理由",
}


def corpus(folder: Path, **change: object) -> Path:
    (folder / "x.jsonl").write_text(json.dumps(LINE | change, ensure_ascii=False), "utf-8")
    return folder


def shipped_model() -> Model:
    return load_model(shipped("models"))


def test_the_shipped_model_was_trained_on_the_shipped_corpus() -> None:
    manifest = json.loads((shipped("models") / "manifest.json").read_text("utf-8"))
    assert manifest["corpus_sha256"] == corpus_digest(CORPUS)


def test_training_again_gives_the_same_weights() -> None:
    """The shipped ones: on another processor the last digits of a logarithm may differ, and nothing else."""
    sentences, public, model = sentences_of(read_corpus(CORPUS)), read_background(shipped("models")), shipped_model()
    features = matrix([sentence.text for sentence in sentences])
    assert tuple(model.heads) == CATEGORIES
    assert model.matter is not None
    for category in (Category.TRADE_SECRET, None):
        with threadpool_limits(limits=1):
            again = train(features, labels_of(sentences, category), public, recipe_of(category))
        head = model.heads[category] if category is not None else model.matter
        assert np.allclose(again.weights, head.weights, rtol=1e-3, atol=1e-4)
        assert again.bias == pytest.approx(head.bias, rel=1e-3)


def test_training_the_scorer_of_documents_again_gives_the_same_weights() -> None:
    with threadpool_limits(limits=1):
        again = train_around(sentences_of(read_corpus(CORPUS)), read_background(shipped("models")))
    held = shipped_model().surroundings
    assert held is not None
    assert np.allclose(again.weights, held.weights, rtol=1e-3, atol=1e-4)
    assert again.bias == pytest.approx(held.bias, rel=1e-3)


def test_training_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_category(monkeypatch, Category.WORK_SECRET)
    small = small_corpus(tmp_path / "corpus")
    for name in ("one", "two"):
        train_and_write(small, shipped("models"), tmp_path / name)
    for file in ("weights.f32", "manifest.json", "card.md"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_sentence_bears_the_label_of_the_passage_it_holds(tmp_path: Path) -> None:
    text = "第一句里没有什么要紧的内容。厂区变电站为全县唯一电源点。"
    first, second = sentences_of(read_corpus(corpus(tmp_path, text=text)))
    assert (first.labels, second.labels) == (frozenset(), frozenset({Category.STATE_SECRET}))


@pytest.mark.parametrize(
    "change",
    [
        {"spans": [{"text": "不在文中", "category": "state_secret", "type": "x"}]},
        {"labels": ["secret"]},
        {"text": ""},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_wrong_line_is_refused_with_its_number(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="第 1 行"):
        read_corpus(corpus(tmp_path, **change))


@pytest.mark.parametrize("name", ["secrets_test_6.jsonl", "secrets_test_7.jsonl"])
def test_no_text_of_a_held_out_set_is_learned_from(name: str) -> None:
    held_out = (Path(__file__).parents[1] / "evaluation" / name).read_text("utf-8").splitlines()
    tested = {json.loads(line)["text"] for line in held_out}
    assert len(tested) == 240
    assert tested.isdisjoint(one.text for one in read_corpus(CORPUS))


def test_no_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="没有语料"):
        read_corpus(tmp_path)


def test_twins_and_authors_are_never_parted() -> None:
    sentences = sentences_of(read_corpus(CORPUS))
    folds = author_folds(sentences)
    assert sorted(at for fold in folds for at in fold) == list(range(len(sentences)))
    authors = [{sentences[at].author for at in fold} for fold in folds]
    assert 1 < len(folds) <= FOLDS
    assert sum(map(len, authors)) == len(set().union(*authors))


def test_wilson_intervals() -> None:
    low, high = Share(hits=9, all=10).interval
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Share(hits=0, all=0).interval == (0.0, 1.0)


def test_the_corpus_has_no_identity_number_of_a_living_person() -> None:
    import re

    for path in CORPUS.glob("*.jsonl"):
        for number in re.findall(r"(?<!\d)\d{17}[\dXx](?!\d)", path.read_text("utf-8")):
            assert "1900" <= number[6:10] <= "1915", path.name


@given(st.lists(st.floats(0, 1), min_size=30, max_size=120, unique=True), st.sampled_from([0.05, 0.1, 0.2]))
def test_at_most_the_promised_share_is_raised_whichever_document_is_drawn_next(
    scores: list[float], share: float
) -> None:
    """The guarantee itself: each of n + 1 documents in turn is the next one, the others are those known before."""
    raised = sum(score >= promised([other for other in scores if other != score], share) for score in scores)
    allowed = max(1, int(share * len(scores)))  # of too few documents nothing can be promised but the highest one
    assert raised <= allowed


def test_a_rarer_score_is_promised_to_fewer_lawful_documents() -> None:
    for head in shipped_model().heads.values():
        assert [share for share, _ in head.promises] == list(PROMISED)
        chances = [chance for _, chance in head.promises]
        assert chances == sorted(chances)
        assert (head.rarity(head.threshold) or 1.0) <= LAWFUL_RAISED
        assert head.rarity(1.0) == PROMISED[-1]
        assert head.rarity(0.0) is None


PLAIN = Weighing(own=1.0, others=0.0, around=0.0, many=0.0, alone=0.0)


def unseen(scores: Sequence[float], totals: float = 0.0, counts: float = 1.0) -> Unseen:
    """Of one sentence: the score of each category and of any."""
    made = {kind: np.array([score]) for kind, score in zip((*CATEGORIES, None), scores, strict=True)}
    around = Around(totals=np.array([totals]), counts=np.array([counts]), bias=np.array([0.25]))
    return Unseen(scores=made, around=around)


def lone_sentence() -> tuple[Sentence, ...]:
    return (Sentence(text="无", labels=frozenset(), document="X1", pair="X-p1", author="X"),)


@given(
    st.lists(st.lists(st.floats(-8, 8), min_size=4, max_size=4), min_size=1, max_size=5),
    st.lists(st.tuples(st.floats(0.3, 2), st.floats(-4, 1)), min_size=4, max_size=4),
    st.lists(st.floats(-2, 2), min_size=5, max_size=5),
)
def test_scores_are_joined_alike_where_they_are_measured_and_where_they_are_used(
    scores: list[list[float]], lines: list[tuple[float, float]], by: list[float]
) -> None:
    """One sentence a document, so that nothing supports it; the score is all in the bias."""
    weighing = Weighing(own=by[0], others=by[1], around=by[2], many=by[3], alone=by[4])
    joining = Joining(
        heads={one: Calibration(slope=a, offset=b) for one, (a, b) in zip(CATEGORIES, lines, strict=False)},
        weighing=weighing,
        matter=Calibration(slope=lines[3][0], offset=lines[3][1]),
    )
    nothing = array("f", bytes(4 * BUCKETS))
    around = Surroundings(weights=nothing, bias=0.25, **asdict(weighing))
    for sentence in scores:
        made = joining.chances(lone_sentence(), unseen(sentence))
        *own, matter = (
            Head(weights=nothing, bias=score, slope=a, offset=b, threshold=0.5)
            for score, (a, b) in zip(sentence, lines, strict=True)
        )
        model = Model(heads=dict(zip(CATEGORIES, own, strict=True)), digest="", matter=matter, surroundings=around)
        for category, chances in model.probabilities(["无"]).items():
            assert chances == pytest.approx(made[category].tolist(), rel=1e-6, abs=1e-12)


def test_the_likeliest_category_has_the_probability_of_any_and_one_nearly_so_as_well() -> None:
    even = Calibration(slope=1.0, offset=0.0)
    joining = Joining(heads=dict.fromkeys(CATEGORIES, even), weighing=PLAIN, matter=even)
    told = joining.chances(lone_sentence(), unseen((1.0, 0.5, -2.0, 2.0)))
    state, work, trade = (float(chances[0]) for chances in told.values())
    assert state == work == pytest.approx(1 / (1 + np.exp(-2.5)))
    assert trade < state / 3


def test_a_documents_sentences_stand_together() -> None:
    sentences = sentences_of(read_corpus(CORPUS))
    parts = documents(sentences)
    assert [at for part in parts for at in part] == list(range(len(sentences)))
    assert all(len({sentences[at].document for at in part}) == 1 for part in parts)
    assert len(parts) == len({sentence.document for sentence in sentences})
