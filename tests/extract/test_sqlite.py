"""SQLite databases: tables as texts, deleted rows as remains, and nothing of the schema believed."""

from __future__ import annotations

import random
import sqlite3

import pytest
from builders_ooxml import ordinary_xlsx
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.sqlite import read
from reviewer.terms import Cell, Document

MARK = "青石标记七三九一"


def database(*statements: str | tuple[str, list[object]], before: str = "") -> bytes:
    """A database after these statements."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA secure_delete=OFF")
    if before:
        connection.execute(before)
    for statement in statements:
        text, values = (statement, []) if isinstance(statement, str) else statement
        connection.execute(text, values)
    data = connection.serialize()
    connection.close()
    return data


def opened(data: bytes) -> Document:
    return extract(Source(path="a.db", name="a.db", data=data))


PEOPLE = 'CREATE TABLE "人员" ("姓名" TEXT, "金额")'
FILES = [
    database(PEOPLE, ("INSERT INTO 人员 VALUES (?, ?)", ["甲" * 900, 5]), "CREATE INDEX i ON 人员 (姓名)"),
    database(PEOPLE, *[("INSERT INTO 人员 VALUES (?, ?)", [f"{MARK}{n}", n]) for n in range(200)], "DELETE FROM 人员"),
    database(PEOPLE, "INSERT INTO 人员 VALUES ('甲', 5)", before="PRAGMA encoding='UTF-16le'"),
]


def test_reads_tables_with_places() -> None:
    document = opened(database(PEOPLE, "INSERT INTO 人员 VALUES ('王小明', 500), ('李四', 1.5)"))
    assert document.media_type == "application/vnd.sqlite3"
    assert "姓名\t金额\n王小明\t500\n李四\t1.5\n" in document.text
    assert document.gaps == ()
    (found,) = [(s.place, s.cell) for s in document.segments if s.text == "李四"]
    assert found == ("人员 第2行 姓名", Cell(table=0, row=2, column=0, sheet="人员", ref="A3"))


@pytest.mark.parametrize(
    ("data", "place", "hidden"),
    [
        (database(f"CREATE TABLE t (a DEFAULT '{MARK}')"), "结构 t", True),
        (database("CREATE TABLE t (a)", f"CREATE VIEW v AS SELECT '{MARK}'"), "结构 v", True),
        (database(f'CREATE TABLE t ("{MARK}")'), "t 列名1", False),
        (
            database(PEOPLE, f"INSERT INTO 人员 VALUES ('{MARK}', 1)", before="PRAGMA encoding='UTF-16be'"),
            "人员 第1行 姓名",
            False,
        ),
        (
            database("CREATE TABLE t (a)", ("INSERT INTO t VALUES (?)", [ordinary_xlsx([[MARK]], name="表")])),
            "t 第1行 a!表!A1",
            True,
        ),
        (
            database("CREATE TABLE t (a)", f"INSERT INTO t VALUES ('{MARK}')", "DELETE FROM t"),
            "已删除的数据 残留文字",
            True,
        ),
        (
            database("CREATE TABLE t (a)", f"INSERT INTO t VALUES ('{MARK}')", "DROP TABLE t"),
            "已删除的数据 残留文字",
            True,
        ),
    ],
)
def test_reads_every_place(data: bytes, place: str, hidden: bool) -> None:
    assert (place, hidden) in [(s.place, s.hidden) for s in read(data).segments if MARK in s.text]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (database("CREATE TABLE t (a)", "INSERT INTO t VALUES (x'00ff00ff')"), "t"),
        (database("CREATE TABLE t (a)", f"INSERT INTO t VALUES ('{MARK}')", "DELETE FROM t"), "已删除的数据"),
        (database("CREATE TABLE t (a)")[:18] + b"\2\2" + database("CREATE TABLE t (a)")[20:], "文件"),
        (b"SQLite format 3\0" + b"\xff" * 200, "全文"),
    ],
)
def test_what_is_not_read_is_a_gap(data: bytes, place: str) -> None:
    assert [gap.place for gap in opened(data).gaps] == [place]


def test_text_in_another_encoding_than_declared() -> None:
    statement = ("INSERT INTO t VALUES (CAST(? AS TEXT))", ["关于印发实施方案的通知".encode("gb18030")])
    assert "关于印发实施方案的通知" in [s.text for s in read(database("CREATE TABLE t (a)", statement)).segments]


def test_columns_of_a_deleted_row_are_taken_apart() -> None:
    insert = "INSERT INTO t VALUES ('13800138000', '110105190001010018', '备注')"
    keep = "INSERT INTO t VALUES ('甲', '乙', '丙')"
    extracted = read(database("CREATE TABLE t (a, b, c)", keep, insert, keep, "DELETE FROM t WHERE c = '备注'"))
    assert [s.text for s in extracted.segments if s.hidden] == ["13800138000", "110105190001010018", "备注"]


def test_a_database_that_cannot_be_opened_is_searched() -> None:
    data = bytearray(database("CREATE TABLE t (a)", f"INSERT INTO t VALUES ('{MARK}')"))
    data[100:108] = b"\xff" * 8
    assert [s.place for s in read(bytes(data)).segments if MARK in s.text] == ["未能读取的数据 残留文字"]


def test_a_damaged_table_leaves_the_others() -> None:
    data = bytearray(database("CREATE TABLE a (x)", "CREATE TABLE b (x)", f"INSERT INTO b VALUES ('{MARK}')"))
    data[4096:4104] = b"\xff" * 8
    extracted = read(bytes(data))
    assert MARK in extracted.text
    assert [gap.place for gap in extracted.gaps] == ["a 第1行"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda t: bool(t.strip())
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=20))
def test_what_was_written_is_read(rows: list[tuple[str, str]]) -> None:
    data = database("CREATE TABLE t (a, b)", *[("INSERT INTO t VALUES (?, ?)", list(row)) for row in rows])
    texts = [s.text for s in read(data).segments if s.cell and s.cell.row]
    assert texts == [text for row in rows for text in row]


def test_damage_never_raises() -> None:
    rng = random.Random(13)
    for _ in range(300):
        data = bytearray(rng.choice(FILES))
        for _ in range(rng.choice((1, 3, 20, 200))):
            data[rng.randrange(len(data))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        read(bytes(data[: rng.randrange(len(data))] if rng.random() < 0.2 else data))
