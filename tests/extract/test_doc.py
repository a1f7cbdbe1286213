"""Every place in an old Word document where text can be, one planted mark a row."""

from __future__ import annotations

import struct

import pytest
from builders_doc import (
    BLACK_MARKER,
    BLACK_SHADE,
    DELETED,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW_END,
    INSERTED,
    SPECIAL,
    TINY,
    VANISH,
    WHITE_COLOUR,
    WHITE_INDEX,
    Para,
    Run,
    Stories,
    depth,
    doc,
    para,
    picture_at,
    row,
    strings,
    style_sheet,
    xst,
)
from builders_ooxml import png
from builders_ppt import atom, box, options, wide
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.ole.doc import read
from reviewer.extract.ole.doc.fib import Table
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
PLAIN = para("公示")


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def beside(modifiers: bytes) -> Para:
    """A visible paragraph with the mark in it under some formatting."""
    return Para(runs=(Run(text="甲"), Run(text=MARK, modifiers=modifiers), Run(text="乙")))


LETTERS = [
    ("plain", b"", ("¶1", Part.BODY, False)),
    ("vanish", VANISH, ("¶1 隐藏文字", Part.BODY, True)),
    ("vanish switched off", VANISH + VANISH[:2] + b"\0", ("¶1", Part.BODY, False)),
    ("deleted", DELETED, ("¶1 修订删除", Part.DELETION, True)),
    ("deleted and vanished", DELETED + VANISH, ("¶1 修订删除", Part.DELETION, True)),
    ("white by index", WHITE_INDEX, ("¶1 隐藏文字", Part.BODY, True)),
    ("white by colour", WHITE_COLOUR, ("¶1 隐藏文字", Part.BODY, True)),
    ("white on black", WHITE_COLOUR + BLACK_SHADE, ("¶1", Part.BODY, False)),
    ("tiny", TINY, ("¶1 隐藏文字", Part.BODY, True)),
    ("black marker", BLACK_MARKER, ("¶1 隐藏文字", Part.BODY, True)),
]


@pytest.mark.parametrize(("modifiers", "expected"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_letters(modifiers: bytes, expected: tuple[str, Part, bool]) -> None:
    assert found(read(doc(beside(modifiers)))) == [expected]


def test_insertion_is_seen_and_told() -> None:
    assert found(read(doc(beside(INSERTED)))) == [("¶1", Part.BODY, False), ("¶1 修订插入", Part.INSERTION, True)]


def test_style_hides() -> None:
    tables = {Table.STYLES: style_sheet(b"", VANISH)}
    assert found(read(doc(para(MARK, style=1), tables=tables))) == [("¶1 隐藏文字", Part.BODY, True)]
    shown = para(MARK, VANISH[:2] + b"\x81", style=1)  # "unlike the style"
    assert found(read(doc(shown, tables=tables))) == [("¶1", Part.BODY, False)]


NOTES = [
    ("footnotes", ("脚注1", Part.FOOTNOTE, False)),
    ("endnotes", ("尾注1", Part.ENDNOTE, False)),
    ("comments", ("批注1", Part.COMMENT, True)),
    ("boxes", ("文本框1", Part.TEXT_BOX, False)),
    ("header_boxes", ("页眉 文本框1", Part.TEXT_BOX, False)),
]


@pytest.mark.parametrize(("name", "expected"), NOTES)
def test_notes(name: str, expected: tuple[str, Part, bool]) -> None:
    stories = Stories(**{name: ((para(MARK),), (para("其二"),))})
    assert found(read(doc(PLAIN, stories=stories))) == [expected]


SETTINGS = {Table.SETTINGS: b"\x01" + bytes(83)}
MARGINS = [
    (0, {}, ("页眉（未启用）", Part.HEADER, True)),
    (0, SETTINGS, ("页眉", Part.HEADER, False)),
    (1, {}, ("页眉", Part.HEADER, False)),
    (2, {}, ("页脚（未启用）", Part.FOOTER, True)),
    (3, {}, ("页脚", Part.FOOTER, False)),
    (4, {}, ("页眉", Part.HEADER, False)),
    (5, {}, ("页脚", Part.FOOTER, False)),
]


@pytest.mark.parametrize(("slot", "tables", "expected"), MARGINS)
def test_headers(slot: int, tables: dict[Table, bytes], expected: tuple[str, Part, bool]) -> None:
    margins = tuple((para(MARK),) if n == slot else () for n in range(6))
    stories = Stories(headers=((),) * 6 + margins)
    assert found(read(doc(PLAIN, stories=stories, tables=tables))) == [expected]


def test_table_cells() -> None:
    extracted = read(doc(PLAIN, *row("姓名", "备注"), *row("张三", MARK), PLAIN))
    (segment,) = [s for s in extracted.segments if MARK in s.text]
    assert segment.place == "表1 第2行第2列"
    assert (segment.cell.table, segment.cell.row, segment.cell.column) == (0, 1, 1)
    assert extracted.text == f"公示\n姓名\t备注\n张三\t{MARK}\n公示\n"


def test_merged_cells_keep_their_columns() -> None:
    wide = row("合并", MARK, edges=(0, 2000, 3000))
    extracted = read(doc(*row("甲", "乙", "丙", edges=(0, 1000, 2010, 3000)), *wide))
    assert [s.cell.column for s in extracted.segments if s.cell] == [0, 1, 2, 0, 2]


def test_covered_cell_is_hidden() -> None:
    assert found(read(doc(*row("甲", MARK, flags=(0, 1 << 5))))) == [("表1 第1行第2列", Part.TABLE, True)]


def test_nested_table_comes_after_its_row() -> None:
    inner = IN_TABLE + depth(2)
    nested = (
        Para(runs=(Run(text=MARK),), modifiers=inner + INNER_CELL),
        Para(runs=(), modifiers=inner + INNER_ROW_END),
    )
    outer = row("外", "后")
    places = [(s.place, s.text) for s in read(doc(*nested, *outer)).segments]
    assert places == [("表1 第1行第1列", "外"), ("表1 第1行第2列", "后"), ("表2 第1行第1列", MARK)]


FIELD = Para(
    runs=(
        *(Run(text="\x13", modifiers=SPECIAL), Run(text=f' HYPERLINK "http://a.example/{MARK}" ')),
        *(Run(text="\x14", modifiers=SPECIAL), Run(text="链接"), Run(text="\x15", modifiers=SPECIAL)),
    )
)


def test_field_code_is_hidden() -> None:
    extracted = read(doc(FIELD))
    assert found(extracted) == [("¶1 域代码", Part.FIELD_CODE, True)]
    assert extracted.segments[0].text == "链接"


FACTS = [
    (Table.REVISERS, strings("Unknown", MARK), "修订和批注作者"),
    (Table.COMMENT_AUTHORS, xst(MARK), "修订和批注作者"),
    (Table.ASSOCIATED, strings("", MARK), "属性/模板"),
    (Table.SAVED_BY, strings("某人", rf"D:\{MARK}\稿.doc"), "保存记录"),
    (Table.VARIABLES, strings("名", extra=4) + xst(MARK), "文档变量"),
    (Table.BOOKMARKS, strings(MARK, "_Toc1234567"), "书签"),
]


@pytest.mark.parametrize(("table", "packed", "place"), FACTS)
def test_facts(table: Table, packed: bytes, place: str) -> None:
    extracted = read(doc(PLAIN, tables={table: packed}))
    assert found(extracted) == [(place, Part.PROPERTY, True)]
    assert not any("Toc" in segment.text for segment in extracted.segments)


LEFTOVERS = [
    ("main stream", {"leftover": MARK.encode("utf-16-le")}, ("残留文字 WordDocument", Part.BODY, True)),
    ("GBK", {"leftover": MARK.encode("gb18030")}, ("残留文字 WordDocument", Part.BODY, True)),
    ("data stream", {"data": b"\1\2\3" + MARK.encode("utf-16-le")}, ("残留文字 Data", Part.ATTRIBUTE, True)),
    ("own stream", {"streams": {"X": MARK.encode("utf-16-le")}}, ("残留文字 X", Part.ATTRIBUTE, True)),
]


@pytest.mark.parametrize(("options", "expected"), [row[1:] for row in LEFTOVERS], ids=[row[0] for row in LEFTOVERS])
def test_leftovers(options: dict[str, object], expected: tuple[str, Part, bool]) -> None:
    assert found(read(doc(PLAIN, **options))) == [expected]


def test_free_sectors_are_swept() -> None:
    data = doc(PLAIN) + MARK.encode("utf-16-le").ljust(512, b"\0")
    assert found(read(data)) == [("残留文字 空闲扇区", Part.BODY, True)]


def test_nothing_is_told_twice() -> None:
    body = (para(f"{MARK}之一"), *row(f"{MARK}之二"), FIELD)
    extracted = read(doc(*body, fast_saved=True))
    assert not any("残留" in segment.place for segment in extracted.segments)
    assert extracted.gaps == ()


def test_fast_saved_pieces() -> None:
    body = (para("plain ASCII"), beside(VANISH), para("more “quotes”"), *row("a", "乙"), para("last"))
    saved, fast = read(doc(*body)), read(doc(*body, fast_saved=True))
    assert fast.text == saved.text
    assert [(s.place, s.text, s.hidden) for s in fast.segments] == [(s.place, s.text, s.hidden) for s in saved.segments]


def test_characters_of_two_positions() -> None:
    body = (para("𠮷野家𠀀"), para(MARK))
    assert [s.text for s in read(doc(*body)).segments] == ["𠮷野家𠀀", MARK]


def test_encrypted() -> None:
    extracted = read(doc(PLAIN, flags=0x0100))
    assert [gap.place for gap in extracted.gaps] == ["全文"]
    assert "加密" in extracted.gaps[0].reason
    assert extracted.segments == ()


def form_field(kind: int, *texts: str, entries: tuple[str, ...] = ()) -> bytes:
    """The data of a form field: name, default (a text field's), format, help, status line, two macros, entries."""
    body = b"\xff" * 4 + struct.pack("<HHH", kind, 0, 0)
    for number, text in enumerate(texts):
        body += bytes(2) if kind and number == 1 else xst(text) + bytes(2)
    body += strings(*entries) if entries else b""
    return struct.pack("<IH62x", 68 + len(body), 68) + body


@pytest.mark.parametrize(
    "field",
    [
        form_field(0, "Text1", MARK, "", "", "", "", ""),
        form_field(0, MARK, "", "", "", "", "", ""),
        form_field(1, "Check1", "", "", MARK, "", "", ""),
        form_field(2, "Drop1", "", "", "", "", "", "", entries=("甲", MARK)),
    ],
)
def test_form_fields(field: bytes) -> None:
    sign = Para(runs=(Run(text="\x01", modifiers=picture_at(0) + bytes.fromhex("060801")),))
    extracted = read(doc(sign, data=field))
    assert found(extracted) == [("¶1 窗体域", Part.FORM_VALUE, True)]
    assert not any("1" in s.text for s in extracted.segments if s.part is Part.FORM_VALUE)


def shape(identity: int, *pairs: tuple[int, int | bytes]) -> bytes:
    """A drawing with one shape of these options."""
    facts = atom(0xF00A, struct.pack("<II", identity, 0), version=2)
    return b"\0" + box(0xF002, box(0xF003, box(0xF004, facts, options(*pairs))))


SHAPES = [
    ("description", (0x0381, wide(MARK)), ("¶2 替代文字", Part.ALT_TEXT, True)),
    ("word art", (0x00C0, wide(MARK)), ("¶2 艺术字", Part.TEXT_BOX, False)),
    ("name", (0x0380, wide(MARK)), ("¶2 图形名称", Part.ALT_TEXT, True)),
    ("link", (0x0382, b"\1\2" + wide(f"http://a/{MARK}")), ("¶2 链接", Part.FIELD_CODE, True)),
]


@pytest.mark.parametrize(("pair", "expected"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_shapes(pair: tuple[int, bytes], expected: tuple[str, Part, bool]) -> None:
    tables = {
        Table.DRAWINGS: box(0xF000) + shape(1025, pair),
        Table.DRAWN_IN_TEXT: struct.pack("<II", 3, 5) + struct.pack("<I22x", 1025),
    }
    sign = Para(runs=(Run(text="\x08", modifiers=SPECIAL), Run(text="旁")))
    assert found(read(doc(PLAIN, sign, tables=tables))) == [expected]


def test_white_letters_in_a_box_may_stand_on_a_dark_fill() -> None:
    extracted = read(doc(PLAIN, stories=Stories(boxes=((para(MARK, WHITE_COLOUR),),))))
    assert found(extracted) == [("文本框1", Part.TEXT_BOX, False)]


def test_a_fast_save_hides_a_whole_piece() -> None:
    data = doc(PLAIN, para(MARK), fast_saved=True)
    at = data.find(struct.pack("<I", 3) + struct.pack("<I", 12)) + 8  # behind the last of three positions
    assert data[at + 8 + 6 : at + 16] == b"\0\0"
    hidden = data[: at + 14] + struct.pack("<H", 0x5C << 1 | 1 << 8) + data[at + 16 :]
    assert found(read(hidden)) == [("¶2 隐藏文字", Part.BODY, True)]


def test_custom_xml_and_links() -> None:
    item = f"<a b='丙'>{MARK}</a>".encode()
    link = bytes(20) + "C:\\资料\\甲.xls".encode("gb18030") + b"\0"
    streams = {"MsoDataStore": {"A": {"Item": item}}, "ObjectPool": {"_1": {"\x01Ole": link}}}
    extracted = read(doc(PLAIN, streams=streams))
    assert found(extracted) == [("自定义XML", Part.PROPERTY, True)]
    assert [(s.place, s.text) for s in extracted.segments if "资料" in s.text] == [
        ("嵌入对象1!Ole 链接", "C:\\资料\\甲.xls")
    ]


def inline(picture: bytes) -> bytes:
    """A picture in the data stream."""
    blip = struct.pack("<HHI", 0x6E00, 0xF01E, len(picture) + 17) + bytes(17) + picture
    return struct.pack("<IHH60x", 68 + len(blip), 68, 0x64) + blip


def test_picture_in_the_line_is_a_gap_once() -> None:
    signs = tuple(Para(runs=(Run(text="\x01", modifiers=picture_at(0)),)) for _ in range(2))
    assert [gap.place for gap in read(doc(PLAIN, *signs, data=inline(png(300, 300)))).gaps] == ["图片1（¶2 附近）"]
    assert read(doc(PLAIN, *signs, data=inline(png(20, 20)))).gaps == ()


def test_forgotten_picture_is_a_gap() -> None:
    assert [gap.place for gap in read(doc(PLAIN, data=inline(png(300, 300)))).gaps] == ["未放置的图片"]


def old(text: str, *, encoding: str = "gb18030", language: int = 0x0804) -> bytes:
    """A document of Word 95: one-byte text, everything in one stream."""
    from builders_cfb import compound

    raw = text.encode(encoding)
    main = bytearray(0x300) + raw
    main[0:32] = struct.pack("<HHHHHH12xII", 0xA5DC, 0x65, 0, language, 0, 0, 0x300, 0x300 + len(raw))
    struct.pack_into("<I", main, 0x34, len(raw))
    return compound({"WordDocument": bytes(main)})


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (f"公示\r{MARK}\r", {}),
        ("naïve “text”\rsecond\r", {"encoding": "cp1252", "language": 0x0409}),
        ("世界雅虎\r參考資料\r", {"encoding": "cp950", "language": 0x0404}),
    ],
)
def test_word_95(text: str, options: dict[str, object]) -> None:
    assert [s.text for s in read(old(text, **options)).segments] == text.split("\r")[:-1]


TEXTS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cc", "Cn", "Co"))
).map(lambda text: f"甲{text}乙")


@given(st.lists(TEXTS, min_size=1, max_size=30), st.booleans())
def test_what_was_written_is_read(texts: list[str], fast_saved: bool) -> None:
    extracted = read(doc(*map(para, texts), fast_saved=fast_saved))
    assert [s.text for s in extracted.segments if not s.hidden] == texts


def test_through_the_front_door() -> None:
    document = extract(Source(path="a.wps", name="a.wps", data=doc(para(MARK))))
    assert document.media_type == "application/msword"
    assert [segment.text for segment in document.segments] == [MARK, "a.wps"]
    assert document.gaps == ()
