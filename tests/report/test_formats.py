"""Every format parsed back: well formed, whole, escaped, and nothing shown that a row does not show."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from made_reports import ASIDE, GAP, LOW, MARK, NOTE, NUMBER, PLACE, column, report

from reviewer.language import use_language
from reviewer.report import FORMATS, Report, format_named
from reviewer.report.form import Excerpt, unpacked

HOSTILE = "稿件/<script>alert(1)</script>\x1b[2J&\"'`.txt"
SOME = (
    report(NUMBER, verdict="redact"),
    report(MARK, NOTE, verdict="block", path="密.txt"),
    report(verdict="refer", gaps=(GAP,), path="扫描.pdf"),
    report(verdict="clear", set_aside=(ASIDE,), path="好.txt"),
)


def written(name: str, reports: Sequence[Report]) -> str:
    out = io.StringIO()
    writer = format_named(name, out)
    for one in reports:
        writer.add(one)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_none_one_and_many(name: str) -> None:
    for reports in ((), SOME[:1], SOME):
        assert isinstance(written(name, reports), str)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_format_says_what_is_wrong_and_where(name: str, code: str) -> None:
    use_language(code)
    told = written(name, SOME)
    for needed in ("居民身份证号", "疑似国家秘密标志", "图片1.png"):
        assert needed in told
    if code == "en" and name not in ("jsonl", "json"):
        assert not re.search("送审|阻断|区分处理|怎么改|未能读取", told)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"jsonl", "json"}))
def test_outside_text_is_text_in_every_format(name: str) -> None:
    row = replace(NUMBER, note="<script>x</script>\x07", location=replace(PLACE, place="¶4</td><script>"))
    told = written(name, [report(row, verdict="redact", path=HOSTILE, gaps=(replace(GAP, place="<b>\x00"),))])
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "\x00" not in told
    if name in ("html", "markdown", "junit"):
        assert "<script" not in told


# --- json and jsonl ---------------------------------------------------------------------------------


def test_jsonl_is_one_object_a_line() -> None:
    lines = written("jsonl", SOME).splitlines()
    assert [json.loads(line)["document"]["path"] for line in lines] == [one.document.path for one in SOME]
    assert json.loads(lines[0]) == json.loads(json.dumps(SOME[0].json()))


def test_json_is_the_list_of_the_same_objects() -> None:
    lines = written("jsonl", SOME).splitlines()
    assert json.loads(written("json", SOME)) == [json.loads(line) for line in lines]
    assert json.loads(written("json", ())) == []


def test_the_object_is_the_contracts() -> None:
    made = report(NUMBER, verdict="redact", gaps=(GAP,), set_aside=(ASIDE,)).json()
    assert made["schema"] == "reviewer.report/1"
    assert set(made["document"]) >= {"path", "name", "media_type", "sha256", "sm3", "characters", "segments"}
    assert set(made["findings"][0]) >= {
        *("rule", "category", "type", "severity", "confidence", "action", "detector", "text", "location"),
        *("basis", "advice", "fingerprint", "group"),
    }
    assert set(made["findings"][0]["location"]) == {
        *("place", "part", "hidden", "start", "end", "line", "column", "page", "sheet", "cell")
    }
    assert made["gaps"] == [{"place": GAP.place, "reason": GAP.reason}]
    assert set(made["set_aside"][0]) >= {"fingerprint", "by", "reason", "until"}
    assert set(made["engine"]) == {"version", "rules", "model", "policy"}
    assert "excerpts" not in made
    assert made["scenario"] is None
    assert replace(report(NUMBER), scenario=LOW).json()["scenario"] == {
        "id": "minimum-living-allowance",
        "title": "最低生活保障公示",
        "recognised": True,
    }


def test_what_a_worker_packs_its_parent_unpacks() -> None:
    whole = report(NUMBER, MARK, excerpts=(Excerpt(before="户主", hit="1101", after="。"), None), gaps=(GAP,))
    assert unpacked(json.loads(json.dumps(whole.packed()))) == whole
    told = replace(whole, scenario=LOW)
    assert unpacked(json.loads(json.dumps(told.packed()))) == told


def test_another_schema_is_refused() -> None:
    with pytest.raises(KeyError):
        unpacked({**report(NUMBER).packed(), "schema": "reviewer.report/2"})


# --- SARIF 2.1.0 ------------------------------------------------------------------------------------


def sarif(*reports: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(written("sarif", reports))
    return log


def test_sarif_has_what_the_specification_requires() -> None:
    log = sarif(*SOME)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "reviewer"
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    assert run["columnKind"] == "unicodeCodePoints"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        if rule["id"] != ASIDE.rule:  # a rule known only by a finding set aside has no more than its id
            assert rule["help"]["text"]
            assert rule["shortDescription"]["text"]
            assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for place in result["locations"]:
            assert re.fullmatch(r"[A-Za-z0-9%/._~-]+", place["physicalLocation"]["artifactLocation"]["uri"])


def test_sarif_region_counts_code_points_from_one() -> None:
    (result,) = sarif(report(NUMBER))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 7}
    assert result["partialFingerprints"] == {"reviewer/v1": NUMBER.fingerprint}


def test_sarif_of_an_office_file_names_the_place_without_a_region() -> None:
    row = replace(NUMBER, location=replace(PLACE, place="表1 第4行", line=None, column=None))
    (result,) = sarif(report(row))["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "表1 第4行"}]


@pytest.mark.parametrize(
    ("action", "level"),
    [("block", "error"), ("refer", "error"), ("remove", "warning"), ("mask", "warning"), ("note", "note")],
)
def test_sarif_level_is_as_grave_as_the_verdict(action: str, level: str) -> None:
    (result,) = sarif(report(replace(NUMBER, action=action)))["runs"][0]["results"]
    assert result["level"] == level


def test_sarif_has_a_result_for_each_occurrence_each_gap_and_each_ruling() -> None:
    results = sarif(report(*column(5), gaps=(GAP,), set_aside=(ASIDE,)))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [NUMBER.rule] * 5 + ["reviewer/unread", ASIDE.rule]
    (suppression,) = results[-1]["suppressions"]
    assert suppression["kind"] == "external"
    assert "李四" in suppression["justification"]


def test_sarif_says_nothing_of_the_text_of_a_suspected_secret() -> None:
    assert MARK.text not in written("sarif", [report(MARK, verdict="block")])


def test_sarif_braces_are_no_placeholders() -> None:
    (result,) = sarif(report(replace(NUMBER, note="{0}")))["runs"][0]["results"]
    assert "{{0}}" in result["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./a b/名.txt", "a%20b/%E5%90%8D.txt"),
        ("/srv/x.txt", "file:///srv/x.txt"),
        ("坏\udcb9.txt", "%E5%9D%8F%B9.txt"),
    ],
)
def test_sarif_uri(path: str, uri: str) -> None:
    (result,) = sarif(report(NUMBER, path=path))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


# --- JUnit ------------------------------------------------------------------------------------------


def suites(*reports: Report) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(written("junit", reports).encode()))


def test_junit_has_a_suite_for_each_document() -> None:
    made = suites(*SOME)
    assert [suite.get("name") for suite in made] == [one.document.path for one in SOME]
    for suite in made:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("errors") == str(len(suite.findall("testcase/error")))


def test_junit_counts_an_issue_once_a_gap_as_error_and_a_note_as_passed() -> None:
    (suite,) = suites(report(*column(128), NOTE, gaps=(GAP,)))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "共 128 个" in str(failure.text)


def test_junit_of_a_clear_document_is_one_passed_case() -> None:
    (suite,) = suites(report(verdict="clear"))
    (case,) = suite
    assert list(case) == []
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")


def test_junit_says_nothing_of_the_text_of_a_suspected_secret() -> None:
    assert MARK.text not in written("junit", [report(MARK, verdict="block")])


# --- Code Quality -----------------------------------------------------------------------------------


def entries(*reports: Report) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(written("codequality", reports))
    return made


def test_codequality_has_what_the_host_requires() -> None:
    made = entries(*SOME)
    assert made
    for entry in made:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
    assert entries() == []


def test_codequality_tells_a_column_once() -> None:
    (entry,) = entries(report(*column(128)))
    assert "共 128 个" in entry["description"]


def test_codequality_fingerprints_differ_and_stay() -> None:
    twice = report(NUMBER, replace(NUMBER, group="甲"), replace(NUMBER, group="乙"))
    first = [entry["fingerprint"] for entry in entries(twice, replace(twice, document=SOME[1].document))]
    assert len(set(first)) == len(first) == 6
    assert first == [entry["fingerprint"] for entry in entries(twice, replace(twice, document=SOME[1].document))]


@pytest.mark.parametrize(("row", "severity"), [(MARK, "blocker"), (NUMBER, "major"), (NOTE, "info")])
def test_codequality_severity(row: Any, severity: str) -> None:
    assert entries(report(row))[0]["severity"] == severity


# --- HTML -------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects tags, ids, links and text; a page that does not balance is noticed."""

    _VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(*reports: Report) -> _Page:
    return _Page(written("html", reports))


def test_html_is_one_page_that_asks_for_nothing_from_outside() -> None:
    text = written("html", [*SOME, report(NUMBER, path=HOSTILE)])
    made = _Page(text)
    names = {name for name, _ in made.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "image", "use", "a:href"}
    policy = next(meta["content"] for meta in made.all("meta") if "http-equiv" in meta)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not re.search(r"url\(|@import|https?://|\bon\w+=", text)
    assert all(str(link["href"]).startswith("#") for link in made.all("a"))


def test_html_links_lead_somewhere() -> None:
    made = page(*SOME)
    ids = [attributes["id"] for _, attributes in made.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    links = made.all("a")
    assert len(links) == 3  # all but the clear one
    assert all(str(link["href"])[1:] in ids for link in links)


def test_html_drawings_have_title_description_and_numbers() -> None:
    made = page(*SOME)
    drawings = made.all("svg")
    assert len(drawings) == 2
    ids = {attributes["id"] for _, attributes in made.tags if "id" in attributes}
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert set(str(drawing["aria-labelledby"]).split()) <= ids
    assert "阻断 1；送审／商请 1；区分处理 1；未发现问题 1" in made.words


def test_html_tells_the_gravest_first_and_a_column_once() -> None:
    made = page(report(*column(128)), report(MARK, verdict="block", path="密.txt"))
    text = "".join(made.words)
    assert text.index("疑似国家秘密标志") < text.index("居民身份证号")
    assert text.count("共 128 个") == 1


def test_html_escapes_an_excerpt() -> None:
    row = report(NUMBER, excerpts=(Excerpt(before="<b>", hit="<i>", after="&amp;"),))
    made = page(row)
    assert made.all("i") == []
    assert {"<b>", "<i>", "&amp;"} <= set(made.words)


def test_html_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.report.html._DETAILED", 2)
    monkeypatch.setattr("reviewer.report.html._LISTED", 3)
    made = page(*(report(NUMBER, path=f"{n}.txt") for n in range(10)), report(MARK, verdict="block", path="密.txt"))
    text = "".join(made.words)
    assert len(made.all("article")) == 3
    assert "密.txt" in text
    assert "9.txt" not in text
    words = " ".join(text.split())
    assert "另有 8 份只列在下表" in words  # told in full: 2 of 10
    assert "另有 7 份" in words  # listed: 3 of 10


# --- Markdown ---------------------------------------------------------------------------------------


def test_markdown_has_the_numbers_first() -> None:
    told = written("markdown", SOME)
    assert told.index("| ■ 阻断 | 1 |") < told.index("## ■ 阻断 · 密") < told.index("## ▲") < told.index("## ◆")
    assert "| 合计 | 4 |" in told


def test_markdown_of_a_hostile_name_is_one_heading() -> None:
    told = written("markdown", [report(NUMBER, path="a\n# b](x)|`*_<i>.txt")])
    assert "\n# b" not in told
    assert r"\](x)\|\`\*\_&lt;i&gt;.txt" in told


def test_markdown_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.report.markdown._DETAILED", 2)
    told = written("markdown", [report(NUMBER, path=f"{n}.txt") for n in range(10)])
    assert told.count("\n## ") == 2
    assert "另有 8 份" in told
