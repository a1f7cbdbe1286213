"""The last look at every reading, through the front door: gaps for what is illegible, segments for what was mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_ooxml import docx, paragraph, run

from reviewer.extract import DEFAULT_LIMITS, Source, extract, read_with
from reviewer.terms import Document

HAN = "关于公开身份证号码的通知"


def reading(data: bytes | str, name: str = "稿.txt") -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return extract(Source(path=name, name=name, data=raw))


def word(text: str) -> Document:
    return reading(docx(paragraph(run(text))), "稿.docx")


def added(document: Document) -> list[tuple[str, str]]:
    return [(s.place, s.text) for s in document.segments if "还原" in s.place or s.place.startswith("读取说明")]


def test_garbled_text_is_written_down_again_and_said() -> None:
    document = reading("姓名：" + "张三丰".encode("gbk").decode("latin-1"))
    assert added(document) == [("¶1 还原", "姓名：张三丰"), ("读取说明：乱码已还原（GBK 被当作 Latin-1）", "¶1")]
    assert document.gaps == ()


def test_additions_stand_behind_the_text_as_found() -> None:
    source = r"\u8eab\u4efd"
    document = reading(source)
    assert document.text.startswith(source + "\n")
    assert all(document.text[s.start : s.end] == s.text for s in document.segments)


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("编号\ufffd\ufffd一", "2 个字符"),
        ("编号\ue123一", "1 个字符"),
        ("编号(cid:12)(cid:345)一", "2 个字符"),
        ("编号\u0378一", "1 个字符"),
        ("\uf0a7\uf0a8密级", "2 个字符"),
    ],
)
def test_illegible_characters_are_one_gap(text: str, characters: str) -> None:
    (gap,) = word(text).gaps
    assert gap.place == "正文"
    assert gap.reason.startswith(characters)


@pytest.mark.parametrize("text", ["\uf0b7 一、总则", "男\uf0a8 女\uf0a8", "䶮\U000313f0\U0001fae8", "一\u200b二\u00ad"])
def test_bullets_and_new_characters_are_none(text: str) -> None:
    assert word(text).gaps == ()


def test_a_text_that_is_in_doubt_as_a_whole_is_told_once() -> None:
    assert [gap.place for gap in reading("编号\ue123一").gaps] == ["全文"]


def test_lost_text_is_a_gap() -> None:
    assert "丢失" in word("锟斤拷锟斤拷").gaps[0].reason
    assert "不能确定" in word("鍏紑").gaps[0].reason


def test_radicals_become_ideographs_where_the_text_is_not_the_file_itself() -> None:
    document = word("⼾籍⻔牌")
    assert document.segments[0].text == "户籍门牌"
    assert ("读取说明：部首字符已按常用字处理", "2 个（正文）") in added(document)
    assert document.gaps == ()


def test_radicals_of_a_text_file_stay_and_are_written_down_again() -> None:
    document = reading("严防泄密⻛险，公开")
    assert document.segments[0].text == "严防泄密⻛险，公开"
    assert ("¶1 还原", "严防泄密风险") in added(document)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("表.xls", "<html><table><tr><td>一</td></tr></table></html>", "名为 .xls，实为网页（HTML），已按内容读取"),
        ("稿.doc", docx(paragraph(run("一"))), "名为 .doc，实为Word 文档（.docx），已按内容读取"),
        ("稿.pdf", b"MZ\x90\0" + b"\0" * 99, "名为 .pdf，实为可执行程序，已按内容读取"),
    ],
)
def test_a_name_that_belies_the_content_is_said(name: str, data: bytes | str, said: str) -> None:
    assert ("读取说明：文件名与内容不符", said) in added(reading(data, name))


@pytest.mark.parametrize("name", ["稿.docx", "稿.wps", "稿", "稿.2024"])
def test_fitting_names_are_not_talked_about(name: str) -> None:
    assert added(reading(docx(paragraph(run("一"))), name)) == []


@pytest.mark.parametrize(
    "name", sorted(str(path) for path in Path("samples").rglob("*") if path.suffix in (".txt", ".md", ".csv"))
)
def test_nothing_is_said_of_ordinary_samples(name: str) -> None:
    data = Path(name).read_bytes()
    assert added(reading(data, Path(name).name)) == []


def test_the_look_survives_what_a_reader_makes() -> None:
    read = read_with("reviewer.extract.plain", HAN.encode("utf-16-le")[1:] * 20, DEFAULT_LIMITS)
    assert read.gaps
