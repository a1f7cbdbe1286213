"""Names: who is read as one, in which part, and every other place where the linked person is named."""

from __future__ import annotations

import pytest
from persons import CARD, ID, MOBILE, found

from reviewer.detect.privacy.people import is_name, names
from reviewer.detect.privacy.roles import Standing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("复查申请人：郭庆云，女，1962年生", [("郭庆云", Standing.PRIVATE)]),
        ("死者妻子黎小香达成协议", [("黎小香", Standing.PRIVATE)]),
        ("两名同事（夏凤娣、毛秀英）的证言", [("夏凤娣", Standing.PRIVATE), ("毛秀英", Standing.PRIVATE)]),
        ("死者：仇福来违规进入模区", [("仇福来", Standing.HURT)]),
        ("申请人王强请求补偿", [("王强", Standing.PRIVATE)]),
        ("妻伏冬英，子娄小虎", [("伏冬英", Standing.PRIVATE), ("娄小虎", Standing.PRIVATE)]),
        ("诉求人：邢女士（邢嘉怡）", [("邢嘉怡", Standing.NONE)]),
        ("下午去五组蒙阿九家，他不在", [("蒙阿九", Standing.NONE)]),
        ("举报人竺小雅反映", [("竺小雅", Standing.WHISTLEBLOWER)]),
        ("艾买提·吐尔逊，男", [("艾买提·吐尔逊", Standing.NONE)]),
        ("高一（6）班都俊豪与同学", [("都俊豪", Standing.MINOR)]),
        ("欧阳晴，女，34岁", [("欧阳晴", Standing.NONE)]),
        (
            "副局长梁志军；成员：张卫国、李敏",
            [("梁志军", Standing.OFFICIAL), ("张卫国", Standing.OFFICIAL), ("李敏", Standing.OFFICIAL)],
        ),
        ("王强局长到会", [("王强", Standing.OFFICIAL)]),
        ("消防员解志强、宁远", [("解志强", Standing.OFFICIAL), ("宁远", Standing.OFFICIAL)]),
        ("楼栋长 骆长林（1—3栋）", [("骆长林", Standing.OFFICIAL)]),
        ("返乡大学生景思源：", [("景思源", Standing.PRIVATE)]),
        ("送到军属巴建国、苗云手中", [("巴建国", Standing.PRIVATE), ("苗云", Standing.PRIVATE)]),
        ("前总统玛丽亚·桑托斯因结肠癌在首都一家医院", [("玛丽亚·桑托斯", Standing.NONE)]),
    ],
)
def test_names_in_running_text(text: str, expected: list[tuple[str, Standing]]) -> None:
    assert [(name.text, name.standing) for name in names(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "举报人应当实名举报",
        "应当为举报人保密",
        "高血压、高度近视、安全生产",
        "农业主管部门应当会同",
        "扩大农村妇女儿童工作",
        "施某某：你反映的事项",
        "女方在怀孕期间",
        "陈老先生、李工、王姐",
        "于是，时间、方面、金额",
        "母亲有冠心病",
        "听力残疾人任洗衣工",
        "41天大的连体女婴",
        "双河小学同学",
        "拾到者请打电话",
        "获「李家杰珍惜生命基金」赞助",
    ],
)
def test_what_only_looks_like_a_name(text: str) -> None:
    assert names(text, 0, len(text)) == []


@pytest.mark.parametrize(
    "cell", ["玉香", "者阿三", "岩温罕", "扎西多吉", "司空敏", "张　三", "Robert Hansen", "阿依古丽·买买提"]
)
def test_a_column_of_names_takes_any_form(cell: str) -> None:
    assert is_name(cell.replace("　", " "))


@pytest.mark.parametrize("cell", ["合计", "无", "张某", "王**", "本人", "12", ""])
def test_cells_without_a_name(cell: str) -> None:
    assert not is_name(cell)


def test_every_other_occurrence_is_found() -> None:
    text = f"申请人王桂花，身份证号{ID}。\n经入户核实，王桂花家庭困难。\n拟给予王桂花家庭临时救助。"
    assert sum(kind == "name_linked" for kind, _ in _all(text)) == 3


def _all(text: str) -> list[tuple[str, str]]:
    from persons import findings

    return [(f.type, text[f.span.start : f.span.end]) for f in findings(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("举报人：王大柱，县粮库职工。", "whistleblower_identity"),
        ("信访人：王桂花，反映低保问题。", "petitioner_identity"),
        ("被害人王桂花陈述了经过。", "victim_identity"),
        (f"学生王小宝，家长电话{MOBILE}。", "minor_identity"),
        (f"死者妻子黎小香领取赔偿，账户{CARD}。", "name_linked"),
    ],
)
def test_a_name_has_the_type_of_its_part(text: str, kind: str) -> None:
    assert kind in {found_kind for found_kind, matched in found(text) if len(matched) == 3}


@pytest.mark.parametrize(
    "text",
    [
        "万家强，男，汉族，1974年10月生，现任县统计局副局长，拟任局长。",
        "供应商：安泰公司，法定代表人：程国梁，评审专家：洪卫、鲁平、叶秋生。",
        "审判长：李卫民，审判员：陈洁，书记员：高原。",
        "授予王桂兰、周永强、李红卫“劳动模范”称号。",
        "一等奖：实验小学五（3）班李子墨《智能浇花器》，指导教师：田芳",
        "县委书记赵国强走访慰问老党员、老模范代表。",
        "（记者 董洁 通讯员 范志刚）10月17日",
        "宁福生，东街社区，家庭人口2，月保障金额860元。",
    ],
)
def test_lawful_names_stay_silent(text: str) -> None:
    assert found(text) == set()
