"""Whose money is spoken of: a debt of a person counts, a shop's and an offered wage do not."""

from __future__ import annotations

import pytest

from reviewer.detect.privacy.money import is_of_business


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("7栋底商 便民便利店（经营者王大柱）欠4400元", "欠4400元", True),
        ("5栋 小馕坊（个体）欠3100元", "欠3100元", True),
        ("5栋1单元 王大柱 欠996元", "欠996元", False),
        ("扶贫车间下周录用榜\n缝纫：计件，月入2400左右", "月入2400", True),
        ("低保核查公示\n王大柱月入2400", "月入2400", False),
    ],
)
def test_whose_money(text: str, phrase: str, expected: bool) -> None:
    start = text.index(phrase)
    assert is_of_business(text, start, start + len(phrase)) is expected
