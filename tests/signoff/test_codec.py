from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.errors import EvidenceError
from reviewer.signoff.canonical import canonical, canonical_flat, canonical_plain
from reviewer.signoff.codec import decode, encode, later
from reviewer.signoff.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    name: str
    count: int
    sure: bool
    inner: Inner | None
    many: tuple[Inner, ...]


GOOD: dict[str, Any] = {"name": "甲", "count": 1, "sure": True, "inner": None, "many": [{"role": "leader"}]}


def test_there_and_back() -> None:
    value = Outer(name="甲", count=1, sure=True, inner=None, many=(Inner(role=Role.LEADER),))
    assert encode(value) == GOOD
    assert decode(Outer, GOOD, "此处") == value


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": 1}, "此处.name"),
        ({"name": None}, "此处.name"),
        ({"count": True}, "此处.count"),
        ({"count": "1"}, "此处.count"),
        ({"sure": 1}, "此处.sure"),
        ({"inner": {}}, "此处.inner"),
        ({"inner": {"role": "king"}}, "此处.inner.role"),
        ({"inner": {"role": ["leader"]}}, "此处.inner.role"),
        ({"many": {}}, "此处.many"),
        ({"many": [{"role": "leader", "x": 1}]}, "此处.many"),
        ({"extra": 1}, "此处"),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(EvidenceError, match=rf"^{where}：格式不符"):
        decode(Outer, GOOD | change, "此处")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(EvidenceError, match=r"missing \[name\]"):
        decode(Outer, {key: value for key, value in GOOD.items() if key != "name"}, "此处")


@pytest.mark.parametrize("value", [2**53, float("nan"), "\udc80", {"a": object()}])
def test_what_json_cannot_say_exactly_is_not_signed(value: object) -> None:
    with pytest.raises(EvidenceError):
        canonical(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    name: str
    note: str = later("")
    inner: Inner | None = later(None)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Grown(name="甲"), {"name": "甲"}),
        (Grown(name="甲", note="乙"), {"name": "甲", "note": "乙"}),
        (Grown(name="甲", inner=Inner(role=Role.LEADER)), {"name": "甲", "inner": {"role": "leader"}}),
    ],
)
def test_what_came_later_is_left_out_where_nobody_states_it(value: Grown, said: dict[str, Any]) -> None:
    assert encode(value) == said
    assert decode(Grown, said, "此处") == value


@pytest.mark.parametrize("said", [{"note": ""}, {"inner": None}, {"note": 1}, {"inner": {}}, {"more": ""}])
def test_no_value_has_two_spellings(said: dict[str, Any]) -> None:
    with pytest.raises(EvidenceError, match="格式不符"):
        decode(Grown, {"name": "甲"} | said, "此处")


def check_spelling(value: dict[str, str | int]) -> None:
    try:
        expected = canonical(value)
    except EvidenceError:
        with pytest.raises(EvidenceError):
            written_flat(value)
    else:
        assert written_flat(value) == expected


def written_flat(value: dict[str, str | int]) -> bytes:
    names = tuple(sorted(value))
    return canonical_flat(names, [value[name] for name in names])


WRITTEN = st.recursive(
    st.text('甲aé😀"\\/\n\x00\x7f\u2028\ud800', max_size=5) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["files", "name", "sm3"]), inner),
    max_leaves=8,
)


@given(WRITTEN)
@example(2**53)
@example([-(2**53)])
def test_what_a_value_is_written_as_has_the_canonical_spelling(value: Any) -> None:
    try:
        expected = canonical(value)
    except EvidenceError:
        with pytest.raises(EvidenceError):
            canonical_plain(value)
    else:
        assert canonical_plain(value) == expected


TEXTS = st.text('甲aé😀"\\/\n\x00\x1f\x7f\u2028\ud800', max_size=8)


@given(st.dictionaries(st.sampled_from(["seq", "time", "kind", "subject"]), TEXTS | st.integers()))
def test_the_fast_spelling_is_the_canonical_one(value: dict[str, str | int]) -> None:
    check_spelling(value)


@pytest.mark.parametrize("value", ["\ud800", '\x00\x1f\x7f\u2028"\\/', 2**53, -(2**53), 2**53 - 1])
def test_the_fast_spelling_at_the_edges(value: str | int) -> None:
    check_spelling({"seq": value})
