"""Training: the shipped model comes out of the shipped corpus, and a wrong corpus is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import one_category, small_corpus

from reviewer.detect.model import load_model
from reviewer.errors import ConfigurationError
from reviewer.learn.corpus import corpus_digest, read_corpus, sentences_of
from reviewer.learn.evaluation import FOLDS, PROMISED, Share, author_folds, promised
from reviewer.learn.export import train_and_write
from reviewer.learn.training import read_background, train
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


def test_the_shipped_model_was_trained_on_the_shipped_corpus() -> None:
    manifest = json.loads((shipped("models") / "manifest.json").read_text("utf-8"))
    assert manifest["corpus_sha256"] == corpus_digest(CORPUS)


def test_training_again_gives_the_same_weights() -> None:
    """The shipped ones: on another processor the last digits of a logarithm may differ, and nothing else."""
    sentences, public = sentences_of(read_corpus(CORPUS)), read_background(shipped("models"))
    heads = load_model(shipped("models")).heads
    assert set(heads) == {category for category in Category if category is not Category.PERSONAL_PRIVACY}
    for category, head in heads.items():
        again = train(sentences, category, public)
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
    assert (first.labels, second.labels) == (frozenset(), {Category.STATE_SECRET})


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
    for head in load_model(shipped("models")).heads.values():
        assert [share for share, _ in head.promises] == list(PROMISED)
        chances = [chance for _, chance in head.promises]
        assert chances == sorted(chances)
        assert head.rarity(head.threshold) == 0.02
        assert head.rarity(1.0) == PROMISED[-1]
        assert head.rarity(0.0) is None
