"""Training the network: its gradients are right, it learns what no sum can, rounding keeps it, the same bytes again."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from small import small_corpus

from reviewer.detect.model import NETWORK
from reviewer.detect.network import files_of, network_of
from reviewer.learn import gradients as way
from reviewer.learn import network
from reviewer.learn.corpus import Sentence, read_corpus, sentences_of
from reviewer.learn.evaluation import author_folds
from reviewer.learn.gradients import Step, answers_of, gradients, start
from reviewer.learn.network import MEMBERS, fit, known_words, opinions, train_network, unseen_networks
from reviewer.learn.opinion import hearing, keep_network, kept_network, learn_network
from reviewer.learn.rounding import Trained, written


class _NoDropout:
    """Draws of nought: with every share kept, nothing is left out."""

    def random(self, shape: tuple[int, ...], dtype: object = None) -> np.ndarray:
        return np.zeros(shape, np.float32)


def small_step(seed: int) -> Step:
    chance = np.random.default_rng(seed)
    numbers = [np.array([0, 0, *chance.integers(1, 20, chance.integers(5, 15))]) for _ in range(12)]
    labels = (chance.random((12, 3)) < 0.3).astype(np.float32)
    return network._step([range(5), range(5, 6), range(6, 12)], numbers, labels)


def loss(held: way.Parameters, step: Step) -> float:
    odds = answers_of(held, step, None).odds
    told, labels = 1 / (1 + np.exp(-odds)), step.labels
    each = -(labels * np.log(told) + (1 - labels) * np.log(1 - told)) * np.where(labels > 0, way._POSITIVE, 1)
    whole = 0.0
    for document in set(step.document.tolist()):
        inside = np.flatnonzero(step.document == document)
        at = inside[np.argmax(odds[inside, -1])]
        label = labels[inside, -1].max()
        whole -= label * np.log(told[at, -1]) + (1 - label) * np.log(1 - told[at, -1])
    return float(each.sum() / len(odds) + way._WHOLE * whole / (step.document.max() + 1))


@pytest.mark.parametrize("name", sorted(start(20, 3, np.random.default_rng(0))))
def test_gradients_are_those_of_the_loss(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way, "_KEPT", dict.fromkeys(way._KEPT, 1.0))
    chance, step = np.random.default_rng(7), small_step(3)
    held = {each: values.astype(np.float64) for each, values in start(20, 3, chance).items()}
    by_hand = gradients(held, step, _NoDropout())[name].reshape(-1)
    flat = held[name].reshape(-1)
    for at in chance.integers(0, len(flat), 12):
        kept = flat[at]
        flat[at] = kept + 1e-5
        above = loss(held, step)
        flat[at] = kept - 1e-5
        below = loss(held, step)
        flat[at] = kept
        assert by_hand[at] == pytest.approx((above - below) / 2e-5, rel=5e-3, abs=1e-6)  # but for kinks


def both_or_one(count: int) -> tuple[list[str], np.ndarray]:
    """Sentences with two words; they matter where both stand, and neither alone says anything: 甲…乙 and 丙…丁 do,
    甲…丁 and 丙…乙 do not."""
    chance = Random(11)
    filler = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    texts, labels = [], []
    for _ in range(count):
        first, second = chance.choice("甲丙"), chance.choice("乙丁")
        between = "".join(chance.choices(filler, k=6))
        texts.append(f"{between[:2]}{first}{between[2:4]}{second}{between[4:]}。")
        labels.append(first + second in ("甲乙", "丙丁"))
    return texts, np.repeat(np.array(labels, np.float32)[:, None], 2, axis=1)


@pytest.fixture(scope="module")
def learned() -> tuple[tuple[bytes, bytes], list[str], np.ndarray]:
    texts, labels = both_or_one(900)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "_AT_ONCE", 256)
        made = fit(texts[:700], labels[:700], [range(at, at + 1) for at in range(700)], MEMBERS[:1])
    return made, texts, labels


def test_it_learns_what_no_sum_of_words_can_tell(learned: tuple[tuple[bytes, bytes], list[str], np.ndarray]) -> None:
    files, texts, labels = learned
    one = network_of(*files, NETWORK)
    told = np.array([one.says([text], [0])[0] for text in texts[700:]])
    assert np.mean((told > 0) == (labels[700:, -1] > 0)) > 0.9


def test_whole_numbers_say_what_the_trained_ones_said(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, tuple[list[Trained], tuple[str, ...]]] = {}

    def keep(by: list[Trained], words: tuple[str, ...]) -> tuple[bytes, bytes]:
        held["made"] = by, words
        return b"", b""

    monkeypatch.setattr(network, "written", keep)
    texts, labels = both_or_one(60)
    documents = [range(at, at + 6) for at in range(0, 60, 6)]
    fit(texts, labels, documents)
    by, words = held["made"]
    members = [[answers_of(each.held, step, None).odds[:, -1] for step in each.steps] for each in by]
    exact = np.mean([np.concatenate(each) for each in members], axis=0)
    one = network_of(*written(by, words), NETWORK)
    whole = np.concatenate([one.says([texts[at] for at in each], range(len(each))) for each in documents])
    assert np.abs(whole - exact).max() < 0.1


def test_training_again_gives_the_same_bytes() -> None:
    texts, labels = both_or_one(30)
    documents = [range(at, at + 3) for at in range(0, 30, 3)]
    described, weights = fit(texts, labels, documents)
    assert fit(texts, labels, documents) == (described, weights)
    _, first = fit(texts, labels, documents, MEMBERS[:1])
    assert weights[: len(first)] == first
    assert weights == first + fit(texts, labels, documents, MEMBERS[1:])[1]


@pytest.mark.parametrize("longest", [1, 6])
def test_characters_of_few_sentences_are_not_known(longest: int) -> None:
    assert known_words(["甲甲甲乙", "乙乙丙", "乙丙", "丙"], longest) == ("丙", "乙")


def test_words_stand_behind_characters() -> None:
    told = ["备用电源已停用。", "电源一路。", "电源两路，备用。", "电源。"]
    assert known_words(told, 1) == ("。", "源", "电")
    assert known_words(told, 6) == ("。", "源", "电", "电源")


def taught(sentences: tuple[Sentence, ...]) -> np.ndarray:
    return np.array([[float(bool(one.labels))] for one in sentences], np.float32)


def test_a_network_is_kept_for_its_own_sentences_and_for_no_others(tmp_path: Path) -> None:
    corpus, models = small_corpus(tmp_path / "corpus"), tmp_path / "models"
    sentences = sentences_of(read_corpus(corpus))
    learned = learn_network(sentences, taught(sentences), author_folds(sentences))
    first = keep_network(learned, sentences, corpus, NETWORK)
    first.write(models, NETWORK)
    assert (corpus / "network.f16").stat().st_size == 2 * len(sentences)
    assert set(files_of(models, NETWORK)) == set(models.iterdir())

    kept = kept_network(sentences, corpus, models, NETWORK)
    assert kept is not None
    assert kept.files == first.files
    assert kept.sha256 == first.sha256
    assert np.array_equal(kept.unseen, first.unseen)
    more = kept_network((*sentences, sentences[0]), corpus, models, NETWORK)  # an office's own come after the corpus
    assert more is not None
    assert more.unseen[-1] == pytest.approx(opinions(first.files, sentences[:1])[0])

    assert kept_network(sentences[1:], corpus, models, NETWORK) is None
    (corpus / "network.f16").write_bytes(b"\0\0" * len(sentences))
    assert kept_network(sentences, corpus, models, NETWORK) is None
    (corpus / "network.f16").unlink()
    assert kept_network(sentences, corpus, models, NETWORK) is None


@pytest.mark.parametrize("many", [10**9, 1], ids=["one after the other", "a process each"])
def test_networks_that_have_not_seen_an_author_are_trained_on_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(network, "_MANY", many)
    sentences = sentences_of(read_corpus(small_corpus(tmp_path / "corpus")))
    authors = sorted({one.author for one in sentences})
    folds = [[at for at, one in enumerate(sentences) if one.author == author] for author in authors]
    labels = taught(sentences)
    first, second = unseen_networks(sentences, labels, folds)
    assert first == train_network(sentences, labels, folds[1])
    assert second == train_network(sentences, labels, folds[0])


def test_what_the_network_is_worth_is_fitted_where_it_is_asked() -> None:
    chance = np.random.default_rng(1)
    sentences = tuple(
        Sentence(text="", labels=frozenset(), document=str(at // 4), pair="", author="") for at in range(4000)
    )
    truth = chance.random(4000) < 0.3
    odds, told = truth + chance.normal(0, 1, 4000) - 0.5, 2 * truth + chance.normal(0, 1, 4000) - 1
    odds[:400] = -9.0
    for every in (True, False):
        made = hearing(sentences, odds, told, truth, np.arange(4000), least=0.2, every=every)
        assert made is not None
        assert made.says > made.own > 0
        heard = made.heard(odds, told)
        assert np.array_equal(heard[:400], odds[:400])
        assert np.mean((heard > 0) == truth) > np.mean((odds > 0) == truth)
    assert hearing(sentences, odds, told, np.zeros(4000, bool), np.arange(4000), least=0.2) is None
