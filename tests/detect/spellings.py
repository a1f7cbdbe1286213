"""Numbers of nobody, made by rule, and every way in which a person or a machine writes them. Seeded, no real data."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from random import Random
from urllib.parse import quote

from reviewer.detect.numbers.resident_id import check_character

Make = Callable[[Random], str]
Spell = Callable[[str], str]


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def _born(random: Random) -> str:
    return f"{date(1900, 1, 1) + timedelta(random.randrange(5800)):%Y%m%d}"


def identity(random: Random, county: str = "") -> str:
    """A resident identity number of a county that was never assigned, its holder born 1900-1915."""
    body = f"{county or random.choice(('529931', '119931', '449921', '659931'))}{_born(random)}{_digits(random, 3)}"
    return body + check_character(body)


def with_cross(random: Random) -> str:
    """One whose check character is X."""
    return next(number for number in iter(lambda: identity(random), "") if number.endswith("X"))


def luhn(body: str) -> str:
    total = sum(
        int(digit) if place % 2 else sum(divmod(2 * int(digit), 10)) for place, digit in enumerate(reversed(body))
    )
    return body + str(-total % 10)


def card(random: Random) -> str:
    return luhn("62" + random.choice(("2202", "1700", "0588", "8480")) + _digits(random, random.choice((9, 12))))


def mobile(random: Random) -> str:
    return random.choice(("164", "154", "168")) + _digits(random, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of identifier: how it is made, where it stands (`{}`), what it is reported as, how it is spelt."""

    make: Make
    text: str
    types: frozenset[str]
    spellings: frozenset[str]
    label: str = ""  # the column's header in a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A text with one identifier, written in one spelling, at a known place."""

    sort: str
    spelling: str
    text: str
    start: int
    end: int
    types: frozenset[str]


_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_NOUGHT = str.maketrans("0123456789", "零一二三四五六七八九")
_FORMAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def _groups(number: str) -> tuple[str, ...]:
    cuts = {18: (6, 14), 15: (6, 12), 11: (3, 7), 20: (6, 14)}.get(len(number), tuple(range(4, len(number), 4)))
    return tuple(number[low:high] for low, high in zip((0, *cuts), (*cuts, len(number)), strict=True))


def _fours(number: str) -> tuple[str, ...]:
    return tuple(number[at : at + 4] for at in range(0, len(number), 4))


def _misread(number: str) -> str:
    """As a scanner reads it: at least one letter, not in the first place."""
    put = {"0": "O", "1": "l", "8": "B", "5": "S"}
    return number[0] + "".join(put.get(char, char) if at % 3 == 0 else char for at, char in enumerate(number[1:]))


ANY: Mapping[str, Spell] = {
    "plain": lambda number: number,
    "full width": lambda number: number.translate(_WIDE),
    "digit by digit": " ".join,
    "groups, spaces": lambda number: " ".join(_groups(number)),
    "groups, hyphens": lambda number: "-".join(_groups(number)),
    "groups, dots": lambda number: ".".join(_groups(number)),
    "groups, ideographic spaces": lambda number: "\u3000".join(_groups(number)),
    "fours, spaces": lambda number: " ".join(_fours(number)),
    "zero width": "\u200b".join,
    "Chinese numerals": lambda number: number.translate(_HAN),
    "Chinese numerals, 零": lambda number: number.translate(_NOUGHT),
    "Chinese numerals, formal": lambda number: number.translate(_FORMAL),
    "Chinese numerals, spoken": lambda number: number.translate(_SPOKEN),
    "half in Chinese numerals": lambda number: number[:6] + number[6:].translate(_HAN),
    "circled": lambda number: number.translate(_CIRCLED),
    "over a line end": lambda number: f"{number[: len(number) // 2]}\n{number[len(number) // 2 :]}",
    "hyphen at a line end": lambda number: f"{number[: len(number) // 2]}-\n{number[len(number) // 2 :]}",
    "over two cells": lambda number: "\t".join((number[: len(number) // 2], number[len(number) // 2 :])),
    "over cells": lambda number: " | ".join(_groups(number)),
    "a digit a cell": "|".join,
    "commas": ",".join,
    "misread": _misread,
    "underlines": "_".join,
    "lower case": str.lower,
    "a cross": lambda number: number.replace("X", "×"),
    "a wide cross": lambda number: number.replace("X", "Ｘ"),
    "a Cyrillic cross": lambda number: number.replace("X", "Х"),
    "Base64": lambda number: base64.b64encode(number.encode()).decode(),
    "references": lambda number: "".join(f"&#{ord(char)};" for char in number),
    "references, hexadecimal": lambda number: "".join(f"&#x{ord(char):X};" for char in number),
    "references, escaped again": lambda number: "".join(f"&amp;#{ord(char)};" for char in number),
    "references in part": lambda number: "".join(f"&#{ord(c)};" if at % 3 else c for at, c in enumerate(number)),
    "percent signs": lambda number: "".join(f"%{ord(char):02x}" for char in number),
    "percent signs, twice": lambda number: "".join(f"%25{ord(char):02X}" for char in number),
    "code units": lambda number: "".join(f"\\u{ord(char):04x}" for char in number),
}
"""One text for another, where it stands."""

CHECKED = frozenset(ANY)
_CROSSED = frozenset(("lower case", "a cross", "a wide cross", "a Cyrillic cross"))
_DIGITS = CHECKED - _CROSSED
_ESCAPED = frozenset(name for name in ANY if name.startswith(("references", "percent", "code units")))
_PLAIN = _ESCAPED | {"plain", "full width", "zero width"}
_SPACED = _PLAIN | {
    "digit by digit",
    "fours, spaces",
    "groups, spaces",
    "groups, hyphens",
    "groups, ideographic spaces",
}
_NUMERALS = frozenset(
    ("Chinese numerals", "Chinese numerals, 零", "Chinese numerals, formal", "half in Chinese numerals", "circled")
)
_ID = frozenset(("resident_id",))

SORTS: Mapping[str, Sort] = {
    "identity number": Sort(
        make=identity, text="经核对，身份证号{}，情况属实。", types=_ID, spellings=_DIGITS, label="身份证号"
    ),
    "identity number with X": Sort(
        make=with_cross, text="公民身份号码：{}。", types=_ID, spellings=CHECKED - {"misread"}, label="证件号码"
    ),
    "identity number, no label": Sort(
        make=identity, text="王桂花（{}）已核实。", types=_ID, spellings=_DIGITS, label="证号"
    ),
    "identity number, old": Sort(
        make=lambda random: (lambda number: number[:6] + number[8:17])(identity(random)),
        text="申请人王桂花，身份证号：{}。",
        types=_ID,
        spellings=_SPACED | _NUMERALS | {"groups, dots", "over a line end", "misread"},
        label="身份证号",
    ),
    "residence permit": Sort(
        make=lambda random: identity(random, random.choice(("810000", "820000", "830000"))),
        text="港澳台居民居住证号{}。",
        types=_ID,
        spellings=_DIGITS,
        label="居住证号码",
    ),
    "foreign resident": Sort(
        make=lambda random: (lambda body: body + check_character(body))(
            f"9{_digits(random, 5)}{_born(random)}{_digits(random, 3)}"
        ),
        text="持外国人永久居留身份证{}。",
        types=frozenset(("foreign_resident_id",)),
        spellings=_DIGITS - {"Base64"},
        label="永久居留身份证号",
    ),
    "foreign resident, old": Sort(
        make=lambda random: "USA" + _digits(random, 6) + _born(random)[2:],
        text="外国人永久居留证号码：{}。",
        types=frozenset(("foreign_resident_id",)),
        spellings=_PLAIN | {"groups, spaces"},
        label="永久居留证号",
    ),
    "passport": Sort(
        make=lambda random: random.choice("EG") + "0" + _digits(random, 7),
        text="王桂花持普通护照，护照号：{}。",
        types=frozenset(("passport",)),
        spellings=_SPACED | {"groups, dots", "lower case"},
        label="护照号码",
    ),
    "Hong Kong and Macau permit": Sort(
        make=lambda random: random.choice("HM") + _digits(random, 8),
        text="港澳居民来往内地通行证：{}。",
        types=frozenset(("hk_macau_permit",)),
        spellings=_SPACED | {"lower case"},
        label="通行证号码",
    ),
    "exit permit": Sort(
        make=lambda random: "C" + random.choice("ABCDE") + _digits(random, 7),
        text="往来港澳通行证，证件号码{}。",
        types=frozenset(("hk_macau_permit",)),
        spellings=_SPACED | {"lower case"},
        label="通行证号码",
    ),
    "exit permit for Taiwan": Sort(
        make=lambda random: random.choice(("T", "L")) + _digits(random, 8),
        text="往来台湾通行证号码{}。",
        types=frozenset(("tw_permit",)),
        spellings=_SPACED | {"lower case"},
        label="通行证号码",
    ),
    "Taiwan permit": Sort(
        make=lambda random: "0" + _digits(random, 7),
        text="台湾居民来往大陆通行证号码：{}。",
        types=frozenset(("tw_permit",)),
        spellings=_SPACED | _NUMERALS,
        label="台胞证号",
    ),
    "military": Sort(
        make=lambda random: f"{random.choice('军士文')}字第{_digits(random, 7)}号",
        text="军官证号{}。",
        types=frozenset(("military_id",)),
        spellings=_PLAIN - _ESCAPED,
        label="军官证号",
    ),
    "driving licence": Sort(
        make=lambda random: "5299" + _digits(random, 8),
        text="驾驶证档案编号：{}。",
        types=frozenset(("driver_licence",)),
        spellings=_SPACED | _NUMERALS,
        label="驾驶证档案编号",
    ),
    "bank card": Sort(
        make=card,
        text="打款至王桂花银行卡{}。",
        types=frozenset(("bank_card", "bank_account")),
        spellings=_DIGITS - {"commas", "underlines", "groups, dots"},
        label="银行卡号",
    ),
    "bank card, no label": Sort(
        make=card,
        text="村民王桂花：{}。",
        types=frozenset(("bank_card", "bank_account")),
        spellings=_SPACED | _NUMERALS,
        label="卡号",
    ),
    "account": Sort(
        make=lambda random: "62" + _digits(random, 12),
        text="户主王桂花，一折通账号：{}。",
        types=frozenset(("bank_account", "bank_card")),
        spellings=_SPACED | _NUMERALS,
        label="一卡通账号",
    ),
    "mobile": Sort(
        make=mobile,
        text="户主王桂花，手机号码{}。",
        types=frozenset(("mobile_phone",)),
        spellings=_SPACED | _NUMERALS | {"groups, dots", "Chinese numerals, spoken", "misread", "over a line end"},
        label="手机号",
    ),
    "mobile, +86": Sort(
        make=lambda random: "+86 " + mobile(random),
        text="申请人王桂花，联系电话：{}。",
        types=frozenset(("mobile_phone",)),
        spellings=_PLAIN,
        label="联系电话",
    ),
    "mobile, country code and groups": Sort(
        make=lambda random: "{} {} {} {}".format(random.choice(("+86", "0086")), *_groups(mobile(random))),
        text="申请人王桂花，联系电话：{}。",
        types=frozenset(("mobile_phone",)),
        spellings=_PLAIN,
        label="联系电话",
    ),
    "landline": Sort(
        make=lambda random: "0999-" + random.choice("235678") + _digits(random, 6),
        text="申请人王桂花，住宅电话：{}。",
        types=frozenset(("landline", "mobile_phone")),
        spellings=_PLAIN,
        label="家庭电话",
    ),
    "e-mail": Sort(
        make=lambda random: f"wgh{_digits(random, 4)}@example.com",
        text="来信人：王桂花，邮箱：{}。",
        types=frozenset(("email",)),
        spellings=_PLAIN,
        label="电子邮箱",
    ),
    "WeChat": Sort(
        make=lambda random: "wgh_" + _digits(random, 6),
        text="户主王桂花，微信号：{}。",
        types=frozenset(("wechat_qq",)),
        spellings=_PLAIN,
        label="微信号",
    ),
    "QQ": Sort(
        make=lambda random: "1" + _digits(random, 9),
        text="学生李小雨，QQ号：{}。",
        types=frozenset(("wechat_qq", "mobile_phone")),
        spellings=_PLAIN | {"groups, spaces"},
        label="QQ号",
    ),
    "plate": Sort(
        make=lambda random: "云A" + "".join(random.choice("0123456789QWRTYUPK") for _ in range(4)) + "7",
        text="车主王桂花所有的小型轿车{}被剐蹭。",
        types=frozenset(("plate",)),
        spellings=(_PLAIN - _ESCAPED) | {"lower case"},
        label="车牌号",
    ),
    "social security": Sort(
        make=lambda random: "A" + _digits(random, 8),
        text="王桂花，社保卡号：{}。",
        types=frozenset(("social_security_no",)),
        spellings=_SPACED,
        label="社保卡号",
    ),
    "medical insurance": Sort(
        make=lambda random: "0" + _digits(random, 9),
        text="王桂花，个人医保编号：{}。",
        types=frozenset(("social_security_no",)),
        spellings=_SPACED | _NUMERALS,
        label="医保编号",
    ),
    "housing fund": Sort(
        make=lambda random: "2" + _digits(random, 11),
        text="职工王桂花，个人公积金账号：{}。",
        types=frozenset(("bank_account",)),
        spellings=_SPACED | _NUMERALS,
        label="公积金账号",
    ),
    "property certificate": Sort(
        make=lambda random: f"云（2019）青石县不动产权第{_digits(random, 7)}号",
        text="村民王桂花持有{}。",
        types=frozenset(("property_cert_no",)),
        spellings=_PLAIN - _ESCAPED - {"full width"},
        label="不动产权证号",
    ),
    "student number": Sort(
        make=lambda random: random.choice("GL") + identity(random),
        text="学籍号：{}。",
        types=frozenset(("student_no",)),
        spellings=_PLAIN | {"digit by digit", "groups, spaces", "lower case"},
        label="学籍号",
    ),
    "disability certificate": Sort(
        make=lambda random: identity(random) + random.choice("1234567") + random.choice("1234"),
        text="残疾人证号：{}。",
        types=frozenset(("disability",)),
        spellings=_DIGITS
        - {"Base64", "commas", "underlines", "over two cells", "over cells", "a digit a cell", "circled"},
        label="残疾人证号",
    ),
    "medical record": Sort(
        make=lambda random: "00" + _digits(random, 6),
        text="患者王桂花，住院号：{}，已出院。",
        types=frozenset(("medical_condition",)),
        spellings=_PLAIN,
        label="病历号",
    ),
}


def spelt(sort: str, spelling: str, random: Random) -> Specimen:
    """One identifier of this sort, in this spelling, in its sentence."""
    held = SORTS[sort]
    written = ANY[spelling](held.make(random))
    before, after = held.text.split("{}")
    start = len(before)
    return Specimen(
        sort=sort,
        spelling=spelling,
        text=f"{before}{written}{after}",
        start=start,
        end=start + len(written),
        types=held.types,
    )


def pairs() -> Iterator[tuple[str, str]]:
    """Every sort in every spelling that it is written in."""
    for name, sort in SORTS.items():
        for spelling in ANY:
            if spelling in sort.spellings:
                yield name, spelling


def _credit_code(random: Random) -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91" + _digits(random, 6) + "".join(random.choice(alphabet) for _ in range(9))
    total = sum(alphabet.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + alphabet[-total % 31]


LOOKALIKES: Mapping[str, Make] = {
    "credit code": lambda random: f"统一社会信用代码：{_credit_code(random)}。",
    "credit code, no label": lambda random: f"青石县供销有限公司（{_credit_code(random)}）中标。",
    "organisation code": lambda random: f"组织机构代码：{_digits(random, 8)}-{_digits(random, 1)}。",
    "order": lambda random: f"订单号：2024{_digits(random, 14)}。",
    "contract": lambda random: f"合同编号：QS-2024-{_digits(random, 8)}。",
    "case": lambda random: f"（2024）云0123民初{_digits(random, 4)}号。",
    "document": lambda random: f"青政办发〔2024〕{_digits(random, 2)}号。",
    "invoice": lambda random: f"发票代码{_digits(random, 12)}，发票号码{_digits(random, 8)}。",
    "IMEI": lambda random: f"手机IMEI：{luhn('86' + _digits(random, 12))}。",
    "ISBN": lambda random: f"ISBN 978-7-{_digits(random, 4)}-{_digits(random, 4)}-{_digits(random, 1)}。",
    "ISSN": lambda random: f"ISSN {_digits(random, 4)}-{_digits(random, 4)}。",
    "meter": lambda random: f"电表表号：{_digits(random, 12)}，用户号{_digits(random, 10)}。",
    "patent": lambda random: f"专利号ZL2018{_digits(random, 8)}.{_digits(random, 1)}。",
    "ledger": lambda random: f"台账编号：{_digits(random, 14)}。",
    "hotline": lambda random: f"政务服务热线12345，客服400-{_digits(random, 3)}-{_digits(random, 4)}。",
    "agency account": lambda random: f"户名：青石县财政局，账号：{card(random)}。",
    "office line": lambda random: f"咨询电话：0999-55{_digits(random, 5)}；监督电话：{mobile(random)}。",
    "office mailbox": lambda random: f"意见发送至邮箱qs{_digits(random, 4)}@example.com。",
    "tender contact": lambda random: f"采购代理机构联系人：陈工，电话：{mobile(random)}。",
    "execution certificate": lambda random: f"执行证书：（2024）云青证执字第{_digits(random, 4)}号。",
    "dates": lambda random: f"计划工期20240{random.randint(1, 9)}15至20251{random.randint(0, 2)}20。",
    "date and time": lambda random: f"更新时间：20240506{_digits(random, 6)}，流水2024050612{_digits(random, 8)}。",
    "test card": lambda random: "测试卡号：4111 1111 1111 1111，仅用于联调。",
    "decimal": lambda random: f"系数为0.{identity(random)[:17]}，误差{_digits(random, 2)}.{identity(random)[:15]}。",
    "coordinates": lambda random: f"东经103.{_digits(random, 14)}，北纬30.{_digits(random, 14)}。",
    "hash": lambda random: f"校验值{random.getrandbits(256):064x}。",
    "UUID": lambda random: "标识{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}。".format(
        *(random.getrandbits(bits) for bits in (32, 16, 12, 12, 48))
    ),
    "timestamp": lambda random: f"时间戳{1_700_000_000_000 + random.randrange(10**11)}。",
    "amounts": lambda random: f"合同金额{random.randrange(10**9, 10**10)}.00元，税额{random.randrange(10**7)}.50元。",
    "statistics": lambda random: "各村户数：" + " ".join(str(random.randrange(1, 10)) for _ in range(30)) + "。",
    "table of numbers": lambda random: (
        "村组\t户数\t面积\n" + "\n".join(f"{n}组\t{_digits(random, 6)}\t{_digits(random, 8)}" for n in range(4))
    ),
    "masked": lambda random: f"身份证号{_digits(random, 2)}*************{_digits(random, 3)}。",
    "tracking": lambda random: f"快递单号：SF{_digits(random, 13)}。",
    "bar code": lambda random: f"商品条码69{_digits(random, 11)}。",
    "medicine": lambda random: f"国药准字H{_digits(random, 8)}，生产许可证号SC1{_digits(random, 13)}。",
    "address of a page": lambda random: (
        f"详见https://www.example.gov.cn/art/2024/5/6/art_{_digits(random, 6)}_{_digits(random, 8)}.html。"
    ),
    "bidding": lambda random: f"招标编号：YNZC{_digits(random, 14)}，项目编号2024{_digits(random, 10)}。",
    "serial": lambda random: f"设备序列号：{_digits(random, 18)}。",
    "HTML": lambda random: escape(f'<a href="?id={_digits(random, 8)}">') + quote("公示") + "。",
}
"""What looks like an identifier and is none."""
