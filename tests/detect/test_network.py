"""The network: whole numbers, the same by every way; refused when altered; heard where there is doubt, and only so."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from reviewer.detect import network
from reviewer.detect.model import MANIFEST, NETWORK, load_model
from reviewer.detect.network import (
    BESIDE,
    LONGEST,
    RARE,
    SCHEMA,
    Network,
    files_of,
    load_network,
    network_of,
    numbers,
)
from reviewer.detect.opinion import Opinion
from reviewer.errors import ConfigurationError
from reviewer.resources import shipped
from reviewer.value import replace

CHARACTERS = "的一是在不了有和人这中大为上个国①②③④⑤"
WORDS = [*CHARACTERS, "中国", "大国", "人和", "中和人", "大人中"]
READS = (1, 3)
WIDTH, FILTERS, UNITS = 3, 4, 5


def files(seed: int) -> tuple[bytes, bytes]:
    """A small network of random weights."""
    chance = Random(seed)

    def whole(count: int) -> bytes:
        return bytes(chance.randrange(256) for _ in range(count))

    def layer(wide: int, count: int, scale: float) -> bytes:
        from array import array

        scales = array("d", [chance.uniform(0.5, 1) * scale for _ in range(count)])
        shifts = array("d", [chance.uniform(-20, 40) for _ in range(count)])
        return whole(wide * count) + scales.tobytes() + shifts.tobytes()

    weights = b"".join(
        whole((2 + sum(len(word) <= longest for word in WORDS)) * WIDTH)
        + layer(3 * WIDTH, FILTERS, 0.01)
        + layer(3 * FILTERS, FILTERS, 0.01)
        + layer(6 * FILTERS, UNITS, 0.005)
        + layer(UNITS, 1, 0.001)
        for longest in READS
    )
    described = {
        "schema": SCHEMA,
        "reads": READS,
        "words": WORDS,
        "width": WIDTH,
        "filters": FILTERS,
        "units": UNITS,
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
    }
    return json.dumps(described).encode(), weights


def random_network(seed: int) -> Network:
    return network_of(*files(seed), NETWORK)


def drafts(seed: int, count: int = 24) -> list[str]:
    chance = Random(seed)
    return ["".join(chance.choices(CHARACTERS + "罕12", k=chance.randrange(1, 40))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(8))
def test_it_says_the_same_with_numpy_and_without(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one, sentences = random_network(seed), drafts(seed)
    by_numpy = one.says(sentences, range(len(sentences)))
    monkeypatch.setattr("reviewer.detect.arrays.is_there", lambda: False)
    assert one.says(sentences, range(len(sentences))) == by_numpy
    assert len(set(by_numpy)) > len(sentences) // 2  # it does tell them apart


def test_the_shipped_one_says_the_same_with_numpy_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    one = shipped_network()
    sentences = ["泵站夜间仅一名保安值守，备用电源已停用三个月。", "会议要求做好保密工作。", "短。"]
    by_numpy = one.says(sentences, [0, 1, 2])
    monkeypatch.setattr("reviewer.detect.arrays.is_there", lambda: False)
    assert one.says(sentences, [0, 1, 2]) == by_numpy


def test_sums_of_the_shipped_one_stay_below_what_its_numbers_hold_exactly() -> None:
    one = shipped_network()
    for member in one.members:
        assert 3 * member.width * 128 * 128 < 2**24
        assert 3 * member.first.filters * 128 * network.TOP < 2**24
        assert 6 * member.first.filters * 128 * network.TOP < 2**53


@pytest.mark.parametrize("seed", range(4))
def test_only_sentences_beside_one_have_a_say(seed: int) -> None:
    one, sentences = random_network(seed), drafts(seed, 2 * BESIDE + 8)
    at = BESIDE + 2
    (whole,) = one.says(sentences, [at])
    assert one.says(sentences[2 : at + BESIDE + 1], [BESIDE]) == [whole]
    assert one.says(["的" * 30, "的", *sentences[2 : at + BESIDE + 1], "人"], [at]) == [whole]


def test_a_sentence_is_read_up_to_a_length_with_figures_alike() -> None:
    one, long = random_network(1), "人和大中" * LONGEST
    assert one.says([long], [0]) == one.says([long[:LONGEST]], [0])
    assert one.says(["共123人"], [0]) == one.says(["共456人"], [0])


def test_words_are_the_longest_that_are_known() -> None:
    words = {word: at for at, word in enumerate(("省", "工", "作", "工作", "作秘密"))}
    assert list(numbers(words, "工作秘密省", 3)) == [3, RARE, RARE, 0]
    assert list(numbers(words, "工作秘密省", 1)) == [1, 2, RARE, RARE, 0]
    assert list(numbers(words, "省作秘密", 2)) == [0, 2, RARE, RARE]
    assert list(numbers(words, "", 3)) == []


def test_a_member_reads_no_longer_words_than_it_knows() -> None:
    by_characters, by_words = random_network(1).members
    assert len(by_characters.vectors) == (len(CHARACTERS) + 2) * WIDTH
    assert len(by_words.vectors) == (len(WORDS) + 2) * WIDTH
    one = replace(random_network(1), members=(by_characters,))
    other = replace(one, words={word: at for word, at in one.words.items() if len(word) == 1})
    assert one.says(["中和人中国", "大人中"], [0, 1]) == other.says(["中和人中国", "大人中"], [0, 1])


def test_members_are_heard_alike() -> None:
    both, sentences = random_network(6), drafts(6)
    apart = [replace(both, members=(member,)).says(sentences, [3, 9]) for member in both.members]
    assert both.says(sentences, [3, 9]) == [(first + second) / 2 for first, second in zip(*apart, strict=True)]
    assert apart[0] != apart[1]


def test_nothing_wanted_and_empty_sentences() -> None:
    one = random_network(2)
    assert one.says(["人"], []) == []
    assert len(one.says(["", "人", ""], [0, 2])) == 2


def shipped_network() -> Network:
    folder = shipped("models")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    return load_network(folder, NETWORK, manifest[NETWORK]["sha256"])


def copy(folder: Path, seed: int = 3) -> str:
    made = files(seed)
    for path, data in zip(files_of(folder, NETWORK), made, strict=True):
        path.write_bytes(data)
    return hashlib.sha256(made[0]).hexdigest()


def test_altered_files_are_refused(tmp_path: Path) -> None:
    digest = copy(tmp_path)
    described, weights = files_of(tmp_path, NETWORK)
    assert load_network(tmp_path, NETWORK, digest)
    weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
    with pytest.raises(ConfigurationError, match=r"权重.*不符"):
        load_network(tmp_path, NETWORK, digest)
    weights.write_bytes(files(3)[1])
    described.write_bytes(described.read_bytes() + b" ")
    with pytest.raises(ConfigurationError, match=r"network.json.*不符"):
        load_network(tmp_path, NETWORK, digest)
    described.unlink()
    with pytest.raises(ConfigurationError, match="打不开"):
        load_network(tmp_path, NETWORK, digest)


@pytest.mark.parametrize("wrong", [b"{", b"[]", b'{"schema": "reviewer.network/0"}'])
def test_wrong_descriptions_are_refused(wrong: bytes) -> None:
    with pytest.raises(ConfigurationError):
        network_of(wrong, b"", NETWORK)


def test_weights_of_another_size_are_refused() -> None:
    described, weights = files(4)
    longer = weights + b"\0"
    first, second = (hashlib.sha256(each).hexdigest().encode() for each in (weights, longer))
    with pytest.raises(ConfigurationError, match="长度"):
        network_of(described.replace(first, second), longer, NETWORK)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reads": []}, "reads"),
        ({"reads": [1, "3"]}, "reads"),
        ({"reads": [1, 0]}, "reads"),
        ({"reads": [3, 1]}, "长度"),
        ({"words": WORDS[::-1]}, "由短到长"),
        ({"words": WORDS[1:]}, "长度"),
    ],
)
def test_words_that_do_not_fit_are_refused(wrong: dict[str, object], message: str) -> None:
    described, weights = files(4)
    if wrong.get("reads") == [3, 1]:
        weights = weights[:-1]
        wrong |= {"weights_sha256": hashlib.sha256(weights).hexdigest()}
    with pytest.raises(ConfigurationError, match=message):
        network_of(json.dumps(json.loads(described) | wrong).encode(), weights, NETWORK)


def test_an_altered_network_stops_the_model_when_it_is_first_asked(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(shipped("models"), folder, ignore=shutil.ignore_patterns("corpus*"))
    _, weights = files_of(folder, NETWORK)
    weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
    model = load_model(folder)
    with pytest.raises(ConfigurationError, match="不符"):
        model.probabilities(["泵站夜间仅一名保安值守，备用电源已停用三个月。"])


def heard(network: Callable[[], Network], odds: list[float]) -> list[float]:
    one = Opinion(network=network, own=1.0, says=0.5, offset=0.1, least=0.1)
    return one.heard(odds, drafts(5, len(odds)))


def not_there() -> Network:
    raise ConfigurationError("read")


def test_harmless_sentences_cost_nothing_and_stay_as_they_are() -> None:
    assert heard(not_there, [-3.0, -8.0]) == [-3.0, -8.0]
    with pytest.raises(ConfigurationError):
        heard(not_there, [-3.0, -2.0])


def test_the_network_is_heard_where_there_is_doubt() -> None:
    low, high, sure = heard(lambda: random_network(3), [-3.0, 0.0, 4.0])
    _, *told = random_network(3).says(drafts(5, 3), [0, 1, 2])
    assert low == -3.0
    assert (high, sure) == (0.5 * told[0] + 0.1, 4.0 + 0.5 * told[1] + 0.1)
