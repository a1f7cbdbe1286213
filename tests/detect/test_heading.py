"""Tables whose heads say together what the values below them are."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from reviewer.detect import Ruleset, detect
from reviewer.detect.concept import HEADING, decode
from reviewer.detect.specimen import document_of
from reviewer.errors import ConfigurationError
from reviewer.extract import Source, extract
from reviewer.strict import Table
from reviewer.terms import Document, Specimen

DAY = date(2026, 1, 1)
RULE = "work-secret/reserve-price-table"
HEADS = ("地块", "起始价（万元/亩）", "内部保留价（万元/亩）")
ROWS = (("G24-15", "88", "97"), ("G24-16", "76", "84"))


def values(ruleset: Ruleset, document: Document, rule: str = RULE) -> list[str]:
    found = detect(document, ruleset, today=DAY).findings
    return [document.text[one.span.start : one.span.end] for one in found if one.rule.id == rule]


def written(join: str, *, frame: str = "") -> str:
    return "\n".join(frame + join.join(row) + frame for row in (HEADS, *ROWS))


@pytest.mark.parametrize(
    "text",
    [
        written("\t"),
        written(","),
        written("   "),
        written(" | ", frame="|"),
        "| 地块 | 起始价 | 内部保留价 |\n|---|---|---|\n| G24-15 | 88 | 97 |\n| G24-16 | 76 | 84 |",
        "土地出让底数\n" + written("\t") + "\n以上供会议使用。",
    ],
    ids=["tabs", "commas", "blanks", "bars", "markdown", "in a text"],
)
def test_the_values_below_the_heads_are_found_and_nothing_else(ruleset: Ruleset, text: str) -> None:
    assert values(ruleset, document_of(Specimen(text=text))) == ["97", "84"]


def test_so_are_those_of_an_office_file(ruleset: Ruleset) -> None:
    workbook, held = openpyxl.Workbook(), io.BytesIO()
    for row in (("土地出让底数",), HEADS, *ROWS):
        workbook.active.append(row)
    workbook.save(held)
    read = extract(Source(path="底数.xlsx", name="底数.xlsx", data=held.getvalue()))
    assert values(ruleset, read) == ["97", "84"]


def test_the_findings_of_a_table_are_one_group_that_names_the_heads(ruleset: Ruleset) -> None:
    found = detect(document_of(Specimen(text=written("\t"))), ruleset, today=DAY).findings
    told = [one for one in found if one.rule.id == RULE]
    assert len({one.group for one in told}) == 1
    assert told[0].note == "表头“内部保留价（万元/亩）”，共 2 行"


@pytest.mark.parametrize(
    "text",
    [
        written("\t").replace("内部保留价", "成交价"),
        "成交结果公告\n" + written("\t"),
        written("\t").replace("97", "不设").replace("84", "另定"),
        "地块G24-15的起始价每亩88万元，内部保留价由集体研究，成交后公布。",
        "\t".join(HEADS),
    ],
    ids=["another head", "a public title", "no figures", "prose", "heads alone"],
)
def test_other_tables_are_let_pass(ruleset: Ruleset, text: str) -> None:
    assert values(ruleset, document_of(Specimen(text=text))) == []


def test_a_rule_of_heads_is_not_doubted_by_a_cell() -> None:
    with pytest.raises(ConfigurationError, match="doubt"):
        decode(Table({"all": [["甲方"], ["乙方"]], "within": HEADING, "doubt": 0.1}, "规则"))


def test_values_are_asked_for_below_heads_only() -> None:
    with pytest.raises(ConfigurationError, match="values"):
        table = Table({"all": [["甲方"], ["乙方"]], "within": "line", "values": ["[0-9]"]}, "规则")
        decode(table)
        table.finish()
