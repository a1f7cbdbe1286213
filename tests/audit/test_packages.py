"""Packages in an archive: judged folder by folder, and again when files came or went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import Audit

STORE = Path("结果")
NOTICE = "关于公布名单的通知\n各学校：\n现将名单公布如下。\n请核对。\n附件：1.受助学生名单\n2.资金汇总表\n教育局\n"
LISTED = "关于拟录用人员的公示\n现将名单予以公示。\n公示时间：2023年3月1日至3月7日\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "站点" / "2026"
    folder.mkdir(parents=True)
    (folder / "通知.txt").write_text(NOTICE, "utf-8")
    (folder / "附件1.csv").write_text("学校,金额\n", "utf-8")
    (tmp_path / "站点" / "公示.txt").write_text(LISTED, "utf-8")
    return tmp_path / "站点"


def verdicts(audit: Audit) -> dict[str, str]:
    said = audit("report", STORE, "--format", "jsonl")
    told = [json.loads(line) for line in said.out.splitlines()]
    return {Path(row["document"]["path"]).name: row["verdict"] for row in told}


def test_a_missing_attachment_refers_its_notice(site: Path, audit: Audit) -> None:
    assert audit("run", STORE, site).code == 10
    assert verdicts(audit) == {"通知.txt": "refer", "附件1.csv": "clear", "公示.txt": "clear"}


def test_it_is_judged_again_when_the_attachment_came_or_went(site: Path, audit: Audit) -> None:
    audit("run", STORE, site)
    missing = site / "2026" / "附件2.csv"
    missing.write_text("合计,金额\n", "utf-8")
    assert "旁边的文件有增减" in audit("run", STORE, site).err
    assert verdicts(audit)["通知.txt"] == "clear"
    missing.unlink()
    audit("run", STORE, site)
    assert verdicts(audit)["通知.txt"] == "refer"
    assert "本次要审 0 份" in audit("run", STORE, site).err


def test_expired_periods_are_counted_and_change_nothing(site: Path, audit: Audit) -> None:
    audit("run", STORE, site)
    told = json.loads(audit("report", STORE, "--format", "json").out)
    assert told["by_verdict"]["redact"] == 0
    assert "公示期已过" in audit("report", STORE).out
