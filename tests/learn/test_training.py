"""Training: the shipped model comes out of the shipped corpus, and a wrong corpus is refused."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import one_category, small_corpus

from reviewer.detect.features import BUCKETS
from reviewer.detect.model import Head, Model, load_model
from reviewer.errors import ConfigurationError
from reviewer.learn.corpus import corpus_digest, read_corpus, sentences_of
from reviewer.learn.evaluation import FOLDS, LAWFUL_RAISED, PROMISED, Share, author_folds, promised
from reviewer.learn.export import train_and_write
from reviewer.learn.joining import Joining
from reviewer.learn.training import (
    CATEGORIES,
    OF_ANY,
    OF_CATEGORY,
    Calibration,
    labels_of,
    matrix,
    read_background,
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
    for category in (Category.TRADE_SECRET, None):
        again = train(features, labels_of(sentences, category), public, OF_ANY if category is None else OF_CATEGORY)
        head = model.heads[category] if category is not None else model.all_heads[-1]
        assert np.allclose(again.weights, head.weights, rtol=1e-3, atol=1e-4)
        assert again.bias == pytest.approx(head.bias, rel=1e-3)


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


@pytest.mark.parametrize("name", ["secrets_test.jsonl", "secrets_test_2.jsonl"])
def test_no_text_of_a_held_out_set_is_learned_from(name: str) -> None:
    held_out = (Path(__file__).parents[1] / "evaluation" / name).read_text("utf-8").splitlines()
    tested = {json.loads(line)["text"] for line in held_out}
    assert len(tested) > 200
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


@given(
    st.lists(st.lists(st.floats(-8, 8), min_size=4, max_size=4), min_size=1, max_size=5),
    st.lists(st.tuples(st.floats(0.3, 2), st.floats(-4, 1)), min_size=4, max_size=4),
)
def test_scores_are_joined_alike_where_they_are_measured_and_where_they_are_used(
    scores: list[list[float]], lines: list[tuple[float, float]]
) -> None:
    """One sentence a document, so that nothing supports it; the score is all in the bias."""
    kinds = (*CATEGORIES, None)
    joining = Joining(
        heads={one: Calibration(slope=a, offset=b) for one, (a, b) in zip(CATEGORIES, lines, strict=False)},
        matter=Calibration(slope=lines[3][0], offset=lines[3][1]),
    )
    for sentence in scores:
        made = joining.chances({kind: np.array([score]) for kind, score in zip(kinds, sentence, strict=True)})
        *own, matter = (
            Head(weights=array("f", bytes(4 * BUCKETS)), bias=score, slope=a, offset=b, threshold=0.5)
            for score, (a, b) in zip(sentence, lines, strict=True)
        )
        model = Model(heads=dict(zip(CATEGORIES, own, strict=True)), digest="", matter=matter)
        for category, chances in model.probabilities(["无"]).items():
            assert chances == pytest.approx(made[category].tolist(), rel=1e-6, abs=1e-12)


def test_the_likeliest_category_has_the_probability_of_any_and_one_nearly_so_as_well() -> None:
    even = Calibration(slope=1.0, offset=0.0)
    joining = Joining(heads=dict.fromkeys(CATEGORIES, even), matter=even)
    state, work, trade = (
        float(chances[0])
        for chances in joining.chances(
            dict(zip((*CATEGORIES, None), (np.array([at]) for at in (1.0, 0.5, -2.0, 2.0)), strict=True))
        ).values()
    )
    assert state == work == pytest.approx(1 / (1 + np.exp(-2.5)))
    assert trade < state / 3
