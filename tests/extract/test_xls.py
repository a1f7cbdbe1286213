"""Every place in a BIFF workbook where text can be, one planted mark a row; and how cells are shown."""

from __future__ import annotations

import io
import random
import struct
import time

import pytest
import xlrd
import xlwt
from builders_cfb import compound
from builders_oleps import SUMMARY, property_set, wide
from builders_ooxml import png
from builders_vba import project
from builders_xls import (
    CONTINUE,
    Sheet,
    Workbook,
    art,
    counted,
    drawn,
    font,
    formula,
    label,
    link,
    locked,
    note,
    number,
    number_code,
    ptg_ref,
    ptg_text,
    record,
    shape,
    shared,
    sst,
    string_result,
    text8,
    xf,
    xls,
)
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.scribe import Extracted
from reviewer.extract.xls import read
from reviewer.extract.xls.cipher import rc4
from reviewer.terms import Cell, Part

MARK = "青石标记七三九一"
MARKED = label(3, 1, MARK)
PLAIN = label(0, 0, "公示")
CHART = record(0x0809, struct.pack("<HH", 0x600, 0x20), bytes(12))
NOTE_OBJECT, TEXT_BOX, PICTURE = 0x19, 0x06, 0x08


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def row_record(row: int, *, height: int = 300, flags: int = 0) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHHH", row, 0, 9, height, 0, 0, flags, 0))


def with_pivot(cache: bytes) -> bytes:
    return compound({"Workbook": xls(PLAIN), "_SX_DB_CUR": {"0001": cache}})


def columns(first: int, last: int, *, width: int = 2000, flags: int = 0) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", first, last, width, 0, flags, 0))


def styled(*, fonts: bytes = b"", form: bytes = b"", codes: bytes = b"") -> bytes:
    """Globals with five plain fonts (the reader must not count a fifth), these, one plain format, and this one."""
    return font() * 4 + fonts + codes + xf() + form


def result(text: str, code: bytes) -> bytes:
    value, behind = string_result(text)
    return formula(3, 1, code, value) + behind


def name(name_: str, code: bytes, flags: int = 0) -> bytes:
    head = struct.pack("<HBBHHHBBBB", flags, 0, len(name_), len(code), 0, 0, 0, 0, 0, 0)
    return record(0x0018, head, text8(name_, 1)[1:], code)


def other_book(*sheets: str, path: str = "\x01\x01D\x03别处.xls") -> bytes:
    return record(0x01AE, struct.pack("<H", len(sheets)), text8(path), *(text8(sheet) for sheet in sheets))


def validation(*, texts: tuple[str, str, str, str] = ("\0", "\0", "\0", "\0"), code: bytes = b"") -> bytes:
    parts = [struct.pack("<I", 3), *(text8(text) for text in texts)]
    parts += [struct.pack("<HH", len(code), 0), code, struct.pack("<HH", 0, 0)]
    return record(0x01BE, *parts, struct.pack("<5H", 1, 3, 3, 1, 1))


def blip(data: bytes) -> bytes:
    inner = art(0xF01E, bytes(17) + data, instance=0x6E0)
    entry = art(0xF007, bytes(36) + inner, version=2, instance=6)
    return record(0x00EB, art(0xF000, art(0xF001, entry, version=15), version=15))


URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
FILE = bytes.fromhex("0303000000000000c000000000000046")
ADDRESS = f"http://example.test/{MARK}".encode("utf-16-le") + b"\0\0"
PATH = f"D:\\{MARK}.xls".encode("utf-16-le")
FILE_LINK = FILE + struct.pack("<HI", 0, 4) + b"abc\0" + bytes(24)
FILE_LINK += struct.pack("<IIH", 6 + len(PATH), len(PATH), 3) + PATH

CASES: list[tuple[str, bytes, list[tuple[str, Part, bool]]]] = [
    ("label", xls(MARKED), [("名单!B4", Part.TABLE, False)]),
    ("shared string", xls(shared(3, 1, 0), globals_=sst(text8(MARK))), [("名单!B4", Part.TABLE, False)]),
    (
        "orphan shared string",
        xls(shared(0, 0, 0), globals_=sst(text8("公示"), text8(MARK))),
        [("共享字符串（未使用）", Part.EMBEDDED, True)],
    ),
    (
        "rich label of version 5",
        xls(record(0x00D6, struct.pack("<HHH", 3, 1, 0), text8(MARK))),
        [("名单!B4", Part.TABLE, False)],
    ),
    ("hidden sheet", xls(MARKED, state=1), [("名单!B4", Part.TABLE, True)]),
    ("very hidden sheet", xls(MARKED, state=2), [("名单!B4", Part.TABLE, True)]),
    (
        "hidden window",
        xls(MARKED, globals_=record(0x003D, bytes(8) + b"\x39\0" + bytes(8))),
        [("名单!B4", Part.TABLE, True)],
    ),
    ("hidden row", xls(row_record(3, flags=0x20) + MARKED), [("名单!B4", Part.TABLE, True)]),
    (
        "row without height, told after its cells",
        xls(MARKED + row_record(3, height=0)),
        [("名单!B4", Part.TABLE, True)],
    ),
    ("rows hidden by default", xls(record(0x0225, struct.pack("<HH", 2, 0)) + MARKED), [("名单!B4", Part.TABLE, True)]),
    ("hidden column", xls(columns(1, 2, flags=1) + MARKED), [("名单!B4", Part.TABLE, True)]),
    ("column without width", xls(columns(1, 1, width=0) + MARKED), [("名单!B4", Part.TABLE, True)]),
    (
        "empty text format",
        xls(label(3, 1, MARK, 1), globals_=styled(codes=number_code(200, ";;;"), form=xf(code=200))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white letters",
        xls(label(3, 1, MARK, 1), globals_=styled(fonts=font(9), form=xf(5))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white on blue",
        xls(label(3, 1, MARK, 1), globals_=styled(fonts=font(9), form=xf(5, pattern=1, front=12))),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "blue on blue",
        xls(label(3, 1, MARK, 1), globals_=styled(fonts=font(12), form=xf(5, pattern=1, front=12))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white by a palette of its own",
        xls(
            label(3, 1, MARK, 1),
            globals_=record(0x0092, struct.pack("<H", 1), b"\xff\xfe\xff\0") + styled(fonts=font(8), form=xf(5)),
        ),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "one point",
        xls(label(3, 1, MARK, 1), globals_=styled(fonts=font(height=20), form=xf(5))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white run in a cell",
        xls(
            shared(3, 1, 0),
            globals_=styled(fonts=font(9))
            + sst(text8("公示" + MARK, extra_flags=8, head=struct.pack("<H", 1)) + struct.pack("<HH", 2, 5)),
        ),
        [("名单!B4", Part.TABLE, False), ("名单!B4 隐藏文字", Part.TABLE, True)],
    ),
    (
        "phonetic signs",
        xls(
            shared(3, 1, 0),
            globals_=sst(
                text8("公示", extra_flags=4, head=struct.pack("<I", 30))
                + struct.pack("<HHHHHHH", 1, 26, 0, 0, 0, 8, 8)
                + MARK.encode("utf-16-le")
            ),
        ),
        [("名单!B4 拼音", Part.ATTRIBUTE, True)],
    ),
    (
        "under a merged cell",
        xls(MARKED + record(0x00E5, struct.pack("<5H", 1, 2, 4, 0, 2))),
        [("名单!B4", Part.TABLE, True)],
    ),
    ("saved result", xls(result(MARK, ptg_ref(0, 0))), [("名单!B4", Part.TABLE, False)]),
    (
        "formula with a literal and another result",
        xls(result("公示", b"\x1e\1\0" + ptg_text("公示") + ptg_text(MARK) + b"\x42\3\1\0")),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "shared formula",
        xls(result("公示", b"\1\3\0\1\0") + record(0x04BC, struct.pack("<HHBBHH", 3, 9, 1, 1, 0, 19), ptg_text(MARK))),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "constant array",
        xls(
            formula(3, 1, b"\x60" + bytes(7), *string_result("公示")[:1], extra=b"\0\0\0\2" + text8(MARK))
            + string_result("公示")[1]
        ),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "text box",
        xls(PLAIN + drawn(shape((2, 2)), TEXT_BOX, 1, MARK)),
        [("名单!C3 图形文字", Part.TEXT_BOX, False)],
    ),
    (
        "hidden text box",
        xls(PLAIN + drawn(shape((2, 2), hidden=True), TEXT_BOX, 1, MARK)),
        [("名单!C3 图形文字", Part.TEXT_BOX, True)],
    ),
    (
        "alternative text",
        xls(drawn(shape((2, 2), description=MARK), PICTURE, 1)),
        [("名单!C3 替代文字", Part.ALT_TEXT, True)],
    ),
    ("word art", xls(drawn(shape((2, 2), word_art=MARK), 0x1E, 1)), [("名单!C3 艺术字", Part.TEXT_BOX, False)]),
    (
        "note",
        xls(drawn(shape((2, 2)), NOTE_OBJECT, 7, MARK) + note(3, 1, 7, "作者")),
        [("名单!B4 批注", Part.COMMENT, True)],
    ),
    ("note without its cell", xls(drawn(shape((2, 2)), NOTE_OBJECT, 7, MARK)), [("名单!C3 批注", Part.COMMENT, True)]),
    ("author of a note", xls(note(3, 1, 7, MARK)), [("批注作者", Part.PROPERTY, True)]),
    ("constant name", xls(PLAIN, globals_=name("n", ptg_text(MARK))), [("名称 n", Part.DEFINED_NAME, True)]),
    ("Chinese name", xls(PLAIN, globals_=name(MARK, ptg_ref(0, 0))), [("名称", Part.DEFINED_NAME, True)]),
    (
        "list of a validation",
        xls(validation(code=ptg_text(f"甲\0{MARK}"))),
        [("名单!B4 数据验证", Part.FORM_VALUE, True)],
    ),
    (
        "prompt of a validation",
        xls(validation(texts=("\0", "\0", MARK, "\0"))),
        [("名单!B4 数据验证", Part.FORM_VALUE, True)],
    ),
    (
        "condition",
        xls(
            record(0x01B0, struct.pack("<6H", 1, 0, 3, 3, 1, 1))
            + record(0x01B1, struct.pack("<BBHH", 1, 3, len(ptg_text(MARK)), 0), bytes(12), ptg_text(MARK))
        ),
        [("名单!B4 条件格式", Part.ATTRIBUTE, True)],
    ),
    (
        "value that was deleted from the source of a pivot",
        with_pivot(
            record(0x00C7, struct.pack("<7H", 1, 0, 0, 0, 0, 0, 2), text8("姓名"))
            + record(0x00CD, text8("甲"))
            + record(0x00CD, text8(MARK))
            + record(0x00C8, b"\0")
        ),
        [("透视表缓存1 已删除的值", Part.TABLE, True)],
    ),
    ("header", xls(record(0x0014, text8(f'&C&"宋体,常规"&10{MARK}'))), [("名单 页眉", Part.HEADER, False)]),
    (
        "footer of even pages that do not differ",
        xls(record(0x089C, bytes(28), struct.pack("<5H", 0, 0, 8, 0, 0), text8(MARK))),
        [("名单 页脚", Part.FOOTER, True)],
    ),
    (
        "web link",
        xls(link(3, 1, 0x3, URL + struct.pack("<I", len(ADDRESS)) + ADDRESS)),
        [("名单!B4 链接", Part.PROPERTY, True)],
    ),
    ("link to a file", xls(link(3, 1, 0x1, FILE_LINK)), [("名单!B4 链接", Part.PROPERTY, True)]),
    ("link to a place", xls(link(3, 1, 0x8, counted(f"{MARK}!A1"))), [("名单!B4 链接", Part.PROPERTY, True)]),
    (
        "text of a link",
        xls(link(3, 1, 0x18, counted(MARK) + counted("A1"))),
        [("名单!B4 链接提示", Part.ALT_TEXT, True)],
    ),
    (
        "damaged link",
        xls(link(3, 1, 0x3, bytes(16) + MARK.encode("utf-16-le"))),
        [("名单!B4 链接", Part.PROPERTY, True)],
    ),
    (
        "tooltip",
        xls(record(0x0800, struct.pack("<5H", 0x800, 3, 3, 1, 1), MARK.encode("utf-16-le") + b"\0\0")),
        [("名单!B4 链接提示", Part.ALT_TEXT, True)],
    ),
    (
        "chart title",
        xls(PLAIN + CHART + record(0x100D, b"\0\0", text8(MARK, 1)) + record(0x0A)),
        [("名单 图表1", Part.TEXT_BOX, False)],
    ),
    (
        "data of a chart",
        xls(PLAIN + CHART + MARKED + record(0x0A)),
        [("名单 图表1", Part.EMBEDDED, True)],
    ),
    (
        "sheet of a chart",
        Workbook(sheets=[Sheet(records=record(0x100D, b"\0\0", text8(MARK, 1)), kind=2)]).stream(),
        [("名单", Part.TEXT_BOX, False)],
    ),
    (
        "cells of another workbook",
        xls(
            PLAIN,
            globals_=other_book("别处")
            + record(0x0059, struct.pack("<HH", 1, 0))
            + record(0x005A, struct.pack("<BBH", 1, 1, 3), b"\2", text8(MARK)),
        ),
        [("外部链接1!别处!B4", Part.EMBEDDED, True)],
    ),
    (
        "path of another workbook",
        xls(PLAIN, globals_=other_book(path=f"\x01\x01D\x03{MARK}\x03x.xls")),
        [("外部链接1", Part.PROPERTY, True)],
    ),
    ("sheet name", Workbook(sheets=[Sheet(records=PLAIN, name=MARK)]).stream(), [("工作表名1", Part.PROPERTY, False)]),
    (
        "name of a hidden sheet",
        Workbook(sheets=[Sheet(records=b"", name=MARK, state=1)]).stream(),
        [("工作表名1（隐藏）", Part.PROPERTY, True)],
    ),
    (
        "number format that is a sentence",
        xls(PLAIN, globals_=number_code(200, f'0"{MARK}"')),
        [("数字格式", Part.PROPERTY, True)],
    ),
    (
        "last user",
        xls(PLAIN, globals_=record(0x005C, text8(MARK), b" " * 90)),
        [("属性/最后保存用户", Part.PROPERTY, True)],
    ),
    ("unknown record", xls(record(0x0867, bytes(7), text8(MARK))), [("名单 残留文字", Part.EMBEDDED, True)]),
    (
        "sheet without a tab",
        xls(PLAIN) + record(0x0809, struct.pack("<HH", 0x600, 0x10), bytes(12)) + MARKED + record(0x0A),
        [("未列出的工作表2!B4", Part.TABLE, True)],
    ),
    (
        "behind the last record",
        xls(PLAIN) + b"\xff\xff\xff\xff" + MARK.encode("utf-16-le"),
        [("工作簿 残留文字", Part.EMBEDDED, True)],
    ),
    (
        "pivot cache record",
        with_pivot(
            record(0x00C6, bytes(18), text8("某人"))
            + record(0x00C7, struct.pack("<7H", 1, 0, 0, 0, 0, 0, 2), text8("姓名"))
            + record(0x00CD, text8("甲"))
            + record(0x00CD, text8("乙"))
            + record(0x00C7, struct.pack("<7H", 0, 0, 0, 0, 0, 0, 0), text8("备注"))
            + record(0x00C8, b"\1")
            + record(0x00CD, text8(MARK))
            + record(0x0A)
        ),
        [("透视表缓存1 第2行第2列", Part.TABLE, True)],
    ),
    (
        "older copy of the workbook",
        compound({"Workbook": xls(PLAIN), "Book": xls(MARKED)}),
        [("旧版副本!名单!B4", Part.TABLE, True)],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_reads_every_place(data: bytes, expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(data)) == expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (number(0, 0, 13800138000.0), "13800138000"),
        (number(0, 0, 1.5), "1.5"),
        (number(0, 0, 0.1 + 0.2), "0.3"),
        (number(0, 0, 110105190001010018.0), "110105190001010020"),
        (record(0x027E, struct.pack("<HHHi", 0, 0, 0, 1234 << 2 | 2)), "1234"),
        (record(0x027E, struct.pack("<HHHi", 0, 0, 0, -5 << 2 | 3)), "-0.05"),
        (record(0x00BD, struct.pack("<HHHiH", 0, 0, 0, 7 << 2 | 2, 0)), "7"),
        (record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 1, 0)), "TRUE"),
        (record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 0x2A, 1)), "#N/A"),
        (formula(0, 0, ptg_ref(1, 1), b"\1\0\1\0\0\0\xff\xff"), "TRUE"),
        (formula(0, 0, ptg_ref(1, 1), b"\2\0\x17\0\0\0\xff\xff"), "#REF!"),
    ],
)
def test_shows_a_value(cell: bytes, text: str) -> None:
    assert [s.text for s in read(xls(cell)).segments if s.cell] == [text]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('yyyy"年"m"月"d"日"', 1.0, "1900-01-01"),
        ("yyyy-mm-dd", 45352.75, "2024-03-01 18:00:00"),
        ("000000", 123.0, "000123"),
        ("0.00%", 0.25, "0.25"),
    ],
)
def test_shows_a_formatted_number(code: str, value: float, text: str) -> None:
    data = xls(number(0, 0, value, 1), globals_=styled(codes=number_code(200, code), form=xf(code=200)))
    assert [s.text for s in read(data).segments if s.cell] == [text]


def test_shows_dates_of_1904() -> None:
    globals_ = record(0x0022, b"\1\0") + styled(form=xf(code=14))
    assert [s.text for s in read(xls(number(0, 0, 1.0, 1), globals_=globals_)).segments if s.cell] == ["1904-01-02"]


def test_cells_know_their_place() -> None:
    sheets = [
        Sheet(records=PLAIN),
        Sheet(records=label(2, 27, "甲") + label(2, 28, "乙") + label(3, 0, "丙"), name="附表"),
    ]
    extracted = read(Workbook(sheets=sheets).stream())
    cells = [segment.cell for segment in extracted.segments if segment.text == "甲"]
    assert cells == [Cell(table=1, row=2, column=27, sheet="附表", ref="AB3")]
    assert "甲\t乙\n丙\n" in extracted.text


def test_number_without_its_last_digits_keeps_what_is_stored() -> None:
    places = {s.place: s.text for s in read(xls(number(0, 0, 110105190001010018.0))).segments}
    assert places["名单!A1 存储值"] == "1.1010519000101002E+17"


def test_masking_formulas_are_told_once_a_column() -> None:
    masks = [
        (
            ptg_ref(n, 0) + b"\x1e\7\0\x1e\x08\0" + ptg_text("********") + b"\x41\x77\0",
            *string_result("110105********0018"),
        )
        for n in range(8)
    ]
    extracted = read(
        xls(b"".join(formula(n, 1, code, value) + behind for n, (code, value, behind) in enumerate(masks)))
    )
    formulas = [(s.place, s.text) for s in extracted.segments if s.part is Part.FORMULA]
    assert formulas == [("名单!B1 公式", '=REPLACE(A1,7,8,"********")')]


@pytest.mark.parametrize(
    ("code", "flags"),
    [(ptg_ref(0, 0), 2), (ptg_ref(0, 0) + ptg_ref(0, 1) + b"\x08", 0), (ptg_ref(0, 0) + b"\x1e\3\0\x42\2\x73\0", 0)],
)
def test_a_formula_without_result_is_a_gap(code: bytes, flags: int) -> None:
    extracted = read(xls(formula(3, 1, code, 0.0, flags)))
    assert [gap.place for gap in extracted.gaps] == ["名单!B4"]
    assert [s for s in extracted.segments if s.cell] == []


def test_formulas_name_sheets_and_names() -> None:
    links = record(0x01AE, struct.pack("<HH", 1, 0x0401)) + record(0x0017, struct.pack("<HHHH", 1, 0, 0, 0))
    code = b"\x5a" + struct.pack("<HHH", 0, 3, 0x0001) + b"\x43\1\0\0\0\x08" + ptg_text("掩") + b"\x08"
    extracted = read(xls(result("甲", code), globals_=links + name("名目", ptg_ref(0, 0))))
    assert [s.text for s in extracted.segments if s.part is Part.ATTRIBUTE] == ['=名单!$B$4&名目&"掩"']


def test_hidden_rows_and_columns_are_told_even_when_empty() -> None:
    rows = b"".join(row_record(n, flags=0x20) for n in (2, 3, 8))
    told = {s.place: s.text for s in read(xls(rows + columns(2, 3, flags=1))).segments if "隐藏" in s.place}
    assert told == {"名单 隐藏列": "C:D", "名单 隐藏行": "3:4 9:9"}


@pytest.mark.parametrize("cut", range(8185, 8225))
def test_shared_strings_go_on_over_records(cut: int) -> None:
    strings = [("甲" * 40, "ascii text 13800138000")[n % 2] + str(n) for n in range(200)]
    whole = struct.pack("<II", 200, 200) + b"".join(map(text8, strings))
    # A record may end only between two characters, or between two strings, and then characters get a new flag.
    at, start, pieces = 8, 0, []
    for text in strings:
        end = at + len(text8(text))
        width = 2 if "甲" in text else 1
        for stop in range(at + 3, end, width):
            if not pieces and stop + width > cut:
                pieces.append(whole[start:stop])
                rest = whole[stop - 1 : stop] if stop == at + 3 else bytes([width - 1])
                start = stop
        at = end
    tail = rest + whole[start:]
    assert len(pieces) == 1
    stream = struct.pack("<HH", 0x00FC, len(pieces[0])) + pieces[0] + struct.pack("<HH", CONTINUE, len(tail)) + tail
    cells = b"".join(shared(n, 0, n) for n in range(200))
    assert [s.text for s in read(xls(cells, globals_=stream)).segments if s.cell] == strings


def test_a_missing_shared_string_is_a_gap() -> None:
    (gap,) = read(xls(shared(3, 1, 7))).gaps
    assert gap.place == "名单!B4"


def test_pictures_are_gaps_near_their_place() -> None:
    data = xls(
        drawn(shape((11, 4), picture=1), PICTURE, 1), globals_=blip(png(90, 90)) + blip(png(91, 90)) + blip(png(9, 9))
    )
    assert [gap.place for gap in read(data).gaps] == ["图片1（名单!E12 附近）", "未放置的图片"]


def test_a_locked_workbook_is_a_gap_and_nothing_else() -> None:
    extracted = read(xls(MARKED, globals_=record(0x002F, b"\1\0" + bytes(52))))
    assert [gap.reason.partition("，")[0] for gap in extracted.gaps] == ["文件已加密"]


def test_what_anyone_can_open_is_read() -> None:
    sheets = [Sheet(records=MARKED + b"".join(label(n, 0, "甲") for n in range(4, 200)))]
    assert found(read(locked(sheets, "VelvetSweatshop"))) == [("名单!B4", Part.TABLE, False)]
    extracted = read(locked(sheets, "另一个口令"))
    assert [gap.place for gap in extracted.gaps] == ["全文"]
    assert extracted.segments == ()


def test_the_cipher_is_the_known_one() -> None:
    assert rc4(b"Key", b"Plaintext").hex() == "bbf316e8d940af0ad3"


def test_a_damaged_record_is_a_gap_and_the_rest_is_read() -> None:
    extracted = read(xls(record(0x027E, b"\0") + MARKED))
    assert found(extracted) == [("名单!B4", Part.TABLE, False)]
    assert [gap.place for gap in extracted.gaps] == ["工作簿"]


def test_a_record_that_is_too_long_swallows_nothing() -> None:
    swallowed = struct.pack("<HHHiHH", 0, 0, 0, 6, 0x0204, 14) + bytes(6) + text8(MARK)
    extracted = read(xls(record(0x027E, swallowed) + PLAIN))
    assert found(extracted) == [("名单 残留文字", Part.EMBEDDED, True)]
    assert [gap.place for gap in extracted.gaps] == ["工作簿"]


def test_reading_goes_on_at_the_next_sheet() -> None:
    sheets = [Sheet(records=PLAIN + b"\xfe\xff\xfe\xff"), Sheet(records=MARKED, name="附表")]
    extracted = read(Workbook(sheets=sheets).stream())
    assert found(extracted) == [("附表!B4", Part.TABLE, False)]
    assert len(extracted.gaps) == 1


def test_a_macro_sheet_is_a_gap() -> None:
    data = Workbook(sheets=[Sheet(records=PLAIN, kind=1, name="宏")]).stream()
    assert [gap.place for gap in read(data).gaps] == ["宏"]


IN_THE_CONTAINER = [
    (
        "title",
        {"\x05SummaryInformation": property_set((SUMMARY, 1200, {2: wide(MARK)}, {}))},
        [("属性/标题", Part.PROPERTY, True)],
        [],
    ),
    ("macro", {"_VBA_PROJECT_CUR": project(Module1=f"' {MARK}")}, [("宏/Module1", Part.SCRIPT, True)], []),
    (
        "workbook in it",
        {"MBD00A1": {"Workbook": xls(MARKED), "\x01CompObj": bytes(20)}},
        [("嵌入对象1!名单!B4", Part.TABLE, True)],
        [],
    ),
    (
        "package in it",
        {"MBD00A1": {"Package": MARK.encode()}},
        [("嵌入对象1!Package!¶1", Part.EMBEDDED, True)],
        [],
    ),
    (
        "what WPS keeps beside it",
        {"ETExtData": bytes(90) + text8(MARK)},
        [("残留文字 ETExtData", Part.ATTRIBUTE, True)],
        [],
    ),
    (
        "a package that WPS keeps beside it",
        {"ETExtData": bytes(90) + b"PK\x03\x04" + bytes(90)},
        [],
        ["ETExtData"],
    ),
    (
        "log of changes",
        {"Revision Log": bytes(80) + text8(MARK)},
        [("残留文字 Revision Log", Part.ATTRIBUTE, True)],
        ["Revision Log"],
    ),
]


@pytest.mark.parametrize(
    ("streams", "expected", "gaps"), [pytest.param(*case[1:], id=case[0]) for case in IN_THE_CONTAINER]
)
def test_reads_what_lies_beside_the_workbook(streams, expected, gaps) -> None:
    extracted = read(compound({"Workbook": xls(PLAIN), **streams}))
    assert found(extracted) == expected
    assert [gap.place for gap in extracted.gaps] == gaps


def test_sweeps_free_sectors() -> None:
    extracted = read(compound({"Workbook": xls(PLAIN)}) + MARK.encode("utf-16-le").ljust(512, b"\0"))
    assert found(extracted) == [("残留文字 空闲扇区", Part.BODY, True)]
    assert extracted.gaps == ()


def test_a_container_without_directory_is_salvaged() -> None:
    data = bytearray(compound({"Workbook": xls(MARKED)}))
    data[48:52] = b"\xf0\xf0\xf0\0"
    extracted = read(bytes(data))
    assert found(extracted) == [("名单!B4", Part.TABLE, False)]
    assert extracted.gaps[0].place == "文件"


@pytest.mark.parametrize("version", [2, 3, 4, 5])
def test_older_versions(version: int) -> None:
    text = MARK.encode("gb18030")
    looks = bytes(3) if version == 2 else bytes(2)
    length = bytes([len(text)]) if version == 2 else struct.pack("<H", len(text))
    cell = record(0x0004 if version == 2 else 0x0204, struct.pack("<HH", 3, 1), looks, length, text)
    begin = {2: 0x0009, 3: 0x0209, 4: 0x0409, 5: 0x0809}[version]
    bof = record(begin, struct.pack("<HH", 0x0500, 0x10), bytes({2: 0, 3: 2, 4: 2, 5: 4}[version]))
    data = bof + record(0x0042, struct.pack("<H", 936)) + cell + record(0x0A)
    document = extract(Source(path="a.et", name="a.et", data=data))
    assert document.media_type == "application/vnd.ms-excel"
    assert [(s.place, s.hidden) for s in document.segments if s.text == MARK] == [("工作表!B4", False)]
    assert document.gaps == ()


def test_an_unknown_code_page_is_guessed() -> None:
    text = "关于印发实施方案的通知".encode("gb18030")
    bof = record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0))
    cell = record(0x0204, struct.pack("<HHHH", 3, 1, 0, len(text)), text)
    extracted = read(bof + record(0x0042, struct.pack("<H", 1252)) + cell + record(0x0A))
    assert [s.text for s in extracted.segments if s.cell] == ["关于印发实施方案的通知"]


def xlwt_book(rows: list[list[object]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for r, values in enumerate(rows):
        for c, value in enumerate(values):
            sheet.write(r, c, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_ordinary_workbook_has_no_gaps() -> None:
    document = extract(Source(path="表.xls", name="表.xls", data=xlwt_book([["姓名", "金额"], ["甲", 500]])))
    assert document.gaps == ()
    assert "姓名\t金额\n甲\t500\n" in document.text


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda t: bool(t.strip())
)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=20))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    data = xlwt_book(rows)
    sheet = xlrd.open_workbook(file_contents=data, logfile=io.StringIO()).sheet_by_index(0)
    read_ = {(s.cell.row, s.cell.column): s.text for s in read(data).segments if s.cell}
    assert read_ == {(r, c): text for r, values in enumerate(rows) for c, text in enumerate(values)}
    assert all(sheet.cell_value(r, c) == text for (r, c), text in read_.items())


def mutants(count: int, seed: int = 7) -> list[bytes]:
    """Files with bytes changed, cut out, doubled or cut off."""
    rng = random.Random(seed)
    files = [case[1] for case in CASES] + [xlwt_book([["姓名", 1.5], ["甲" * 300, 110105190001010018.0]])]
    made = []
    for _ in range(count):
        data = bytearray(rng.choice(files))
        for _ in range(rng.choice((1, 1, 3, 20))):
            data[rng.randrange(len(data))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        start, size = rng.randrange(len(data)), rng.choice((0, 0, 0, 4, 60))
        del data[start : start + size]
        made.append(bytes(data[: rng.randrange(len(data))] if rng.random() < 0.2 else data))
    return made


def test_damage_never_raises() -> None:
    for data in mutants(400):
        read(data)


def test_a_long_list_is_read_in_seconds() -> None:
    strings = sst(*(text8(f"单位{n}") for n in range(500)))
    cells = b"".join(
        b"".join(number(n, c, float(n)) for c in range(5)) + b"".join(shared(n, c, n % 500) for c in range(5, 10))
        for n in range(20_000)
    )
    data = compound({"Workbook": xls(cells, globals_=strings)})
    start = time.process_time()
    assert len([s for s in read(data).segments if s.cell]) == 200_000
    assert time.process_time() - start < 12  # about 2 s on an office laptop; generous for a busy one
