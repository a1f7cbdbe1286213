"""Every place in an old presentation where text can be, one planted mark a row."""

from __future__ import annotations

import struct
import zlib

import pytest
from builders_doc import doc, para
from builders_image import emf, emf_record
from builders_ooxml import pack, png
from builders_ppt import Slide, atom, box, chars, comment, letters, options, ppt, shape, string, wide
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.ole.ppt import kinds, read
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
HIDDEN = options((0x03BF, 0x00020002))


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


SLIDES = [
    ("text", Slide(shapes=(shape(chars(MARK)),)), ("幻灯片1 ¶1", Part.BODY, False)),
    ("second line", Slide(shapes=(shape(chars(f"一\r{MARK}")),)), ("幻灯片1 ¶2", Part.BODY, False)),
    ("hidden slide", Slide(shapes=(shape(chars(MARK)),), hidden=True), ("幻灯片1 ¶1", Part.BODY, True)),
    ("hidden shape", Slide(shapes=(shape(chars(MARK), look=HIDDEN),)), ("幻灯片1 ¶1", Part.BODY, True)),
    ("group", Slide(shapes=(box(0xF003, shape(chars(MARK))),)), ("幻灯片1 ¶1", Part.BODY, False)),
    ("notes", Slide(notes=(shape(chars(MARK), placeholder=0x0C),)), ("幻灯片1 备注", Part.NOTES, True)),
    ("comment", Slide(more=(comment("某人", MARK),)), ("幻灯片1 批注", Part.COMMENT, True)),
    ("comment's author", Slide(more=(comment(MARK, "看"),)), ("批注作者", Part.PROPERTY, True)),
    ("footer", Slide(more=(box(kinds.HEADERS_FOOTERS, string(MARK, 2)),)), ("幻灯片1 页眉页脚", Part.FOOTER, False)),
    (
        "word art",
        Slide(shapes=(shape(look=options((0x00C0, wide(MARK)))),)),
        ("幻灯片1 艺术字", Part.TEXT_BOX, False),
    ),
    (
        "description",
        Slide(shapes=(shape(look=options((0x0381, wide(MARK)))),)),
        ("幻灯片1 替代文字", Part.ALT_TEXT, True),
    ),
    (
        "outline",
        Slide(shapes=(shape(atom(kinds.OUTLINE_REFERENCE, struct.pack("<I", 1))),), outline=("一", MARK)),
        ("幻灯片1 ¶1", Part.BODY, False),
    ),
    ("outline that no shape shows", Slide(outline=(MARK,)), ("未显示的文字", Part.BODY, True)),
]


@pytest.mark.parametrize(("slide", "expected"), [row[1:] for row in SLIDES], ids=[row[0] for row in SLIDES])
def test_slides(slide: Slide, expected: tuple[str, Part, bool]) -> None:
    assert found(read(ppt(slide))) == [expected]


def test_order_of_slides() -> None:
    extracted = read(ppt(*(Slide(shapes=(shape(chars(text)),)) for text in "丙甲乙")))
    assert [(s.place, s.text) for s in extracted.segments[:3]] == [
        ("幻灯片1 ¶1", "丙"),
        ("幻灯片2 ¶1", "甲"),
        ("幻灯片3 ¶1", "乙"),
    ]


def test_former_edit_is_left_over() -> None:
    former = Slide(shapes=(shape(chars(MARK)),))
    assert found(read(ppt(Slide(shapes=(shape(chars("定稿")),)), former=(former,)))) == [
        ("残留文字 PowerPoint Document", Part.BODY, True)
    ]


def test_masters() -> None:
    extracted = read(ppt(Slide(), masters=(shape(chars(f"{MARK}\r单击此处编辑母版标题样式")),)))
    assert found(extracted) == [("母版1", Part.TEXT_BOX, False)]
    assert not any("单击此处" in segment.text for segment in extracted.segments)


FACTS = [
    (box(kinds.HEADERS_FOOTERS, string(MARK, 1)), ("页眉页脚", Part.FOOTER, True)),
    (box(0x0409, box(kinds.HYPERLINK, string(MARK, 1))), ("链接", Part.FIELD_CODE, True)),
    (box(0x0410, box(kinds.NAMED_SHOW, string(MARK))), ("自定义放映", Part.PROPERTY, True)),
    (box(0x07F0, string(MARK)), ("文稿信息", Part.PROPERTY, True)),
]


@pytest.mark.parametrize(("fact", "expected"), FACTS)
def test_facts(fact: bytes, expected: tuple[str, Part, bool]) -> None:
    assert found(read(ppt(Slide(), facts=(fact,)))) == [expected]


def test_embedded_document() -> None:
    assert found(read(ppt(Slide(), objects=(doc(para(MARK)),)))) == [("嵌入对象1!¶1", Part.EMBEDDED, True)]


@pytest.mark.parametrize("text", [MARK, "定稿"])
def test_what_newer_programs_keep_is_told_if_it_is_news(text: str) -> None:
    newer = options((0x03A9, pack({"drs/shapexml.xml": f"<a><t>{text}</t></a>"})))
    extracted = read(ppt(Slide(shapes=(shape(chars("定稿"), look=newer),))))
    expected = [("新版备份内容", Part.ATTRIBUTE, True)] if text == MARK else []
    assert found(extracted) == expected
    assert len(extracted.segments) == 2 + len(expected)


def test_newer_package_that_is_damaged_is_a_gap() -> None:
    newer = options((0x03A9, b"PK\x03\x04" + bytes(40)))
    assert [gap.place for gap in read(ppt(Slide(shapes=(shape(look=newer),)))).gaps] == ["新版备份内容"]


def test_damaged_object_is_a_gap() -> None:
    record = atom(kinds.OLE_STORAGE, b"\x10\0\0\0not packed", instance=1)
    assert [gap.place for gap in read(ppt(Slide(), facts=(record,))).gaps] == ["嵌入对象1"]


def test_sound_is_a_gap() -> None:
    sound = box(0x07E4, box(0x07E6, atom(kinds.SOUND_DATA, b"RIFF")))
    assert [gap.place for gap in read(ppt(Slide(), facts=(sound,))).gaps] == ["声音"]


def png_blip(size: int) -> bytes:
    """A picture as the picture stream holds it."""
    return atom(0xF01E, bytes(17) + png(size, size), instance=0x6E0)


def emf_blip() -> bytes:
    """A metafile, packed."""
    content = zlib.compress(emf(emf_record(3, bytes(8))))
    return atom(0xF01A, bytes(16) + bytes(32) + b"\0\xfe" + content, instance=0x3D4)


def store(*delays: int) -> bytes:
    """The store of the file's pictures, which says where in the picture stream each lies."""
    entries = [atom(0xF007, struct.pack("<18xHIII4x", 0, 99, 1, delay), version=2) for delay in delays]
    return box(kinds.DRAWING_GROUP, box(0xF000, box(0xF001, *entries)))


def test_pictures_are_gaps_at_their_slides() -> None:
    blips = png_blip(300), emf_blip(), png_blip(20)
    places = [0, len(blips[0]), len(blips[0]) + len(blips[1])]
    shapes = tuple(shape(look=options((0x4104, number))) for number in (1, 1, 3))
    data = ppt(Slide(), Slide(shapes=shapes), facts=(store(*places),), pictures=b"".join(blips))
    assert [gap.place for gap in read(data).gaps] == ["图片1（幻灯片2 附近）", "图片2"]


def test_picture_of_no_store_is_a_gap() -> None:
    assert [gap.place for gap in read(ppt(Slide(), pictures=png_blip(300))).gaps] == ["未放置的图片"]


def test_encrypted() -> None:
    extracted = read(ppt(Slide(shapes=(shape(chars(MARK)),)), encrypted=True))
    assert [gap.place for gap in extracted.gaps] == ["全文"]
    assert found(extracted) == []


def test_broken_chain_of_edits_is_told_and_the_text_still_read() -> None:
    data = ppt(Slide(shapes=(shape(chars(MARK)),)))
    at = data.find(struct.pack("<HHI", 0, kinds.USER_EDIT, 28))
    extracted = read(data[: at + 2] + b"\0\0" + data[at + 4 :])
    assert [gap.place for gap in extracted.gaps] == ["正文"]
    assert found(extracted) == [("残留文字 PowerPoint Document", Part.BODY, True)]


LINES = st.lists(
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x9FFF, exclude_categories=("Cc", "Cn", "Zs", "Zl", "Zp")))
    .map(lambda text: f"甲{text}乙")
    .filter(lambda text: "*" not in text),
    max_size=8,
)


@given(st.lists(LINES, min_size=1, max_size=5))
def test_what_was_written_is_read(slides: list[list[str]]) -> None:
    data = ppt(*(Slide(shapes=tuple(shape(chars(line)) for line in lines)) for lines in slides))
    assert [s.text for s in read(data).segments if not s.hidden] == [line for lines in slides for line in lines]


def test_one_byte_letters_and_the_front_door() -> None:
    data = ppt(Slide(shapes=(shape(letters("naïve")),)))
    document = extract(Source(path="a.dps", name="a.dps", data=data))
    assert document.media_type == "application/vnd.ms-powerpoint"
    assert document.segments[0].text == "naïve"
