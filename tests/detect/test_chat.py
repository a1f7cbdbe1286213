"""What is told in a chat begins with the words of a message, not in its head."""

from __future__ import annotations

import pytest
from persons import findings

from reviewer.detect.privacy.listing import behind_head

_SAYS = "她男人肝癌住院了，家里欠了二十多万"


@pytest.mark.parametrize(
    "head",
    [
        "王科 09:16 ",
        "王科 2024-03-01 09:16:20 ",
        "[09:16] 小赵：",
        "2024-03-01 09:18 王科：",
        "09:16 ",
        "(09:16) 小赵: ",
    ],
)
def test_a_place_begins_behind_the_head(head: str) -> None:
    text = head + _SAYS
    for at in (0, len(head) // 2, len(head)):
        assert behind_head(text, (0, len(text)), (at, len(text))) == len(head)
    assert behind_head(text, (0, len(text)), (0, len(head))) == 0  # all of it is head


@pytest.mark.parametrize("text", ["李桂芳去年9月查出肝癌", "比分13：16，李桂芳在场", "李桂芳说：13:16的车"])
def test_other_lines_have_none(text: str) -> None:
    assert behind_head(text, (0, len(text)), (0, len(text))) == 0


def test_what_is_told_in_a_chat() -> None:
    text = f"[群聊记录]\n王科 09:12 昨晚李桂芳那户怎么样了\n小赵 09:15 {_SAYS}\n王科 09:16 她男人呢"
    held = [text[finding.span.start : finding.span.end] for finding in findings(text)]
    assert any("肝癌" in one for one in held)
    assert not any(":" in one or one[:1].isdigit() for one in held)
