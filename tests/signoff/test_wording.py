import unicodedata

import pytest

from reviewer.errors import NotAllowedError, UsageError
from reviewer.signoff.wording import check_day, check_sentence, person_name, required_sentence


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张三", "张三"),
        ("欧阳·娜娜", "欧阳·娜娜"),
        ("Alice", "Alice"),
        pytest.param("é", "é", id="composed"),
        pytest.param("王 五", "王 五", id="blank inside"),
    ],
)
def test_names_that_serve(typed: str, name: str) -> None:
    assert person_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "..", ".", "../张三", "a/b", "a\\b", "C:张三", "con", "NUL.txt", "张三\n", "张\u200b三", "张\u202e三",
        ".hidden", "张三.", " 张三", "张三\u3000", "a\x00b", "\udc80", "张" * 41, "*", "a?b",
    ],
)  # fmt: skip
def test_names_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        person_name(typed)


@pytest.mark.parametrize("text", ["", "已核", "第一行\n第二行", "字" * 1000])
def test_sentences_that_serve(text: str) -> None:
    check_sentence(text, "意见")


@pytest.mark.parametrize("text", ["字" * 1001, "\x1b[31m", "\udcff", "看不见\u200b的字"])
def test_sentences_refused(text: str) -> None:
    with pytest.raises(NotAllowedError, match="意见"):
        check_sentence(text, "意见")


def test_a_sentence_refuses_every_invisible_character() -> None:
    """Whatever the quick look at a whole sentence says, it is what each character's category says."""
    for number in range(0x110000):
        char = chr(number)
        forbidden = unicodedata.category(char)[0] == "C" or unicodedata.category(char) in ("Zl", "Zp")
        if char.isprintable():
            assert not forbidden, hex(number)
    for char in ("\x00", "\x7f", "\u200b", "\u2028", "\u2029", "\ue000", "\ud800", "\u202e"):
        with pytest.raises(NotAllowedError):
            check_sentence(f"同意{char}公开", "意见")
    for char in ("\n", "\t", "\u3000", "\xa0", "，"):
        check_sentence(f"同意{char}公开", "意见")


def test_a_required_sentence_may_not_be_blank() -> None:
    with pytest.raises(NotAllowedError, match="缺少意见"):
        required_sentence(" \u3000\n", "意见")


@pytest.mark.parametrize("day", ["", "2026-02-30", "2026/03/01", "20260301", "2026-3-1", "明天"])
def test_days_refused(day: str) -> None:
    with pytest.raises(NotAllowedError, match="2026-03-01"):
        check_day(day, "日期")


def test_a_day() -> None:
    check_day("2024-02-29", "日期")
