"""What old files say about themselves, in whichever letters they say it."""

from __future__ import annotations

import struct

import pytest
from builders_cfb import compound
from builders_doc import doc, para
from builders_image import wmf, wmf_font, wmf_select, wmf_text
from builders_oleps import CUSTOM, DOCUMENT, SUMMARY, narrow, number, property_set, vector, wide
from builders_ppt import Slide, ppt
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract.ole.container import open_container
from reviewer.extract.ole.doc import read as read_doc
from reviewer.extract.ole.ppt import read as read_ppt
from reviewer.extract.ole.properties import read_properties
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.terms import Part

NAME = "\x05SummaryInformation"


def read(data: bytes, *, slides: bool = False) -> Extracted:
    """What a file's property set says."""
    scribe = Scribe()
    container = open_container(scribe, compound({NAME: data}))
    assert container is not None
    read_properties(container, container.compound.root, of_slides=slides)
    return scribe.finish()


def told(data: bytes) -> list[tuple[str, str]]:
    """Places and texts."""
    extracted = read(data)
    assert all(s.part is Part.PROPERTY and s.hidden for s in extracted.segments)
    return [(s.place, s.text) for s in extracted.segments]


NAMED = [(2, "标题"), (3, "主题"), (4, "作者"), (5, "关键词"), (6, "备注"), (7, "模板"), (8, "最后保存者")]


@pytest.mark.parametrize(("identity", "name"), NAMED)
def test_summary(identity: int, name: str) -> None:
    assert told(property_set((SUMMARY, 1200, {identity: wide("王安石")}, {}))) == [(f"属性/{name}", "王安石")]


@pytest.mark.parametrize(("identity", "name"), [(2, "类别"), (14, "经理"), (15, "单位")])
def test_document_summary(identity: int, name: str) -> None:
    data = property_set((DOCUMENT, 936, {identity: narrow("县统计局", "gb18030")}, {}))
    assert told(data) == [(f"属性/{name}", "县统计局")]


LETTERS = [
    (936, "gb18030", "縣統計局与县统计局"),
    (950, "cp950", "參考資料"),
    (1252, "gb18030", "县统计局"),
    (1252, "cp1252", "naïve café"),
    (10008, "gb18030", "县统计局"),
    (65001, "utf-8", "县统计局"),
    (936, "utf-8", "县统计局的通知，各乡镇人民政府"),
    (99, "ascii", "plain"),
]


@pytest.mark.parametrize(("code_page", "encoding", "text"), LETTERS)
def test_code_pages(code_page: int, encoding: str, text: str) -> None:
    assert told(property_set((SUMMARY, code_page, {4: narrow(text, encoding)}, {}))) == [("属性/作者", text)]


@pytest.mark.parametrize("code_page", [936, 1200])
def test_custom_names(code_page: int) -> None:
    values = {2: wide("限内部"), 3: wide("x")}
    data = property_set((DOCUMENT, code_page, {}, {}), (CUSTOM, code_page, values, {2: "密级", 3: "KSO"}))
    assert told(data) == [("属性/名称", "密级"), ("属性/密级", "限内部"), ("属性/KSO", "x")]


@pytest.mark.parametrize("padded", [False, True])
def test_vectors(padded: bool) -> None:
    values = {13: vector("甲乙", "丙", "丁戊己", padded=padded)}
    assert [text for _, text in told(property_set((DOCUMENT, 936, values, {})))] == ["甲乙", "丙", "丁戊己"]


def test_numbers_and_heading_pairs_are_left_out() -> None:
    values = {12: vector("标题"), 5: number(7), 9: narrow("12", "ascii")}
    assert told(property_set((DOCUMENT, 936, values, {}))) == []


def test_addresses_in_a_blob() -> None:
    blob = struct.pack("<I", 1) + wide("http://a.example/甲") + bytes(6)
    values = {2: struct.pack("<II", 65, len(blob)) + blob}
    assert told(property_set((CUSTOM, 1200, values, {2: "_PID_HLINKS"}))) == [
        ("属性/_PID_HLINKS", "http://a.example/甲")
    ]


def thumbnail(size: int, content: bytes = b"") -> bytes:
    """A picture of the first page, as the clipboard holds it: a kind of format, a format, the picture."""
    body = struct.pack("<iI", -1, 3) + bytes(8) + content.ljust(size, b"\0")
    return property_set((SUMMARY, 936, {17: struct.pack("<II", 71, len(body)) + body}, {}))


def test_a_thumbnail_that_is_drawn_is_read() -> None:
    drawn = wmf(wmf_font(134), wmf_select(0), wmf_text("县统计局".encode("gb18030")), placeable=False)
    extracted = read(thumbnail(9000, drawn))
    assert [(s.place, s.text, s.hidden) for s in extracted.segments] == [("属性/缩略图!文字1", "县统计局", True)]


def test_the_pixels_of_a_thumbnail_are_no_digits() -> None:
    number_like = b"999000222111444\0" * 600
    assert "999" not in read_ppt(ppt(Slide(), streams={NAME: thumbnail(9000, number_like)})).text


def test_thumbnails() -> None:
    assert read(thumbnail(100)) == Extracted(text="", segments=())
    assert [gap.place for gap in read(thumbnail(9000)).gaps] == ["属性/缩略图"]
    of_slides = read(thumbnail(9000), slides=True)
    assert (of_slides.gaps, [s.place for s in of_slides.segments]) == ((), ["属性/缩略图"])


@pytest.mark.parametrize(
    "data",
    [
        b"no set",
        property_set((SUMMARY, 936, {4: struct.pack("<II", 30, 9999)}, {}))[:-2],
        property_set((SUMMARY, 936, {4: struct.pack("<II", 0x101E, 99)}, {})),
    ],
)
def test_damage_is_a_gap(data: bytes) -> None:
    (gap,) = read(data).gaps
    assert "损坏" in gap.reason


TEXTS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)


@given(st.dictionaries(st.sampled_from([2, 3, 4, 6]), TEXTS), st.sampled_from([936, 1200]))
def test_what_was_written_is_read(values: dict[int, str], code_page: int) -> None:
    packed = {key: wide(text) if code_page == 1200 else narrow(text, "gb18030") for key, text in values.items()}
    assert [text for _, text in told(property_set((SUMMARY, code_page, packed, {})))] == list(values.values())


def test_a_document_tells_each_property_once() -> None:
    data = property_set((SUMMARY, 1200, {4: wide("王安石")}, {}))
    extracted = read_doc(doc(para("公示"), streams={NAME: data}))
    assert [(s.place, s.text) for s in extracted.segments] == [("¶1", "公示"), ("属性/作者", "王安石")]
