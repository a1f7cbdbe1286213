"""A second look at clauses: what is weighed of them, and what is told only beside something private."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persons import findings, found

from reviewer.detect.privacy.rereading import TRAITS, Rereader, clauses_of, reread

TEXT = "闵秋实没有上班，他在省城化疗。天气不错！"
FIRST, SECOND = (0, 15), (15, 20)


def traits_of(chances: tuple[float, float]) -> dict[str, dict[str, float]]:
    """For each clause its traits by name; a clause scores its length."""
    sentences = [(FIRST, chances[0]), (SECOND, chances[1])]
    read = reread(TEXT, sentences, lambda low, high: float(high - low), lambda low, high: low <= 0 < high)
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


def test_a_probability_grows_with_what_is_weighed_and_never_overflows() -> None:
    reader = Rereader((1.0,), -1.0, 0.5)
    assert reader.chance((1.0,)) == 0.5
    assert reader.chance((-1e6,)) == 0.0
    assert reader.chance((0.0,)) < reader.chance((2.0,)) < 1.0


def test_what_is_too_little_alone_is_told_beside_something_private() -> None:
    assert findings("一直没敢说，怕邻居知道。") == ()
    assert ("medical_condition", "肺结核，怕邻居知道") in found("宓红霞去年查出肺结核，怕邻居知道，一直没敢说。")


@pytest.mark.parametrize("label", ["家庭年收入", "病情"])
def test_a_label_is_not_told_of_anybody(label: str) -> None:
    text = f"救助名单\n姓名：宓红霞\n{label}：\n乳腺癌化疗两次"
    assert found(text)
    assert all(label not in part for _, part in found(text))
