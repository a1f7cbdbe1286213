"""Titles left over from another document: measured on pairs of our own making."""

from __future__ import annotations

import pytest
from persons import TODAY

from reviewer.detect import Ruleset, detect
from reviewer.detect.specimen import document_of
from reviewer.terms import Part, Specimen

DAY_TEXT = "青石县气象局关于做好汛期值班的通知\n各乡镇：\n现将汛期值班安排通知如下。\n值班电话保持畅通。"
GRANTS = "2026年春季学期家庭经济困难学生资助名单公示\n根据有关规定，现将受助学生名单公示如下。"
PENALTY = "关于给予王桂花同志处分的决定\n王桂花，女，某镇工作人员。"
BID = "青石县人民医院医疗设备采购项目中标公告\n一、项目编号：QSCG-2026-18\n二、中标供应商"


def residues(rules: Ruleset, title: str, body: str, place: str) -> list[str]:
    specimen = Specimen(text=title, part=Part.PROPERTY, hidden=place != "title", name=place, body=body)
    document = document_of(specimen)
    found = detect(document, rules, today=TODAY).findings
    return [document.text[f.span.start : f.span.end] for f in found if f.type == "doc_title_residue"]


@pytest.mark.parametrize("place", ["core.xml/title", "属性 Title", "属性/标题"])
@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("关于青石恒岳公司偷税案的处理意见", DAY_TEXT),
        ("双柳镇征地补偿信访事项研判", GRANTS),
        ("Microsoft Word - 城区供水价格调整方案（送审稿）.doc", GRANTS),
        ("关于给予李建国同志处分的决定", PENALTY),
        ("食品安全暗访检查工作安排", BID),
        ("纪委监委问题线索处置情况", DAY_TEXT),
        ("石桥镇困难残疾人生活补贴发放表", BID),
        ("2025年公务用车编制核定表", GRANTS),
    ],
)
def test_another_matter(ruleset: Ruleset, title: str, body: str, place: str) -> None:
    assert residues(ruleset, title, body, place) == [title]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("汛期值班安排", DAY_TEXT),
        ("关于做好2025年汛期值班的通知", DAY_TEXT),
        ("青石县气象局", DAY_TEXT),
        ("通知", DAY_TEXT),
        ("关于做好有关工作的通知", DAY_TEXT),
        ("2025年秋季学期家庭经济困难学生资助名单公示", GRANTS),
        ("困难学生资助公示（定稿）", GRANTS),
        ("关于给予王桂花同志处分的决定（送审稿）", PENALTY),
        ("县医院医疗设备采购中标公告", BID),
        ("文档1", BID),
        ("新建 Microsoft Word 文档", BID),
        ("Microsoft Word - 中标公告.doc", BID),
        ("PowerPoint 演示文稿", BID),
        ("无标题", BID),
        ("Sheet1", BID),
        ("党政机关公文格式模板", BID),
        ("青石县公共资源交易中心", BID),
        ("QSCG-2026-18", BID),
        ("", BID),
    ],
)
def test_the_same_matter_or_none(ruleset: Ruleset, title: str, body: str) -> None:
    assert residues(ruleset, title or " ", body, "core.xml/title") == []


@pytest.mark.parametrize(
    ("title", "flagged"),
    [
        ("关于青石恒岳公司偷税案的处理决定_青石县人民政府", True),
        ("关于做好汛期值班的通知_通知公告_青石县人民政府门户网站", False),
        ("通知公告 - 青石县气象局", False),
        ("青石县人民政府", False),
        ("民生实事", False),
    ],
)
def test_titles_of_pages(ruleset: Ruleset, title: str, flagged: bool) -> None:
    assert bool(residues(ruleset, title, DAY_TEXT, "title")) is flagged
