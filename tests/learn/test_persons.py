"""Learning of persons: the shipped scorers come out of the shipped texts, and the same texts give the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer.detect.network import files_of
from reviewer.detect.persons import FILES, PERSONS, TOLD_NETWORK
from reviewer.errors import ConfigurationError
from reviewer.learn import persons_unseen
from reviewer.learn.export import shipped_rules
from reviewer.learn.persons import PersonText, person_texts_digest, read_person_texts, veil
from reviewer.learn.persons_export import keep_persons, train_persons
from reviewer.learn.training import read_background
from reviewer.resources import shipped

MODELS = shipped("models")
CORPUS = MODELS / "corpus-persons"


def text(text: str, *spans: tuple[str, str], mentions: tuple[str, ...] = ()) -> PersonText:
    placed = tuple((text.index(held), text.index(held) + len(held), kind) for held, kind in spans)
    return PersonText(id="X1", author="X", pair="", text=text, spans=placed, mentions=mentions)


def test_the_shipped_scorers_were_trained_on_the_shipped_texts() -> None:
    assert json.loads((MODELS / PERSONS).read_text("utf-8"))["corpus_sha256"] == person_texts_digest(CORPUS)


def test_every_annotated_mention_and_passage_stands_in_its_text() -> None:
    texts = read_person_texts(CORPUS, {})
    assert len({one.id for one in texts}) == len(texts)
    for one in texts:
        assert all(mention.partition(":")[2] in one.text for mention in one.mentions or ())
        assert all(0 <= start < end <= len(one.text) for start, end, _ in one.spans)


@pytest.mark.parametrize(
    "name",
    [
        "privacy_test_2.jsonl",
        "privacy_test_3.jsonl",
        "privacy_test_4.jsonl",
        "privacy_test_5.jsonl",
        "privacy_test_6.jsonl",
    ],
)
def test_no_text_of_a_held_out_set_is_learned_from(name: str) -> None:
    held_out = Path(__file__).parents[1] / "evaluation" / name
    tested = {json.loads(line)["text"] for line in held_out.read_text("utf-8").splitlines()}
    assert tested.isdisjoint(one.text for one in read_person_texts(CORPUS, {}))


def test_a_name_inside_a_longer_one_is_no_place_of_its_own() -> None:
    one = text("翟美娟来了，美娟没走。", mentions=("f:翟美娟", "g:美娟", "h:老翟"))
    assert one.name_places == {(0, 3), (6, 8)}


def test_a_sentence_is_private_by_what_is_told_and_not_by_a_number_or_a_name() -> None:
    one = text(
        "闵秋实没有上班。他在省城做第三次化疗。电话是19900000000。",
        ("闵秋实", "name_linked"),
        ("在省城做第三次化疗", "medical_condition"),
        ("19900000000", "mobile_phone"),
    )
    seen = veil(one, None)
    assert [seen.is_private(*sentence) for sentence in seen.sentences] == [False, True, False]


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = [one for one in read_person_texts(CORPUS, {}) if one.author in ("dev-3", "PD")]
    few = [one for author in ("dev-3", "PD") for one in [one for one in texts if one.author == author][:30]]
    public = read_background(MODELS)
    for name in ("one", "two"):
        train_persons(few, public, shipped_rules(MODELS), tmp_path / name, "digest")
    networks = [path.name for path in files_of(tmp_path, TOLD_NETWORK)]
    for file in (*FILES, PERSONS, *networks):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_texts_from_which_no_network_can_be_weighed_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the scorers doubt no sentence there is nothing to hear a network of."""
    monkeypatch.setattr(persons_unseen, "LEAST", 1.0)
    texts = read_person_texts(CORPUS, {})
    few = [one for author in ("dev-3", "PD") for one in [one for one in texts if one.author == author][:10]]
    with pytest.raises(ConfigurationError, match="语料太少"):
        train_persons(few, read_background(MODELS), shipped_rules(MODELS), tmp_path, "digest")


def test_what_is_shipped_is_kept_beside_another_classifier(tmp_path: Path) -> None:
    keep_persons(MODELS, tmp_path)
    for kept in (tmp_path / PERSONS, *files_of(tmp_path, TOLD_NETWORK)):
        assert kept.read_bytes() == (MODELS / kept.name).read_bytes()


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_text("", "utf-8")
    with pytest.raises(ConfigurationError):
        read_person_texts(tmp_path, {})
