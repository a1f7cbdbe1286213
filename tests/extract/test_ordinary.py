"""Ordinary files come out clear, whichever program saved them; what is planted into their technical values is found."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest
from builders_doc import doc, para
from builders_office import (
    CHOICE,
    RULES,
    excel_xlsx,
    excel_xlsx_parts,
    powerpoint_pptx,
    powerpoint_pptx_parts,
    word_docx,
    word_docx_parts,
    word_rtf,
    wps_docx,
    wps_docx_parts,
)
from builders_ooxml import ordinary_docx, ordinary_pptx, ordinary_xlsx, pack

from reviewer.extract import Source
from reviewer.screen import screener_for, settings
from reviewer.terms import Decision, Review

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = ("关于国庆节放假安排的通知", "各科室：现将放假安排通知如下，请遵照执行。")
ROWS = (("序号", "项目", "金额"), ("1", "道路养护", "三万元"))
NUMBER = "529931190001010010"


def review(name: str, data: bytes) -> Review:
    return screener_for(settings(None, "2026-11-24")).review(Source(path=name, name=name, data=data))


def xlwt_xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for at, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            sheet.write(at, column, text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsxwriter_xlsx() -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for at, texts in enumerate(ROWS):
            sheet.write_row(at, 0, texts)
    return buffer.getvalue()


ORDINARY: list[tuple[str, Callable[[], bytes]]] = [
    ("Word.docx", lambda: word_docx(*TEXTS)),
    ("WPS.docx", lambda: wps_docx(*TEXTS)),
    ("python-docx.docx", lambda: ordinary_docx(*TEXTS)),
    ("Excel.xlsx", lambda: excel_xlsx(*ROWS)),
    ("WPS.xlsx", lambda: excel_xlsx(*ROWS, wps=True)),
    ("openpyxl.xlsx", lambda: ordinary_xlsx(ROWS)),
    ("XlsxWriter.xlsx", xlsxwriter_xlsx),
    ("xlwt.xls", xlwt_xls),
    ("PowerPoint.pptx", lambda: powerpoint_pptx(*TEXTS)),
    ("WPS.pptx", lambda: powerpoint_pptx(*TEXTS, wps=True)),
    ("python-pptx.pptx", lambda: ordinary_pptx(*TEXTS)),
    ("form.docx", lambda: word_docx(*TEXTS, sdt=CHOICE)),
    ("list.xlsx", lambda: changed(BOOK, SHEET, "<phoneticPr", RULES + "<phoneticPr")),
    ("Word.rtf", lambda: word_rtf(*TEXTS)),
    ("old.doc", lambda: doc(*map(para, TEXTS))),
]


@pytest.mark.parametrize(("name", "make"), ORDINARY, ids=[name for name, _ in ORDINARY])
def test_an_ordinary_file_is_clear(name: str, make: Callable[[], bytes]) -> None:
    found = review(name, make())
    assert found.verdict.gaps == ()
    assert {finding.rule.id for finding in found.verdict.findings} <= {"concealed/author-property"}
    assert found.verdict.decision is Decision.CLEAR


def changed(parts: dict[str, str | bytes], name: str, old: str, new: str) -> bytes:
    content = parts[name]
    assert isinstance(content, str)
    assert old in content
    return pack(parts | {name: content.replace(old, new)})


RECORD = base64.b64encode(f'{{"hdid":"证号{NUMBER}"}}'.encode()).decode()
WORD, WPS = word_docx_parts(*TEXTS), wps_docx_parts(*TEXTS)
BOOK, DECK = excel_xlsx_parts(*ROWS), powerpoint_pptx_parts(*TEXTS, wps=True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("panose.docx", changed(WORD, "word/fontTable.xml", "02010600030101010101", NUMBER)),
        ("theme.docx", changed(WORD, "word/theme/theme1.xml", "020F0302020204030204", NUMBER)),
        ("count.docx", changed(WORD, "docProps/app.xml", "<Words>120<", f"<Words>{NUMBER}<")),
        ("company.docx", changed(WORD, "docProps/app.xml", "<Company><", f"<Company>{NUMBER}<")),
        ("heading.xlsx", changed(BOOK, "docProps/app.xml", "命名范围", f"证号{NUMBER}")),
        ("checksum.docx", changed(WPS, "docProps/custom.xml", "7A1F4C2E5B6D48903E21AC77D0F5B816_13", NUMBER)),
        ("printer.xlsx", changed(BOOK, "xl/worksheets/sheet1.xml", "4294967293", NUMBER)),
        ("identifier.xlsx", changed(BOOK, "xl/workbook.xml", "{3F1A2B4C-5D6E-4F70-8192-A3B4C5D6E7F8}", NUMBER)),
        ("tag.pptx", changed(DECK, "ppt/tags/tag1.xml", "单击此处添加标题", f"单击此处添加标题{NUMBER}")),
        ("prompt.pptx", changed(DECK, "ppt/slideMasters/slideMaster1.xml", "编辑母版文本样式", f"编辑{NUMBER}")),
    ],
)
def test_what_is_planted_into_technical_values_is_found(name: str, data: bytes) -> None:
    assert "resident_id" in {finding.type for finding in review(name, data).verdict.findings}


def test_a_record_that_says_more_is_text() -> None:
    parts = wps_docx_parts(*TEXTS)
    settings_part = str(parts["word/settings.xml"])
    start = settings_part.index('commondata" w:val="') + len('commondata" w:val="')
    end = settings_part.index('"', start)
    data = pack(parts | {"word/settings.xml": settings_part[:start] + RECORD + settings_part[end:]})
    assert any(segment.text == RECORD for segment in review("a.docx", data).document.segments)
