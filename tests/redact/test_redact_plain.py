"""Texts: what is removed is absent, everything else is there in its order, encoding and line ends included."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redacting import NUMBER, redact

from reviewer.errors import RedactionError
from reviewer.extract import Source, extract
from reviewer.redact import redact as rewritten
from reviewer.redact.edit import Edit, apart

VALID = "529931191506184862"
TEXTS = st.text(st.sampled_from("公示名单 a1，。\n\t\r王李张9"), min_size=1, max_size=80)
MASKS = st.sampled_from(["", "****", "某", "【依法不予公开】"])


@given(TEXTS, st.lists(st.tuples(st.integers(0, 79), st.integers(1, 12), MASKS), max_size=6))
@settings(max_examples=150, deadline=None)
def test_spans_are_replaced_and_the_rest_stays(text: str, wanted: list[tuple[int, int, str]]) -> None:
    marked = "§" + text  # one character that no encoding is in doubt about
    document = extract(Source(path="a.txt", name="a.txt", data=marked.encode()))
    edits = [Edit(start=at, end=min(at + n, len(marked)), mask=mask) for at, n, mask in wanted if at < len(marked)]
    copy = rewritten(marked.encode(), document, edits).data.decode()
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    masks = {edit.start: edit.mask for edit in apart(edits)}
    assert copy == "".join(masks.get(at, "") + ("" if at in gone else char) for at, char in enumerate(marked))


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (f"公示名单如下\0，请核对。\n张三 {VALID}\n", "公示名单如下，请核对。\n张某 ****\n"),
        (f"公示名单\n张三 \u202e{VALID[::-1]}\u202c，\u202e三李\u202c\n", "公示名单\n张某 ****，\u202e三李\u202c\n"),
    ],
    ids=["a stray NUL", "turned around"],
)
def test_what_is_written_to_deceive_or_by_mistake(text: str, copied: str) -> None:
    assert redact("名单.txt", text.encode()).data.decode() == copied


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=12))
def test_united_edits_cover_the_same_places_and_none_overlaps(spans: list[tuple[int, int]]) -> None:
    edits = [Edit(start=at, end=at + n, mask=str(at)) for at, n in spans]
    united = apart(edits)
    assert {at for e in united for at in range(e.start, e.end)} == {at for e in edits for at in range(e.start, e.end)}
    assert all(one.end <= other.start for one, other in pairwise(united))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encoding_and_line_ends_stay(encoding: str) -> None:
    text = f"公示名单公布如下：\r\n王小明，身份证号{NUMBER}，特此公示。\r\n青石县民政局\r\n"
    copy = redact("公示.txt", text.encode(encoding)).data
    assert copy.decode(encoding) == text.replace(NUMBER, "****").replace("王小明", "王某")


def test_a_column_is_emptied_with_its_heading() -> None:
    names = ("柏家宝", "苏素珍", "严怀仁", "范雅静", "潘玉山", "葛天佑")
    rows = [f"{n},{name},人文学院,200{n}-08-0{n},3300" for n, name in enumerate(names, 1)]
    text = "\n".join(["临溪学院2026年国家助学金获得者名单公示", "序号,姓名,学院,出生日期,金额", *rows])
    copy = redact("助学金公示.csv", text.encode()).data.decode().splitlines()
    assert copy[1] == "序号,姓名,学院,,金额"
    assert copy[2] == "1,柏家宝,人文学院,,3300"


def test_a_number_is_masked_wherever_else_it_stands() -> None:
    text = f"受助人身份证号{NUMBER}。\n（内部流水{NUMBER}尾注）"
    assert NUMBER not in redact("a.txt", text.encode()).data.decode()


@pytest.mark.parametrize(
    ("name", "data", "way"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "先"),
        ("a.json", b'{"id": "529931190101019998"}', "转换"),
        ("a.docx", b"PK\x03\x04 damaged", "docx"),
        ("a.pdf", b"%PDF-1.7 damaged", "PDF"),
        ("a.html", b"<p>\xff\xfe\x80 529931190101019998", "UTF-8"),
    ],
)
def test_what_cannot_be_edited_is_refused_with_a_way_out(name: str, data: bytes, way: str) -> None:
    with pytest.raises(RedactionError) as refusal:
        redact(name, data)
    assert NUMBER not in str(refusal.value)
    assert way in str(refusal.value)
