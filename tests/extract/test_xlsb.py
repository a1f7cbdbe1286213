"""Every place in a binary workbook where text can be, one planted mark a row; and how cells are shown."""

from __future__ import annotations

import io
import random
import struct
import time

import pytest
from builders_ooxml import NAMESPACES, Relation, pack
from builders_xlsb import (
    Sheet,
    cell,
    code,
    colour,
    fill,
    font,
    formula_text,
    inline,
    number_code,
    ptg_ref,
    ptg_text,
    real,
    record,
    rich,
    row,
    shared,
    styles,
    wide,
    xf,
    xlsb,
    xlsb_parts,
)
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reviewer.extract import Source, extract
from reviewer.extract.scribe import Extracted
from reviewer.extract.xlsb import read
from reviewer.terms import Cell, Part

MARK = "青石标记七三九一"
MARKED = row(3, inline(1, MARK))
PLAIN = Sheet(rows=row(0, inline(0, "公示")))
WHITE = colour(2, rgb=b"\xff\xff\xff")
AREA = struct.pack("<4I", 3, 3, 1, 1)


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def attached(kind: str, name: str, content: bytes) -> bytes:
    """A workbook whose only sheet refers to one more part."""
    sheet = Sheet(rows=PLAIN.rows, relations=[Relation(id="r1", kind=kind, target="../" + name)])
    return xlsb(sheet, parts={"xl/" + name: content})


def led(kind: str, name: str, content: bytes, **more: bytes) -> bytes:
    """A workbook whose workbook part refers to one more part."""
    return xlsb(PLAIN, parts={"xl/" + name: content} | more, relations=[Relation(id="x", kind=kind, target=name)])


def name(name_: str, tokens: bytes, comment: str = "") -> bytes:
    return record(39, struct.pack("<IBI", 0, 0, 0xFFFFFFFF), wide(name_), code(tokens), wide(comment))


def validation(*texts: str, tokens: bytes = b"") -> bytes:
    four = [wide(text) for text in (*texts, "", "", "", "")][:4]
    return record(64, struct.pack("<II", 3, 1), AREA, *four, code(tokens), code(b""))


def link(identity: str = "", *texts: str) -> bytes:
    return record(494, AREA, wide(identity), *[wide(text) for text in (*texts, "", "", "")][:3])


def margins(*texts: str, switches: int = 0) -> bytes:
    return record(479, struct.pack("<H", switches), *[wide(text) for text in (*texts, *[""] * 6)][:6])


ITEM = record(24, wide("甲")) + record(24, wide("乙"))
CACHE = record(179) + record(183, bytes(20), wide("姓名")) + ITEM + record(183, bytes(20), wide("备注"))
OTHER = record(360, b"\0\0", wide("r"), wide("")) + record(359, struct.pack("<I", 1), wide("别处"))
OTHER += record(363, struct.pack("<IB", 0, 0)) + record(366, struct.pack("<I", 3))
OTHER += record(371, struct.pack("<I", 1), wide(MARK))

CASES: list[tuple[str, bytes, list[tuple[str, Part, bool]]]] = [
    ("inline string", xlsb(Sheet(rows=MARKED)), [("名单!B4", Part.TABLE, False)]),
    ("rich string in a cell", xlsb(Sheet(rows=row(3, cell(62, 1, rich(MARK))))), [("名单!B4", Part.TABLE, False)]),
    ("shared string", xlsb(Sheet(rows=row(3, shared(1, 0))), strings=[rich(MARK)]), [("名单!B4", Part.TABLE, False)]),
    ("orphan shared string", xlsb(PLAIN, strings=[rich(MARK)]), [("共享字符串（未使用）", Part.EMBEDDED, True)]),
    (
        "phonetic signs",
        xlsb(Sheet(rows=row(3, shared(1, 0))), strings=[rich("公示", phonetic=MARK)]),
        [("名单!B4 拼音", Part.ATTRIBUTE, True)],
    ),
    (
        "white run in a cell",
        xlsb(
            Sheet(rows=row(3, shared(1, 0))),
            strings=[rich("公示" + MARK, struct.pack("<HH", 2, 1))],
            style=styles(fonts=font(WHITE)),
        ),
        [("名单!B4", Part.TABLE, False), ("名单!B4 隐藏文字", Part.TABLE, True)],
    ),
    ("hidden sheet", xlsb(Sheet(rows=MARKED, state=1)), [("名单!B4", Part.TABLE, True)]),
    ("very hidden sheet", xlsb(Sheet(rows=MARKED, state=2)), [("名单!B4", Part.TABLE, True)]),
    (
        "hidden window",
        xlsb(Sheet(rows=MARKED), workbook=record(158, bytes(28), b"\1")),
        [("名单!B4", Part.TABLE, True)],
    ),
    ("hidden row", xlsb(Sheet(rows=row(3, inline(1, MARK), flags=0x10))), [("名单!B4", Part.TABLE, True)]),
    (
        "row without height",
        xlsb(Sheet(rows=row(3, inline(1, MARK), flags=0x20, height=0))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "hidden column",
        xlsb(Sheet(rows=MARKED, before=record(60, struct.pack("<4IH", 1, 2, 2000, 0, 1)))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "no width by default",
        xlsb(Sheet(rows=MARKED, before=record(485, struct.pack("<IHHH", 0, 0, 300, 0)))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "empty text format",
        xlsb(Sheet(rows=row(3, inline(1, MARK, 1))), style=styles(codes=number_code(200, ";;;"), xfs=xf(200))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white letters",
        xlsb(Sheet(rows=row(3, inline(1, MARK, 1))), style=styles(fonts=font(WHITE), xfs=xf(0, 1))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white by theme",
        xlsb(Sheet(rows=row(3, inline(1, MARK, 1))), style=styles(fonts=font(colour(3, 0)), xfs=xf(0, 1))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "white on blue",
        xlsb(
            Sheet(rows=row(3, inline(1, MARK, 1))),
            style=styles(fonts=font(WHITE), fills=fill(colour(1, 12)), xfs=xf(0, 1, 1)),
        ),
        [("名单!B4", Part.TABLE, False)],
    ),
    (
        "one point",
        xlsb(Sheet(rows=row(3, inline(1, MARK, 1))), style=styles(fonts=font(height=20), xfs=xf(0, 1))),
        [("名单!B4", Part.TABLE, True)],
    ),
    (
        "under a merged cell",
        xlsb(Sheet(rows=MARKED, after=record(176, struct.pack("<4I", 2, 4, 0, 2)))),
        [("名单!B4", Part.TABLE, True)],
    ),
    ("saved result", xlsb(Sheet(rows=row(3, formula_text(1, MARK, ptg_ref(0, 0))))), [("名单!B4", Part.TABLE, False)]),
    (
        "formula with a literal and another result",
        xlsb(Sheet(rows=row(3, formula_text(1, "公示", ptg_text("公示") + ptg_text(MARK) + b"\x42\2\1\0")))),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "constant array",
        xlsb(
            Sheet(
                rows=row(
                    3,
                    formula_text(
                        1, "公示", b"\x60" + bytes(14), struct.pack("<IIBH", 1, 1, 1, 8) + MARK.encode("utf-16-le")
                    ),
                )
            )
        ),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "shared formula",
        xlsb(Sheet(rows=row(3, formula_text(1, "公示", b"\1\3\0\0\0"), record(427, AREA, code(ptg_text(MARK)))))),
        [("名单!B4 公式", Part.ATTRIBUTE, True)],
    ),
    (
        "comment",
        attached("comments", "comments1.bin", record(635, bytes(4), AREA, bytes(16)) + record(637, rich(MARK))),
        [("名单!B4 批注", Part.COMMENT, True)],
    ),
    (
        "comment author",
        attached("comments", "comments1.bin", record(632, wide(MARK))),
        [("批注作者", Part.PROPERTY, True)],
    ),
    ("constant name", xlsb(PLAIN, workbook=name("n", ptg_text(MARK))), [("名称 n", Part.DEFINED_NAME, True)]),
    ("Chinese name", xlsb(PLAIN, workbook=name(MARK, ptg_ref(0, 0))), [("名称", Part.DEFINED_NAME, True)]),
    ("comment on a name", xlsb(PLAIN, workbook=name("n", ptg_ref(0, 0), MARK)), [("名称 n", Part.DEFINED_NAME, True)]),
    (
        "list of a validation",
        xlsb(Sheet(after=validation(tokens=ptg_text(f"甲,{MARK}")))),
        [("名单!B4 数据验证", Part.FORM_VALUE, True)],
    ),
    ("prompt of a validation", xlsb(Sheet(after=validation("", MARK))), [("名单!B4 数据验证", Part.FORM_VALUE, True)]),
    (
        "condition",
        xlsb(
            Sheet(
                after=record(461, struct.pack("<III", 1, 0, 1), AREA)
                + record(463, bytes(42), wide(""), code(ptg_text(MARK)))
            )
        ),
        [("名单!B4 条件格式", Part.ATTRIBUTE, True)],
    ),
    ("header", xlsb(Sheet(after=margins(f'&C&"宋体,常规"&10{MARK}'))), [("名单 页眉", Part.HEADER, False)]),
    (
        "footer of even pages that do not differ",
        xlsb(Sheet(after=margins("", "", "", MARK))),
        [("名单 页脚", Part.FOOTER, True)],
    ),
    (
        "hyperlink",
        xlsb(
            Sheet(
                after=link("h"),
                relations=[Relation(id="h", kind="hyperlink", target=f"http://example.test/{MARK}", external=True)],
            )
        ),
        [("名单!B4 链接", Part.PROPERTY, True)],
    ),
    ("tooltip", xlsb(Sheet(after=link("", "", MARK))), [("名单!B4 链接提示", Part.ALT_TEXT, True)]),
    (
        "text box",
        attached(
            "drawing",
            "drawings/drawing1.xml",
            (
                f"<xdr:wsDr {NAMESPACES}><xdr:oneCellAnchor>"
                "<xdr:from><xdr:col>2</xdr:col><xdr:row>2</xdr:row></xdr:from>"
                f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{MARK}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
                "</xdr:oneCellAnchor></xdr:wsDr>"
            ).encode(),
        ),
        [("名单!C3 图形文字", Part.TEXT_BOX, False)],
    ),
    (
        "pivot cache record",
        led(
            "pivotCacheDefinition",
            "pivotCache/d1.bin",
            CACHE,
            **{
                "xl/pivotCache/r1.bin": record(33, struct.pack("<I", 1), wide(MARK)),
                "xl/pivotCache/_rels/d1.bin.rels": (
                    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                    b'<Relationship Id="a" Type="x/pivotCacheRecords" Target="r1.bin"/></Relationships>'
                ),
            },
        ),
        [("透视表缓存1 第2行第2列", Part.TABLE, True)],
    ),
    (
        "pivot cache without records",
        led("pivotCacheDefinition", "pivotCache/d1.bin", CACHE + record(31, wide(MARK), bytes(6))),
        [("透视表缓存1 第2行第2列", Part.TABLE, True)],
    ),
    (
        "cells of another workbook",
        led("externalLink", "externalLinks/l1.bin", OTHER),
        [("外部链接1!别处!B4", Part.EMBEDDED, True)],
    ),
    (
        "topic of a link to a program",
        led("externalLink", "externalLinks/l1.bin", record(360, b"\1\0", wide("cmd"), wide(f"C:\\{MARK}"))),
        [("外部链接1", Part.PROPERTY, True)],
    ),
    ("sheet name", xlsb(PLAIN, Sheet(name=MARK)), [("工作表名2", Part.PROPERTY, False)]),
    ("name of a hidden sheet", xlsb(PLAIN, Sheet(name=MARK, state=1)), [("工作表名2（隐藏）", Part.PROPERTY, True)]),
    (
        "number format that is a sentence",
        xlsb(PLAIN, style=styles(codes=number_code(200, f'0"{MARK}"'))),
        [("数字格式", Part.PROPERTY, True)],
    ),
    ("unknown record", xlsb(Sheet(after=record(1999, bytes(3), wide(MARK)))), [("名单 残留文字", Part.EMBEDDED, True)]),
    ("unknown part", xlsb(PLAIN, parts={"xl/x.bin": record(7, wide(MARK))}), [("x.bin 残留文字", Part.EMBEDDED, True)]),
    ("damaged part", xlsb(Sheet(after=b"\x83\x08\xff" + wide(MARK))), [("名单 残留文字", Part.EMBEDDED, True)]),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_reads_every_place(data: bytes, expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(data)) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (real(0, 13800138000.0), "13800138000"),
        (real(0, 110105190001010018.0), "110105190001010020"),
        (cell(2, 0, struct.pack("<i", 1234 << 2 | 2)), "1234"),
        (cell(2, 0, struct.pack("<i", -5 << 2 | 3)), "-0.05"),
        (cell(4, 0, b"\1"), "TRUE"),
        (cell(3, 0, b"\x2a"), "#N/A"),
        (cell(9, 0, struct.pack("<dH", 2.5, 0), code(ptg_ref(1, 1))), "2.5"),
        (cell(10, 0, b"\0\0\0", code(ptg_ref(1, 1))), "FALSE"),
        (cell(11, 0, b"\x17\0\0", code(ptg_ref(1, 1))), "#REF!"),
    ],
)
def test_shows_a_value(value: bytes, text: str) -> None:
    assert [s.text for s in read(xlsb(Sheet(rows=row(0, value)))).segments if s.cell] == [text]


@pytest.mark.parametrize(("flags", "text"), [(0, "2024-03-01 18:00:00"), (1, "2028-03-02 18:00:00")])
def test_shows_a_date(flags: int, text: str) -> None:
    style = styles(codes=number_code(200, "yyyy-mm-dd"), xfs=xf(200))
    book = record(153, struct.pack("<II", flags, 0))
    data = xlsb(Sheet(rows=row(0, real(0, 45352.75, 1))), style=style, workbook=book)
    assert [s.text for s in read(data).segments if s.cell] == [text]


def test_masking_formulas_name_sheets() -> None:
    tokens = b"\x5a" + struct.pack("<HIH", 0, 3, 1) + b"\x1e\7\0\x1e\x08\0" + ptg_text("****") + b"\x41\x77\0"
    links = record(357) + record(362, struct.pack("<IIii", 1, 0, 0, 0))
    data = xlsb(Sheet(rows=row(0, formula_text(0, "甲", tokens))), workbook=links)
    formulas = [(s.place, s.text) for s in read(data).segments if s.part is Part.FORMULA]
    assert formulas == [("名单!A1 公式", '=REPLACE(名单!$B$4,7,8,"****")')]


def test_cells_know_their_place() -> None:
    extracted = read(
        xlsb(PLAIN, Sheet(name="附表", rows=row(2, inline(27, "甲"), inline(28, "乙")) + row(3, inline(0, "丙"))))
    )
    cells = [segment.cell for segment in extracted.segments if segment.text == "甲"]
    assert cells == [Cell(table=1, row=2, column=27, sheet="附表", ref="AB3")]
    assert "甲\t乙\n丙\n" in extracted.text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (xlsb(Sheet(rows=row(3, shared(1, 7)))), "名单!B4"),
        (xlsb(Sheet(rows=row(3, cell(9, 1, bytes(8), b"\2\0", code(ptg_ref(0, 0)))))), "名单!B4"),
        (xlsb(Sheet(rows=row(3, inline(99_999, "甲")))), "名单"),
        (xlsb(Sheet(rows=row(3, cell(7, 1)))), "名单"),
        (xlsb(PLAIN, parts={"xl/unknown.bin": record(7, bytes(8))}), "xl/unknown.bin"),
        (xlsb(PLAIN, parts={"xl/vbaProject.bin": b"x"}), "xl/vbaProject.bin"),
        (pack({n: c for n, c in xlsb_parts(PLAIN).items() if "sheet1" not in n}), "名单"),
    ],
)
def test_what_is_not_read_is_a_gap(data: bytes, place: str) -> None:
    assert [gap.place for gap in read(data).gaps] == [place]


def book(rows: list[list[str]]) -> bytes:
    cells = [row(r, *(shared(c, r * 8 + c) for c in range(len(values)))) for r, values in enumerate(rows)]
    strings = [rich(text) for values in rows for text in (*values, *[""] * (8 - len(values)))]
    return xlsb(Sheet(rows=b"".join(cells)), strings=strings, style=styles())


def test_an_ordinary_workbook_has_no_gaps() -> None:
    document = extract(Source(path="表.xlsb", name="表.xlsb", data=book([["姓名", "金额"], ["甲", "500"]])))
    assert document.gaps == ()
    assert "姓名\t金额\n甲\t500\n" in document.text


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda t: bool(t.strip())
)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=20))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    data = book(rows)
    read_ = {(s.cell.row, s.cell.column): s.text for s in read(data).segments if s.cell}
    assert read_ == {(r, c): text for r, values in enumerate(rows) for c, text in enumerate(values)}
    other = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert all(other[r][c] == text for (r, c), text in read_.items())


def test_damage_never_raises() -> None:
    rng = random.Random(11)
    whole = [xlsb_parts(Sheet(rows=MARKED, after=validation("", "甲") + link() + margins("甲")), strings=[rich("甲")])]
    whole.append(xlsb_parts(PLAIN, style=styles(fonts=font(WHITE), xfs=xf(0, 1)), workbook=name("n", ptg_text("甲"))))
    for _ in range(300):
        parts = dict(rng.choice(whole))
        target = rng.choice([part for part in parts if part.endswith(".bin")])
        data = bytearray(bytes(parts[target]))  # type: ignore[arg-type]
        for _ in range(rng.choice((1, 3, 20))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        parts[target] = bytes(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data)
        read(pack(parts))


def test_a_long_list_is_read_in_seconds() -> None:
    rows = b"".join(
        row(n, *(real(c, float(n)) for c in range(5)), *(shared(c, n % 500) for c in range(5, 10)))
        for n in range(20_000)
    )
    data = xlsb(Sheet(rows=rows), strings=[rich(f"单位{n}") for n in range(500)])
    start = time.process_time()
    assert len([s for s in read(data).segments if s.cell]) == 200_000
    assert time.process_time() - start < 12  # about 2 s on an office laptop; generous for a busy one
