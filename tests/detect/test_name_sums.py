"""The three ways to weigh a stretch give the same number: feature by feature, by tables, and by numpy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.detect import arrays
from reviewer.detect.model import persons_digest
from reviewer.detect.persons import NameScorer, load_persons
from reviewer.detect.privacy.everybody import crossed, said_of
from reviewer.detect.privacy.name_arrays import NameArrays
from reviewer.detect.privacy.name_features import candidates, comes_again, features
from reviewer.detect.privacy.name_sums import Least, NameSums, Weighed
from reviewer.resources import shipped
from reviewer.text.sentence import lines
from reviewer.value import replace

ALL = Least(own=-1e9, whole=-1e9)
SOME = Least(own=-2.0, whole=0.6)
TEXTS = [
    "",
    "王",
    "王强",
    "会上说起宓红霞，她家的房子漏了三年。闵秋实没来，托邻居带话；宓红霞把门关了半天才开。",
    "欧阳文静、司马懿和诸葛均到场，阿苏木呷缺席。\r\n经办人：李桂芳（女，1960年生）\t张某、王甲、赵乙不在",
    "李桂芳任局长。马海某某、向建国说：“单位出具证明，于是成立工作组，高标准农田建设都在安排。”ABC王强12李明",
    "王，\U00020000强 李\ud800明 张\x00伟 " + "周建军" * 6,
]


@pytest.fixture(scope="module")
def scorer() -> NameScorer:
    return load_persons(shipped("models"), persons_digest(shipped("models"))).names


def by_tables(text: str, scorer: NameScorer, least: Least) -> list[Weighed]:
    said = said_of(text, lines(text))
    sums = NameSums(scorer.weights, scorer.runs)
    return list(sums.weighed(text, candidates(text, scorer.initials), said, crossed(said), least))


def by_arrays(text: str, scorer: NameScorer, least: Least) -> list[Weighed]:
    said = said_of(text, lines(text))
    return list(NameArrays(scorer.weights, scorer.runs, scorer.initials).weighed(text, said, crossed(said), least))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_tables_and_arrays_weigh_as_the_features_do(text: str, scorer: NameScorer) -> None:
    sums = NameSums(scorer.weights, scorer.runs)
    weighed = by_tables(text, scorer, ALL)
    for start, end, told, total in weighed:
        again = sums.again(text[start:end])[comes_again(text, start, end)]
        found = features(text, start, end, scorer.runs, told)
        assert total + again == sum(scorer.weights[bucket] for bucket in found)
    assert by_arrays(text, scorer, ALL) == weighed


@pytest.mark.parametrize("least", [ALL, SOME], ids=["all", "some"])
def test_both_leave_out_the_same(least: Least, scorer: NameScorer) -> None:
    text = "\n".join(TEXTS)
    assert by_arrays(text, scorer, least) == by_tables(text, scorer, least)
    assert len(by_tables(text, scorer, SOME)) < len(by_tables(text, scorer, ALL))


def test_a_text_of_many_blocks_is_weighed_as_one(scorer: NameScorer, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = by_arrays(TEXTS[5], scorer, SOME)
    monkeypatch.setattr("reviewer.detect.privacy.name_arrays._AT_ONCE", 3)
    assert by_arrays(TEXTS[5], scorer, SOME) == whole


def test_a_name_may_begin_with_a_character_of_the_supplementary_planes(scorer: NameScorer) -> None:
    wider = replace(scorer, initials=scorer.initials | {"\U00020000"})
    assert (2, 4) in {(start, end) for start, end, _, _ in by_arrays(TEXTS[6], wider, ALL)}
    assert by_arrays(TEXTS[6], wider, ALL) == by_tables(TEXTS[6], wider, ALL)


@settings(max_examples=60)
@given(st.text(alphabet="王李张欧阳司马某甲 单于建国志强的，。\nA1\U00020000", max_size=60))
def test_whatever_stands_in_a_text(scorer: NameScorer, text: str) -> None:
    assert by_arrays(text, scorer, ALL) == by_tables(text, scorer, ALL)


def test_many_short_texts_are_reckoned_by_numpy_and_few_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_judged", 0)
    assert not arrays.pays(20_000, few=100)
    assert arrays.pays(90_000, few=100)
    assert arrays.pays(500, few=100)
    assert not arrays.pays(50, few=100)
