"""The acceptance script of the contract, and what people try instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer, Said

Draft = Callable[[str, str], Path]


class Office:
    """A unit with a ledger, three people with keys, and two clean files to publish."""

    def __init__(self, reviewer: Reviewer, draft: Draft) -> None:
        self.call = reviewer
        draft("empty", "")
        self.notice = draft("公告.txt", "关于城区停水检修的公告\n7月1日城区北片停水。\n")
        self.annex = draft("附件1.txt", "停水范围：北片各街道。\n")
        self.run("roster", "init", "--unit", "青石县政府办公室", "--by", "管理员", "--passphrase-file", "empty")
        for name, role in (("张三", "publisher"), ("李四", "reviewer"), ("王五", "leader")):
            self.run("key", "new", name, "--passphrase-file", "empty")
            self.run("roster", "add", name, "--role", role, "--by", "管理员")

    def run(self, *words: object) -> Said:
        said = self.call(*words)
        assert said.code == 0, said.err
        return said

    def submit(self) -> str:
        said = self.run("case", "submit", self.notice, self.annex, "--by", "张三", "--channel", "website")
        return said.out.strip()

    def approved(self) -> str:
        case = self.submit()
        self.run("case", "review", case, "--by", "李四", "--opinion", "agree", "--comment", "已核")
        self.run("case", "approve", case, "--by", "王五")
        return case


@pytest.fixture
def office(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Office:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "ledger.db"))
    return Office(reviewer, draft)


def test_one_case_start_to_end(office: Office) -> None:
    case = office.approved()
    assert office.run("gate", "--require-signoff", office.notice).code == 0
    office.run("case", "publish", case, office.notice, office.annex, "--by", "张三")
    office.run("record", "export", case, "-o", "record.json", "--form", "审查表.docx")
    office.run("record", "verify", "record.json", office.notice, office.annex)
    office.run("ledger", "verify")
    assert Path("审查表.docx").stat().st_size > 5_000


def test_the_case_number_stands_alone(office: Office) -> None:
    case = office.submit()
    assert case.count("-") == 1
    assert case.replace("-", "").isdigit()


def test_whoever_submits_is_told_what_comes_next(office: Office) -> None:
    said = office.run("case", "submit", office.notice, office.annex, "--by", "张三", "--channel", "website")
    assert "下一步：审核人办理（李四）" in said.err


def test_one_changed_byte_voids_it(office: Office) -> None:
    case = office.approved()
    office.notice.write_text(office.notice.read_text("utf-8") + " ", "utf-8")
    assert office.call("gate", "--require-signoff", office.notice).code == 7
    published = office.call("case", "publish", case, office.notice, office.annex, "--by", "张三")
    assert published.code == 7
    assert "公告.txt" in published.err


@pytest.mark.parametrize("by", ["张三", "王五", "管理员", "外人"])
def test_only_the_reviewer_reviews(office: Office, by: str) -> None:
    case = office.submit()
    assert office.call("case", "review", case, "--by", by, "--opinion", "agree").code in (4, 7)


def test_nobody_approves_before_the_review(office: Office) -> None:
    case = office.submit()
    assert office.call("case", "approve", case, "--by", "王五").code == 7


def test_nobody_publishes_before_the_approval(office: Office) -> None:
    case = office.submit()
    assert office.call("case", "publish", case, office.notice, office.annex, "--by", "张三").code == 7


def test_a_missing_attachment_is_named(office: Office) -> None:
    case = office.approved()
    said = office.call("case", "publish", case, office.notice, "--by", "张三")
    assert said.code == 7
    assert "附件1.txt" in said.err


def test_every_warning_must_be_settled(office: Office, draft: Draft) -> None:
    listed = draft("名单.txt", "户主：郝连庄，身份证号：110101190001010015。\n")
    case = office.run("case", "submit", listed, "--by", "张三", "--channel", "website").out.strip()
    refused = office.call("case", "review", case, "--by", "李四", "--opinion", "agree")
    assert refused.code == 7
    shown = office.run("case", "show", case).out
    assert "未裁定" in shown
    assert "110101190001010015" not in shown


def test_a_consult_stops_the_case_until_the_answer(office: Office) -> None:
    case = office.submit()
    asked = ("--organ", "县国家保密局", "--letter", "青办函〔2026〕3号", "--question", "附件所列范围是否可以公开")
    office.run("case", "consult", case, "--by", "李四", *asked)
    assert office.call("case", "review", case, "--by", "李四", "--opinion", "agree").code == 7
    reply = ("--outcome", "not_secret", "--letter", "青保函〔2026〕1号", "--signatory", "赵六")
    office.run("case", "answer", case, "--by", "李四", *reply)
    office.run("case", "review", case, "--by", "李四", "--opinion", "agree", "--comment", "已获答复")


def test_a_marked_document_cannot_be_submitted(office: Office, draft: Draft) -> None:
    marked = draft("通知.txt", "机密★10年\n关于有关事项的通知\n")
    assert office.call("case", "submit", marked, "--by", "张三", "--channel", "website").code == 7


def test_an_edited_record_does_not_hold(office: Office) -> None:
    case = office.approved()
    office.run("record", "export", case, "-o", "record.json")
    record = json.loads(Path("record.json").read_text("utf-8"))
    Path("record.json").write_text(json.dumps(record, ensure_ascii=False).replace("已核", "未核"), "utf-8")
    assert office.call("record", "verify", "record.json", office.notice, office.annex).code == 5


def test_a_wrong_passphrase_is_refused(office: Office, draft: Draft) -> None:
    draft("right", "山高水长")
    draft("wrong", "水长山高")
    office.run("key", "new", "钱七", "--passphrase-file", "right")
    office.run("roster", "add", "钱七", "--role", "publisher", "--by", "管理员")
    words = ("case", "submit", office.notice, "--by", "钱七", "--channel", "website", "--passphrase-file")
    assert office.call(*words, "wrong").code == 7
    assert office.call(*words, "right").code == 0


def test_checkpoints_and_proofs(office: Office) -> None:
    case = office.approved()
    line = office.run("ledger", "checkpoint", "--by", "王五", "-o", "检查点.txt").out.splitlines()[0]
    assert Path("检查点.txt").read_text("ascii") == line + "\n"
    office.run("case", "publish", case, office.notice, office.annex, "--by", "张三")
    for known in (line, "检查点.txt"):
        office.run("ledger", "verify", "--against", known)
        assert "没有重新核验签名和流程" in office.run("ledger", "verify", "--since", known).out
    assert office.call("ledger", "verify", "--since", "12:ab").code == 5
    proof, growth = office.run("ledger", "prove", case).out, office.run("ledger", "consistency", "检查点.txt").out
    for name, text in (("证明.json", proof), ("一致.json", growth)):
        Path(name).write_text(text, "utf-8")
        office.run("ledger", "check", name)
        Path(name).write_text(text.replace('": "', '": "0', 3), "utf-8")
        assert office.call("ledger", "check", name).code == 5
    assert office.call("ledger", "check", "无.json").code == 3
    assert office.call("record", "export", case, "-o", "record.json", "--at", line).code == 2  # the case went on
    office.run("ledger", "checkpoint", "--by", "王五", "-o", "新.txt")
    office.run("record", "export", case, "-o", "record.json", "--at", "新.txt")
    said = office.run("record", "verify", "record.json", office.notice, office.annex, "--anchor", "新.txt")
    assert "与锚点一致" in said.out
    office.run("ledger", "verify", "--against", "record.json")
    assert office.call("ledger", "verify", "--against", line.replace(" 7 ", " 6 ")).code == 5


def test_a_present_ledger_needs_no_migration(office: Office) -> None:
    assert "已是第 2 版格式" in office.run("ledger", "migrate").out


def test_a_ledger_on_a_server_that_is_not_there(reviewer: Reviewer, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    where = f"postgresql://office:mima@/ledger?host={tmp_path}"
    for words in (("ledger", "verify"), ("ledger", "migrate"), ("case", "list"), ("ledger", "show")):
        said = reviewer(*words, "--ledger", where)
        assert said.code == 4
        assert "mima" not in said.out + said.err
        assert "***" in said.err


def test_a_request_for_a_time_stamp(office: Office) -> None:
    pytest.importorskip("rfc3161_client")
    office.run("ledger", "checkpoint", "--by", "王五", "-o", "检查点.txt", "--timestamp-request", "q.tsq")
    assert Path("q.tsq").read_bytes().startswith(b"\x30")
    Path("r.tsr").write_bytes(b"no reply")
    assert office.call("ledger", "checkpoint", "--timestamp-reply", "r.tsr", "-o", "检查点.txt").code == 5
    assert office.call("ledger", "checkpoint", "--timestamp-reply", "r.tsr").code == 2
    assert office.call("ledger", "checkpoint").code == 2
    office.run("ledger", "verify", "--against", "检查点.txt")
