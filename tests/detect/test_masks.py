"""Masks judged with their record, and lists without names from which persons can be told."""

from __future__ import annotations

from datetime import date

import pytest
from persons import ID, TODAY, findings, rules

from reviewer.detect import detect
from reviewer.detect.privacy.masks import Beside, candidates
from reviewer.detect.specimen import document_of
from reviewer.terms import Action, Finding, Specimen

NOTHING = Beside(born="", year=False, age=False, sex=False, county=False)
HERE = Beside(born="", year=False, age=False, sex=False, county=True)
AGED = Beside(born="", year=False, age=True, sex=False, county=True)
BORN = Beside(born="19650302", year=True, age=False, sex=False, county=True)


@pytest.mark.parametrize(
    ("shape", "beside", "least", "most"),
    [
        ("529931********6030", NOTHING, 3_000, 3_500),
        ("5299311904****6030", NOTHING, 30, 36),
        ("529931********6030", AGED, 30, 36),
        ("529931********6030", BORN, 1, 1),
        ("52993119040207****", NOTHING, 1_000, 1_000),
        ("5299**********6030", HERE, 3_000, 3_500),
        ("***************030", HERE, 30_000, 36_000),
        ("****************30", HERE, 300_000, 340_000),
    ],
)
def test_candidates(shape: str, beside: Beside, least: int, most: int) -> None:
    assert least <= candidates(shape, beside) <= most


def _of(text: str, rule: str, today: date = TODAY) -> list[Finding]:
    held = detect(document_of(Specimen(text=text)), rules(), today=today).findings
    return [finding for finding in held if finding.rule.id == f"personal-privacy/{rule}"]


def test_a_birth_date_beside_a_mask_leaves_one() -> None:
    (finding,) = _of("青石县名单\n姓名\t出生日期\t身份证号\n王某某\t1905.03.11\t529931********6030", "joined-mask")
    assert (finding.note, finding.action) == ("同一行有出生日期，可唯一确定", Action.MASK)


def test_an_age_beside_a_mask_is_a_remark() -> None:
    (finding,) = _of("青石县名单\n姓名\t年龄\t身份证号\n王某某\t61\t529931********6030", "joined-mask")
    assert (finding.note, finding.action) == ("还能对应约 33 人；同一行有年龄", Action.NOTE)


def test_a_whole_number_elsewhere_undoes_a_mask() -> None:
    (finding,) = _of(f"身份证号529931********2470\n附件\n{ID}", "joined-mask")
    assert finding.note == "掩码无效：完整号码见 ¶3"


@pytest.mark.parametrize(
    "hidden",
    [
        "********",
        "xxxxxxxx",
        "XXXXXXXX",
        "○○○○○○○○",
        "□□□□□□□□",
        "××××××××",
        "＊＊＊＊＊＊＊＊",
        "••••••••",
        "某某某某某某某某",
    ],
)
def test_whatever_hides_a_digit_is_a_mask(hidden: str) -> None:
    (finding,) = _of(f"救助公示\n申请人王某，1905年3月11日出生，身份证号529931{hidden}6030", "joined-mask")
    assert (finding.note, finding.action) == ("同一行有出生日期，可唯一确定", Action.MASK)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("户主王桂花，手机164****3097\n值班记录：16484473097来电", "掩码无效：完整号码见 ¶2"),
        ("户主王桂花，手机164****3097，隐去的四位是8447", "号码隐去的数字"),
        ("户主王桂花，手机164****3097\n户主王桂花，手机1648447****", "另一处掩去的位数不同，可以互补"),
    ],
)
def test_what_undoes_the_mask_of_a_telephone(text: str, note: str) -> None:
    assert {finding.note for finding in _of(text, "joined-phone-mask")} == {note}


@pytest.mark.parametrize("shown", ["164****3097", "164○○○○3097", "164xxxx3097"])
def test_three_and_four_digits_are_a_good_mask(shown: str) -> None:
    for text in (f"户主王桂花，手机{shown}，低保户", f"姓名\t手机\t病种\n王桂花\t{shown}\t尿毒症"):
        assert not [f for f in findings(text) if f.type == "mobile_phone"]


@pytest.mark.parametrize("shown", ["1648447**97", "164844730**", "164*4473097", "16484473xxx", "164-8447-30**"])
def test_a_telephone_that_hides_three_digits_or_fewer(shown: str) -> None:
    for text in (f"户主王桂花，手机{shown}，低保户", f"姓名\t手机\t病种\n王桂花\t{shown}\t尿毒症"):
        assert shown in {text[f.span.start : f.span.end] for f in findings(text) if f.type == "mobile_phone"}


LIST = "序号\t性别\t年龄\t村组\t病种\n" + "\n".join(f"{n}\t女\t{40 + n}\t东山村\t尿毒症" for n in range(1, 8))


def test_who_can_be_told_without_a_name() -> None:
    (finding,) = _of(LIST, "quasi-identifiers")
    assert (finding.note, finding.action) == ("7 人中 7 人凭性别、年龄、村组即可被唯一认出", Action.REFER)


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t金额\t身份证号\n王某某\t650\t529931********6030",
        "姓名\t出生日期\t身份证号\n王某某\t1905.03.11\t****************30",
        "失信被执行人名单\n姓名：王某某　年龄：52　证件号：5299**********6030",
    ],
    ids=["nothing beside", "a good mask", "statutory"],
)
def test_good_masks_stay_silent(text: str) -> None:
    assert [f for f in _of(text, "joined-mask") if f.action is not Action.NOTE] == []


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("病种", "金额").replace("尿毒症", "650"),
        LIST.replace("年龄", "人数"),
        "\n".join(LIST.split("\n")[:4]),
    ],
    ids=["nothing sensitive", "counts", "too few"],
)
def test_lists_of_nobody_stay_silent(text: str) -> None:
    assert _of(text, "quasi-identifiers") == []
