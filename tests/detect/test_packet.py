"""A document in its package: what is a gap, what is only said, what is nobody's business."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from reviewer.detect.packet import ALONE, Beside, Notice, announced, packet, packet_gaps, present
from reviewer.detect.pairing import Present
from reviewer.detect.specimen import document_of
from reviewer.terms import Document, Part, Segment, Specimen
from reviewer.text.attachments import Announcement

HEAD = "关于公布受助学生名单的通知\n各学校：\n现将有关事项通知如下。\n一、请认真核对。\n"
FOOT = "\n青石县教育局\n2026年3月2日\n"
TWO = HEAD + "附件：1.受助学生名单\n2.资金汇总表" + FOOT
ONE = HEAD + "附件：受助学生名单" + FOOT
OTHER = (
    "关于申报项目的通知\n各单位：\n请按要求申报。\n二、联系电话见官网。\n附件：1.项目申报书\n2.承诺书\n青石县科技局\n"
)


def draft(text: str, name: str = "通知.txt") -> Document:
    """A text file with its own name as the last segment, as `extract` gives it."""
    made = document_of(Specimen(text=text))
    own = Segment(place="文件名", text=name, start=len(made.text) + 1, part=Part.FILE_NAME)
    return replace(made, name=name, text=f"{made.text}\n{name}", segments=(*made.segments, own))


def folder(*names: str, others: Mapping[str, str] | None = None) -> Beside:
    def read(name: str) -> Announcement | None:
        return announced(draft((others or {}).get(name, ""), name))

    return Beside(files=tuple(Present(name=name) for name in (*names, *(others or {}))), rival=read)


def whole(*names: str) -> Beside:
    return Beside(files=tuple(Present(name=name) for name in names), whole=True)


def lacking(text: str, beside: Beside) -> list[str]:
    return [gap.place for gap in packet_gaps(packet(draft(text), beside), (), whole=beside.whole)]


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        (TWO, ("附件1.xlsx",), ["附件2《资金汇总表》"]),
        (TWO, ("附件1：受助学生名单.xlsx",), ["附件2《资金汇总表》"]),
        (TWO, ("受助学生名单.xlsx",), ["附件2《资金汇总表》"]),
        (TWO, ("附件/受助学生名单.xlsx",), ["附件2《资金汇总表》"]),
        (TWO, ("1.受助学生名单.xlsx", "2.资金汇总表.xlsx"), []),
        (TWO, ("附件1.xlsx", "附件2.xlsx"), []),
        pytest.param(TWO, ("附件.zip",), [], id="one archive may hold them all"),
        pytest.param(TWO, ("停水公告.txt",), [], id="a neighbour that has nothing to do with it"),
        pytest.param(ONE, ("附件.xlsx",), [], id="the only one needs no number"),
        pytest.param(ONE, ("附件2.xlsx",), ["附件《受助学生名单》"], id="another attachment is there"),
        pytest.param(HEAD + "名单见附件1。" + FOOT, ("附件2.xlsx",), [], id="a mention is no list"),
        pytest.param(
            HEAD + "附件：1.受助学生名单\n2.汇总表（略）" + FOOT, ("附件1.xlsx",), [], id="left out on purpose"
        ),
    ],
)
def test_a_folder_is_a_package_where_there_is_evidence(text: str, names: tuple[str, ...], places: list[str]) -> None:
    assert lacking(text, folder(*names)) == places


@pytest.mark.parametrize(
    ("names", "others", "places"),
    [
        pytest.param(("附件1.xlsx",), {"乙.txt": OTHER}, [], id="whose number it is nobody knows"),
        pytest.param(("受助学生名单.xlsx",), {"乙.txt": OTHER}, ["附件2《资金汇总表》"], id="a title tells"),
        pytest.param(
            ("附件1.xlsx",), {"乙.txt": "停水公告\n明日停水。"}, ["附件2《资金汇总表》"], id="the only notice"
        ),
        pytest.param(("受助学生名单.xlsx",), {"更正.txt": TWO}, [], id="two announce the same"),
        pytest.param((), {f"{n}.txt": OTHER for n in range(5)}, [], id="unrelated drafts"),
        pytest.param(("附件1.xlsx",), {f"{n}.txt": "停水公告" for n in range(40)}, [], id="an archive is no package"),
    ],
)
def test_only_one_notice_may_claim_it(names: tuple[str, ...], others: dict[str, str], places: list[str]) -> None:
    assert lacking(TWO, folder(*names, others=others)) == places


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        (TWO, (), ["附件1《受助学生名单》", "附件2《资金汇总表》"]),
        (TWO, ("附件1.xlsx",), ["附件2《资金汇总表》"]),
        pytest.param(TWO, ("甲.xlsx", "乙.xlsx"), [], id="as many files as attachments"),
        pytest.param(HEAD + "名单见附件。" + FOOT, (), ["附件"], id="a mention counts"),
        pytest.param(HEAD + "名单见附件。" + FOOT, ("甲.xlsx",), [], id="any file answers a mention"),
        pytest.param(HEAD + "附件：受助学生名单（略）" + FOOT, (), [], id="left out on purpose"),
        pytest.param(
            HEAD + "附件：受助学生名单（不予公开）" + FOOT,
            ("受助学生名单.xlsx",),
            ["附件《受助学生名单》"],
            id="not to be published, and yet here",
        ),
    ],
)
def test_what_is_submitted_together_is_a_package(text: str, names: tuple[str, ...], places: list[str]) -> None:
    assert lacking(text, whole(*names)) == places


def test_a_draft_alone_lacks_nothing() -> None:
    assert lacking(TWO, ALONE) == []
    assert packet(draft(HEAD + FOOT), ALONE) == ()


def test_a_file_is_known_by_its_own_heading_too() -> None:
    listed = present(draft("受助学生名单\n学校,金额\n", "表一.csv"))
    assert lacking(ONE, Beside(files=(listed, Present(name="说明.docx")), whole=True)) == []


def only(text: str, beside: Beside) -> Notice:
    (notice,) = packet(draft(text), beside)
    return notice


def test_what_nobody_lists_is_named() -> None:
    assert only(TWO, whole("附件1.xlsx", "附件2.xlsx", "附件3.xlsx")).unlisted == ("附件3.xlsx",)
    assert only(HEAD + FOOT, whole("附件1.xlsx")).unlisted == ("附件1.xlsx",)
    assert packet(draft(HEAD + FOOT), whole("附件1.xlsx", "另一份通知.txt")) == ()


def test_a_number_under_another_title_is_named() -> None:
    notice = only(TWO, whole("附件1.受助学生名单.xlsx", "附件2.困难群众花名册.xlsx"))
    assert notice.missing == ()
    assert [pair.file.name for pair in notice.discordant] == ["附件2.困难群众花名册.xlsx"]


def container(*names: str) -> Document:
    """What a reader of archives gives: names of members, and the text of a notice among them."""
    segments, text = [], ""
    for place, said, part in [
        *((f"包内 {name}", name, Part.FILE_NAME) for name in ("通知.txt", *names)),
        *((f"通知.txt!¶{n}", line, Part.BODY) for n, line in enumerate(TWO.strip().split("\n"), 1)),
        ("文件名", "公示.zip", Part.FILE_NAME),
    ]:
        segments.append(Segment(place=place, text=said, start=len(text), part=part))
        text += said + "\n"
    return replace(draft(""), name="公示.zip", text=text, segments=tuple(segments))


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (("附件1.xlsx",), ["通知.txt!附件2《资金汇总表》"]),
        (("附件1.xlsx", "附件2.xlsx"), []),
        (("停水公告.txt",), []),
    ],
)
def test_a_container_is_a_package_of_its_own(names: tuple[str, ...], places: list[str]) -> None:
    notices = packet(container(*names), ALONE)
    assert [gap.place for gap in packet_gaps(notices, (), whole=False)] == places


@pytest.mark.parametrize(
    "text",
    [
        "附件1：名单\n内容\n" * 4000,
        "附件：\n1.名单\n2.汇总表\n内容\n" * 2000,
        "附件1\n" * 8000,
        "名单汇总表.xlsx\n" * 8000,
        "公示期为7天，见附件1、2、3。\n" * 4000,
        "附件：" + "1.名单；" * 8000,
    ],
    ids=lambda text: text[:6].strip(),
)
def test_a_long_text_of_nothing_else_takes_no_long_time(text: str) -> None:
    began = time.process_time()
    packet(draft(text), folder(*(f"附件{n}.xlsx" for n in range(90))))
    assert time.process_time() - began < 5  # linear: a fraction of a second on an idle machine
