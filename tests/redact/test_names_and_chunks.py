"""Names of sheets that say too much are changed wherever they stand; inserted files go whole."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from carriers.all import CARRIERS
from openpyxl.chart import BarChart, Reference
from redacting import Made, redact

from reviewer.errors import RedactionError
from reviewer.redact.search import left_over
from reviewer.terms import Decision

NUMBER = "529931191506184862"


def book(*names: str) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name in names:
        page = made.create_sheet(name)
        page.append(["月份", "件数"])
        page.append(["三月", 12])
        page.print_area = "A1:B2"
        chart = BarChart()
        chart.add_data(Reference(page, min_col=2, min_row=1, max_row=2), titles_from_data=True)
        page.add_chart(chart, "D2")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def certificate_of(made: Made) -> str:
    return str(made.redaction.certificate.json())


def test_a_sheet_is_renamed_with_what_refers_to_it() -> None:
    made = redact("统计.xlsx", book("汇总", NUMBER))
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    copy = openpyxl.load_workbook(io.BytesIO(made.data))
    assert copy.sheetnames == ["汇总", "【依法不予公开】"]
    page = copy["【依法不予公开】"]
    assert page.print_area == "'【依法不予公开】'!$A$1:$B$2"
    assert page._charts[0].series[0].val.numRef.f == "'【依法不予公开】'!$B$2"
    assert left_over(made.data, [NUMBER], "") == {}
    assert NUMBER not in certificate_of(made)


def test_two_sheets_that_would_be_called_alike_are_refused_with_a_way_out() -> None:
    with pytest.raises(RedactionError, match="改名") as refusal:
        redact("统计.xlsx", book(NUMBER, "52993119010906714X"))
    assert NUMBER not in str(refusal.value)


def test_an_inserted_file_goes_whole_and_is_listed() -> None:
    (carrier,) = (one for one in CARRIERS if one.name == "docx inserted page.docx")
    source = io.BytesIO(carrier.data())
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    said = "<w:p><w:r><w:t>公示内容</w:t></w:r></w:p>"
    parts["word/document.xml"] = body.replace("<w:body>", f"<w:body>{said}", 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    made = redact("公示.docx", out.getvalue())
    assert left_over(made.data, [carrier.number], "") == {}
    assert "插入的文件" in certificate_of(made)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert "altChunk" not in archive.read("word/document.xml").decode()
        assert not [name for name in archive.namelist() if "chunk" in name.lower()]
