"""Marks: every form of the grammar is found, the words of secrecy in ordinary text are not."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.detect import Ruleset, detect
from reviewer.detect.specimen import document_of
from reviewer.terms import Action, Finding, Part, Specimen

TODAY = date(2026, 11, 24)


def found(ruleset: Ruleset, text: str, **where: object) -> list[Finding]:
    document = document_of(Specimen(text=text, **where))  # type: ignore[arg-type]
    return [f for f in detect(document, ruleset, today=TODAY).findings if f.action is not Action.NOTE]


def blocked(ruleset: Ruleset, text: str) -> list[str]:
    return [
        text[f.span.start : f.span.end]
        for f in found(ruleset, text)
        if f.rule.id.startswith("state-secret/") and f.action is Action.BLOCK
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "机密★1年",
        "绝密★长期",
        "秘密 ★ 10年",
        "机　密★20年",
        "秘密☆6个月",
        "机密*5年",
        "绝密★启用前",
        "机密★会议开始前",
        "秘密★至2027年12月31日",
        "绝密·长期",
        "機密★十年",
        "秘密★",
        "机密⭐3年",
        "机密★1O年",
        pytest.param("秘\u200b密★2年", id="zero width inside"),
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "{}\n关于有关事项的通知\n各县区：", "青石县文件\n\n{}\n\n通知如下。", "……见{}件。"]
)
def test_every_form_blocks_wherever_it_stands(ruleset: Ruleset, mark: str, around: str) -> None:
    assert blocked(ruleset, around.format(mark))


@pytest.mark.parametrize(
    "text",
    [
        "密级：秘密",
        "保密级别：机密",
        "【机密】\n关于有关事项的通知",
        "秘密\n关于有关事项的通知",
        "机\n密\n★\n10年\n通知",
        "本方案属机密级，请妥善保管。",
        "现将省委密电〔2026〕7号转发给你们。",
        "除附件3（秘密）外均可公开。",
        "（此件公开发布）\n机密★3年",
        "严禁泄露国家秘密。\n机密★3年\n通知",
    ],
)
def test_these_block(ruleset: Ruleset, text: str) -> None:
    assert blocked(ruleset, text)


@pytest.mark.parametrize(
    "text",
    [
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "标有“秘密”字样的文件不得上网。",
        "经审查，本文不涉及国家秘密。",
        "涉密信息不上网，上网信息不涉密。",
        "选举采用无记名投票，设秘密写票处。",
        "这里曾是中共地下党的秘密交通站。",
        "保障数据的机密性、完整性、可用性。",
        "请修改计算机密码。",
        "国办发明电〔2025〕6号",
        "密云区人民政府办公室（密政办发〔2026〕5号）",
        "内部审计工作要点",
        "密级：无",
        "机密级计算机不得联网。",
        "侵犯商业秘密罪",
        "长寿的秘密是什么",
        "电影《绝密跟踪》公映",
        "绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    ],
)
def test_a_lawful_mention_is_silent(ruleset: Ruleset, text: str) -> None:
    assert [f.rule.id for f in found(ruleset, text)] == []


def test_suppression_is_local(ruleset: Ruleset) -> None:
    text = "不得泄露国家秘密。\n秘密★5年\n保守秘密，人人有责。"
    assert blocked(ruleset, text) == ["秘密★5年"]


def test_an_expired_mark_asks_for_proof_and_never_clears(ruleset: Ruleset) -> None:
    (finding,) = [f for f in found(ruleset, "秘密★3年\n关于有关事项的通知\n\n2015年3月5日\n") if "mark" in f.type]
    assert finding.action is Action.REFER
    assert "2018-03-05" in finding.note


def test_a_mark_in_force_blocks_whatever_its_date(ruleset: Ruleset) -> None:
    assert blocked(ruleset, "机密★20年\n通知\n2015年3月5日\n")


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Part.HEADER, "机密"),
        (Part.TEXT_BOX, "秘密"),
        (Part.FILE_NAME, "（机密）防汛方案.docx"),
        (Part.PROPERTY, "秘密"),
    ],
)
def test_a_level_in_a_margin_a_name_or_a_property_blocks(ruleset: Ruleset, part: Part, text: str) -> None:
    assert any(f.action is Action.BLOCK for f in found(ruleset, text, part=part))


def test_mentions_are_counted_outside_of_findings(ruleset: Ruleset) -> None:
    document = document_of(Specimen(text="机密★3年\n密级分为绝密、机密、秘密三级。\n做好保密审查。"))
    mentions = detect(document, ruleset, today=TODAY).mentions
    assert mentions == {"密级": 1, "绝密": 1, "机密": 1, "秘密": 1, "保密": 1}
