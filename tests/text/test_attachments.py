"""The attachment note: what is announced, what follows in the document itself, what is no note at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.attachment_note import TABLE, Line
from reviewer.text.attachments import Announcement, announcement
from reviewer.text.fold import fold

BODY = "关于开展某项工作的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n一、做好工作。\n"
FOOT = "\n青石县人民政府\n2026年3月2日\n（此件公开发布）\n"
CONTENT = "\n".join(f"第{n}行内容，申请人应当如实填写下列各项信息并签字确认。" for n in range(30))


def lines(text: str) -> list[Line]:
    made, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            made.append(Line(text=fold(line).text, start=at, end=at + len(line)))
        at += len(line) + 1
    return made


def read(text: str, name: str = "") -> Announcement:
    found = announcement(lines(text), name)
    assert found is not None
    return found


def called(text: str) -> list[str]:
    return [item.called for item in read(text).items]


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("　　附件：1. 受助名单\n　　　　　2. 汇总表", ["附件1《受助名单》", "附件2《汇总表》"]),
        ("附件：1．受助名单\n　　　2．汇总表", ["附件1《受助名单》", "附件2《汇总表》"]),
        ("附件：1.受助名单 2.汇总表 3、方案", ["附件1《受助名单》", "附件2《汇总表》", "附件3《方案》"]),
        ("附件：1.受助名单；2.汇总表。", ["附件1《受助名单》", "附件2《汇总表》"]),
        ("附件：①名单；②汇总表", ["附件1《名单》", "附件2《汇总表》"]),
        pytest.param("附件：1.2026年名单2.2025年名单", ["附件1《2026年名单》", "附件2《2025年名单》"], id="glued"),
        ("附件1：受助名单.xlsx\n附件2：汇总表.docx", ["附件1《受助名单》", "附件2《汇总表》"]),
        ("附件一：受助名单\n附件二：汇总表", ["附件1《受助名单》", "附件2《汇总表》"]),
        ("附件：受助名单（第二批）", ["附件《受助名单（第二批）》"]),
        ("附件：《受助名单》", ["附件《受助名单》"]),
        ("附　件：受助名单", ["附件《受助名单》"]),
        ("附：受助名单", ["附件《受助名单》"]),
        ("附表：发放明细表", ["附件《发放明细表》"]),
        ("附图：征地红线图", ["附件《征地红线图》"]),
        ("附件：1-3", ["附件1", "附件2", "附件3"]),
        ("附件 1-3", ["附件1", "附件2", "附件3"]),
        ("附件：\n1．受助名单\n2．汇总表", ["附件1《受助名单》", "附件2《汇总表》"]),
        ("附件\n1．受助名单\n2．汇总表", ["附件1《受助名单》", "附件2《汇总表》"]),
        pytest.param(
            "附件：\n受助名单\n项目汇总表", ["附件《受助名单》", "附件《项目汇总表》"], id="numbers by the program"
        ),
        pytest.param(
            "受助名单.xlsx\n汇总表（公示版）.pdf", ["附件《受助名单》", "附件《汇总表（公示版）》"], id="links"
        ),
        pytest.param("附件：1. 受助名单\n受助名单.xlsx", ["附件1《受助名单》"], id="told twice"),
        pytest.param(
            "附件：青石县二〇二六年春季学期家庭经济困难学生受\n助名单（第一批）",
            ["附件《青石县二〇二六年春季学期家庭经济困难学生受助名单（第一批）》"],
            id="broken by the page",
        ),
    ],
)
def test_what_is_announced(note: str, wanted: list[str]) -> None:
    assert called(BODY + note + FOOT) == wanted


@pytest.mark.parametrize(
    "text",
    [
        BODY + FOOT,
        BODY + "附件：无" + FOOT,
        BODY + "附：" + "如上所述，请各地认真贯彻执行并及时报告进展情况。" + FOOT,
        "附件管理规定\n第一条 邮件附件、合同附件应当保存。\n" + CONTENT,
        pytest.param("附件1\n受助名单\n" + CONTENT, id="is one itself"),
        pytest.param("附件1：受助名单\n" + CONTENT, id="is one itself, with colon"),
        pytest.param(BODY + "附件：\n收费标准表\n争议金额 收费\n" + CONTENT, id="follows at once"),
        "公文一般由份号、密级、标题、正文、附件说明组成。",
    ],
)
def test_what_announces_nothing(text: str) -> None:
    assert announcement(lines(text)) is None


@pytest.mark.parametrize(
    ("below", "missing"),
    [
        ("附件\n受助名单\n" + CONTENT, ["附件2《汇总表》"]),
        ("附件1\n受助名单\n" + CONTENT, ["附件2《汇总表》"]),
        ("附件1\n受助名单\n" + CONTENT + "\n附件2\n汇总表\n" + CONTENT, []),
        ("附件一：受助名单\n" + CONTENT + "\n附件二：汇总表\n" + CONTENT, []),
    ],
)
def test_what_follows_in_the_document_is_not_looked_for(below: str, missing: list[str]) -> None:
    if below.startswith("附件\n"):
        assert called(BODY + "附件：1.受助名单\n2.汇总表" + FOOT + "附件1\n" + CONTENT) == missing
    else:
        assert called(BODY + "附件：1.受助名单\n2.汇总表" + FOOT + below) == missing


def test_a_title_on_a_line_of_its_own_is_the_attachment() -> None:
    assert called(BODY + "附件：受助学生名单" + FOOT + "受助学生名单\n" + CONTENT) == []


@pytest.mark.parametrize(
    ("said", "numbers"),
    [("填报表格（见附件2）。", [2]), ("名单详见附件。", [None]), ("填写附件1、2、3。", [1, 2, 3])],
)
def test_mentions_count_where_nothing_is_listed(said: str, numbers: list[int | None]) -> None:
    items = read(BODY + said + FOOT).items
    assert [item.number for item in items] == numbers
    assert not any(item.listed for item in items)


@pytest.mark.parametrize(
    ("note", "skipped", "beyond", "empty"),
    [
        ("附件：1.名单\n2.汇总表\n4.方案", (3,), (), False),
        ("承诺书见附件5。\n附件：1.名单\n2.汇总表", (), (5,), False),
        ("附件：", (), (), True),
        ("附件：1.名单\n2.汇总表", (), (), False),
    ],
)
def test_notes_that_do_not_add_up(note: str, skipped: tuple[int, ...], beyond: tuple[int, ...], empty: bool) -> None:
    found = read(BODY + note + FOOT)
    assert (found.skipped, found.beyond, found.empty) == (skipped, beyond, empty)


@pytest.mark.parametrize("words", ["（略）", "（不予公开）", "（另发）", "（此件不公开）", "（请登录系统下载）"])
def test_what_the_note_withholds(words: str) -> None:
    (item,) = read(BODY + f"附件：受助名单{words}" + FOOT).items
    assert item.withheld == words
    assert item.title == "受助名单"


def test_the_places_are_those_of_the_text() -> None:
    text = BODY + "附件：1. 受助名单\n　　　2. 汇总表" + FOOT
    found = read(text)
    assert text[found.start : found.end] == "附件：1. 受助名单\n　　　2. 汇总表"


TITLES = st.lists(
    st.text("青石县受助学生补贴发放汇总统计项目申报", min_size=2, max_size=12).map(lambda text: text + "表"),
    min_size=1,
    max_size=9,
    unique=True,
)


@given(TITLES)
def test_what_was_listed_is_read(titles: list[str]) -> None:
    note = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1))
    found = read(BODY + "附件：" + note + FOOT)
    assert [(item.number, item.title) for item in found.items] == list(enumerate(titles, 1))


@given(st.text("附件图表：:1２三.、（略）名单\n \t.xlsx见详", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    announcement(lines(text), "附件1.xlsx")


def test_a_table_right_below_is_the_attachment() -> None:
    assert called(BODY + "附件：报价明细表\n" + TABLE + FOOT) == []
    assert called(BODY + "附件：报价明细表" + FOOT + TABLE) == ["附件《报价明细表》"]


def test_links_below_are_a_list_not_the_attachments() -> None:
    links = "附件1：受助名单\n附件2：汇总表\n" + CONTENT
    assert called(BODY + "附件：1.受助名单\n2.汇总表" + FOOT + links) == ["附件1《受助名单》", "附件2《汇总表》"]
