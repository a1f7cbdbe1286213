"""Formulas around a sentence do not make it lawful."""

from __future__ import annotations

import pytest

from reviewer.detect.formulas import said_in

RULE = "应当|规定|要求|不得"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("按规定要求，看守所夜间监区值班4人。", False),
        ("按照县局要求，围墙缺口未修。", False),
        ("围墙缺口未修，有关单位应当整改。", False),
        ("值班人员应当填写日志。", True),
        ("规定每班4人。", True),
        ("按规定要求，值班人员不得少于4人。", True),
        ("围墙缺口未修。", False),
    ],
)
def test_what_is_said_beside_formulas(text: str, said: bool) -> None:
    assert said_in(RULE, text, 0, len(text)) is said


def test_only_the_range_is_searched() -> None:
    assert not said_in(RULE, "应当。围墙缺口未修。", 3, 10)
