"""One case from the first draft to the confirmed removal, as three people walk it at a terminal, in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from front_door import Reviewer, Said

NOTICE = "关于城区停水检修的公告\n7月1日城区北片停水，补助对象见附件1。\n附件：1. 补助对象名单\n"
ANNEX = "补助对象名单\n户主：郝连庄，身份证号：{}，补助600元。\n"
WHOLE, MASKED = "110101190001010014", "110101********0014"


class Walk:
    """The commands of one case, each by the person named, and what its page says after each."""

    def __init__(self, call: Reviewer, folder: Path) -> None:
        self._call, self.case = call, ""
        self.notice, self.annex, self.empty = folder / "公告.txt", folder / "附件1：补助对象名单.txt", folder / "空"
        self.notice.write_text(NOTICE, "utf-8")
        self.empty.write_text("", "utf-8")

    def run(self, *words: object) -> Said:
        said = self._call(*words)
        assert said.code == 0, said.err
        assert WHOLE not in said.out + said.err
        return said

    def draft(self, number: str) -> None:
        self.annex.write_text(ANNEX.format(number), "utf-8")

    def submit(self, *more: object) -> Said:
        words = ("case", "submit", self.notice, self.annex, "--by", "张三", "--channel", "website", *more)
        said = self.run(*words, "--title", "停水公告")
        self.case = said.out.strip()
        return said

    def verified(self, code: int = 0) -> str:
        self.run("record", "export", self.case, "-o", "记录.json", "--form", "审查表.docx")
        said = self._call("record", "verify", "记录.json", self.notice, self.annex)
        assert said.code == code, said.out
        return said.out

    def does(self, who: str, act: str, *words: object) -> None:
        self.run("case", act, self.case, *words, "--by", who)

    def is_at(self, status: str, following: str, short: str) -> None:
        """What the page says in its first lines, and the list in its row."""
        first, second, *_ = self.run("case", "show", self.case).out.splitlines()
        assert first.split() == [self.case, status, "停水公告"]
        assert second == following
        (row,) = self.run("case", "list").out.splitlines()
        assert row.split("\t") == [self.case, status, "张三", "停水公告", short]


def test_three_people_walk_a_case(reviewer: Reviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "台账.db"))
    walk = Walk(reviewer, tmp_path)
    found(walk)
    walk.draft(WHOLE)
    said = walk.submit().err
    assert "系统提示 2 项，须逐项处置" in said
    walk.is_at("已送审", "下一步：审核人办理（李四）。", "审核人（李四）")
    assert "personal-privacy/resident-id ×1  [未裁定]" in walk.run("case", "show", walk.case).out

    walk.does(
        "李四", "review", "--opinion", "return", "--settle", "1,2=confirmed:身份证号须隐去", "--comment", "隐去后再送"
    )
    walk.is_at("退回修改", "下一步：张三改后重新送审。", "修改后重新送审（张三）")

    walk.draft(MASKED)
    walk.submit("--case", walk.case)
    walk.is_at("已送审", "下一步：审核人办理（李四）。", "审核人（李四）")

    letter = ("--organ", "县国家保密局", "--letter", "青办函〔2026〕3号", "--question", "附件所列范围可否公开")
    walk.does("李四", "consult", *letter)
    waits = "等待书面答复：县国家保密局 青办函〔2026〕3号；李四用 case answer 登记。"
    walk.is_at("商请中", waits, "等答复：县国家保密局（李四）")
    walk.run("case", "letter", walk.case, "-o", "商请函.docx")

    reply = ("--outcome", "not_secret", "--letter", "青保函〔2026〕1号", "--signatory", "赵六")
    walk.does("李四", "answer", *reply)
    walk.is_at("已送审", "下一步：审核人办理（李四）。", "审核人（李四）")

    walk.does("李四", "review", "--opinion", "agree", "--comment", "已核")
    walk.is_at("已审核", "下一步：分管领导办理（王五）。", "分管领导（王五）")

    walk.does("王五", "approve", "--comment", "同意")
    walk.is_at("同意公开", "下一步：张三发布。", "发布（张三）")
    walk.run("gate", "--require-signoff", walk.notice, walk.annex)

    walk.does("张三", "publish", walk.notice, walk.annex, "--address", "https://example.gov.cn/1")
    walk.is_at("已发布", "本件已办结。", "")
    assert walk.verified().endswith("核验通过\n")

    walk.does("李四", "takedown", "--reason", "附件有误，先行撤除")
    confirm = "先行撤除，尚待分管领导确认：王五（case ratify）。"
    walk.is_at("已撤除", confirm, "确认撤除（王五）")
    due = reviewer("case", "due", "--within", "30")
    assert "撤除确认  王五  停水公告" in due.out

    walk.does("王五", "ratify", "--comment", "同意撤除")
    walk.is_at("已撤除", "本件已办结。", "")
    assert "没有到期" in walk.run("case", "due").out
    proved(walk)


def found(walk: Walk) -> None:
    walk.run("roster", "init", "--unit", "青石县政府办公室", "--by", "管理员", "--passphrase-file", walk.empty)
    for name, role in (("张三", "publisher"), ("李四", "reviewer"), ("王五", "leader")):
        walk.run("key", "new", name, "--passphrase-file", walk.empty)
        walk.run("roster", "add", name, "--role", role, "--by", "管理员")


def proved(walk: Walk) -> None:
    """What an inspector is handed."""
    doubted = [line for line in walk.verified(code=5).splitlines() if line[0] in "✗?"]
    assert [line.split()[1] for line in doubted] == ["批准"], (
        "every signature holds; what was taken down is not released"
    )
    assert "核验通过" in walk.run("ledger", "verify").out
    walk.run("register", "--year", "2026", "-o", "台账.xlsx")
    assert Path("台账.xlsx").stat().st_size > 5_000
    papers = {
        "审查表.docx": ("停水公告", "张三", "李四", "王五", "青保函〔2026〕1号"),
        "商请函.docx": ("县国家保密局", "青办函〔2026〕3号"),
    }
    for name, said in papers.items():
        text = _words(Path(name))
        assert [word for word in said if word not in text] == []
        assert "郝连庄" not in text


def _words(path: Path) -> str:
    paper = Document(str(path))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in paper.paragraphs), *cells))
