"""Names by their place in the rows of a list, and lists of relief that show only what they must."""

from __future__ import annotations

import pytest
from persons import findings, found

from reviewer.detect.privacy.rows import rows_of
from reviewer.text.sentence import lines


def _named(text: str) -> set[str]:
    return {name.text for run in rows_of(text, tuple(lines(text))) for name in run if not name.official}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("B01 成桂香 失联\nB02 慈玉兰 应停未停\nB03 欧阳春 已退回", {"成桂香", "慈玉兰", "欧阳春"}),
        ("3-04 陈建波 / 吴晓丽 协议离婚\n3-06 赵志明 / 乌日娜 撤回申请", {"陈建波", "吴晓丽", "赵志明", "乌日娜"}),
        ("二(1) 王乐乐 花生过敏\n三(2) 李小雨 清真\n五(4) 田小甜 免交", {"王乐乐", "李小雨", "田小甜"}),
        ("青石乡 刘小丽 孕19周\n石桥镇 吴燕 孕16周", {"刘小丽", "吴燕"}),
        (
            "一号 宋雪梅，已婚未育\n二号 Maria Ivanova，随丈夫来华\n三号 沈佳佳，现负房贷",
            {"宋雪梅", "Maria Ivanova", "沈佳佳"},
        ),
        ("护林 张铁柱 刑释\n保洁 王小英 上岗", {"张铁柱", "王小英"}),
        ("值班安排\n周一 王大山 在岗\n周二 李建国 在岗", set()),
        ("最后报价：南风 248万元；百川 251万元；北斗 259万元", set()),
        ("团队一：人数211，履约率86%\n团队二：人数198，履约率91%", set()),
    ],
)
def test_rows_name_whom_their_place_says(text: str, names: set[str]) -> None:
    assert _named(text) == names


def test_what_one_row_tells_names_nobody_of_the_next() -> None:
    told = {
        passage for _, passage in found("农户评级\nA级：豆有田 授信8万；上官桂花 肝癌晚期，授信5万；江小满 授信2万")
    }
    assert "上官桂花" in told
    assert told.isdisjoint({"豆有田", "江小满"})


@pytest.mark.parametrize(
    "text",
    [
        "石桥镇8月临时救助对象公示\n"
        "1. 王桂花 响水村 2人 3000元 备注：支出型\n"
        "2. 李大柱 东山村 1人 1500元 备注：急难型（火灾）\n公示期7天",
        "石桥镇新增特困人员公示\n"
        "对象一：王桂花，响水村，供养人数1，月供养金960元，集中供养\n"
        "对象二：李大柱，东山村，供养人数1，月供养金960元，分散供养\n公示期7天",
    ],
)
def test_a_list_of_relief_with_what_it_must_show_is_silent(text: str) -> None:
    assert not findings(text)
