"""Whoever the column of names is called, and whatever the column beside it: what is private there is found."""

from __future__ import annotations

import pytest
from persons import CARD, ID, MOBILE, OTHER_ID, found

OTHER_MOBILE = "16400000190"

PEOPLE = [
    "姓名",
    "户主",
    "申请人",
    "考生",
    "学员",
    "意见人",
    "反映人",
    "被征收人",
    "业主",
    "租户",
    "承租人",
    "群主",
    "客户",
    "收件人",
    "报名者",
    "获救助者",
    "残疾人",
    "产妇",
    "新生儿母亲",
    "职工",
    "老人",
    "参保人",
    "领取人",
    "受益人",
    "购房人",
    "中签人",
    "摊位",
    "农户",
    "社员",
    "贷款户",
    "安置户",
    "送养人",
    "收养人",
    "住户代表",
    "患儿家长",
    "会员",
    "房东",
    "司机",
]
TELEPHONES = [
    "电话",
    "手机",
    "手机号",
    "联系电话",
    "联系方式",
    "家长电话",
    "电话号码",
    "本人电话",
    "手机号码",
    "联系号码",
    "监护人电话",
    "Tel",
    "联络电话",
    "常用电话",
    "移动电话",
]


def _table(headers: tuple[str, ...], *rows: tuple[str, ...], delimiter: str = "\t") -> str:
    return "\n".join(delimiter.join(row) for row in (headers, *rows)) + "\n"


@pytest.mark.parametrize("header", PEOPLE)
def test_a_telephone_is_a_person_s_whatever_persons_are_called(header: str) -> None:
    text = _table((header, "联系方式", "村组"), ("李桂芳", MOBILE, "三组"), ("周美成", OTHER_MOBILE, "二组"))
    assert {("mobile_phone", MOBILE), ("mobile_phone", OTHER_MOBILE)} <= found(text)


@pytest.mark.parametrize("header", TELEPHONES)
def test_a_telephone_is_found_whatever_its_column_is_called(header: str) -> None:
    text = _table(("姓名", header, "村组"), ("李桂芳", MOBILE, "三组"), ("周美成", OTHER_MOBILE, "二组"))
    assert {("mobile_phone", MOBILE), ("mobile_phone", OTHER_MOBILE)} <= found(text)


@pytest.mark.parametrize(
    ("headers", "value", "kind"),
    [
        ("身份证 证件号码 公民身份号码 身份证件号 证号 监护人身份证号", ID, "resident_id"),
        ("账号 卡号 一卡通账号 收款账号 惠农卡号 存折号", CARD, "bank_card bank_account"),
        ("住址 现住址 居住地址 户籍地址 地址 详细地址 租房地址 门牌号", "丽景苑3栋2单元402室", "home_address"),
        ("邮箱 电子邮箱 Email E-mail 邮件地址", "guifang88@example.com", "email"),
        ("病情 诊断 健康状况 致贫原因 申请理由 备注 情况说明", "尿毒症", "medical_condition hardship_reason"),
    ],
)
def test_a_private_column_is_found_whatever_it_is_called(headers: str, value: str, kind: str) -> None:
    for header in headers.split():
        text = _table(("姓名", header, "金额"), ("李桂芳", value, "100"), ("周美成", "", "200"))
        assert any(each in kind.split() and held in value for each, held in found(text)), header


@pytest.mark.parametrize(
    "text",
    [
        _table(("品种", "联系电话"), ("高粱", MOBILE), ("黄瓜", OTHER_MOBILE)),
        _table(("值班员", "值班电话"), ("李桂芳", "0999-5500017"), ("周美成", "0999-5500018")),
        _table(("网格员", "联系电话", "网格"), ("李桂芳", MOBILE, "一"), ("周美成", OTHER_MOBILE, "二")),
        _table(
            ("店名", "经营者", "地址"),
            ("桂芳面馆", "李桂芳", "青石镇团结路12号"),
            ("美成百货", "周美成", "青石镇团结路15号"),
        ),
        _table(("户主", "户籍人数", "安置方式"), ("李桂芳", "5", "集中安置"), ("周美成", "2", "货币化")),
    ],
)
def test_what_is_an_office_s_a_shop_s_or_a_count_is_let_pass(text: str) -> None:
    assert found(text) == set()


def test_identity_numbers_need_no_word_for_persons() -> None:
    text = _table(("群内昵称", "证件号码"), ("快乐每一天", ID), ("花开富贵", OTHER_ID))
    assert {("resident_id", ID), ("resident_id", OTHER_ID)} <= found(text)
