"""Rulings become labels, labels a model of the office's own: the same bytes for the same input, and measured apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small import one_category, small_corpus

from reviewer.detect import Ruleset
from reviewer.detect.model import load_model
from reviewer.errors import ConfigurationError
from reviewer.learn.agreement import agreement
from reviewer.learn.corpus import read_corpus, sentences_of
from reviewer.learn.export import train_and_write
from reviewer.learn.labels import AUTHOR, Label, labels_digest, read_labels, save_labels, texts_of
from reviewer.learn.measures import Counts, measures
from reviewer.learn.training import read_background
from reviewer.resources import shipped
from reviewer.terms import Category

DISSENT = "县长会上当场拍了桌子，说这个方案他个人不赞成，要求压到下个月再议。"
ANNUAL = "青山工程竣工决算报告已经审计，按规定在局门户网站公开栏全文公布。"


def label(text: str, ruling: str, document: str = "d1", **change: str) -> Label:
    fields = {"category": "work_secret", "rule": "work-secret/classifier", "by": "李四"} | change
    return Label(document=document, text=text, ruling=ruling, **fields)


LABELS = (
    label(DISSENT, "confirmed"),
    label(ANNUAL, "false_positive", "d2"),
    label("第一小组明天上午讨论食堂的菜单安排。", "releasable", "d2"),
)


def test_a_label_file_comes_back_as_it_was_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "标注.jsonl"
    save_labels(path, LABELS)
    assert set(read_labels(path)) == set(LABELS)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        save_labels(path, LABELS)


@pytest.mark.parametrize(
    "change",
    [{"schema": "x"}, {"category": "personal_privacy"}, {"ruling": "maybe"}, {"text": ""}, {"colour": "red"}],
    ids=str,
)
def test_a_wrong_line_is_refused_with_its_number(tmp_path: Path, change: dict[str, str]) -> None:
    save_labels(tmp_path / "good.jsonl", LABELS)
    line = json.loads((tmp_path / "good.jsonl").read_text("utf-8").splitlines()[0]) | change
    (tmp_path / "bad.jsonl").write_text(json.dumps(line), "utf-8")
    with pytest.raises(ConfigurationError, match="第 1 行"):
        read_labels(tmp_path / "bad.jsonl")


def test_labels_of_a_document_are_one_text_and_a_confirmation_prevails() -> None:
    both = (*LABELS, label(DISSENT, "releasable"))
    first, second = texts_of(both)
    assert (first.author, first.labels, second.labels) == (AUTHOR, (Category.WORK_SECRET,), ())
    marked = [sentence.text for sentence in sentences_of((first, second)) if sentence.labels]
    assert marked == [DISSENT]


def test_neither_order_nor_doubles_change_what_is_learnt() -> None:
    """Training is the same for the same texts (test_training); these are the same for the same labels."""
    other = (*reversed(LABELS), LABELS[0])
    assert texts_of(LABELS) == texts_of(other)
    assert labels_digest(LABELS) == labels_digest(other)


def test_training_with_labels_learns_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_category(monkeypatch)
    train_and_write(small_corpus(tmp_path / "corpus"), shipped("models"), tmp_path / "one", LABELS)
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text("utf-8"))
    assert manifest["labels_sha256"] == labels_digest(LABELS)
    chances = load_model(tmp_path / "one").probabilities
    lawful, secret = (chances([text])[Category.WORK_SECRET][0] for text in (ANNUAL, DISSENT))
    assert secret > lawful
    assert "**Retrained** by an office with 3 passages" in (tmp_path / "one" / "card.md").read_text("utf-8")


def test_agreement_is_with_the_people(ruleset: Ruleset) -> None:
    assert ruleset.model is not None
    lawful = label("今天下午城区北片停水检修，请居民提前储水。", "false_positive")
    assert agreement([lawful], ruleset.model) == 1
    assert agreement([lawful, label(lawful.text, "confirmed")], ruleset.model) == 1


def test_measures_add_up_over_authors_and_leave_each_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_category(monkeypatch)
    texts = (*read_corpus(small_corpus(tmp_path / "corpus")), *texts_of(LABELS))
    found = measures(texts, sentences_of(texts), read_background(shipped("models")))
    for category, one in found.items():
        assert AUTHOR in one.by_author
        assert one.total.recall.all == sum(category in text.labels for text in texts)
        assert one.total.raised_share.all == sum(category not in text.labels for text in texts)
        assert one.lawful.all == sum(not text.labels for text in texts)
        assert 0 <= one.auc <= 1
        assert 0 <= one.calibration_error <= 1
    assert list(found) == [Category.WORK_SECRET]


def test_the_measures_themselves() -> None:
    counts = Counts(found=6, missed=2, raised=3, left=9)
    assert (counts.recall.value, counts.precision.value) == (0.75, 6 / 9)
    assert counts.f2 == pytest.approx(5 * 0.75 * (6 / 9) / (4 * (6 / 9) + 0.75))
    assert counts.balanced_accuracy == pytest.approx((0.75 + 0.75) / 2)
