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
        pytest.param("户主王桂花，手机16484 473 097", "mobile_phone", "16484 473 097", id="five three three"),
        pytest.param("户主王桂花，手机164 844 73097", "mobile_phone", "164 844 73097", id="three three five"),
        pytest.param("户主王桂花，香港手机+852 9123 4567", "mobile_phone", "+852 9123 4567", id="Hong Kong"),
        pytest.param("户主王桂花，手机00852-91234567", "mobile_phone", "00852-91234567", id="Hong Kong, 00"),
        pytest.param("户主王桂花，手机（+853）66123456", "mobile_phone", "+853）66123456", id="Macau"),
        pytest.param("户主王桂花，手机+886 912 345 678", "mobile_phone", "+886 912 345 678", id="Taiwan"),
        pytest.param("患者王桂花（１６４８４４７３０９７）", "mobile_phone", "１６４８４４７３０９７", id="full width"),
        pytest.param("我叫王桂花，手机幺六四八四四七三零九七", "mobile_phone", "幺六四八四四七三零九七", id="spoken"),
        ("申请人王桂花，备用电话0327-8860337转8015", "landline", "0327-8860337转8015"),
        pytest.param("户主王桂花，家庭电话（0327）2691180", "landline", "（0327）2691180", id="bracketed area code"),
        ("来信人：王桂花，邮箱wgh_1908@example.com", "email", "wgh_1908@example.com"),
        ("户主王桂花，信合：2401001109000123", "bank_account", "2401001109000123"),
        ("联系人信息：王桂花/529931190806072470/16484473097", "mobile_phone", "16484473097"),
        ("附件：王桂花529931190806072470_16484473097.pdf", "mobile_phone", "16484473097"),
        ("王某虚构身份骗取补贴，身份证号529931190806072470。", "resident_id", ID),
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
        "户主王桂花可拨打12345、400-818-9000、95598、96123反映。",
        "香港贸发局咨询电话：+852 2584 4333。",
        "王桂花申请退款，订单号20240506123456789012，运单号YT8812345678901。",
        "户主王桂花，电表号530012345678，上期读数001234，本期读数001300。",
        "失主王桂花手机IMEI：861234050012345；发明人王桂花，专利号ZL201810234567.8。",
        "受助学生王小宝。学生资助管理中心邮箱：qszz@163.com。",
        "如有发热请联系0999-5500017（县疾控，24小时）、16484473097（县疾控，24小时）。",
        "缴款账户：青石县非税收入待解缴户，账号：24010001090012345。请王桂花于10日内缴纳。",
        "收款单位：青石县人民医院\n开户行：农行青石支行\n账号：24010001090012345",
        "捐款账户名称：青石县红十字会 账号：6205889707124810750。为患者王桂花筹款。",
        "填写说明：身份证号，如：529931190806072470；身份证号码一栏写529931190806072470（编造）。",
        "样例数据（非真实）：\n姓名\t身份证号\t手机号\n张三\t529931190806072470\t16484473097",
        "王桂花诉李大柱案，案号（2024）云0123民初1234号；青政办发〔2024〕12号。",
        "王桂花申请登记的不动产单元号：530123001001JC00012F00010001，予以公告。",
        "项目编号：YNZC2024-G1-00123-0001；合同编号：HT20240506000123456，乙方：王桂花。",
        "流水1234529931190806072470998877，批次2024050600012345。",
        "发票代码：042002000107，发票号码：16471401，购买方王桂花。",
        "网点\t邮政\t农商行\t合计\n红星镇\t12\t34\t46\n东山乡\t13\t35\t48",
        "详见http://www.example.gov.cn/20240506/123456789012345678.shtml?id=%E5%85%AC%E7%A4%BA",
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
