"""A part goes out: redacted, certified, on record, submitted again, proved; as a clerk types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from front_door import Reviewer
from test_registers import Draft, Office


@pytest.fixture
def office(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Office:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "ledger.db"))
    return Office(reviewer, draft)


def test_the_copy_and_its_certificate_stand_in_the_originals_record(office: Office, draft: Draft) -> None:
    office.notice = draft("名单.txt", "补助发放名单\n王小宝，身份证号529931191506184862，补助500元。\n")
    case = office.submit()
    office.run("redact", office.notice, "-o", "公开/名单.txt", "--certificate", "证明.json")
    assert office.call("case", "redacted", "2026-9999", "--certificate", "证明.json", "--by", "张三").code == 2
    wrong = ("case", "redacted", case, str(office.notice), "--certificate", "证明.json", "--by", "张三")
    assert office.call(*wrong).code == 7
    said = office.run("case", "redacted", case, "公开/名单.txt", "--certificate", "证明.json", "--by", "张三")
    assert "已登记" in said.out
    office.notice = Path("公开/名单.txt")
    stray = draft("另.txt", "停水公告\n")
    words = ("case", "submit", stray, "--by", "张三", "--channel", "website", "--part-of", case)
    assert office.call(*words).code == 7
    part = office.published("--part-of", case)
    assert f"{case} 的区分处理副本" in office.run("case", "show", part).out
    for number in (case, part):
        office.run("record", "export", number, "-o", f"{number}.json")
    proved = office.run("record", "verify", f"{part}.json", office.notice, "--original", f"{case}.json")
    assert f"{case}：名单.txt → 名单.txt" in proved.out
    both = office.call("record", "verify", f"{case}.json", "--certificate", "证明.json")
    assert (both.code, "与登记一致" in both.out) == (5, True)  # the original was never approved, and is not at hand
    assert "5299" not in Path(f"{case}.json").read_text("utf-8") + Path("证明.json").read_text("utf-8")
