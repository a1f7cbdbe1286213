"""`explain FILE --at PLACE`: why a place was flagged, what took it out, what came near and by how much."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from front_door import Reviewer

Draft = Callable[[str, str], Path]
DISSENT = "李局长提出异议，认为补偿标准偏高，要求再议。"
NUMBER = "110101190001010015"


@pytest.fixture
def told(reviewer: Reviewer, draft: Draft) -> Callable[[str], str]:
    """What is said of the first line of a draft."""
    return lambda text: reviewer("explain", draft("稿.txt", text + "\n"), "--at", "1").out


def test_a_finding_says_what_on_what_basis_and_what_to_do(told: Callable[[str], str]) -> None:
    out = told(DISSENT)
    assert "报：会上的不同意见、表决和个人倾向（work-secret/meeting-dissent），送审" in out
    assert "依据：政府信息公开条例" in out
    assert "怎么改：" in out


def test_a_missing_concept_is_told_with_words_that_would_do(told: Callable[[str], str]) -> None:
    out = told("会上传达了会议纪要，李局长要求落实。")
    near = next(line for line in out.splitlines() if "work-secret/meeting-dissent" in line)
    assert near.startswith("差一步")
    assert "还缺 1 项：没有“" in near


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("名称\t底价\t起始价\nG24\t另定\t88", "表头齐备的表格里没有这样的值"),
        ("时间\t底价\t起始价\n周五\t97\t88", "须在表头齐备，还缺 1 项：没有“"),
    ],
    ids=["no such values", "a head is missing"],
)
def test_a_table_that_is_not_told_says_what_its_heads_lack(told: Callable[[str], str], text: str, reason: str) -> None:
    near = next(line for line in told(text).splitlines() if "work-secret/reserve-price-table" in line)
    assert reason in near


def test_public_context_in_the_sentence_is_named_with_its_words(told: Callable[[str], str]) -> None:
    out = told("会议公布了结果，李局长提出异议并要求再议，已向社会公开。")
    assert "排除：“会上的不同意见、表决和个人倾向”（work-secret/meeting-dissent）" in out
    assert "同一句里有“已向社会公开”，属公开或制度性内容" in out


def test_a_mark_below_its_points_tells_the_points(told: Callable[[str], str]) -> None:
    out = told("他问什么叫“机密★”，答曰不知。")
    assert "作为标志只得 3 分，满 7 分才报（加引号、并列列举或在书名号内，扣 6 分）" in out


def test_a_lawful_wording_says_what_it_covers(told: Callable[[str], str]) -> None:
    out = told("国家秘密的密级分为绝密、机密、秘密三级。")
    assert "不报：“绝密”属于制度性表述：密级的列举和定义（benign/enumeration），盖住“分为绝密”" in out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("县长赵国强看望老党员。", "按公职、职务或公开身份出现（“县长”），姓名依法可以公开"),
        ("户主：王桂花，三口人。", "身份是“户主”，但同一条记录里没有证件号"),
        ("王桂花，石桥镇，救助金额10000元。", "没有文字说明此人的身份"),
        ("患者小雨（化名），12岁，某小学学生。", "文中注明是化名"),
        ("村民王某某反映道路积水。", "姓名已经隐去"),
        ("明朝嘉靖年间，王守田修桥铺路。", "说的是历史、文艺作品或公开活动里的人"),
    ],
)
def test_a_name_that_was_not_told_says_why(told: Callable[[str], str], text: str, reason: str) -> None:
    near = next(line for line in told(text).splitlines() if "personal-privacy/name-linked" in line)
    assert near.startswith("差一步")
    assert reason in near


def test_each_name_of_a_place_has_its_reason(told: Callable[[str], str]) -> None:
    near = next(line for line in told("县长赵国强看望了户主王桂花。").splitlines() if "/name-linked" in line)
    assert "此处第 1 个姓名：按公职" in near
    assert "此处第 2 个姓名：身份是“户主”" in near
    assert "王桂花" not in near


def test_the_classifier_always_gives_its_number(told: Callable[[str], str]) -> None:
    line = next(line for line in told("今天下午城区北片停水检修，请居民储水。").splitlines() if "分类器：" in line)
    assert "把握" in line
    assert "只看这一句" in line
    assert "才报" in line


def test_the_classifier_tells_the_sentence_from_its_surroundings(reviewer: Reviewer, draft: Draft) -> None:
    sentence = "周四再看河口的三个码头，夜里十一点从河东大桥下集合，名单不发书面，由组长口头通知。"
    around = "下周三上午九时先查城北的两家砂石厂，车从北门走，不要提前打招呼。"

    def found(text: str) -> tuple[float, float, float]:
        rows = _places(reviewer, draft("稿.txt", text), "1")["findings"]
        held = next(row for row in rows if row["rule"] == "work-secret/classifier")
        return held["summed"], held["alone"], held["confidence"]

    words, lone, with_nothing = found(f"{sentence}\n")
    same_words, same, with_others = found(f"{sentence}\n{around}\n")
    assert words == same_words
    assert lone == with_nothing == same
    assert words != lone != with_others
    out = reviewer("explain", draft("稿.txt", f"{sentence}\n{around}\n"), "--at", "1").out
    assert f"这句话各词相加 {words:.0%}，整句读 {lone:.0%}，连同前后文 {with_others:.0%}" in out


def test_a_number_that_is_nobodys_says_why(told: Callable[[str], str]) -> None:
    assert "personal-privacy/mobile-phone）；旁边没有个人" in told("办公室电话：13800000000。")
    assert "号段、日期或校验位不成立" in told("编号 12345678901。")


def test_an_empty_place_says_who_looked(told: Callable[[str], str]) -> None:
    out = told("好。")
    assert "此处没有任何规则的词语或特征" in out
    assert "看过此处的规则：" in out


def test_a_ruling_that_acts_and_one_that_lapsed(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("稿.txt", DISSENT + "\n")
    ruling = ("--by", "赵六", "--second", "钱二", "--reason", "已公开", "--until", "2999-01-01")
    assert reviewer("baseline", "create", path, *ruling).code == 0
    draft("reviewer.toml", 'baseline = "reviewer.baseline.json"')
    assert "已裁定，不计入结论：赵六，已公开" in reviewer("explain", path, "--at", "1").out
    assert "有裁定但不起作用" in reviewer("explain", path, "--at", "1", "--today", "3000-01-01").out


def test_a_scenario_that_allows_is_told(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("名单.csv", "学生资助名单公示\n姓名,班级\n王小宝,一班\n")
    out = reviewer("explain", path, "--at", "3", "--scenario", "student-aid").out
    assert "场景“" in out


def test_files_beside_the_draft_are_known(reviewer: Reviewer, draft: Draft, tmp_path: Path) -> None:
    text = "关于公示的通知\n现将名单予以公示。\n附件：1.公示名单\n2.办理指南\n"
    path = draft("通知.txt", text)
    draft("公示名单.txt", "无\n")
    out = reviewer("explain", path, "--at", "3").out
    assert "附件1《公示名单》 对应旁边的“公示名单.txt”" in out
    assert "附件2《办理指南》 旁边没有，计为未读到" in out
    assert "缺：附件2《办理指南》" in out
    gap = reviewer("explain", path, "--at", "附件2《办理指南》")
    assert gap.code == 0
    assert "任何规则都没有看过" in gap.out


def test_a_member_of_an_archive_is_explained_by_its_own_text(reviewer: Reviewer, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as package:
        package.writestr("a.txt", "会议公布了结果，已向社会公开。\n")
        package.writestr("b.txt", DISSENT + "\n")
    place = next(
        segment["place"]
        for segment in json.loads(reviewer("read", "包.zip", "--format", "jsonl").out)["segments"]
        if segment["text"] == DISSENT
    )
    assert "报：会上的不同意见" in reviewer("explain", "包.zip", "--at", place).out


def _places(reviewer: Reviewer, path: Path, at: str) -> Any:
    return json.loads(reviewer("explain", path, "--at", at, "--json").out)


def test_places_are_lines_columns_ranges_and_names(reviewer: Reviewer, draft: Draft) -> None:
    path = draft("稿.txt", "第一行\n" + DISSENT + "\n")
    whole = _places(reviewer, path, "¶2")
    assert (whole["start"], whole["end"]) == (4, 4 + len(DISSENT))
    assert _places(reviewer, path, "第2行") == whole
    assert _places(reviewer, path, f"4-{4 + len(DISSENT)}") == whole
    assert (_places(reviewer, path, "2:3")["start"], _places(reviewer, path, "2:3")["end"]) == (6, 7)
    said = reviewer("explain", path, "--at", "9:9")
    assert said.code == 2
    assert "“¶1”、“¶2”" in said.err


def test_json_holds_no_word_of_the_place(reviewer: Reviewer, draft: Draft) -> None:
    out = _places(reviewer, draft("名单.txt", f"户主：郝连庄，身份证号：{NUMBER}。\n"), "1")
    assert out["schema"] == "reviewer.explanation/1"
    assert "personal-privacy/resident-id-mistyped" in {finding["rule"] for finding in out["findings"]}
    assert NUMBER not in json.dumps(out)
    assert sum(out["looked"].values()) > 100
