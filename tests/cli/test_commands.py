"""The smaller commands, as a person meets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from front_door import Reviewer

from reviewer.cli.rule_page import page
from reviewer.detect import Ruleset
from reviewer.detect.concept import Meeting

Draft = Callable[[str, str], Path]
CLEAR = "关于城区停水检修的通知\n7月1日8时至12时，城区北片停水检修。\n"
NUMBER = "110101190001010015"
PRIVATE = f"户主：郝连庄，身份证号：{NUMBER}。\n"


def test_read_shows_what_was_read(reviewer: Reviewer, draft: Draft) -> None:
    said = reviewer("read", draft("通知.txt", CLEAR), "--format", "jsonl")
    reading = json.loads(said.out)
    assert said.code == 0
    assert reading["schema"] == "reviewer.reading/1"
    assert reading["segments"][0] == {
        "place": "¶1", "part": "body", "hidden": False, "text": "关于城区停水检修的通知",
    }  # fmt: skip
    assert reading["gaps"] == []


def test_read_as_a_table(reviewer: Reviewer, draft: Draft) -> None:
    assert "关于城区停水检修的通知" in reviewer("read", draft("通知.txt", CLEAR)).out


def test_a_report_has_the_shape_of_the_contract(reviewer: Reviewer, draft: Draft) -> None:
    report = json.loads(reviewer("screen", draft("名单.txt", PRIVATE), "--format", "jsonl").out)
    assert list(report)[:3] == ["schema", "document", "verdict"]
    finding = next(f for f in report["findings"] if f["type"] == "resident_id")
    location = finding["location"]
    assert PRIVATE[location["start"] : location["end"]] == NUMBER
    assert (location["line"], location["column"]) == (1, PRIVATE.index(NUMBER) + 1)
    assert NUMBER not in json.dumps(report, ensure_ascii=False)
    assert finding["basis"]
    assert finding["advice"]


@pytest.mark.parametrize(("reveal", "shown"), [("none", ""), ("full", NUMBER)])
def test_reveal(reviewer: Reviewer, draft: Draft, reveal: str, shown: str) -> None:
    said = reviewer("screen", draft("名单.txt", PRIVATE), "--format", "jsonl", "--reveal", reveal)
    finding = next(f for f in json.loads(said.out)["findings"] if f["type"] == "resident_id")
    assert finding["text"] == shown


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_a_draft_in_any_encoding(reviewer: Reviewer, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "名单.txt").write_bytes((CLEAR + PRIVATE).encode(encoding))
    report = json.loads(reviewer("screen", "名单.txt", "--format", "jsonl").out)
    assert {f["type"] for f in report["findings"]} >= {"resident_id"}
    assert report["gaps"] == []


def test_a_folder_gives_one_report_a_file(reviewer: Reviewer, tmp_path: Path) -> None:
    for name in ("甲/一.txt", "甲/乙/二.txt", "三.md", "四.bin", ".隐藏文件"):
        path = tmp_path / "稿" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CLEAR, "utf-8")
    said = reviewer("screen", "稿", "--format", "jsonl")
    assert len(said.out.splitlines()) == 5


def test_a_hidden_folder_is_not_entered_and_that_is_said(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "稿" / ".git").mkdir(parents=True)
    (tmp_path / "稿" / ".git" / "x").write_text(PRIVATE, "utf-8")
    (tmp_path / "稿" / "通知.txt").write_text(CLEAR, "utf-8")
    said = reviewer("screen", "稿")
    assert said.code == 0
    assert ".git" in said.err
    assert reviewer("screen", "稿", "--hidden").code == 10


def test_several_processes_say_the_same(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    for number in range(6):
        draft(f"名单{number}.txt", PRIVATE if number % 2 else CLEAR)
    words = ("screen", *sorted(path.name for path in tmp_path.glob("名单*.txt")), "--format", "jsonl", "--jobs")
    assert reviewer(*words, "1").out == reviewer(*words, "2").out


def test_output_to_a_file(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    said = reviewer("screen", draft("通知.txt", CLEAR), "--format", "json", "--output", "报告.json")
    assert (said.code, said.out) == (0, "")
    assert len(json.loads((tmp_path / "报告.json").read_text("utf-8"))) == 1


def test_explain_a_rule(reviewer: Reviewer) -> None:
    said = reviewer("explain", "state-secret/mark")
    assert said.code == 0
    assert "应当查出" in said.out


def test_explain_why_and_why_not(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("通知.txt", "机密★10年\n国家秘密的密级分为绝密、机密、秘密三级。\n")
    assert "报：" in reviewer("explain", path, "--at", "1").out
    assert "制度性表述" in reviewer("explain", path, "--at", "¶2").out


def test_the_page_of_a_rule_says_what_the_classifier_may_lower(ruleset: Ruleset) -> None:
    doubted = [rule for rule in ruleset.rules if isinstance(rule.match, Meeting) and rule.match.doubt]
    told = [rule for rule in ruleset.rules if "doubt = " in page(rule)]
    assert told == doubted != []
    assert f"`doubt = {cast(Meeting, doubted[0].match).doubt:g}`" in page(doubted[0])


def test_rules_are_listed_shown_and_checked(reviewer: Reviewer) -> None:
    listed = json.loads(reviewer("rules", "list", "--json").out)
    assert {"personal-privacy/resident-id", "state-secret/mark"} <= {row["id"] for row in listed}
    assert reviewer("rules", "show", "state-secret/mark").code == 0
    assert "全部通过" in reviewer("rules", "check").out


def test_a_new_rule_works_once_it_is_named_in_the_policy(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    assert reviewer("rules", "new", "work-secret/my-list", "--folder", "规则").code == 0
    (written,) = (tmp_path / "规则").iterdir()
    written.write_text(written.read_text("utf-8").replace("样例词", "青山工程"), "utf-8")
    assert reviewer("rules", "check", "规则").code == 0
    draft("reviewer.toml", 'rules = ["规则"]')
    assert reviewer("screen", draft("简报.txt", "青山工程进展顺利。\n")).code == 10


def test_init_writes_a_policy_that_loads(reviewer: Reviewer, draft: Draft) -> None:
    assert reviewer("init", "--unit", "青石县").code == 0
    assert reviewer("init").code == 2
    assert reviewer("screen", draft("通知.txt", CLEAR)).code == 0


def test_a_baseline_sets_aside_with_name_reason_and_end(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("名单.txt", PRIVATE)
    ruling = ("--by", "李四", "--reason", "系示例", "--until", "2999-01-01")
    assert reviewer("baseline", "create", path, *ruling).code == 0
    draft("reviewer.toml", 'baseline = "reviewer.baseline.json"')
    report = json.loads(reviewer("screen", path, "--format", "jsonl").out)
    assert report["verdict"] == "clear"
    assert {aside["by"] for aside in report["set_aside"]} == {"李四"}
    assert NUMBER not in Path("reviewer.baseline.json").read_text("utf-8")
    assert reviewer("baseline", "audit").code == 0
    assert "有效" in reviewer("baseline", "status", path).out


def test_a_rule_switched_off_is_printed(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("名单.txt", PRIVATE)
    types = {f["rule"] for f in json.loads(reviewer("screen", path, "--format", "jsonl").out)["findings"]}
    unused = [
        f'[[unused]]\nrule = "{rule}"\nby = "王五"\nreason = "依法公开"\nuntil = "2999-01-01"\n' for rule in types
    ]
    draft("reviewer.toml", "".join(unused))
    said = reviewer("screen", path)
    assert said.code == 0
    assert "依法公开" in said.out


def test_redact_proves_its_copy(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    said = reviewer("redact", draft("名单.txt", PRIVATE + CLEAR), "-o", "公示稿.txt")
    assert said.code == 0
    copy = (tmp_path / "公示稿.txt").read_text("utf-8")
    assert NUMBER not in copy
    assert CLEAR in copy
    assert reviewer("screen", "公示稿.txt").code == 0
    assert reviewer("redact", "名单.txt", "-o", "公示稿.txt").code == 2


def test_redact_shows_its_plan_and_takes_it_back(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    path = draft("名单.txt", PRIVATE + CLEAR)
    assert "resident_id" in reviewer("redact", path).out
    content = json.loads(reviewer("redact", path, "--format", "json").out)
    assert NUMBER not in json.dumps(content)
    for operation in content["operations"]:
        operation["mask"] = "（略）" if operation["type"] == "resident_id" else operation["mask"]
    draft("计划.json", json.dumps(content))
    said = reviewer("redact", path, "--plan", "计划.json", "-o", "公示稿.txt", "--certificate", "证明.json")
    assert said.code == 0
    assert "（略）" in (tmp_path / "公示稿.txt").read_text("utf-8")
    certificate = json.loads((tmp_path / "证明.json").read_text("utf-8"))
    assert certificate["before"]["sha256"] == content["document"]["sha256"]
    assert path.read_text("utf-8") == PRIVATE + CLEAR


def test_redact_asks_hit_by_hit(reviewer: Reviewer, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    path = draft("名单.txt", PRIVATE + CLEAR)
    places = json.loads(reviewer("redact", path, "--format", "json").out)["operations"]
    monkeypatch.setattr("sys.stdin", io.StringIO("d\n" * len(places)))
    said = reviewer("redact", path, "-i", "-o", "公示稿.txt")
    assert said.code == 0
    assert "****" not in Path("公示稿.txt").read_text("utf-8")


def test_redact_keeps_persons_of_a_package_apart(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    first = draft("一.txt", f"王小明，身份证号{NUMBER}。\n")
    other = draft("二.txt", f"王大海，身份证号{NUMBER}。\n王小明，身份证号{NUMBER}。\n")
    assert reviewer("redact", first, other, "-o", "公示").code == 0
    assert (tmp_path / "公示" / "一.txt").read_text("utf-8") == "王某1，身份证号****。\n"
    assert (tmp_path / "公示" / "二.txt").read_text("utf-8").splitlines() == [
        "王某2，身份证号****。",
        "王某1，身份证号****。",
    ]


def test_redact_tells_the_smallest_set_of_edits(reviewer: Reviewer, draft: Draft) -> None:
    said = reviewer("redact", draft("名单.txt", PRIVATE + CLEAR), "--least")
    assert said.code == 0
    assert "最少改" in said.out


def test_the_model_shows_its_card(reviewer: Reviewer) -> None:
    said = reviewer("model", "show")
    assert said.out.startswith("sha256:")
    assert "Measured" in said.out
