"""The roster at the command line: units, terms, deputies, and somebody who goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from front_door import Reviewer, Said

from reviewer.cli.signing import today


class Unit:
    """The commands of an office of four, with keys that have no passphrase."""

    def __init__(self, call: Reviewer, folder: Path) -> None:
        self.call, self.notice = call, folder / "公告.txt"
        self.notice.write_text("关于城区停水检修的公告。", "utf-8")
        (folder / "empty").write_text("", "utf-8")
        self.run("roster", "init", "--unit", "青石县政府办公室", "--by", "管理员", "--passphrase-file", "empty")
        for name, *more in (
            ("张三", "--role", "publisher", "--unit", "青石县民政局/社会救助科"),
            ("李四", "--role", "reviewer"),
            ("王五", "--role", "leader"),
            ("赵六", "--role", "publisher"),
        ):
            self.run("key", "new", name, "--passphrase-file", "empty")
            self.add(name, *more)

    def run(self, *words: object) -> Said:
        said = self.call(*words)
        assert said.code == 0, said.err
        return said

    def add(self, name: str, *more: str) -> Said:
        return self.run("roster", "add", name, "--by", "管理员", *more)

    def submit(self) -> str:
        return self.run("case", "submit", self.notice, "--by", "张三", "--channel", "website").out.strip()


@pytest.fixture
def unit(reviewer: Reviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Unit:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "台账.db"))
    return Unit(reviewer, tmp_path)


def listed(unit: Unit, name: str) -> list[list[str]]:
    rows = [line.split("\t") for line in unit.run("roster", "list").out.splitlines()]
    return [[row[0], *row[3:]] for row in rows if row[1:2] == [name]]


def test_the_list_says_where_somebody_sits_and_for_how_long(unit: Unit) -> None:
    unit.run("key", "new", "郑十", "--passphrase-file", "empty")
    unit.add("郑十", "--role", "leader", "--since", "2999-01-01", "--until", "2999-12-31")
    assert listed(unit, "张三") == [["发布人", "青石县民政局/社会救助科"]]
    assert listed(unit, "郑十") == [["分管领导", "2999-01-01–2999-12-31（未到任）"]]
    assert listed(unit, "李四") == [["审核人"]]


def test_a_deputy_is_asked_signs_and_is_told_on_every_page(unit: Unit) -> None:
    unit.run("key", "new", "郑十", "--passphrase-file", "empty")
    unit.add("郑十", "--role", "leader", "--deputy-for", "王五", "--mandate", "青办〔2026〕5号", "--until", today())
    number = unit.submit()
    unit.run("case", "review", number, "--by", "李四", "--opinion", "agree")
    assert "下一步：分管领导办理（王五、郑十）。" in unit.run("case", "show", number).out
    unit.run("case", "approve", number, "--by", "郑十")
    assert "分管领导 郑十（代王五，青办〔2026〕5号）  同意公开" in unit.run("case", "show", number).out
    unit.run("case", "publish", number, unit.notice, "--by", "张三")
    unit.run("record", "export", number, "-o", "记录.json")
    told = unit.run("record", "verify", "记录.json", unit.notice).out
    assert f"郑十代王五任分管领导，至 {today()}，青办〔2026〕5号" in told
    unit.run("roster", "revoke", "郑十", "--by", "管理员", "--reason", "返岗", "--deputy-for", "王五")
    assert listed(unit, "郑十") == []


def test_a_delegation_without_a_mandate_is_refused(unit: Unit) -> None:
    said = unit.call(
        "roster", "add", "李四", "--role", "leader", "--by", "管理员", "--deputy-for", "王五", "--until", today()
    )
    assert (said.code, "缺少授权文号" in said.err) == (7, True)


def test_somebody_goes_and_another_goes_on(unit: Unit) -> None:
    number = unit.submit()
    words = (
        "case",
        "handover",
        "--from",
        "张三",
        "--to",
        "赵六",
        "--reason",
        "调离",
        "--leave",
        "--sheet",
        "清单.docx",
    )
    assert unit.call(*words, "--by", "张三").code == 7
    assert unit.run("case", "list").out.split("\t")[2] == "张三"
    told = unit.run(*words, "--by", "管理员").out
    assert told.startswith(f"已移交 1 件：{number}\n角色：发布人\n密钥：")
    assert "已撤销张三的角色、密钥和代理。" in told
    assert Path("清单.docx").stat().st_size > 5_000
    assert listed(unit, "张三") == []
    unit.run("case", "review", number, "--by", "李四", "--opinion", "agree")
    unit.run("case", "approve", number, "--by", "王五")
    assert unit.call("case", "publish", number, unit.notice, "--by", "张三").code == 7
    unit.run("case", "publish", number, unit.notice, "--by", "赵六")
    assert "核验通过" in unit.run("ledger", "verify").out


def test_who_only_hands_over_is_told_what_is_left(unit: Unit) -> None:
    unit.submit()
    told = unit.run("case", "handover", "--from", "张三", "--to", "赵六", "--reason", "换岗", "--by", "张三").out
    assert "张三仍在册" in told
    assert listed(unit, "张三") == [["发布人", "青石县民政局/社会救助科"]]
