"""The queue: the most harm to be expected first, learning from what people say; and how far two people agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviewer.audit.conclusion import first_of_kin
from reviewer.audit.matters import Matter
from reviewer.audit.queue import Queue
from reviewer.audit.rulings import Ruled, agreement, kappa, settled, to_ask_again

ONE = Matter(
    rule="a/one",
    value="00",
    type="t",
    category="work_secret",
    severity="medium",
    action="refer",
    confidence=0.6,
    places=1,
    files=1,
    year=2026,
    file=1,
    cluster=("a/one", 0),
)


def other(**facts: object) -> Matter:
    return replace(ONE, value="01", **facts)  # type: ignore[arg-type]


def queue(*matters: Matter) -> Queue:
    made = Queue(today_year=2026)
    made.add(matters)
    return made


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param(other(severity="high"), id="graver"),
        pytest.param(other(places=5), id="more often"),
        pytest.param(other(places=4, files=4), id="in more files"),
        pytest.param(other(year=2010), id="open for longer"),
        pytest.param(other(confidence=0.9), id="surer"),
    ],
)
def test_the_worse_comes_first(worse: Matter) -> None:
    assert queue(ONE, worse).next() == worse
    assert queue(worse, ONE).next() == worse


def test_a_rule_that_is_mostly_wrong_sinks() -> None:
    wrong = [replace(ONE, rule="a/wrong", value=f"w{at}", cluster=("a/wrong", 0), severity="high") for at in range(9)]
    asked = queue(ONE, *wrong)
    for _ in range(5):
        one = asked.next()
        assert one is not None
        asked.settle(one, confirmed=one.rule == "a/one")
    assert ONE not in asked.waiting.values(), "five times wrong: the right rule had its turn before the ninth"


def test_what_is_like_a_false_alarm_sinks_and_the_rest_of_the_rule_stays() -> None:
    like = [replace(ONE, value=f"l{at}", cluster=("a/one", 7)) for at in range(4)]
    asked = queue(ONE, *like)
    asked.settle(like[0], confirmed=False)
    asked.settle(like[1], confirmed=False)
    assert asked.likelihood(ONE) > asked.likelihood(like[2])


def test_what_a_person_cannot_say_leaves_and_teaches_nothing() -> None:
    asked = queue(ONE, other())
    asked.put_off(ONE)
    assert asked.ordered() == [other()]
    assert asked.likelihood(other()) == pytest.approx(0.6)


def ruled(value: str, ruling: str, by: str, *, again: bool = False) -> Ruled:
    return Ruled(rule="a/one", value=value, ruling=ruling, by=by, at="2026-01-01T00:00:00Z", again=again)


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        # Cohen's own way of counting: 20 and 15 the same, 5 and 10 not: 0.7 seen, 0.5 by chance.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
        ([("a", "a")] * 9, None),
        ([], None),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], value: float | None) -> None:
    assert kappa(pairs) == (None if value is None else pytest.approx(value))


def test_the_first_person_s_last_word_stands_and_the_second_s_is_compared() -> None:
    made = [
        ruled("1", "confirmed", "李四"),
        ruled("2", "skipped", "李四"),
        ruled("1", "false_positive", "李四"),
        ruled("1", "confirmed", "王五", again=True),
    ]
    assert {key[1]: one.ruling for key, one in settled(made).items()} == {"1": "false_positive"}
    told = agreement(made)
    assert (told.pairs, told.same, told.disputed) == (1, 0, (("a/one", "1"),))


def test_every_tenth_question_is_somebody_else_s_and_nobody_is_asked_a_third_time() -> None:
    others = [ruled(f"{at}", "confirmed", "李四") for at in range(3)]
    mine = [ruled(f"m{at}", "confirmed", "王五") for at in range(9)]
    assert to_ask_again(others + mine[:-1], "王五") is None
    assert to_ask_again(others + mine, "王五") == ("a/one", "0")
    done = [*others, ruled("0", "confirmed", "赵六", again=True), *mine]
    assert to_ask_again(done, "王五") == ("a/one", "1")
    assert to_ask_again(mine, "王五") is None, "nobody is asked twice himself"


def test_kin_are_linked_by_pairs_that_are_near() -> None:
    one, near, nearer, far = 0b1, 0b1111, 0b111111, 1 << 40 | 1 << 20 | 1 << 10 | 1 << 5
    groups = first_of_kin([one, near, nearer, far, -5])
    assert groups[one] == groups[near] == groups[nearer]
    assert len({groups[one], groups[far], groups[-5]}) == 3
