"""Whose line a number is: an office's beside its people and labels, a private person's beside the name alone."""

from __future__ import annotations

import pytest
from persons import CARD, ID, MOBILE, findings, found

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


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        (f"房=5-2-304 车主=王桂花 tel={MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}", "mobile_phone", None),
        (f"王桂花，身份证{ID}，打入女儿卡{CARD}", "bank_card", CARD),
        (f"王桂花，身份证{ID}，宅电0999-5500-437", "landline", "0999-5500-437"),
        (f"信息学院副教授王桂花，身份证{ID}，微信 wgh_1908", "wechat_qq", "wgh_1908"),
        (f"车牌：云A00Q17　车主：王桂花　手机：{MOBILE}\n罚款：200元\n车牌：云A·0Q18B（李大柱）", "plate", "云A·0Q18B"),
        (f"王桂花，身份证{ID}，一卡通1400 6230 0011 2。收款户名：县财政专户", "bank_account", "1400 6230 0011 2"),
        (f"王桂花，身份证{ID}，家中电话 0999-5500017", "landline", "0999-5500017"),
        (f"王桂花，身份证{ID}，女儿在镇上开理发店，电话{MOBILE}", "mobile_phone", MOBILE),
        (f"材料/王桂花_{ID}.jpg\n材料/王桂花_农商折6102210077.jpg", "bank_account", "6102210077"),
    ],
)
def test_what_stands_in_a_persons_row_is_his(text: str, kind: str, number: str | None) -> None:
    held = [value for type, value in found(text) if type == kind]
    assert held and (number is None or number in held)


@pytest.mark.parametrize(
    "text",
    [
        "收款户名：县社会保险基金财政专户\n账号：5299 3119 0806 0724 70\n开户行：县农商行营业部",
        f"王桂花，身份证{ID}。咨询微信 qsmz_2026",
        f"王桂花，身份证{ID}。财政国库支付编号230881-{MOBILE}",
        f"被保险人王桂花，身份证{ID}。公示三日，有异议的三日内电0999-5500017",
        "公务护照PE0190550、PE0190551（持照单位：市科协国际部）作废",
    ],
)
def test_an_offices_number_is_its_own(text: str) -> None:
    assert found(text) <= {("resident_id", ID), ("name_linked", "王桂花")}


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
