"""Sketches: alike where texts are alike, far apart where they are not."""

from __future__ import annotations

import pytest

from reviewer.text.sketch import NEAR, NONE, distance, sketch

FORM = "".join(
    f"第{at}条 各单位要落实第{at * 7 % 50}项责任，做好{chr(0x4E00 + at * 37)}{chr(0x5E00 + at * 11)}工作。"
    for at in range(60)
)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(FORM, id="the same"),
        pytest.param(FORM.replace("第3条", "第8条").replace("7", "2"), id="other digits"),
        pytest.param(FORM.replace("\n", "").replace("，", "，\n"), id="other line ends"),
        pytest.param(
            FORM.replace("责任，做好", "责任，做好", 1).replace("第", "第", 1) + "特此通知。", id="a word more"
        ),
    ],
)
def test_near(other: str) -> None:
    assert distance(sketch(FORM), sketch(other)) <= NEAR


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("".join(chr(0x4E00 + at * 13 % 9000) for at in range(900)), id="another text"),
        pytest.param(FORM[: len(FORM) // 2] + "".join(chr(0x4E00 + at * 5) for at in range(900)), id="half of it"),
    ],
)
def test_far(other: str) -> None:
    assert distance(sketch(FORM), sketch(other)) > NEAR


def test_a_short_text_is_like_nothing() -> None:
    assert sketch("明日停水。") == sketch("") == NONE


def test_a_sketch_fits_a_signed_column_and_is_the_same_in_every_process() -> None:
    assert -(2**63) <= sketch(FORM) < 2**63
    assert sketch("".join(chr(0x4E00 + at) for at in range(200))) == SKETCH


SKETCH = 6070911738574667011
