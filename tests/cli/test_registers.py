"""Registers, letters and the further acts of a case, as a clerk types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer, Said

Draft = Callable[[str, str], Path]


class Office:
    """A unit with a ledger, four people with keys, and a clean file."""

    def __init__(self, reviewer: Reviewer, draft: Draft) -> None:
        self.call = reviewer
        draft("empty", "")
        self.notice = draft("公告.txt", "关于城区停水检修的公告\n7月1日城区北片停水。\n")
        self.run("roster", "init", "--unit", "青石县政府办公室", "--by", "管理员", "--passphrase-file", "empty")
        people = (("张三", "publisher"), ("李四", "reviewer"), ("王五", "leader"), ("周八", "secrecy_office"))
        for name, role in people:
            self.run("key", "new", name, "--passphrase-file", "empty")
            self.run("roster", "add", name, "--role", role, "--by", "管理员")

    def run(self, *words: object) -> Said:
        said = self.call(*words)
        assert said.code == 0, said.err
        return said

    def submit(self, *more: object) -> str:
        words = ("case", "submit", self.notice, "--by", "张三", "--channel", "website", *more)
        return self.run(*words).out.strip()

    def published(self, *more: object) -> str:
        case = self.submit(*more)
        self.run("case", "review", case, "--by", "李四", "--opinion", "agree", "--comment", "已核")
        self.run("case", "approve", case, "--by", "王五")
        self.run("case", "publish", case, self.notice, "--by", "张三", "--address", "https://example.gov.cn/1")
        return case


@pytest.fixture
def office(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Office:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "ledger.db"))
    return Office(reviewer, draft)


def test_a_year_of_paper(office: Office) -> None:
    catalogue = ("--index", "000014349/2026-00012", "--class", "公告", "--organ", "某办", "--keyword", "供水")
    case = office.published("--formed", "2026-03-01", *catalogue)
    number = office.run(
        "request", "add", "--by", "张三", "--applicant", "company", "--matter", "供水合同", "--received", "2026-01-05"
    ).out.strip()
    assert number.startswith("申")
    office.run("request", "supplement", number, "--by", "张三", "--letter", "补1号", "--asked", "2026-01-06")
    office.run("request", "supplement", number, "--by", "张三", "--letter", "补1号", "--answered", "2999-01-09")
    assert "待答复" in office.run("request", "list", "--open").out
    office.run("request", "extend", number, "--by", "张三", "--reason", "量大", "--letter", "告1号")
    words = ("request", "reply", number, "--by", "张三", "--result", "partial", "--letter", "答1号")
    assert office.call(*words, "--case", "2026-0999").code == 2
    office.run(*words, "--date", "2026-02-01", "--case", case)
    stray = ("case", "submit", office.notice, "--by", "张三", "--channel", "on_request")
    assert office.call(*stray, "--request", "申2026-0999").code == 2
    assert office.call(*stray, "--corrects", "2026-0999").code == 2
    assert "部分公开" in office.run("request", "list").out
    assert "相符" in office.run("stats", "--year", "2026").out
    assert "000014349/2026-00012" in office.run("register", "--of", "catalogue", "--format", "csv").out
    told = json.loads(office.run("register", "--format", "json").out)
    assert told["sheets"][0]["name"] == "审查台账"
    for words in (("register",), ("summary",), ("stats",), ("stats", "--by", "person")):
        office.run(*words, "-o", f"{words[-1]}.xlsx")
        assert Path(f"{words[-1]}.xlsx").read_bytes()[:2] == b"PK"
    assert "零报告" in office.run("summary", "--month", "2020-01").out
    assert office.call("summary", "--month", "一月").code == 2
    assert office.call("register", "--format", "xlsx").code == 2
    assert office.call("register", "--format", "csv").code == 2
    office.run("ledger", "verify")


def test_objections_and_silence(office: Office) -> None:
    case = office.submit()
    words = ("case", "consult", case, "--by", "李四", "--organ", "某公司", "--letter", "函1号", "--question", "可否")
    office.run(*words, "--to", "third_party", "--date", "2026-01-05")
    office.run("case", "letter", case, "-o", "征询书.docx")
    lapse = ("case", "lapse", case, "--by", "李四", "--conclusion", "disclose", "--reason", "无损")
    late = office.call(*lapse, "--received", "2999-01-05")
    assert late.code in (4, 7)  # a year that nobody entered, or a term that is not over
    office.run(*lapse, "--received", "2026-01-06")
    office.run("case", "objection", case, "--by", "张三", "--from", "某人", "--reason", "涉及其隐私")
    refused = office.call("case", "review", case, "--by", "李四", "--opinion", "agree", "--comment", "已核")
    assert (refused.code, "有异议未决定" in refused.err) == (7, True)
    words = ("case", "decide", case, "--by", "周八", "--conclusion", "disclose", "--reason", "公共利益")
    assert office.call(*words).code == 7
    office.run(*words, "--notice", "告2号")
    office.run("case", "review", case, "--by", "李四", "--opinion", "agree", "--comment", "已核")
    shown = office.run("case", "show", case).out
    assert "异议 1：第三方（权利人） 某人 → 决定公开：公共利益" in shown
    assert "逾期未答复，决定公开：无损" in shown


def test_a_leak_and_what_follows(office: Office) -> None:
    case = office.published()
    said = office.run("case", "incident", case, "--by", "李四", "--what", "误附通讯录").out
    assert "立即撤下" in said
    office.run("case", "takedown", case, "--by", "张三", "--reason", "疑似泄密", "--also", "cache")
    for to in ("secrecy_administration", "superior"):
        assert "泄密报告" in office.run("case", "due").out
        office.run("case", "reported", case, "--by", "周八", "--to", to, "--organ", "某局", "--means", "密传1号")
    assert "泄密报告" not in office.run("case", "due").out
    office.run("case", "letter", case, "--incident", "-o", "报告.docx")
    assert Path("报告.docx").stat().st_size > 5_000
    office.run("case", "archive", case, "--by", "张三", "--file-number", "2026-保-1", "--retention", "permanent")
    assert office.call("case", "letter", office.submit(), "--incident", "-o", "无.docx").code == 2


def test_a_correction_and_a_second_look(office: Office, draft: Draft) -> None:
    old = office.published()
    office.notice = draft("公告.txt", "关于城区停水检修的公告（更正）\n7月2日城区北片停水。\n")
    new = office.published("--corrects", old)
    office.run("case", "correct", old, "--by", "张三", "--with", new, "--reason", "日期有误")
    assert "已更正" in office.run("case", "list").out
    refused = office.submit()
    words = (
        "case",
        "review",
        refused,
        "--by",
        "李四",
        "--opinion",
        "refuse",
        "--ground",
        "16.2",
        "--comment",
        "过程稿",
    )
    office.run(*words, "--reassess-on", "2999-01-01")
    office.run("case", "reassess", refused, "--by", "张三", "--reason", "已印发")
    assert "退回修改" in office.run("case", "show", refused).out
