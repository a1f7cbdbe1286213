"""Packages as people hand them in: what is missing, what it says of itself, and how a person vouches for it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from front_door import Reviewer
from PIL import Image
from test_case import Office, office

Draft = Callable[[str, str], Path]

__all__ = ["office"]

HEAD = "关于公布受助学生名单的通知\n各学校：\n现将有关事项通知如下。\n一、请认真核对。\n"
NOTICE = HEAD + "附件：1.受助学生名单\n2.资金汇总表\n青石县教育局\n2026年3月2日\n"


def rows(out: str) -> dict[str, dict[str, object]]:
    told = [json.loads(line) for line in out.splitlines()]
    return {Path(row["document"]["path"]).name: row for row in told}


def form_text(path: str) -> str:
    page = Document(io.BytesIO(Path(path).read_bytes()))
    return "\n".join(cell.text for table in page.tables for row in table.rows for cell in row.cells)


def test_screen_tells_what_a_package_lacks(reviewer: Reviewer, draft: Draft) -> None:
    draft("通知.txt", NOTICE), draft("附件1.csv", "学校,金额\n")
    said = reviewer("screen", ".")
    assert said.code == 10
    assert "附件2《资金汇总表》" in said.out
    assert "文中列出，未见送审" in said.out


def test_screen_of_one_draft_only_mentions_it(reviewer: Reviewer, draft: Draft) -> None:
    draft("通知.txt", NOTICE), draft("附件1.csv", "学校,金额\n")
    said = reviewer("screen", "通知.txt")
    assert said.code == 0
    assert "未一并筛查：附件1《受助学生名单》、附件2《资金汇总表》" in said.out


def test_unrelated_drafts_stay_clear(reviewer: Reviewer, draft: Draft) -> None:
    for number in range(4):
        draft(f"{number}.txt", NOTICE.replace("受助学生", f"第{number}批获奖单位"))
    assert reviewer("screen", ".").code == 0


def test_the_same_on_several_processes(reviewer: Reviewer, draft: Draft) -> None:
    draft("通知.txt", NOTICE), draft("附件1.csv", "学校,金额\n")
    one, two = (rows(reviewer("screen", ".", "--format", "jsonl", "--jobs", jobs).out) for jobs in (1, 2))
    assert one == two
    assert one["通知.txt"]["verdict"] == "refer"


def test_a_missing_attachment_is_vouched_for_by_a_person(office: Office, draft: Draft) -> None:
    notice, listed = draft("通知.txt", NOTICE), draft("附件1.csv", "学校,金额\n")
    said = office.run("case", "submit", notice, listed, "--by", "张三", "--channel", "website")
    assert "附件2《资金汇总表》" in said.err
    case = said.out.strip()
    refused = office.call("case", "review", case, "--by", "李四", "--opinion", "agree")
    assert refused.code == 7
    assert "附件2《资金汇总表》" in refused.err
    office.run(
        "case", "review", case, "--by", "李四", "--opinion", "agree", "--inspected", "1=汇总表不公开，已在线下核对"
    )
    office.run("case", "approve", case, "--by", "王五")
    assert "李四：汇总表不公开，已在线下核对" in office.run("case", "show", case).out
    office.run("record", "export", case, "-o", "record.json", "--form", "审查表.docx")
    assert "汇总表不公开，已在线下核对（李四）" in form_text("审查表.docx")
    assert "汇总表不公开，已在线下核对" in Path("record.json").read_text("utf-8")
    office.run("record", "verify", "record.json", notice, listed)
    # The word is signed and on record; it switches nothing off: the next screening says the same.
    assert office.call("screen", notice, listed).code == 10


def test_an_unreadable_picture_is_vouched_for_the_same_way(office: Office, tmp_path: Path) -> None:
    picture = tmp_path / "海报.png"
    striped = Image.new("L", (400, 200))
    striped.putdata([255 * (x // 8 % 2) for _ in range(200) for x in range(400)])
    striped.save(picture)
    case = office.run("case", "submit", picture, "--by", "张三", "--channel", "website").out.strip()
    assert office.call("case", "review", case, "--by", "李四", "--opinion", "agree").code == 7
    assert office.call("case", "review", case, "--by", "李四", "--opinion", "agree", "--inspected", "1=").code == 2
    office.run("case", "review", case, "--by", "李四", "--opinion", "agree", "--inspected", "1=逐字看过，只有节日祝福")
    office.run("case", "approve", case, "--by", "王五")
    office.run("record", "export", case, "-o", "record.json")
    record = Path("record.json")
    assert "逐字看过，只有节日祝福" in record.read_text("utf-8")
    record.write_text(record.read_text("utf-8").replace("逐字看过", "没有看过"), "utf-8")
    assert office.call("record", "verify", "record.json", picture).code == 5
    assert office.call("screen", picture).code == 10


def test_a_complete_package_passes_without_a_word(office: Office, draft: Draft) -> None:
    files = draft("通知.txt", NOTICE), draft("附件1.csv", "学校,金额\n"), draft("附件2.csv", "合计,金额\n")
    case = office.run("case", "submit", *files, "--by", "张三", "--channel", "website").out.strip()
    office.run("case", "review", case, "--by", "李四", "--opinion", "agree")


def test_the_attribute_and_the_channel_are_compared(office: Office, draft: Draft) -> None:
    notice = draft("通知.txt", HEAD + "青石县教育局\n2026年3月2日\n（此件依申请公开）\n")
    said = office.run("case", "submit", notice, "--by", "张三", "--channel", "website")
    wanted = "写明“依申请公开”，送审时登记为“主动公开”，拟发布渠道“政府网站”"
    assert wanted in said.err
    case = said.out.strip()
    assert wanted in office.run("case", "show", case).out
    assert office.call("case", "review", case, "--by", "李四", "--opinion", "agree").code == 7
    office.run("case", "review", case, "--by", "李四", "--opinion", "return", "--comment", "属性不符，退回")
    office.run("record", "export", case, "-o", "record.json", "--form", "审查表.docx")
    assert wanted in form_text("审查表.docx")


def test_what_goes_to_an_applicant_may_be_on_request(office: Office, draft: Draft) -> None:
    notice = draft("通知.txt", HEAD + "青石县教育局\n2026年3月2日\n（此件依申请公开）\n")
    words = ("--by", "张三", "--channel", "on_request", "--attribute", "on_request")
    said = office.run("case", "submit", notice, *words)
    assert "不一致" not in said.err
    office.run("case", "review", said.out.strip(), "--by", "李四", "--opinion", "agree")


@pytest.mark.parametrize(
    ("attribute", "channel", "code"),
    [
        ("none", "website", 2),
        ("on_request", "website", 2),
        ("on_request", "new_media", 2),
        ("none", "on_request", 2),
        ("on_request", "on_request", 0),
        ("none", "other", 0),
        ("proactive", "website", 0),
    ],
)
def test_words_that_contradict_each_other_are_refused(office: Office, attribute: str, channel: str, code: int) -> None:
    words = ("--by", "张三", "--channel", channel, "--attribute", attribute)
    assert office.call("case", "submit", office.notice, office.annex, *words).code == code


def test_what_is_published_in_part_is_looked_at(office: Office, draft: Draft) -> None:
    notice = draft("通知.txt", HEAD + "青石县教育局\n2026年3月2日\n（此件删减后公开）\n")
    assert office.call("screen", notice).code == 0
    case = office.run("case", "submit", notice, "--by", "张三", "--channel", "website").out.strip()
    assert office.call("case", "review", case, "--by", "李四", "--opinion", "agree").code == 7
    looked = ("--inspected", "1=已逐项核对，为删减后的版本")
    office.run("case", "review", case, "--by", "李四", "--opinion", "agree", *looked)
