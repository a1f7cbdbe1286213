"""Folding: one spelling out of many, and every offset back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("４３０１０１", "430101"),
        ("機密★１０年", "机密★10年"),
        pytest.param("机 密★10年", "机密★10年", id="space inside a word"),
        pytest.param("内　部　资　料　注意保存", "内部资料 注意保存", id="spaced word before an ordinary one"),
        pytest.param("姓名 住址 电话", "姓名 住址 电话", id="words of two characters stay apart"),
        pytest.param("43\u200b01\ufeff01", "430101", id="zero width"),
        pytest.param("⼀⾦⽇", "一金日", id="Kangxi radicals"),
        pytest.param("⼾口⾒⻔", "户口见门", id="radicals whose plain form is traditional"),
        pytest.param("⻢某⺠⻛⻲", "马某民风龟", id="radicals supplement"),
        pytest.param("\uf9d1\ufa12", "六晴", id="compatibility ideographs"),
        pytest.param("④③⓪①⓪①", "430101", id="digits in circles, in a row"),
        pytest.param("43①11", "43111", id="a digit in a circle, in a number"),
        pytest.param("①13900000000", "①13900000000", id="a digit in a circle numbers a list"),
        pytest.param("10²³米", "10²³米", id="an exponent"),
        pytest.param("𝟒𝟑𝟎𝟏", "4301", id="mathematical digits"),
        pytest.param("٤٣٠", "430", id="digits of another script"),
        pytest.param("19000101001Х", "19000101001X", id="Cyrillic check digit"),
        pytest.param("43О1О1", "430101", id="Cyrillic letters for noughts"),
        pytest.param("Россия 2023", "Россия 2023", id="Russian stays Russian"),
        pytest.param("，。：；", "，。：；", id="Chinese punctuation stays"),
        pytest.param("户主+c4toQoKx-，到", "户主王桂花，到", id="UTF-7"),
        pytest.param("+ADEAMwA4- 0000", "138 0000", id="digits in UTF-7"),
        pytest.param("+c4toQoKx/wxiS2c6:1", "王桂花，手机:1", id="UTF-7 that a sign ends"),
        pytest.param("+c4toQoKx-A+Zi8-", "王桂花A是", id="one character beside others"),
        pytest.param("C+-级，+86-138，a+bcd-e，x+AbCdEfGh-", "C+-级，+86-138，a+bcd-e，x+AbCdEfGh-", id="no UTF-7"),
        pytest.param("aGk+c4toQoKx", "aGk+c4toQoKx", id="the middle of Base64"),
        ("", ""),
        ("plain ascii", "plain ascii"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_a_run_of_utf_7_leads_back_character_by_character() -> None:
    text = "户主+c4toQoKx-，到"
    folded = fold(text)
    assert [folded.original(at, at + 1) for at in (2, 3, 4, 5)] == [(2, 5), (5, 8), (8, 12), (12, 13)]
    assert folded.original(2, 5) == (2, 12)


def test_offsets_lead_back() -> None:
    text = "编号\u200b：机　密★10年"
    folded = fold(text)
    start = folded.text.index("机密")
    low, high = folded.original(start, start + 6)
    assert text[low:high] == "机　密★10年"
    assert folded.folded(low, high) == (start, start + 6)


@given(st.text(alphabet="机密秘 　\u200b\u00ad４a★\n，馬⻢", max_size=60))
def test_every_folded_character_stands_for_one_of_the_original(text: str) -> None:
    folded = fold(text)
    places = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert all(high - low == 1 for low, high in places)
    assert [low for low, _ in places] == sorted({low for low, _ in places})
    assert fold(folded.text).text == folded.text


@given(st.text(max_size=200))
def test_any_text_folds_within_its_own_length(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) <= len(text)
    assert folded.original(0, len(folded.text))[1] <= len(text)
