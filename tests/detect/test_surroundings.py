"""Surroundings: what stands around a sentence is reckoned for each place as if it were looked at alone."""

from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.detect.features import buckets
from reviewer.detect.model import load_model
from reviewer.detect.surroundings import NEAR, Surroundings, traits
from reviewer.resources import shipped
from reviewer.terms import Category

SCORES = st.lists(st.floats(-20, 20), min_size=1, max_size=60)


@given(SCORES, st.data())
def test_each_place_sees_the_sentences_near_it_and_no_others(scores: list[float], data: st.DataObject) -> None:
    size = len(scores)
    totals = data.draw(st.lists(st.floats(-50, 50), min_size=size, max_size=size))
    counts = data.draw(st.lists(st.integers(1, 300), min_size=size, max_size=size))
    made = traits(scores, totals, counts, alone=-7.0)
    assert len(made) == size
    for at, (own, others, around, many) in enumerate(made):
        near = range(max(0, at - NEAR), min(size, at + NEAR + 1))
        rest = [scores[one] for one in near if one != at]
        assert own == scores[at]
        assert others == pytest.approx(math.fsum(rest) / len(rest) if rest else -7.0, abs=1e-9)
        root = math.sqrt(sum(counts[one] for one in near))
        assert around == pytest.approx(math.fsum(totals[one] for one in near) / root, abs=1e-9)
        assert many == pytest.approx(math.log(len(near)))


def test_no_sentence_has_no_surroundings() -> None:
    assert traits([], [], [], alone=0.0) == []


def test_a_sentence_is_weighed_by_each_of_its_traits() -> None:
    one = Surroundings(weights=array("f"), bias=0.5, own=1.0, others=-0.5, around=2.0, many=-1.0, alone=-3.0)
    assert one.judged([2.0], [6.0], [9]) == [2.0 + 1.5 + 2.0 * (0.5 + 2.0)]
    first, second = one.judged([2.0, 4.0], [6.0, 10.0], [9, 7])
    assert first == pytest.approx(2.0 - 2.0 + 2.0 * (0.5 + 4.0) - math.log(2))
    assert second - first == pytest.approx(2.0 + 1.0)  # its own is two more, and what the other says two less


def test_the_same_sentence_is_likelier_in_a_document_of_its_kind() -> None:
    """The shipped weights: the document's scorer counts for, what others say on average against."""
    model = load_model(shipped("models"))
    around = model.surroundings
    assert around is not None
    assert around.own > 0
    assert around.around > 0
    assert around.others < 0
    assert any(around.weights[bucket] for bucket in buckets("夜间仅一名保安值守。"))


def test_what_is_far_away_changes_nothing() -> None:
    """A sentence in the middle of a long document is judged by what is near, wherever it stands."""
    model = load_model(shipped("models"))
    near = [f"本周第{at}项工作是清理河道两岸的杂物和垃圾。" for at in range(2 * NEAR)]
    here = [*near[:NEAR], "变电站是全县唯一的电源点，围墙有缺口。", *near[NEAR:]]
    far = ["机房主变压器的检修情况由值班人员登记。"] * (NEAR + 3)  # support, too, reaches no further
    alone = model.probabilities([*near, *here, *near])
    changed = model.probabilities([*far, *near, *here, *near, *far])
    at = len(near) + NEAR
    for category in Category:
        if category in alone:
            assert alone[category][at] == pytest.approx(changed[category][at + len(far)], abs=1e-9)
