"""An office's own chain from its `reviewer.toml` to publication, its flow chart, and what is due."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from front_door import Reviewer, Said

from reviewer.signoff.presets import names

Draft = Callable[[str, str], Path]

YEARS = "".join(
    f'[[calendar]]\nyear = {year}\nsource = "某号"\noff = ["{year}-01-01/{year}-01-03"]\n'
    for year in range(date.today().year - 1, date.today().year + 2)
)


class Bureau:
    """A unit whose chain is what its `reviewer.toml` says; people with keys as they are needed."""

    def __init__(self, reviewer: Reviewer, draft: Draft) -> None:
        self.call = reviewer
        self.draft = draft
        draft("empty", "")
        self.notice = draft("公告.txt", "关于城区停水检修的公告\n7月1日城区北片停水。\n")

    def run(self, *words: object) -> Said:
        said = self.call(*words)
        assert said.code == 0, said.err
        return said

    def founded(self, policy: str = "", **people: str) -> Bureau:
        if policy:
            self.draft("reviewer.toml", policy)
        self.run("roster", "init", "--unit", "青石县供销社", "--by", "管理员", "--passphrase-file", "empty")
        for name, role in people.items():
            self.enrolled(name, role)
        return self

    def enrolled(self, name: str, role: str) -> None:
        self.run("key", "new", name, "--passphrase-file", "empty")
        self.run("roster", "add", name, "--role", role, "--by", "管理员")

    def submit(self, by: str, *more: object) -> str:
        return self.run("case", "submit", self.notice, "--by", by, "--channel", "website", *more).out.strip()


@pytest.fixture
def bureau(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bureau:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "ledger.db"))
    return Bureau(reviewer, draft)


def test_two_people_publish_with_a_finding_between_them(bureau: Bureau, draft: Draft) -> None:
    bureau.founded('chain = "two"\n', 张三="publisher", 王五="leader")
    bureau.notice = draft("公告.txt", "名单\n户主：郝连庄，身份证号：110101190001010015。\n")
    said = bureau.run("case", "submit", bureau.notice, "--by", "张三", "--channel", "website")
    case = said.out.strip()
    assert f"系统提示 2 项，须逐项处置：case show {case}" in said.err
    assert bureau.call("case", "approve", case, "--by", "王五").code == 7
    bureau.submit("张三", "--case", case, "--settle", "1,2=releasable:依方案公示")
    shown = bureau.run("case", "show", case).out
    assert "张三拟：可公开：依方案公示" in shown
    assert "✓发布人 张三 → ▶分管领导 → ·发布 张三" in shown
    bureau.run("case", "approve", case, "--by", "王五")
    bureau.run("case", "publish", case, bureau.notice, "--by", "张三")
    bureau.run("record", "export", case, "-o", "record.json")
    assert "two 两级" in bureau.run("record", "verify", "record.json", bureau.notice).out
    bureau.run("ledger", "verify")


OWN = """
[chain]
name = "township"
title = "本镇"
submitter = "drafter"
[[chain.hop]]
role = "section_head"
title = "党政办主任"
[[chain.hop]]
role = "main_leader"
"""


def test_an_own_chain_with_a_drafter(bureau: Bureau) -> None:
    bureau.founded(OWN, 陈一="drafter", 李四="section_head", 王五="main_leader", 张三="publisher")
    case = bureau.submit("陈一")
    assert "党政办主任" in bureau.run("case", "list").out
    bureau.run("case", "review", case, "--by", "李四", "--opinion", "agree", "--comment", "已核")
    bureau.run("case", "approve", case, "--by", "王五")
    assert bureau.call("case", "publish", case, bureau.notice, "--by", "陈一").code == 7
    bureau.run("case", "publish", case, bureau.notice, "--by", "张三")


def test_a_file_alone_changes_no_chain(bureau: Bureau, draft: Draft) -> None:
    bureau.founded("", 张三="publisher")
    assert bureau.run("roster", "list").out.splitlines()[1].startswith("审批链\tthree")
    draft("reviewer.toml", 'chain = "two"\n')
    refused = bureau.call("case", "submit", bureau.notice, "--by", "张三", "--channel", "website")
    assert refused.code == 7
    assert "roster adopt" in refused.err
    bureau.run("roster", "adopt", "--by", "管理员", "--reason", "人员精简")
    assert bureau.submit("张三") == "2026-0001".replace("2026", str(date.today().year))
    assert bureau.call("roster", "adopt", "--by", "张三", "--reason", "图快", "--chain", "three").code == 7


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ('chain = "九级"\n', "没有名为 九级 的审批链；现有：by_channel"),
        ("chain = 3\n", "应为一个表"),
        ('[chain]\npreset = "three"\non_timeout = "approve"\n', "逾期不视为同意"),
        ('[chain]\npreset = "three"\nseparate_duties = false\n', "不认识的键：separate_duties"),
        (OWN.replace("main_leader", "publisher"), "发布人不能是审批的一级"),
        ("[[calendar]]\nyear = 2027\n", "缺少“source”"),
    ],
)
def test_a_wrong_chain_is_refused_with_file_and_reason(bureau: Bureau, policy: str, why: str) -> None:
    bureau.draft("reviewer.toml", policy)
    refused = bureau.call("roster", "init", "--unit", "青石县", "--by", "管理员", "--passphrase-file", "empty")
    assert refused.code == 4
    assert why in refused.err
    assert "reviewer.toml" in refused.err


def test_a_screening_has_no_use_for_the_chain(bureau: Bureau) -> None:
    bureau.draft("reviewer.toml", OWN + YEARS)
    assert bureau.call("screen", bureau.notice).code == 0


@pytest.mark.parametrize("name", names())
def test_every_chain_is_drawn(bureau: Bureau, name: str) -> None:
    drawn = bureau.run("case", "flow", "--chain", name).out
    assert "发布：批准后 30 天内" in drawn
    assert max(len(line) for line in drawn.splitlines()) < 120
    bureau.run("case", "flow", "--chain", name, "--format", "svg", "-o", "flow.svg")
    text = Path("flow.svg").read_text("utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "text", "path", "line"}
    assert text.count("http") == 1  # the name of the format: nothing is fetched


def test_the_chart_is_that_of_the_ledger(bureau: Bureau) -> None:
    bureau.founded('[chain]\npreset = "three_risk"\nreview_days = 2\n')
    drawn = bureau.run("case", "flow").out
    assert drawn.startswith("青石县供销社保密审查流程图")
    assert "审查 2 个工作日" in drawn
    assert "┊       主要领导       ┊" in drawn
    assert "three_risk" in bureau.run("case", "flow", "--list").out


def test_what_is_due(bureau: Bureau) -> None:
    assert (
        bureau.founded(YEARS, 张三="publisher", 李四="reviewer").run("case", "due").out == "没有到期或将到期的事项。\n"
    )
    case = bureau.submit("张三", "--formed", "2035-01-02")
    unknown = bureau.call("case", "due")
    assert unknown.code == 4
    assert "2035 年放假安排没有录入" in unknown.err
    bureau.run("case", "withdraw", case, "--by", "张三", "--reason", "日期有误")
    case = bureau.submit("张三", "--title", "停水公告")
    running = json.loads(bureau.run("case", "due", "--all", "--format", "json").out)
    assert running["schema"] == "reviewer.due/1"
    (item,) = running["items"]
    assert (item["case"], item["matter"], item["who"]) == (case, "review", ["李四"])
    late = bureau.call("case", "due", "--today", str(date.fromisoformat(item["day"]) + timedelta(days=1)))
    assert late.code == 10
    assert "已超期" in late.out
    today = bureau.call("case", "due", "--today", item["day"])
    assert (today.code, "今天到期" in today.out) == (10, True)
    early = bureau.run("case", "due", "--today", str(date.fromisoformat(item["day"]) - timedelta(days=1)))
    assert "将到期" in early.out
