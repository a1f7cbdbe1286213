"""What machines read does not change by accident, and is what each of them takes."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from golden import FILES, kept, written
from made_reports import NUMBER, PLACE, report

from reviewer.gate.options import FORMAT_NAMES
from reviewer.report import FORMATS, format_named
from reviewer.value import replace


@pytest.mark.parametrize("name", FILES)
def test_a_format_is_what_it_was(name: str) -> None:
    assert written(name).encode() == kept(name).read_bytes()


def test_the_gate_knows_every_format() -> None:
    assert set(FORMAT_NAMES) == set(FORMATS)


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = written("html")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?!#|data:|["'])|@import|url\(""", page)


def test_sarif_refers_to_what_it_holds() -> None:
    """What no schema can say; test_schemas.py has the rest. Sections of SARIF 2.1.0 (OASIS, errata 01)."""
    (run,) = json.loads(written("sarif"))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"  # 3.14.27
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]  # 3.49.3
    assert len(set(rules)) == len(rules)
    for rule in run["tool"]["driver"]["rules"]:
        assert 0 <= float(rule.get("properties", {}).get("security-severity", 0)) <= 10
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 3}


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_a_line_for_everything() -> None:
    told = lines(written("csv"))
    assert [line["rule"] for line in told] == [
        NUMBER.rule,
        *(line["rule"] for line in told[1:3]),
        "reviewer/unread",
        "",
    ]
    assert told[-1]["verdict"] == "clear"


@pytest.mark.parametrize("text", ["=1+1", "+8613", "-1", "@x"])
def test_a_cell_of_csv_is_no_formula(text: str) -> None:
    out = io.StringIO(newline="")
    writer = format_named("csv", out)
    writer.add(report(replace(NUMBER, text=text), verdict="redact", path=f"{text}.txt"))
    writer.close()
    (line,) = lines(out.getvalue())
    assert (line["text"], line["path"]) == (f"'{text}", f"'{text}.txt")


def test_an_annotation_is_one_line_whatever_the_name() -> None:
    out = io.StringIO()
    writer = format_named("github", out)
    writer.add(
        report(replace(NUMBER, location=replace(PLACE, line=3, column=5)), verdict="redact", path="a,b:c\n%.txt")
    )
    writer.close()
    (line,) = out.getvalue().splitlines()
    assert line.startswith("::warning file=a%2Cb%3Ac %25.txt,line=3,col=5,title=")
