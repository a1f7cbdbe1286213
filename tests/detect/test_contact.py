"""Whose line a number is: an office's beside its people and labels, a private person's beside the name alone."""

from __future__ import annotations

import pytest
from persons import ID, MOBILE, findings, found

LINE = "0999-5500017"


@pytest.mark.parametrize(
    "text",
    [
        f"护林员 王大山（{MOBILE}）　民警 李卫东",
        f"村医：王桂华 {MOBILE}\n服务：高血压、糖尿病患者随访",
        f"门店：文昌路114号；金牌月嫂李阿姨；电话 {MOBILE}（龙店长）",
        f"接站联系：高铁站 王大山 {MOBILE}；机场 李卫东 {MOBILE}",
        f"名称\t地址\t房间数\t主理人\t预订\n溪山小筑\t上排村8号\t9\t王大山\t{MOBILE}\n听竹\t古街31号\t6\t李卫东\t{MOBILE}",
        f"项目名称\t预算\t联系人及电话\n精神障碍患者服药点药品\t35\t王大山 {LINE}",
        f"慢阻肺患者412例。完成人：王大山。联系邮箱 keyan@example.com。通讯作者电话 {LINE}。",
        "请家长留意短信。教导处0999-5500810，区学籍服务邮箱 xueji@haitang-edu.example.cn",
        f"被执行人：宏发养殖场。提供线索请来电。电话 {LINE} 杜法官。",
    ],
)
def test_an_office_line_is_lawful(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        f"征求意见表：301 王大山 同意 {MOBILE}；401 空置",
        f"中奖名单：一等奖 王慧琴，收货地址青石县民主路12号院3栋1单元202，电话{MOBILE}",
    ],
)
def test_a_number_behind_a_bare_name_is_private(text: str) -> None:
    assert MOBILE in [text[finding.span.start : finding.span.end] for finding in findings(text)]


def test_a_fixed_line_beside_an_office_and_a_placeholder_are_nobodys() -> None:
    head = "姓名\t职务\t联系方式\t身份证号\n"
    assert ("mobile_phone", "0999-5500017") not in found(f"{head}王桂花\t副队长\t0999-5500017\t{ID}")
    assert ("mobile_phone", MOBILE) in found(f"{head}王桂花\t副队长\t{MOBILE}\t{ID}")
    assert found("INSERT INTO t (id, xm, lxdh) VALUES (1, '李小花', '13000000000');") == set()


def test_a_programs_record_of_a_person_needs_no_name() -> None:
    assert ("mobile_phone", MOBILE) in found(f'{{"certNo":"{ID}","mobile":"{MOBILE}"}}')
    assert found(f'{{"orgName":"县医院","mobile":"{MOBILE}"}}') == set()


def test_an_offices_address_before_a_number_is_an_office_too() -> None:
    text = "姓名：王小宝 学院：材料学院 身份证号：" + ID + "\n资助管理中心地址：行政楼214，电话：0999-5500017"
    assert {type for type, _ in found(text)} & {"landline"} == set()
