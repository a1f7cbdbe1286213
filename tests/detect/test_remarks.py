"""Remarks in brackets behind a name, or in the last field of a list's line: nothing else says of whom they are."""

from __future__ import annotations

import pytest
from persons import found, rules

ASSESSMENT = """石门小学2026年教职工年度考核结果
优秀：王云、李晓静
基本合格：张建国（酗酒上课两次）
不定等次：赵莉莉（长病假，抑郁）"""
POSTS = """公益性岗位上岗人员公示
保洁　王小英　1620元/月
护林　张铁柱　1620元/月　刑释
门卫　赵银锁　1620元/月　肾移植，轻活"""
REVIEWED = """低保复核结果
1　王离山　　维持　2人　1120元
2　李秀珠　　维持　1人　640元
3　张二毛　　减员　3人　1120元　（注：其长子二月份判了，在外县监狱）
4　赵佩兰　　维持　4人　2010元"""


@pytest.mark.parametrize(
    ("text", "name", "fact"),
    [
        (ASSESSMENT, "赵莉莉", "抑郁"),
        (ASSESSMENT, "张建国", "酗酒"),
        (POSTS, "张铁柱", "刑释"),
        (POSTS, "赵银锁", "肾移植"),
    ],
)
def test_a_remark_belongs_to_the_name_it_follows(text: str, name: str, fact: str) -> None:
    told = {passage for _, passage in found(text)}
    assert {name, fact} <= told


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (ASSESSMENT, {"王云", "李晓静"}),
        (POSTS, {"王小英"}),
        (REVIEWED, {"王离山", "李秀珠", "赵佩兰"}),
    ],
    ids=["brackets", "fields", "rows are no form"],
)
def test_a_remark_on_one_line_says_nothing_of_the_others(text: str, others: set[str]) -> None:
    told = {passage for _, passage in found(text)}
    assert told, "the remark itself is found"
    assert not told & others


@pytest.mark.parametrize(
    "text",
    [
        "周一上午 王和平（主任医师，擅长冠心病、心衰）；周五上午 李小生（外聘，乳腺癌、肺癌多学科会诊）",
        "王清（1861—1937），善医，终身离异独居，双目失明。",
        "被投诉人：王健假发店（经营者李景松）。诉求：化疗患者用发套与样品不符。",
        "一、王穗服饰厂，经营者张博文，拖欠四十一名女工工资三十七万四千元。",
        "值班安排\n周一　王大林　内科　高血压门诊\n周二　李小云　精神科　抑郁门诊",
    ],
    ids=["physicians", "a life's years", "the firm complained of", "an operator", "a roster"],
)
def test_of_a_calling_an_old_life_or_a_shop_nothing_private_is_told(text: str) -> None:
    assert rules()
    assert found(text) == set()
