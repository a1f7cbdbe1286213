"""The order in which recognised lines are read."""

from __future__ import annotations

import pytest

from reviewer.extract.image.arrange import Line, paragraphs


def line(text: str, left: float, top: float, width: float | None = None, height: float = 20) -> Line:
    """A line of letters as wide as they are high, unless told otherwise."""
    right = left + (width or height * len(text))
    return Line(text=text, score=1, left=left, top=top, right=right, bottom=top + height)


LEFT = [line(f"左栏文字第{n}行继续", 0, 100 + 30 * n) for n in range(6)]
RIGHT = [line(f"右栏文字第{n}行继续", 220, 102 + 30 * n) for n in range(6)]
TITLE = line("横跨两栏的标题文字很长很长很长", 50, 20)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([line("乙", 0, 90), line("甲", 0, 0)], ["甲", "乙"], id="from the top"),
        pytest.param(
            [line("张三", 0, 3), line("三〇", 200, 0), line("李四", 0, 40), line("四〇", 200, 44)],
            ["张三  三〇", "李四  四〇"],
            id="cells of a row",
        ),
        pytest.param(
            [line("这一行写满了整个宽度", 0, 0), line("接着写完。", 0, 30), line("又一段", 0, 60)],
            ["这一行写满了整个宽度\n接着写完。", "又一段"],
            id="a full line goes on",
        ),
        pytest.param(
            [line("这一行写满了整个宽度", 0, 0), line("隔得远", 0, 120)], ["这一行写满了整个宽度", "隔得远"], id="apart"
        ),
        pytest.param([], [], id="nothing"),
    ],
)
def test_rows_and_paragraphs(lines, expected):
    found = paragraphs(lines)
    assert [one.text for one in found] == expected
    assert all(one.text[at:].startswith(line.text) for one in found for at, line in one.placed())


def test_two_columns_are_read_one_after_the_other():
    text = "\n".join(one.text for one in paragraphs([*RIGHT, TITLE, *LEFT]))
    assert text.split("\n") == [one.text for one in (TITLE, *LEFT, *RIGHT)]


def test_a_table_of_two_columns_is_read_by_rows():
    names = [line("张三", 0, 30 * n) for n in range(8)]
    numbers = [line("一二三四五六", 300, 30 * n) for n in range(8)]
    assert [one.text for one in paragraphs([*names, *numbers])] == ["张三  一二三四五六"] * 8
