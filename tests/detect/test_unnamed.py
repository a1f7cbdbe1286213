"""Who can be told without a full name: phrases, short names, and heads of items."""

from __future__ import annotations

import pytest

from reviewer.detect.privacy.heads import heads, is_personal
from reviewer.detect.privacy.pinned import pinned, short_names


def _pinned(text: str) -> list[str]:
    return [text[start:end] for start, end in pinned(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("患者系青石镇唯一跑冷链的女司机，9月初发热。", "青石镇唯一跑冷链的女司机"),
        ("听说粮站那位管磅秤的同志查出了病。", "粮站那位管磅秤的同志"),
        ("给磨坊旁边那户的外孙女送书包。", "磨坊旁边那户的外孙女"),
        ("对方说闸上女的就她一个，不报名字。", "闸上女的就她一个"),
        ("汽修铺对面理发店的老板娘脸上缝了十针。", "汽修铺对面理发店的老板娘"),
    ],
)
def test_a_phrase_that_fits_one_person(text: str, who: str) -> None:
    assert who in _pinned(text)


@pytest.mark.parametrize(
    "text",
    [
        "每一位管仓库的同志都要签字。",
        "全省唯一获奖的学校是青石中学。",
        "如果那位管仓库的同志不在，请打电话。",
        "应当安排一名女医生陪同。",
    ],
)
def test_a_phrase_that_fits_many(text: str) -> None:
    assert _pinned(text) == []


def _short(text: str, *, posted: bool) -> list[str]:
    return [text[start:end] for start, end in short_names(text, 0, len(text), posted=posted)]


def test_a_short_name_counts_with_its_post() -> None:
    assert _short("综合办秘书小段请假陪床。", posted=True) == ["小段"]
    assert _short("二楼贺女士要求推迟。", posted=True) == ["贺女士"]
    assert _short("小段请假陪床。", posted=True) == []
    assert _short("小段请假陪床。", posted=False) == ["小段"]


@pytest.mark.parametrize("text", ["小张某请假陪床。", "段老师：今天体检。", "二楼贺女士（化名）要求推迟。"])
def test_no_short_name_of_one_who_speaks_or_is_masked(text: str) -> None:
    assert _short(text, posted=False) == []


def test_heads_of_items() -> None:
    text = "序1：晁喜，机修。序2：萨日娜，包装。其中困难的，优先。"
    assert [(text[start:end], mark) for (start, end), mark in heads(text, 0, len(text))] == [
        ("晁喜", "，"),
        ("萨日娜", "，"),
    ]


def test_a_head_is_personal_by_its_sounds_or_by_what_follows() -> None:
    assert is_personal("巴桑顿珠，住院。", 0, 4)
    assert is_personal("晁喜，女，住院。", 0, 2)
    assert not is_personal("经费，由县里出。", 0, 2)
