"""A chart that a flat spreadsheet holds in itself is redacted as the packed one is: what it shows stays, masked."""

from __future__ import annotations

import pytest
from builders_odf import Draft, cell, content, flat, odf, row, table
from redacting import NUMBER, redact

from reviewer.redact.search import left_over
from reviewer.terms import Decision

CHARTS = "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"
LABELS = table(row(cell("张三"), cell(NUMBER)), row(cell("合计"), cell("2000")), name="local-table")
CHART = f"<chart:chart>{LABELS}</chart:chart>"
WRITTEN_OUT = (
    f'<draw:object><office:document xmlns:chart="{CHARTS}"><office:body><office:chart>{CHART}</office:chart>'
    "</office:body></office:document></draw:object>"
    "<draw:image><office:binary-data>VkNMTVRGAQAxAAAAAAAAAAEAGwA=</office:binary-data></draw:image>"
)


def sheet(drawn: str) -> str:
    frame = f"<table:table-cell><draw:frame>{drawn}</draw:frame></table:table-cell>"
    return table(row(cell("姓名"), cell("身份证号")), row(cell("张三"), cell(NUMBER), frame), name="名单")


FLAT = flat(Draft(kind="spreadsheet", body=sheet(WRITTEN_OUT)))
PACKED = odf(
    Draft(
        kind="spreadsheet",
        body=sheet('<draw:object xlink:href="./图"/>'),
        parts={"图/content.xml": content(CHART, "chart")},
    )
)


@pytest.mark.parametrize(("name", "data"), [("名单.fods", FLAT), ("名单.ods", PACKED)])
def test_what_a_chart_shows_is_masked_and_stays(name: str, data: bytes) -> None:
    made = redact(name, data)
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert left_over(made.data, [NUMBER], "") == {}
    shown = [s for s in made.redaction.review.document.segments if "对象1" in s.place and not s.hidden]
    assert [s.text for s in shown] == ["张某", "****", "合计", "2000"]


def test_an_object_that_is_no_chart_goes() -> None:
    body = WRITTEN_OUT.replace("office:chart>", "office:spreadsheet>").replace("chart:chart>", "chart:other>")
    made = redact("名单.fods", flat(Draft(kind="spreadsheet", body=sheet(body))))
    assert not [s for s in made.redaction.review.document.segments if "对象1" in s.place]
