"""Columns that go altogether: what names a column moves along, what cannot be shown stays emptied and is told."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table
from redacting import DAY, NUMBER, proposed, reviewed

from reviewer.redact.columns import Shift
from reviewer.redact.columns.xlsx import moved_references
from reviewer.redact.masks import How, masking
from reviewer.redact.plan import Plan
from reviewer.redact.search import left_over
from reviewer.screen import screener_for, settings
from reviewer.screen.redaction import Redaction, redacted
from reviewer.terms import Decision

NUMBERS = (NUMBER, "不详", "529931190202029993")
ROWS = [("序号", "姓名", "身份证号", "金额"), *((at, f"张{at}", NUMBERS[at], at * 100) for at in range(3))]


def deleting(plan: Plan) -> Plan:
    """As a person edits it: the column of numbers and its heading go."""
    gone = ("resident_id",)
    return replace(
        plan, operations=tuple(replace(o, how=How.DELETE, mask="") if o.type in gone else o for o in plan.operations)
    )


def without_column(name: str, data: bytes) -> Redaction:
    source, review = reviewed(name, data)
    return redacted(screener_for(settings(None, DAY)), source, review, deleting(proposed(review)), masking())


def told(made: Redaction) -> str:
    return " ".join(one.what for one in made.certificate.cleaned)


def sheet(*, chart_of: int = 4) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "名单"
    page.append(["补助发放名单"])
    page.merge_cells("A1:D1")
    for row in ROWS:
        page.append(row)
    for letter, width in zip("ABCD", (6, 12, 24, 15), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "D3"
    page.print_area = "A1:D5"
    page.print_title_cols = "A:C"
    page.conditional_formatting.add("D3:D5", CellIsRule(operator="greaterThan", formula=["$D$3"], fill=PatternFill()))
    page.add_table(Table(displayName="T", ref="A2:D5"))
    chart = BarChart()
    chart.add_data(Reference(page, min_col=chart_of, min_row=2, max_row=5), titles_from_data=True)
    page.add_chart(chart, "F2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_column_of_a_workbook_goes_and_all_that_names_columns_moves() -> None:
    made = without_column("名单.xlsx", sheet())
    assert made.review.verdict.decision is Decision.CLEAR
    assert "整列删去" in told(made)
    assert left_over(made.data, NUMBERS[::2], "") == {}
    page = openpyxl.load_workbook(io.BytesIO(made.data)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=5)]
    assert [row[2] for row in rows] == ["金额", 0, 100, 200]
    assert [len(row) for row in rows] == [3] * 4
    assert [str(one) for one in page.merged_cells.ranges] == ["A1:C1"]
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [6, 12, 15]
    assert (page.freeze_panes, page.print_area, page.print_title_cols) == ("C3", "'名单'!$A$1:$C$5", "$A:$B")
    (condition,) = page.conditional_formatting
    assert (str(condition.sqref), condition.rules[0].formula) == ("C3:C5", ["$C$3"])
    (table,) = page.tables.values()
    assert (table.ref, [one.name for one in table.tableColumns]) == ("A2:C5", ["序号", "姓名", "金额"])
    assert "'名单'!$C$3:$C$5" in str(page._charts[0].series[0].val.numRef.f)


def test_a_chart_of_the_column_keeps_it_emptied_and_says_so() -> None:
    made = without_column("名单.xlsx", sheet(chart_of=3))
    assert made.review.verdict.decision is Decision.CLEAR
    assert "图表引用该列" in told(made)
    assert openpyxl.load_workbook(io.BytesIO(made.data)).active["D2"].value == "金额"


def test_a_column_of_delimited_text() -> None:
    lines = [
        "序号,姓名,身份证号,备注",
        f'1,张一,{NUMBER},"住院,已结"',
        "2,张二,不详,",
        f"3,张三,{NUMBERS[2]},x",
        "合计,3",
    ]
    made = without_column("名单.csv", "\r\n".join(lines).encode("gb18030"))
    wanted = ["序号,姓名,备注", '1,张一,"住院,已结"', "2,张二,", "3,张三,x", "合计,3"]
    masked = made.data.decode("gb18030").split("\r\n")
    assert [line.split(",", 2)[2:] for line in masked] == [line.split(",", 2)[2:] for line in wanted]


def test_a_column_of_a_word_table() -> None:
    paper = docx.Document()
    table = paper.add_table(rows=0, cols=4)
    head = table.add_row().cells
    head[0].merge(head[3]).text = "补助发放名单"
    for row in ROWS:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    out = io.BytesIO()
    paper.save(out)
    made = without_column("名单.docx", out.getvalue())
    assert "整列删去" in told(made)
    (table,) = docx.Document(io.BytesIO(made.data)).tables
    assert len(table.columns) == 3
    assert [cell.text for cell in table.rows[4].cells][::2] == ["2", "200"]
    assert {cell.text for cell in table.rows[0].cells} == {"补助发放名单"}


HEAD = "<tr><th colspan=4>补助发放名单<tr><th>序号<th>姓名<th>身份证号<th>金额"
FOOT = "<tr><td>合计<td colspan='2'>3人<td>300"


def page(*, before: str = "", cell: str = "<td>{}", head: str = HEAD, foot: str = FOOT) -> bytes:
    rows = "".join("<tr>" + "".join(cell.format(value) for value in row) for row in ROWS[1:])
    return f"{before}<table><colgroup><col width=5><col span=2><col></colgroup>{head}{rows}{foot}</table>".encode()


def test_a_column_of_a_web_page_goes_and_merged_cells_become_narrower() -> None:
    made = without_column("名单.html", page(before="<style>tr:nth-child(2n) { color: blue }</style><p>公示</p>"))
    assert made.review.verdict.decision is Decision.CLEAR
    assert "整列删去" in told(made)
    source = made.data.decode()
    assert "<col width=5><col span=1><col></colgroup>" in source
    assert "<tr><th colspan=3>补助发放名单<tr><th>序号<th>姓名<th>金额<tr>" in source
    assert source.endswith("<td>200<tr><td>合计<td colspan='1'>3人<td>300</table>")
    assert [row.count("<td>") for row in source.split("<tr>")[3:6]] == [3, 3, 3]


def test_columns_of_a_table_within_a_table() -> None:
    outer = f"<table><tr><td>附件<td>{page().decode()}<td>完</table>"
    made = without_column("名单.html", outer.encode())
    assert "整列删去" in told(made)
    assert made.data.decode().startswith("<table><tr><td>附件<td><table><colgroup><col width=5><col span=1><col>")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(page(before="<style>td:nth-child(4) { color: red }</style>"), "样式表", id="a style counts"),
        pytest.param(page(before="<style>td + td { color: red }</style>"), "样式表", id="a style looks at neighbours"),
        pytest.param(page(before="<script>row.cells[3]</script>"), "脚本", id="a script counts"),
        pytest.param(page(cell="<td>{}<img alt='' src=a.png>"), "还有内容", id="pictures in the cells"),
        pytest.param(page(cell="<td><b>{}"), "还有内容", id="bold letters that go on"),
        pytest.param(page(foot="<tr><td>合计<td>3人<td colspan=2>300"), "合并", id="merged from the column on"),
        pytest.param(page(foot="<tr><td>合计<td>3人<td>见附表<td>300"), "还有内容", id="a word below the list"),
        pytest.param(page(head=HEAD.replace("4", "4 colspan=4")), "跨度", id="a width said twice"),
    ],
)
def test_what_is_not_shown_to_be_safe_is_emptied(data: bytes, why: str) -> None:
    made = without_column("名单.html", data)
    assert made.review.verdict.decision is Decision.CLEAR
    assert "未删去" in told(made)
    assert why in told(made)
    assert left_over(made.data, NUMBERS[::2], "") == {}


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("D5", "C5"), ("$D$5:$F$9", "$C$5:$E$9"), ("$A:$C", "$A:$B"), ("C5:D5", "C5:C5"), ("C1", None),
        ("$1:$3", "$1:$3"),
        ("名单!D1", "名单!C1"), ("'名单'!$D$1", "'名单'!$C$1"), ("其他!D1", "其他!D1"), ('"D1"&E2', '"D1"&D2'),
        ("SUM(D1:D9)", "SUM(C1:C9)"), ("LOG10(E2)", "LOG10(D2)"), ("TRUE", "TRUE"), ("ABC", "ABC"),
    ],
)  # fmt: skip
def test_references_move(text: str, moved: str | None) -> None:
    assert moved_references(text, "名单", Shift([2])) == moved
