"""A file found on a site is tied back to its case; an inspection gets its folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer
from test_registers import Office

Draft = Callable[[str, str], Path]
TEXT = "关于城区停水检修的公告\n7月1日城区北片停水。\n请提前储水。\n"


@pytest.fixture
def office(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Office:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "ledger.db"))
    office = Office(reviewer, draft)
    office.notice = draft("公告.txt", TEXT)
    return office


def test_a_found_file_is_tied_back(office: Office, draft: Draft) -> None:
    case = office.published()
    said = office.run("case", "find", office.notice)
    assert f"{case}  已发布  第 1 版  公告.txt  一字节不差" in said.out
    office.run("record", "export", case, "-o", "r.json")
    assert "一字节不差" in office.run("record", "find", office.notice, "r.json").out

    encoded = draft("网页.txt", "")
    encoded.write_bytes(TEXT.replace("\n", "\r\n\r\n").encode("gb18030"))
    same = office.call("case", "find", encoded)
    assert (same.code, "文字相同，仅格式或编码不同" in same.out, "SHA-256：" in same.out) == (7, True, True)

    secret = "联系人王小明，电话13900000000。"
    changed = draft("公告.txt", TEXT.replace("请提前储水。", secret))
    kept = draft("留存.txt", TEXT)
    other = office.call("case", "find", changed, "--approved", kept)
    assert (other.code, "只有文件名相同" in other.out, "改动 1 处" in other.out) == (7, True, True)
    assert secret not in other.out + other.err
    assert "13900000000" not in other.out + other.err

    stranger = draft("别的.txt", "与本单位无关的文字。")
    assert (office.call("case", "find", stranger).code, office.call("case", "find", "无.txt").code) == (7, 3)
    assert office.call("case", "find", kept, "--approved", stranger).code == 2


def test_a_file_of_another_name_and_text_is_tied_by_the_approved_one(office: Office, draft: Draft) -> None:
    """A site calls it by a number, and somebody changed it there: neither name nor text leads to the case."""
    case = office.published()
    renamed, kept = draft("P020261128.txt", TEXT.replace("请提前储水。", "请提前储水，谢谢。")), draft("留存.txt", TEXT)
    assert case not in office.call("case", "find", renamed).out
    said = office.call("case", "find", renamed, "--approved", kept)
    assert said.code == 7
    assert f"{case}  已发布  第 1 版  公告.txt  按所给的批准件比对" in said.out
    assert "文件名：公告.txt → P020261128.txt" in said.out
    assert "改动 1 处" in said.out


def test_what_was_taken_down_covers_nothing(office: Office) -> None:
    case = office.published()
    office.run("case", "takedown", case, "--by", "张三", "--reason", "过期")
    said = office.call("case", "find", office.notice)
    assert (said.code, f"{case}  已撤除" in said.out) == (7, True)


def test_the_folder_for_an_inspection(office: Office, tmp_path: Path) -> None:
    case = office.published()
    folder = tmp_path / "检查"
    office.run("ledger", "export", "--inspection", folder)
    listed = dict(reversed(line.split("  ", 1)) for line in (folder / "清单.sha256").read_text("utf-8").splitlines())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {*listed, "清单.sha256"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == kept for name, kept in listed.items())
    assert {"登记/台账.xlsx", f"记录/{case}.json", f"审查表/{case}.docx", "台账/条目.jsonl", "说明.txt"} <= there
    assert any(name.startswith("规则/") and name.endswith(".toml") for name in there)
    office.run("record", "verify", folder / "记录" / f"{case}.json", office.notice)
    assert office.call("ledger", "export", "--inspection", folder).code == 2
    assert "停水检修的公告" not in "".join(
        (folder / name).read_text("utf-8") for name in there if name.endswith((".json", ".jsonl"))
    )
