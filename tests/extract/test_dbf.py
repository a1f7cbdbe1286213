"""dBASE tables: every record with its place, those marked as deleted, and what lies beside the records."""

from __future__ import annotations

import random
import struct

import pytest
from builders_dbf import dbf
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.dbf import read
from reviewer.terms import Cell, Document

MARK = "青石标记七三九一"


NAME = [("姓名", "C", 30)]


def one(kind: str, size: int, value: bytes, version: int = 0x30) -> list[str]:
    """What a field of this kind shows."""
    data = dbf([("F", kind, size)], [(b" ", [value])], version=version)
    return [s.text for s in read(data).segments if s.cell and s.cell.row]


def opened(data: bytes, name: str = "a.dbf") -> Document:
    return extract(Source(path=name, name=name, data=data))


def test_reads_names_and_records() -> None:
    rows = [(b" ", ["王小明".encode("gb18030"), b"500"]), (b" ", ["李四".encode("gb18030"), b"  7"])]
    document = opened(dbf([*NAME, ("金额", "N", 5)], rows))
    assert document.media_type == "application/x-dbf"
    assert "姓名\t金额\n王小明\t500\n李四\t7\n" in document.text
    assert document.gaps == ()
    (cell,) = [(s.place, s.cell) for s in document.segments if s.text == "李四"]
    assert cell == ("第2条 姓名", Cell(table=0, row=2, column=0, ref="A3"))


def test_records_marked_as_deleted_are_hidden_text() -> None:
    extracted = read(dbf(NAME, [(b" ", [b"A"]), (b"*", [MARK.encode("gb18030")])]))
    assert [(s.place, s.hidden) for s in extracted.segments if s.text == MARK] == [("第2条（已删除的记录） 姓名", True)]


@pytest.mark.parametrize(
    ("kind", "size", "value", "text"),
    [
        ("D", 8, b"20240301", "2024-03-01"),
        ("I", 4, struct.pack("<i", -5), "-5"),
        ("B", 8, struct.pack("<d", 2.5), "2.5"),
        ("Y", 8, struct.pack("<q", 123400), "12.34"),
        ("T", 8, struct.pack("<II", 2451545, 3_600_000), "2000-01-01 01:00:00"),
        ("C", 300, b"110105190001010018".rjust(300), "110105190001010018"),
        ("L", 1, b"T", "T"),
    ],
)
def test_shows_a_value(kind: str, size: int, value: bytes, text: str) -> None:
    assert one(kind, size, value) == [text]


@pytest.mark.parametrize(("language", "codec"), [(0x4D, "gb18030"), (0, "gb18030"), (0x78, "big5"), (0, "utf-8")])
def test_decodes_by_content(language: int, codec: str) -> None:
    text = "資料公開申請表審查意見" if codec == "big5" else "关于印发实施方案的通知"
    extracted = read(dbf([("F", "C", 40)], [(b" ", [text.encode(codec)])], language=language, codec=codec))
    assert text in [s.text for s in extracted.segments]


def test_memos_lie_in_another_file() -> None:
    extracted = read(dbf([("备注", "M", 10)], [(b" ", [b"         1"]), (b" ", [b""])], version=0x83))
    assert [(gap.place, gap.reason.split(" ")[0]) for gap in extracted.gaps] == [("记录", "1")]


def test_records_beyond_the_count_are_hidden() -> None:
    extracted = read(dbf(NAME, [(b" ", [b"A"]), (b" ", [MARK.encode("gb18030")])], count=1))
    assert [(s.place, s.hidden) for s in extracted.segments if s.text == MARK] == [
        ("第2条（表尾以外的记录） 姓名", True)
    ]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (dbf(NAME, [(b" ", [b"A"])], count=9), "第2条"),
        (dbf(NAME, [(b" ", [b"A"])], tail=b"\x1a" + b"\xff" * 9), "表尾"),
        (dbf(NAME, [(b"?", [b"A"])]), "记录"),
        (dbf(NAME, [(b" ", [b"A"])])[:40], "全文"),
    ],
)
def test_what_is_damaged_is_a_gap(data: bytes, place: str) -> None:
    assert [gap.place for gap in read(data).gaps] == [place]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (dbf(NAME, [(b" ", [b"A"])], tail=b"\x1a" + MARK.encode("gb18030")), "表尾 残留文字"),
        (
            dbf(NAME, [], behind_fields=f"d:\\{MARK}.dbc".encode("gb18030").ljust(263, b"\0"), version=0x30),
            "表头 残留文字",
        ),
    ],
)
def test_text_beside_the_records_is_hidden(data: bytes, place: str) -> None:
    assert [(s.place, s.hidden) for s in opened(data).segments if MARK in s.text] == [(place, True)]


VALUES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.booleans(), VALUES), min_size=1, max_size=30))
def test_what_was_written_is_read(rows: list[tuple[bool, str]]) -> None:
    data = dbf(NAME, [(b"*" if gone else b" ", [text.encode("gb18030")]) for gone, text in rows])
    extracted = read(data)
    if not extracted.gaps:  # characters that nobody writes side by side leave a doubt about the encoding
        assert [(s.hidden, s.text) for s in extracted.segments if s.cell and s.cell.row] == rows


def test_damage_never_raises() -> None:
    rng = random.Random(5)
    whole = dbf(
        [*NAME, ("T", "T", 8), ("M", "M", 10)], [(b" *"[n % 2 :][:1], [b"A", bytes(8), b"1"]) for n in range(9)]
    )
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 3, 20))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        read(bytes(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data))
