"""Expat hears every part a second time: what the walk lost is told, ordinary files are silent."""

from __future__ import annotations

import base64

import pytest
from builders_ooxml import docx, ordinary_docx, ordinary_pptx, ordinary_xlsx, paragraph, run

from reviewer.extract.docx import read
from reviewer.extract.ooxml.sweep import Sweep
from reviewer.extract.pptx import read as read_pptx
from reviewer.extract.scribe import Scribe
from reviewer.extract.xlsx import read as read_xlsx

WORD = "word/document.xml"
CODED = base64.b64encode(b"\x08" + "430101190402030077".encode("utf-16-le")).decode()


def told(part: str, name: str, read: str) -> list[str]:
    """Places of the gaps when this is all that the first reader read of the part."""
    scribe, sweep = Scribe(), Sweep()
    scribe.add(read, "¶1")
    sweep.hear(name, part.encode())
    sweep.hear(name, part.encode())
    sweep.tell(scribe)
    return [gap.place for gap in scribe.finish().gaps]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("<a><t>公开身份证</t></a>", WORD),
        ("<a><w:t xmlns:w='x'>公开 43010119040203</w:t></a>", WORD),
        ("<a><b>公开身份</b></a>", "customXml/item1.xml"),
        ("<sst><si><t>公开身份</t></si></sst>", "xl/sharedStrings.xml"),
        ("<a><c><is><t>公开身份</t></is></c></a>", "xl/worksheets/sheet1.xml"),
        ("<a><![CDATA[身份]]><t>公开</t></a>", WORD),
        ("<a><?note 430101190402030077?><t>公开</t></a>", WORD),
        ("<a xmlns:n='urn:430101190402030077'><t>公开</t></a>", WORD),
        (f"<a><fldData>{CODED}</fldData><t>公开</t></a>", WORD),
    ],
)
def test_what_the_reading_lacks_is_told(part: str, name: str) -> None:
    assert told(part, name, "公开") == [name]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("<a><t>公</t><t>开</t></a>", WORD),
        ("<a><Choice><t>公开</t></Choice><Fallback><p><t>公开</t></p></Fallback></a>", WORD),
        ("<a><instrText>PAGE</instrText><t>公开</t></a>", WORD),
        ("<a><posOffset>12345</posOffset><t>公开</t></a>", WORD),
        ("<a><fld type='slidenum'><rPr/><t>第一页</t></fld><t>公开</t></a>", "ppt/slides/slide1.xml"),
        ("<a><t>单击此处编辑母版标题样式</t></a>", "ppt/slideLayouts/slideLayout1.xml"),
        ("<a><c><v>12345678</v></c></a>", "xl/worksheets/sheet1.xml"),
        ("<a><HeadingPairs><v>工作表</v></HeadingPairs><v>公开</v></a>", "docProps/app.xml"),
        ("<a><t>公开身份证", WORD),
        (
            "<?mso-application progid='Word.Document'?><a xmlns='http://schemas.openxmlformats.org/x/2006/main'><t>公开</t></a>",
            WORD,
        ),
        ("<a><fldData>AAECAwQFBgcICQ==</fldData><t>公开</t></a>", WORD),
    ],
)
def test_what_says_nothing_is_not_missed(part: str, name: str) -> None:
    assert told(part, name, "公开") == []


@pytest.mark.parametrize(("drawing", "gaps"), [("名单", []), ("身份证", ["ppt/diagrams/drawing1.xml"])])
def test_what_a_smartart_looks_like_repeats_what_it_says(drawing: str, gaps: list[str]) -> None:
    scribe, sweep = Scribe(), Sweep()
    scribe.add("名单", "幻灯片1 SmartArt1")
    sweep.hear("ppt/diagrams/data1.xml", "<a><t>名单</t></a>".encode())
    sweep.hear("ppt/diagrams/drawing1.xml", f"<a><t>{drawing}</t></a>".encode())
    sweep.tell(scribe)
    assert [gap.place for gap in scribe.finish().gaps] == gaps


def test_ordinary_files_are_read_alike() -> None:
    files = [
        *(reader(make("工作情况通报", "公示")) for reader, make in ((read, ordinary_docx), (read_pptx, ordinary_pptx))),
        read_xlsx(ordinary_xlsx([["姓名", "电话"], ["张三", 13900000000]])),
        read(docx(paragraph(run("公示"), run("一二三")))),
    ]
    assert [gap for file in files for gap in file.gaps if "不一致" in gap.reason] == []
