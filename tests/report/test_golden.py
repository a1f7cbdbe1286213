"""What machines read does not change by accident, and is what each of them takes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from golden import FILES, kept, written
from made_reports import NUMBER, PLACE, report

from reviewer.gate.options import FORMAT_NAMES
from reviewer.report import FORMATS, Root, format_named
from reviewer.report.uri import uri
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


def test_sarif_places_are_below_the_root_or_whole() -> None:
    """3.4.4: a base belongs to a relative reference only, and the root's own address is nobody's business."""
    (run,) = json.loads(written("sarif"))["runs"]
    told = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    bases = run["originalUriBaseIds"]
    for one in told:
        assert ("uriBaseId" in one) == (not one["uri"].startswith("file:"))
        assert one.get("uriBaseId", "%SRCROOT%") in bases
    assert {"uri": "%E5%AD%90%20%E7%9B%AE%E5%BD%95/%E5%85%AC%E7%A4%BA%231.txt", "uriBaseId": "%SRCROOT%"} in told
    assert {"uri": "file:///%E5%88%AB%E5%A4%84/%E9%99%84%E4%BB%B6%20100%25.txt"} in told
    assert "uri" not in bases["%SRCROOT%"]


@pytest.mark.parametrize(
    ("named", "below"),
    [
        ("名 单.txt", "稿 件/名 单.txt"),
        ("./名 单.txt", "稿 件/名 单.txt"),
        ("../公告.txt", "公告.txt"),
        ("/库/稿 件/名 单.txt", "稿 件/名 单.txt"),
        ("/库/../库/公告.txt", "公告.txt"),
        pytest.param("/库房/公告.txt", "/库房/公告.txt", id="a neighbour whose name begins alike"),
        ("../../别处/公告.txt", "/别处/公告.txt"),
    ],
)
def test_a_path_from_the_root(named: str, below: str) -> None:
    root = Root(folder=Path("/库"), here=Path("/库/稿 件"))
    assert root.below(named) == below
    assert root.reached(named) == (f"..{below}" if below.startswith("/") else below), "GitLab takes no whole path"


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_a_byte_that_is_no_utf_8_stands_for_itself() -> None:
    assert uri(os.fsdecode("公 告".encode() + b"\xff.txt")) == "%E5%85%AC%20%E5%91%8A%FF.txt"


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_a_line_for_everything() -> None:
    told = lines(written("csv"))
    assert [line["rule"] for line in told] == [
        NUMBER.rule,
        *(line["rule"] for line in told[1:3]),
        "reviewer/unread",
        "",
        *(NUMBER.rule,) * 2,
    ]
    assert told[4]["verdict"] == "clear"
    assert told[5]["path"] == "/构建/库/子 目录/公示#1.txt", "a person reads it: as it was named"


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
