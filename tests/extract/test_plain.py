"""Plain text and Markdown: lines at exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.plain import read


def test_each_line_is_a_segment_with_its_number():
    extracted = read("标题\n\n　　正文\r\n尾\r末".encode())
    assert extracted.text == "标题\n\n　　正文\r\n尾\r末"
    assert [(s.place, s.line, s.text) for s in extracted.segments] == [
        ("¶1", 1, "标题"),
        ("¶3", 3, "　　正文"),
        ("¶4", 4, "尾"),
        ("¶5", 5, "末"),
    ]
    assert extracted.gaps == ()


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1c"])
def test_what_no_editor_counts_as_a_line_end_stands_within_the_line(mark):
    (segment,) = read(f"甲{mark}乙".encode()).segments
    assert segment.text == f"甲{mark}乙"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"\xef\xbb\xbf" + "通知".encode(), "通知", id="mark taken off"),
        pytest.param("各区县人民政府：\r\n".encode("gb18030"), "各区县人民政府：\r\n", id="GB"),
        pytest.param("```\n密码 = 1\n```".encode(), "```\n密码 = 1\n```", id="fenced code is text"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_text_is_the_decoded_file(data, text):
    extracted = read(data)
    assert extracted.text == text
    assert extracted.gaps == ()


@pytest.mark.parametrize("data", ["张三".encode("gb18030"), b"abc\0def", "姓\ue000".encode(), "名单".encode()[:-1]])
def test_doubtful_decoding_is_a_gap_and_still_read(data):
    extracted = read(data)
    assert extracted.segments
    (gap,) = extracted.gaps
    assert gap.reason


@given(text=st.text(st.sampled_from("张三 1\n\r\t\x0c\u2028。")))
@settings(deadline=None)
def test_segments_are_slices_and_nothing_but_blank_is_left_out(text):
    extracted = read(text.encode())
    rest = extracted.text
    for segment in reversed(extracted.segments):
        assert extracted.text[segment.start : segment.end] == segment.text
        rest = rest[: segment.start] + rest[segment.end :]
    assert extracted.text == text
    assert not rest.strip()


@pytest.mark.parametrize("data", [b" \n\t\n", "\u3000".encode()])
def test_a_file_that_says_nothing_is_a_gap(data: bytes) -> None:
    (gap,) = extract(Source(path="a.txt", name="a.txt", data=data)).gaps
    assert "没有读到任何文字" in gap.reason
