"""Delimited text: fields at exact offsets, with row and column."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract.delimited import column_letters, delimiter, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2", "A1=a B1=b A2=1 B2=2"),
        pytest.param('a,"b,c"\n', "A1=a B1=b,c", id="delimiter in quotes"),
        pytest.param('a,"b\r\nc",d\ne,f,g', "A1=a B1=b\r\nc C1=d A2=e B2=f C2=g", id="line end in quotes"),
        pytest.param('a,"x""y"\nc,d', 'A1=a B1=x""y A2=c B2=d', id="doubled quotes stay raw"),
        pytest.param('a,""\n"""",b', 'A1=a A2="" B2=b', id="nothing but quotes"),
        pytest.param("a,,b\n\nc,,d", "A1=a C1=b A3=c C3=d", id="empty field, empty row"),
        pytest.param('a, "b,c" ,d\n1,2,3', "A1=a B1=b,c C1=d A2=1 B2=2 C2=3", id="spaces around quotes"),
        pytest.param("a,b\n1,2,3\n4", "A1=a B1=b A2=1 B2=2 C2=3 A3=4", id="ragged"),
        pytest.param("sep=;\na;b\n1,5;2", "A1=a B1=b A2=1,5 B2=2", id="declared"),
        pytest.param("a\t\tb\n1\t\t2", "A1=a C1=b A2=1 C2=2", id="tabs"),
        pytest.param('"张三"(男),x\n李四,y', 'A1="张三"(男) B1=x A2=李四 B2=y', id="text behind the quotes"),
    ],
)
def test_fields(text, expected):
    extracted = read(text.encode())
    assert " ".join(f"{s.cell.ref}={s.text}" for s in extracted.segments) == expected
    assert extracted.gaps == ()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("姓名,性别\n张三,男", ","),
        ("姓名；性别\n张三；男", "；"),
        ("姓名，性别\n张三，男", "，"),
        ("姓名|性别\n张三|男", "|"),
        ("a;b\n1,5;2\n3;4", ";"),
        pytest.param("地址\t电话\n甲街,1号\t1\n乙街,2号\t2", "\t", id="a comma in every line, but the tab divides"),
        pytest.param("补助名单,,\n姓名,性别,村\n张三,男,甲村", ",", id="title row"),
        pytest.param('"a,1";"b"\n"c,2,3";"d"', ";", id="commas in quotes do not vote"),
        pytest.param("张三\n李四", "\0", id="one column"),
        pytest.param("他说，是的，没错。\n第二句没有。\n第三，句。", "\0", id="prose"),
        pytest.param("", "\0", id="empty"),
    ],
)
def test_delimiter(text, mark):
    assert delimiter(text) == mark


def test_place_line_and_cell():
    segment = read('甲,乙\n"一\n二",三\n四,五'.encode()).segments[-1]
    assert (segment.place, segment.line) == ("第3行 B列", 4)
    assert (segment.cell.row, segment.cell.column, segment.cell.ref) == (2, 1, "B3")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param('a,b\n"c,d\n1,2\n', "第2行", id="to the end of the file"),
        pytest.param('a,b\n1,2\n"c,d\n"e",f\n', "第3行", id="up to another quote"),
        pytest.param('"', "第1行", id="nothing else"),
    ],
)
def test_unclosed_quote_is_a_gap_and_swallows_nothing(text, place):
    extracted = read(text.encode())
    (gap,) = extracted.gaps
    assert gap.place == place
    assert {s.line for s in extracted.segments} == set(range(1, text.strip().count("\n") + 2))


def test_column_letters():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(text=st.text(st.sampled_from('张a1 ,\t;"\n\r')))
@settings(deadline=None)
def test_segments_are_slices_and_only_marks_are_left_out(text):
    extracted = read(text.encode())
    rest = extracted.text
    for segment in reversed(extracted.segments):
        assert extracted.text[segment.start : segment.end] == segment.text
        rest = rest[: segment.start] + rest[segment.end :]
    assert extracted.text == text
    assert not set(rest) - set(' ,\t;"\n\r')


@given(rows=st.lists(st.lists(st.text(st.sampled_from('张三,"\n7'), max_size=4), min_size=3, max_size=3), min_size=1))
@settings(deadline=None)
def test_reads_back_what_a_csv_writer_wrote(rows):
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["甲", "乙", "丙"], *rows])
    cells = {(s.cell.row, s.cell.column): s.text.replace('""', '"') for s in read(written.getvalue().encode()).segments}
    wanted = {(r, c): text for r, row in enumerate(rows, start=1) for c, text in enumerate(row) if text.strip()}
    assert {place: text for place, text in cells.items() if place[0] > 0} == wanted


@pytest.mark.parametrize("pattern", ['"a,', '"""x,', '"a"b,', '""x,"', '"x""', ",", '"\n'])
def test_hostile_quotes_cost_no_more_than_they_are_long(pattern):
    begin = time.process_time()
    read((pattern * 40_000).encode())
    assert time.process_time() - begin < 2
