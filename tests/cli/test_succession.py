"""A second version at the command line: only what changed asks for eyes, and the ruling made once is taken over."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer, Said

FINDING = "救助对象王小花，联系电话13800138000，家住青石县城关镇。"
LINES = ["关于救助情况的公告", "本次救助三户。", FINDING, "特此公告。", "联系科室：办公室。", "印发范围：公开。"]
CHANGED = [*LINES[:-1], "印发范围：公开，并送各乡镇。"]
Draft = Callable[[str, str], Path]


@pytest.fixture
def call(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reviewer:
    monkeypatch.setenv("REVIEWER_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("REVIEWER_HOME", str(tmp_path / "home"))
    draft("empty", "")

    def run(*words: object) -> Said:
        said = reviewer(*words)
        assert said.code == 0, said.err
        return said

    run("roster", "init", "--unit", "青石县政府办公室", "--by", "管理员", "--passphrase-file", "empty")
    for name, role in (("张三", "publisher"), ("李四", "reviewer"), ("王五", "leader")):
        run("key", "new", name, "--passphrase-file", "empty")
        run("roster", "add", name, "--role", role, "--by", "管理员")
    return run


def submit(call: Reviewer, lines: list[str], *more: str) -> Said:
    Path("公告.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return call("case", "submit", "公告.txt", "--by", "张三", "--channel", "website", *more)


def approved(call: Reviewer) -> str:
    number = submit(call, LINES).out.strip()
    shown = call("case", "show", number).out
    count = sum("[未裁定]" in line for line in shown.splitlines())
    assert count
    every = ",".join(str(at) for at in range(1, count + 1))
    call("case", "review", number, "--by", "李四", "--opinion", "agree", "--settle", f"{every}=releasable:本人同意")
    call("case", "approve", number, "--by", "王五")
    return number


def test_only_the_change_asks_for_eyes(call: Reviewer) -> None:
    first = approved(call)
    second = submit(call, CHANGED, "--succeeds", first)
    assert f"承接 {first}" in second.err and "段，沿用" in second.err
    number = second.out.strip()
    shown = call("case", "show", number).out
    assert f"沿用 {first}，可公开：本人同意" in shown and "未裁定" not in shown
    assert FINDING not in shown
    told = call("case", "review", number, "--by", "李四", "--opinion", "agree")
    assert "沿用此前的裁定" in told.err
    call("case", "approve", number, "--by", "王五")
    call("case", "publish", number, "公告.txt", "--by", "张三")
    call("record", "export", number, "-o", "record.json")
    verified = call("record", "verify", "record.json", "公告.txt")
    assert "沿用的段落" in verified.out and first in verified.out
    call("ledger", "verify")
    assert list(second_verifier()(Path("record.json").read_bytes(), [Path("公告.txt")], None))
    kept = json.dumps(json.loads(Path("record.json").read_text("utf-8")), ensure_ascii=False)
    assert "13800138000" not in kept and "王小花" not in kept


def second_verifier() -> Callable[..., object]:
    path = Path(__file__).resolve().parents[2] / "docs" / "verify_record.py"
    spec = importlib.util.spec_from_file_location("verify_record", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.verify  # type: ignore[no-any-return]


def test_the_finding_itself_changed(call: Reviewer, reviewer: Reviewer) -> None:
    first = approved(call)
    other = [line.replace("13800138000", "13900139000") for line in LINES]
    number = submit(call, other, "--succeeds", first).out.strip()
    assert "未裁定" in call("case", "show", number).out
    assert reviewer("case", "review", number, "--by", "李四", "--opinion", "agree").code == 7


def test_without_the_key_nothing_is_compared(call: Reviewer, reviewer: Reviewer, tmp_path: Path) -> None:
    first = approved(call)
    key = tmp_path / "home" / "passages.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    said = reviewer("case", "submit", "公告.txt", "--by", "张三", "--channel", "website", "--succeeds", first)
    assert said.code == 7 and "段落密钥" in said.err


def test_another_channel_is_reviewed_anew(call: Reviewer, reviewer: Reviewer) -> None:
    first = approved(call)
    said = reviewer("case", "submit", "公告.txt", "--by", "张三", "--channel", "press", "--succeeds", first)
    assert said.code == 7 and "渠道" in said.err


def test_the_gate_tells_what_changed_since(call: Reviewer, reviewer: Reviewer, tmp_path: Path) -> None:
    first = approved(call)
    call("record", "export", first, "-o", "record.json")
    trust = json.loads(Path("record.json").read_text("utf-8"))["predicate"]["genesis_key"]
    since = ("--since", "record.json", "--trust", trust)
    assert reviewer("gate", "公告.txt").code == 10
    Path("公告.txt").write_text("\n".join(CHANGED) + "\n", "utf-8")
    told = reviewer("gate", "公告.txt", *since)
    assert told.code == 0, told.err
    assert f"自 {first} 批准以来" in told.err and "新增或改动" in told.err and "前后有改动" in told.err
    assert "王小花" not in told.out + told.err
    screened = reviewer("screen", "公告.txt", *since, "--format", "jsonl")
    assert screened.code == 0
    aside = json.loads(screened.out)["set_aside"]
    assert aside and all(first in one["reason"] and one["by"] == "李四" for one in aside)
    # An approval binds exact bytes: what changed is not signed off, whatever is carried.
    assert reviewer("gate", "公告.txt", *since, "--require-signoff", "--ledger", tmp_path / "ledger.db").code == 7


def test_a_new_number_is_found_although_its_fingerprint_is_known(call: Reviewer, reviewer: Reviewer) -> None:
    first = approved(call)
    call("record", "export", first, "-o", "record.json")
    trust = json.loads(Path("record.json").read_text("utf-8"))["predicate"]["genesis_key"]
    more = [*LINES, "又：", FINDING.replace("13800138000", "13911139110")]
    Path("公告.txt").write_text("\n".join(more) + "\n", "utf-8")
    assert reviewer("gate", "公告.txt", "--since", "record.json", "--trust", trust).code == 10


def test_a_record_that_does_not_hold_carries_nothing(call: Reviewer, reviewer: Reviewer) -> None:
    first = approved(call)
    call("record", "export", first, "-o", "record.json")
    assert reviewer("gate", "公告.txt", "--since", "record.json").code == 2
    assert reviewer("gate", "公告.txt", "--since", "record.json", "--trust", "0" * 64).code == 5
    assert reviewer("gate", "公告.txt", "--since", "无.json", "--trust", "0" * 64).code == 3
