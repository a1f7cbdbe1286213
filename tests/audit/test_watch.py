"""Watching what is published: by today's date, today's rules, and the records that were signed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import WORD, Audit, write

from reviewer.signoff.record_proof import told_of

STORE = Path("结果")
KEPT = Path(__file__).parents[1] / "signoff" / "first_form"
OVER = "关于拟推荐先进集体的公示\n现将名单予以公示，公示期为2026年3月2日至2026年3月8日。\n青石县第一小学\n"


@pytest.fixture
def record() -> Path:
    return KEPT / "record.json"


def test_a_day_later_a_publicity_is_over_and_a_new_rule_reaches_old_pages(office: Path, audit: Audit) -> None:
    write(office / "站", {"公示.txt": OVER, "进展.txt": "第1期：白石工程进展顺利。\n", "公告.txt": "明日停水。\n"})
    audit("run", STORE, "站", "--today", "2026-03-03")
    assert audit("watch", STORE, "--today", "2026-03-04").out == ""
    rules = office / "规则" / "项目.toml"
    rules.write_text(rules.read_text("utf-8").replace(WORD, "白石工程"), "utf-8")
    said = audit("watch", STORE, "--today", "2026-04-01", "--json")
    assert said.code == 10
    told = json.loads(said.out)
    assert told["expired"] == ["站/公示.txt"]
    assert {"path": "站/进展.txt", "was": "clear", "now": "redact"} in told["changed"]["first"]


def test_what_is_online_is_compared_with_what_was_signed(office: Path, audit: Audit, record: Path) -> None:
    assert [file.name for file in told_of(record.read_bytes(), "记录")[1].submitted.manifest.files] == [
        "公告.docx",
        "附件1.xlsx",
    ]
    write(office / "站", {"公告.docx": "公告.docx", "附件1.xlsx": "改过的内容。\n", "公告0.txt": "明日停水。\n"})
    audit("run", STORE, "站")
    said = audit("watch", STORE, "--record", record, "--json")
    assert json.loads(said.out)["deviations"] == [
        {"case": "2026-0001", "name": "附件1.xlsx", "fault": "altered", "paths": ["站/附件1.xlsx"]}
    ], "the bytes of the other are those that were signed"
    assert said.code == 10
    (office / "站" / "附件1.xlsx").unlink()
    said = audit("watch", STORE, "--record", record)
    assert "审签记录中的文件不在线\t2026-0001 附件1.xlsx" in said.out
    assert said.code == 0


def test_a_record_that_does_not_hold_is_compared_with_nothing(office: Path, audit: Audit, record: Path) -> None:
    write(office / "站", {"a.txt": "停水。\n"})
    audit("run", STORE, "站")
    content = json.loads(record.read_text("utf-8"))
    content["unit"] = "别处"
    (office / "记录").mkdir()
    (office / "记录" / "x.json").write_text(json.dumps(content), "utf-8")
    assert audit("watch", STORE, "--record", "记录").code == 5
    (office / "空").mkdir()
    assert audit("watch", STORE, "--record", "空").code == 3
