"""Which formulas hide what stands elsewhere, and which only compute."""

from __future__ import annotations

import pytest

from reviewer.extract.workbook.formulas import part_of
from reviewer.terms import Part


@pytest.mark.parametrize(
    "code",
    [
        '=REPLACE(A2,7,8,"********")',
        '=LEFT(B2,6)&"********"&RIGHT(B2,4)',
        '=LEFT(A2,1)&"某某"',
        '=LEFT(A2,1)&"女士"',
        '=SUBSTITUTE(C2,MID(C2,4,4),"****")',
        '=LEFT(A2,3)&REPT("*",8)',
        '=REPLACE(A2,2,1,"○")',
    ],
)
def test_a_mask(code: str) -> None:
    assert part_of(code) is Part.FORMULA


@pytest.mark.parametrize(
    "code",
    [
        '=IF(B2>=60,"合格","不合格")',
        "=MID(C2,7,8)",
        '=TEXT(A1,"yyyy-mm-dd")',
        '=COUNTIF(A:A,"*公司*")',
        '=IF(MOD(MID(C2,17,1),2)=1,"男","女")',
        '=LEFT(A1,2)&"-"&B1',
        '=SUBSTITUTE(A1," ","")',
        "=SUM(A1:A9)",
    ],
)
def test_a_way_to_compute(code: str) -> None:
    assert part_of(code) is Part.ATTRIBUTE
