"""The account of a store in every form: the contract's keys, the worst first, escaped, readable without colour."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pytest
from archives import MARKED, WORD, Audit, write

from reviewer.audit.forms import FORMS

STORE = Path("结果")


@pytest.fixture
def audited(archive: Path, audit: Audit) -> Path:
    write(archive / "2025", {"多处.txt": f"{WORD}，{WORD}，{WORD}。\n"})
    assert audit("run", STORE, archive).code == 11
    return STORE


def told(audit: Audit, form: str, *more: str) -> str:
    said = audit("report", STORE, "--format", form, *more)
    assert (said.code, said.err) == (0, "")
    return said.out


def test_json_has_the_contracts_keys_first(audited: Path, audit: Audit) -> None:
    content: dict[str, Any] = json.loads(told(audit, "json"))
    assert list(content)[:7] == [
        *("schema", "documents", "by_verdict", "findings", "by_category", "unreadable", "complete")
    ]
    assert content["schema"] == "reviewer.audit/1"
    assert content["documents"] == 11
    assert content["by_verdict"] == {"clear": 6, "redact": 3, "refer": 1, "block": 1}
    assert list(content["by_category"]) == ["state_secret", "work_secret", "trade_secret", "personal_privacy"]
    assert content["findings"] == sum(content["by_category"].values())
    assert content["by_category"]["work_secret"] == 6  # and a note: a name that belies its content
    (project,) = [tally for tally in content["by_rule"] if tally["rule"] == "office/project"]
    assert (project["documents"], project["findings"], project["asking"]) == (3, 5, 5)


def test_numbers_agree_with_the_lines(audited: Path, audit: Audit) -> None:
    content = json.loads(told(audit, "json"))
    lines = [json.loads(line) for line in told(audit, "jsonl").splitlines()]
    assert len(lines) == content["documents"]
    assert sum(len(line["findings"]) for line in lines) == content["findings"]
    assert sum(bool(line["gaps"]) for line in lines) == content["unreadable"]
    for verdict, count in content["by_verdict"].items():
        assert sum(line["verdict"] == verdict for line in lines) == count


def test_the_worst_come_first(audited: Path, archive: Path, audit: Audit) -> None:
    worst = json.loads(told(audit, "json"))["worst"]
    assert [document["verdict"] for document in worst] == ["block", "refer", "redact", "redact", "redact"]
    assert worst[0]["path"] == str(archive / "密" / "通知.txt")
    assert worst[1]["unread"] == 1
    assert worst[2]["path"] == str(archive / "2025" / "多处.txt")
    assert worst[2]["titles"] == ["内部项目代号"]


def test_folders_are_those_at_the_top_of_a_source(audited: Path, archive: Path, audit: Audit) -> None:
    folders = {Path(tally["folder"]).name: tally for tally in json.loads(told(audit, "json"))["by_folder"]}
    assert {name: tally["documents"] for name, tally in folders.items()} == {"2024": 6, "2025": 3, "密": 1, "存量": 1}
    assert folders["2025"]["by_verdict"]["redact"] == 3


@pytest.mark.parametrize("columns", [60, 100])
def test_table_fits_the_window_and_says_what_next(
    columns: int, audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = told(audit, "table")
    for needed in ("已审完", "共 11 份", "内部项目代号", "通知.txt", "下一步", "隔离文件", "reviewer redact"):
        assert needed in text.replace("\n", "") or needed in text
    assert "\x1b" not in text
    assert max(_width(line.rstrip()) for line in text.splitlines()) <= columns
    flat = "".join(text.split())  # a long path is wrapped
    assert flat.index("通知.txt") < flat.index("多处.txt")


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_html_asks_for_nothing_from_outside(audited: Path, audit: Audit) -> None:
    text = told(audit, "html")
    page = lxml.html.document_fromstring(text)
    assert not page.xpath("//script|//link|//img|//iframe|//object|//form|//base|//image|//use")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not re.search(r"url\(|@import|https?://|\bon\w+=|javascript:", text)
    assert page.get("lang") == "zh-CN"


def test_html_drawings_can_be_heard_and_have_their_tables(audited: Path, audit: Audit) -> None:
    page = lxml.html.document_fromstring(told(audit, "html"))
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    drawings = page.xpath("//svg")
    assert len(drawings) == 6
    for drawing in drawings:
        assert set(drawing.get("aria-labelledby").split()) <= set(ids)
    assert page.xpath("//desc/text()")[0] == "阻断 1；送审／商请 1；区分处理 3；未发现问题 6"
    for caption in ("各结论的文件数", "全部规则", "来源下第一层文件夹"):
        assert page.xpath(f"//caption[contains(., '{caption}')]")
    (row,) = page.xpath("//tr[td[contains(., '阻断')]][td[@class='number']][1]")[:1]
    assert "■" in row.text_content()  # a shape, not only a colour


def test_html_lists_the_worst_first_and_within_bounds(
    audited: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewer.audit.forms.html._WORST", 2)
    page = lxml.html.document_fromstring(told(audit, "html"))
    (table,) = page.xpath("//table[caption[contains(., '阻断、送审')]]")
    assert [row.xpath("string(td[1])").strip() for row in table.xpath("tbody/tr")] == ["■ 阻断", "▲ 送审／商请"]
    assert "另有 3" in page.text_content()


@pytest.mark.skipif(__import__("os").name != "posix", reason="no such names there")
def test_a_hostile_name_is_text(office: Path, audit: Audit) -> None:
    write(office / "源" / "<script>x", {"<img src=x onerror=y>\x1b[2J`|*.txt": MARKED})
    audit("run", STORE, "源")
    for form in sorted(set(FORMS) - {"xlsx"}):
        text = told(audit, form)
        assert "\x1b" not in text
        if form in ("html", "markdown", "brief"):
            assert "<script" not in text
            assert "<img" not in text
    assert audit("report", STORE, "--format", "xlsx", "--output", "台账.xlsx").code == 0
    (row,) = openpyxl.load_workbook("台账.xlsx").active.iter_rows(min_row=2, values_only=True)
    assert "\x1b" not in "".join(str(cell) for cell in row)
    assert row[4] == "阻断"


def test_what_is_missing_waiting_or_passed_over_is_told_in_every_form_for_people(
    audited: Path, archive: Path, audit: Audit
) -> None:
    (archive / "密" / "通知.txt").unlink()
    write(archive / ".旧", {"x.txt": ""})
    audit("run", STORE, archive)
    for form in ("table", "markdown", "html"):
        text = " ".join(told(audit, form).split())
        assert "1 份审过的文件已不在原处" in text
        assert "1 个文件夹没有进入" in text
    assert "密/通知.txt" in told(audit, "html")


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_english(form: str, audited: Path, audit: Audit) -> None:
    text = told(audit, form, "--lang", "en")
    for needed in ("block", "internal project name", "suspected work secret"):
        assert needed in text
    assert not re.search("阻断|区分处理|下一步|未发现问题|内部项目代号", text)


def test_output_goes_to_a_file_that_is_whole_or_not_there(audited: Path, office: Path, audit: Audit) -> None:
    said = audit("report", STORE, "--format", "json", "--output", "报告.json")
    assert (said.code, said.out) == (0, "")
    assert json.loads(Path("报告.json").read_text("utf-8"))["documents"] == 11
    assert audit("report", STORE, "--output", "没有/报告.txt").code == 2
    assert sorted(path.name for path in office.iterdir()) == ["reviewer.toml", "存量", "报告.json", "结果", "规则"]


def test_an_archive_without_problems_still_asks_for_a_sample(office: Path, audit: Audit) -> None:
    write(office / "源", {"a.txt": "停水通知。\n"})
    assert audit("run", STORE, "源").code == 0
    for form in ("table", "markdown", "html"):
        assert "抽样" in told(audit, form)
