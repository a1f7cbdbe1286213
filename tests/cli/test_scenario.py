"""Scenarios through the front door: named, recognised, listed, explained; an unknown one is wrong usage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer

Draft = Callable[[str, str], Path]
AID = "第三中学学生资助名单公示\n姓名\t班级\t出生年月\n王小宝\t五（2）班\t1908.06\n公示期5天\n"
BARE = "姓名\t班级\t出生年月\n王小宝\t五（2）班\t1908.06\n"
LAND = "不动产首次登记公告\n权利人\t住址\t坐落\n王桂花\t东山村3组12号\t东山村3组12号\n公告期15个工作日，有异议请提出\n"


def _report(said: str) -> dict[str, object]:
    (line,) = said.splitlines()
    return dict(json.loads(line))


def test_a_recognised_one_is_in_the_report(reviewer: Reviewer, draft: Draft) -> None:
    report = _report(reviewer("screen", draft("公示.txt", AID), "--format", "jsonl").out)
    assert report["scenario"] == {"id": "student-aid", "title": "学生资助公示", "recognised": True}
    assert report["verdict"] == "redact"


def test_a_draft_of_no_kind_has_none(reviewer: Reviewer, draft: Draft) -> None:
    report = _report(reviewer("screen", draft("表.txt", BARE), "--format", "jsonl").out)
    assert (report["scenario"], report["verdict"]) == (None, "clear")


@pytest.mark.parametrize("name", ["student-aid", "student_aid", "学生资助", "学生资助公示"])
def test_a_person_names_it(reviewer: Reviewer, draft: Draft, name: str) -> None:
    said = reviewer("screen", draft("表.txt", BARE), "--scenario", name, "--format", "jsonl")
    assert _report(said.out)["scenario"] == {"id": "student-aid", "title": "学生资助公示", "recognised": False}
    assert said.code == 10


@pytest.mark.parametrize("command", ["screen", "gate"])
def test_an_unknown_one_is_wrong_usage_and_lists_the_known(reviewer: Reviewer, draft: Draft, command: str) -> None:
    said = reviewer(command, draft("表.txt", BARE), "--scenario", "低宝")
    assert said.code == 2
    assert "student-aid" in said.err
    assert "最低生活保障公示" in said.err


def test_the_gate_takes_it_too(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("表.txt", BARE)
    assert reviewer("gate", path).code == 0
    assert reviewer("gate", path, "--scenario", "student-aid").code == 10


@pytest.mark.parametrize("format", ["table", "html", "markdown"])
def test_reports_for_people_say_in_one_line_what_may_be_shown(reviewer: Reviewer, draft: Draft, format: str) -> None:
    said = reviewer("screen", draft("公示.txt", AID), "--format", format).out
    assert "学生资助公示（按教财厅函〔2017〕28号可公开：姓名、" in said
    assert "学生资助公示应删除（不是遮盖）身份证号、住址、电话、出生日期" in said


def test_many_workers_say_the_same(reviewer: Reviewer, draft: Draft) -> None:
    for number in range(3):
        draft(f"公示{number}.txt", AID)
    lines = reviewer("screen", ".", "--jobs", "2", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["scenario"]["id"] for line in lines] == ["student-aid"] * 3


def test_explain_says_which_scenario_let_a_place_pass(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("公告.txt", LAND)
    said = reviewer("explain", path, "--at", "3").out
    assert "场景“不动产登记公告”（property-registration）允许公开“不动产坐落”" in said


def test_explain_and_list_show_them(reviewer: Reviewer) -> None:
    page = reviewer("explain", "低保").out
    assert "最低生活保障公示" in page
    assert "社会救助暂行办法第十一条" in page
    assert "## 不得公开" in page
    listed = reviewer("rules", "list").out
    assert "student-aid" in listed
    assert reviewer("rules", "show", "student-aid").code == 0
