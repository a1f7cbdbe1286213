"""Identifiers: every spelling of a number is found where it stands, and what only looks like one stays silent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from persons import CARD, ID, MOBILE, TODAY, found, resident_id

from reviewer.detect.numbers.bank_card import is_card, passes_luhn
from reviewer.detect.numbers.credit_code import is_credit_code
from reviewer.detect.numbers.resident_id import check_character, is_plausible, is_valid

WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
CHINESE = str.maketrans("0123456789X", "〇一二三四五六七八九X")

SPELLINGS = {
    "plain": lambda number: number,
    "full width": lambda number: number.translate(WIDE),
    "six eight four": lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
    "by four": lambda number: " ".join((number[:4], number[4:8], number[8:12], number[12:16], number[16:])),
    "hyphens": lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
    "dots": lambda number: ".".join((number[:6], number[6:10], number[10:14], number[14:])),
    "zero width": lambda number: "\u200b".join((number[:6], number[6:14], number[14:])),
    "over a line end": lambda number: f"{number[:10]}\n{number[10:]}",
    "lower case": lambda number: number.lower(),
    "a cross": lambda number: number.replace("X", "×"),
    "Chinese numerals": lambda number: number.translate(CHINESE),
    "letters for digits": lambda number: number.replace("0", "O", 1),
}
IDS = st.builds(
    resident_id,
    st.dates(date(1900, 1, 1), date(1915, 12, 28)).map(lambda day: f"{day:%Y%m%d}"),
    st.integers(1, 999),
    st.sampled_from(("529931", "119931", "449921", "659931")),
)


@pytest.mark.parametrize("above", ["公示如下，如有异议请反映。", "样例", "请核对订单号", "名单格式"])
def test_the_line_above_is_no_label(above: str) -> None:
    assert ("resident_id", ID) in found(f"{above}\n王某某现居青石县城南，身份证号{ID}")


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=20, deadline=None)
@given(number=IDS)
def test_every_spelling_is_found_at_its_place(spelling: str, number: str) -> None:
    written = SPELLINGS[spelling](number)
    text = f"经核对，身份证号{written}，情况属实。"
    assert ("resident_id", written) in found(text)


@settings(max_examples=60, deadline=None)
@given(number=IDS, place=st.integers(0, 16), step=st.integers(1, 9))
def test_a_changed_digit_breaks_the_check(number: str, place: int, step: int) -> None:
    digit = str((int(number[place]) + step) % 10)
    assert is_valid(number, TODAY)
    assert not is_valid(number[:place] + digit + number[place + 1 :], TODAY)


def test_check_character_refuses_what_is_no_body() -> None:
    assert check_character("52993119141125942") == "X"
    for wrong in ("5299311914112594", "5299311914112594X", "５２９９３１１９１４１１２５９４２"):
        with pytest.raises(ValueError, match="17"):
            check_character(wrong)


@pytest.mark.parametrize(
    ("number", "plausible"),
    [
        (ID, True),
        pytest.param("009931190806072470", False, id="no such province"),
        pytest.param("529931190813072470", False, id="no such month"),
        pytest.param("529931209901012470", False, id="not born yet"),
        pytest.param("529931179901012470", False, id="too old"),
    ],
)
def test_plausible_numbers(number: str, plausible: bool) -> None:
    assert is_plausible(number, TODAY) is plausible


def test_the_check_digits_of_cards_and_credit_codes() -> None:
    assert is_card(CARD)
    assert passes_luhn(CARD)
    assert not passes_luhn(CARD[:-1] + str((int(CARD[-1]) + 1) % 10))
    assert is_credit_code("91530521MA37702694")
    assert not is_credit_code("91530521MA37702695")


@pytest.mark.parametrize(
    ("text", "kind", "matched"),
    [
        ("户主王桂花，手机+86 164-8447-3097", "mobile_phone", "+86 164-8447-3097"),
        ("申请人王桂花，电话0086-16484473097", "mobile_phone", "0086-16484473097"),
        pytest.param("患者王桂花（１６４８４４７３０９７）", "mobile_phone", "１６４８４４７３０９７", id="full width"),
        pytest.param("我叫王桂花，手机幺六四八四四七三零九七", "mobile_phone", "幺六四八四四七三零九七", id="spoken"),
        ("申请人王桂花，备用电话0327-8860337转8015", "landline", "0327-8860337转8015"),
        pytest.param("户主王桂花，家庭电话（0327）2691180", "landline", "（0327）2691180", id="bracketed area code"),
        ("来信人：王桂花，邮箱wgh_1908@example.com", "email", "wgh_1908@example.com"),
        ("业主王桂花，微信wxid_8s0f2k9f", "wechat_qq", "wxid_8s0f2k9f"),
        ("汇至村民王桂花6205 8897 0712 4810 750", "bank_card", "6205 8897 0712 4810 750"),
        ("身份证号5299311908060724701", "resident_id", "5299311908060724701"),
        ("公民身份号码529931190806072471", "resident_id", "529931190806072471"),
        ("王大柱，普通护照，号码EJ0000017", "passport", "EJ0000017"),
        ("优待证：军官证号军字第0000017号", "military_id", "军字第0000017号"),
    ],
)
def test_numbers_of_persons(text: str, kind: str, matched: str) -> None:
    assert (kind, matched) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91530521MA37702694",
        "订单号529931190806072470",
        "样例：529931190806072470",
        "身份证号5299**********2470",
        "发票代码042002000107，号码16471401—16471450",
        "IMEI：861234050012345；ISBN 978-7-5004-1234-6；专利号ZL201810234567.8",
        "设备编号16484473097，传感器序列号16100330127",
        "咨询电话16484473097，邮箱qs12315@example.com",
        "联系人：陈工，电话：16484473097",
        "客服热线95598、12345、400-818-9000",
        "县医院急诊科 0327-5500017",
        "户名：青石县财政局，账号：6205889707124810750",
        "公务用车云A00Q17公开拍卖",
        "经度103.0142，纬度30.5918",
        "合同金额1380013800.00元",
        "军字第08号文件精神",
        "2024.04.07—2024.05.01期间",
    ],
)
def test_lookalikes_stay_silent(text: str) -> None:
    assert found(text) == set()


def test_an_office_line_beside_a_private_one() -> None:
    text = f"户主王桂花，手机{MOBILE}。监督电话：16400000190。"
    assert found(text) == {("name_linked", "王桂花"), ("mobile_phone", MOBILE)}


@pytest.mark.parametrize(
    ("text", "kind", "matched"),
    [
        ("其丈夫张大柱患尿毒症，每周透析。", "medical_condition", "尿毒症"),
        ("外孙女覃小桐（8岁）跟着老两口，电话16484473097。", "minor_identity", "8岁"),
        ("户主王大柱，手机16484473097，现负债22万元。", "income_or_account_balance", "22万元"),
        ("举报人：王大柱，县粮库职工。", "whistleblower_identity", "王大柱"),
        ("申请人王桂花，一九五四年三月十二日出生，身份证号" + ID, "birth_date", "一九五四年三月十二日"),
    ],
)
def test_facts_beside_a_person(text: str, kind: str, matched: str) -> None:
    assert (kind, matched) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "对患尿毒症透析、恶性肿瘤放化疗的救助对象按70%给予救助。",
        "王某甲患抑郁症，2023年起诉离婚，女儿李小某（8岁）随其生活。",
        "被害人小雨（化名），女，12岁，系某小学六年级学生。",
        "李文华，男，教授，主要从事肝癌、胃癌的早期诊断与治疗研究。",
        "全县在册社区矫正对象312人，其中危险驾驶罪96人。",
        "罗永昌，1913年生，1936年4月在战斗中负重伤牺牲。",
    ],
)
def test_facts_of_nobody_stay_silent(text: str) -> None:
    assert found(text) == set()
