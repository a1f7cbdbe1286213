"""A second look at clauses: what is weighed of them, and what is told only beside something private."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persons import findings, found

from reviewer.detect.privacy.rereading import NEAR, TRAITS, WORDS, Clause, Rereader, clauses_of, reread

TEXT = "闵秋实没有上班，他在省城化疗。天气不错！"
FIRST, SECOND = (0, 15), (15, 20)


def traits_of(chances: tuple[float, float]) -> dict[str, dict[str, float]]:
    """For each clause its traits by name; a clause scores its length."""
    sentences = [(FIRST, chances[0]), (SECOND, chances[1])]
    read = reread(TEXT, sentences, lambda low, high: (float(high - low), ()), lambda low, high: low <= 0 < high)
    return {TEXT[one.start : one.end]: dict(zip(TRAITS, one.traits, strict=True)) for one in read}


def test_what_is_weighed_of_a_clause() -> None:
    traits = traits_of((0.5, 0.5))
    assert list(traits) == ["闵秋实没有上班，", "他在省城化疗。", "天气不错！"]
    first, second, third = traits.values()
    assert (first["clause"], second["clause_before"]) == (8.0, 8.0)
    assert first["clause_before"] == third["clause_before"] < 0  # nothing stands before it in its sentence
    assert [one["named"] for one in traits.values()] == [1.0, 0.0, 0.0]
    assert {one["sentence"] for one in traits.values()} == {0.0}
    assert third["sentence_after"] < third["sentence_before"] == 0.0


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_every_trait_is_finite_and_the_likeliest_sentence_the_same_for_all(chances: tuple[float, float]) -> None:
    traits = traits_of(chances)
    assert all(abs(value) < 100 for one in traits.values() for value in one.values())
    assert len({one["likeliest_sentence"] for one in traits.values()}) == 1


def test_a_record_is_read_field_by_field() -> None:
    text = "宓红霞 19900000000 父亲病故"
    assert [text[slice(*place)] for place in clauses_of(text, 0, len(text))] == ["宓红霞", "19900000000", "父亲病故"]


def reader(words: dict[int, float], around: dict[int, float]) -> Rereader:
    """One trait of weight 1, a bias of -1, and weights of a few buckets."""
    said, beside = (array("f", [held.get(at, 0.0) for at in range(WORDS)]) for held in (words, around))
    return Rereader(weights=(1.0,), words=said, around=beside, bias=-1.0, threshold=0.5)


def clause(trait: float, *words: int) -> Clause:
    return Clause(0, 1, (trait,), frozenset(words))


def test_a_probability_grows_with_what_is_weighed_and_never_overflows() -> None:
    read = reader({}, {})
    assert read.chances([clause(1.0)]) == [0.5]
    assert read.chances([clause(-1e6)]) == [0.0]
    less, more = read.chances([clause(0.0), clause(2.0)])
    assert less < more < 1.0


def test_words_count_in_their_clause_and_those_around_it_for_all_near() -> None:
    alone = [clause(1.0, 7), clause(1.0)]
    assert reader({7: 1.0}, {}).chances(alone) > [0.7, 0.5]
    assert reader({7: 1.0}, {}).chances(alone)[1] == 0.5
    first, second = reader({}, {7: 1.0}).chances(alone)
    assert first == second > 0.5
    long = [clause(1.0, 7), *(clause(1.0) for _ in range(2 * NEAR))]
    chances = reader({}, {7: 1.0}).chances(long)
    assert chances[NEAR] > 0.5 == chances[NEAR + 1] == chances[-1]


def test_words_weigh_by_the_root_of_their_number() -> None:
    few, many = reader(dict.fromkeys(range(16), 1.0), {}).chances([clause(0.0, 0), clause(0.0, *range(16))])
    assert few < many < reader({0: 4.0}, {}).chances([clause(0.0, 0)])[0] + 1e-6


def test_what_is_too_little_alone_is_told_beside_something_private() -> None:
    assert findings("夜里睡不着。") == ()
    assert ("medical_condition", "夜里睡不着") in found("宓红霞查出肺结核，天天咳血，夜里睡不着。")


@pytest.mark.parametrize("label", ["家庭年收入", "病情"])
def test_a_label_is_not_told_of_anybody(label: str) -> None:
    text = f"救助名单\n姓名：宓红霞\n{label}：\n乳腺癌化疗两次"
    assert found(text)
    assert all(label not in part for _, part in found(text))
