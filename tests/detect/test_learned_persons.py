"""What is learned of persons: names no list foresees, what is told without a term, and files that were altered."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from persons import TODAY, found, rules

from reviewer.detect.model import persons_digest
from reviewer.detect.network import files_of
from reviewer.detect.persons import (
    FILES,
    OFFICIAL,
    PERSONS,
    SOMEBODY,
    TOLD_NETWORK,
    Persons,
    load_persons,
    veiled,
)
from reviewer.detect.privacy.declined import Reason, declined
from reviewer.detect.privacy.everybody import Scored
from reviewer.detect.reading import Reading
from reviewer.detect.specimen import document_of
from reviewer.errors import ConfigurationError
from reviewer.resources import shipped
from reviewer.terms import Specimen
from reviewer.text.sentence import lines

MODELS = shipped("models")


@pytest.fixture(scope="module")
def learned() -> Persons:
    return load_persons(MODELS, persons_digest(MODELS))


def named(text: str, learned: Persons) -> set[str]:
    scored = Scored(text, tuple(lines(text)), learned.names)
    return {name.text for line in lines(text) for name in scored.names(*line)}


def test_names_are_found_where_no_word_introduces_them(learned: Persons) -> None:
    text = "会上说起宓红霞，她家的房子漏了三年。闵秋实没来，托邻居带话。"
    assert {"宓红霞", "闵秋实"} <= named(text, learned)


def test_words_that_look_like_names_are_none(learned: Persons) -> None:
    text = "会议研究了高标准农田建设，安排了防汛值班，明确了时间节点和责任分工。须带身份证办理。"
    assert named(text, learned) == set()


def test_who_is_only_numbered_has_no_name(learned: Persons) -> None:
    assert named("被继承人张乙与赵某系夫妻，两人均系再婚。张甲系其侄女。", learned) == set()


def test_a_name_is_one_sign_in_a_sentence_that_is_scored() -> None:
    text = "王强局长看望了李桂芳。"
    assert veiled(text, 0, len(text), [(0, 2, True), (7, 10, False)]) == f"{OFFICIAL}局长看望了{SOMEBODY}。"
    assert veiled(text, 3, len(text), [(0, 2, True), (7, 10, False)]) == f"长看望了{SOMEBODY}。"


def test_a_sentence_that_tells_something_stands_above_one_that_does_not(learned: Persons) -> None:
    private, lawful = learned.chances(
        [f"{SOMEBODY}的男人前年跟人跑了，她带着两个娃靠捡废品过活。", "镇里开展了关爱留守妇女活动，发放慰问品三百份。"]
    )
    assert private > 0.4 > lawful


def test_what_is_told_of_somebody_is_found_with_the_name() -> None:
    text = "走访手记\n宓红霞把门关了半天才开。男人前年跟一个打工的跑了，婚也没离成，她一个人带着两个娃，靠捡废品过活。"
    assert ("name_linked", "宓红霞") in found(text)
    assert any(kind != "name_linked" for kind, _ in found(text))


def test_a_cell_that_tells_it_plainly_needs_no_name_in_its_row() -> None:
    told = "丈夫判了五年还没出来，婆婆瘫在床上，孩子跟着姑姑过"
    text = f"走访台账\n门牌\t走访情况\n柳巷5号\t{told}\n柳巷7号\t宣传防火知识，发放单页两张"
    parts = [part for _, part in found(text)]
    assert any(told in part for part in parts)
    assert not any("防火" in part for part in parts)


def test_a_shopkeeper_is_no_masked_name() -> None:
    text = "第二笔是在{}，做试管移植后宫外孕，8月2日入境直接送医院，4日转回本县。"
    assert found(text.format("镇口开面包房的老板娘"))
    assert found(text.format("镇口开面包房的张女士")) == set()


def test_a_phrase_that_the_scorer_excludes_is_explained() -> None:
    text = "李桂芳汇报了全县尘肺病患者救治工作进展情况。"
    reading = Reading(document_of(Specimen(text=text)), rules(), TODAY)
    assert found(text) == set()
    assert [one.reason for one in declined(reading, (0, len(text)))] == [Reason.DOUBTED]


def test_a_novel_tells_nothing_of_anybody() -> None:
    text = "小说连载\n宓红霞把门关了半天才开。男人前年跟一个打工的跑了，婚也没离成，她一个人带着两个娃，靠捡废品过活。"
    assert found(text) == set()


@pytest.mark.parametrize("file", [PERSONS, *FILES])
def test_an_altered_file_is_refused(tmp_path: Path, file: str) -> None:
    for name in ("manifest.json", PERSONS, *FILES):
        shutil.copy(MODELS / name, tmp_path / name)
    data = bytearray((tmp_path / file).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / file).write_bytes(bytes(data))
    with pytest.raises(ConfigurationError, match=file):
        load_persons(tmp_path, persons_digest(tmp_path))


@pytest.mark.parametrize("at", [0, 1], ids=["description", "weights"])
def test_an_altered_network_is_refused_when_it_is_asked(tmp_path: Path, at: int) -> None:
    for name in ("manifest.json", PERSONS, *FILES, *(path.name for path in files_of(MODELS, TOLD_NETWORK))):
        shutil.copy(MODELS / name, tmp_path / name)
    path = files_of(tmp_path, TOLD_NETWORK)[at]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    persons = load_persons(tmp_path, persons_digest(tmp_path))
    with pytest.raises(ConfigurationError, match="不符"):
        persons.chances([f"{SOMEBODY}患尿毒症三年，每周透析三次，丈夫在外赌博欠债。"])


def test_a_manifest_without_persons_is_refused(tmp_path: Path) -> None:
    manifest = json.loads((MODELS / "manifest.json").read_text("utf-8"))
    del manifest["persons_sha256"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ConfigurationError, match="persons_sha256"):
        persons_digest(tmp_path)


def test_ten_times_the_text_takes_no_hundred_times_the_time(learned: Persons) -> None:
    """A guard against a quadratic search, wide enough for a busy machine; what is told is timed in test_linear."""
    text = "宓红霞说闵秋实家的地让人占了，牛春来和马建国都去看过。\n" * 200

    def took(text: str) -> float:
        began = time.process_time()
        Scored(text, tuple(lines(text)), learned.names)
        return time.process_time() - began

    took(text)
    assert min(took(text * 10) for _ in range(2)) <= 30 * max(min(took(text) for _ in range(3)), 0.005)
