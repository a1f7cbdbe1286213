"""Wherever a number was planted, the copy is clear and the number is in none of its bytes; or the way out is told.

Every third carrier, and all of them where REVIEWER_ALL_CARRIERS is set.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from carriers.all import CARRIERS
from redacting import redact

from reviewer.errors import RedactionError
from reviewer.redact.search import left_over
from reviewer.terms import Decision

SUFFIXES = (
    *(".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".html", ".pdf", ".txt", ".md", ".csv", ".tsv"),
    *(".odt", ".ods", ".odp", ".fodt", ".ofd"),
)
REDACTED = {carrier.name: carrier for carrier in CARRIERS if carrier.name.endswith(SUFFIXES)}
SOME = tuple(REDACTED) if os.environ.get("REVIEWER_ALL_CARRIERS") else tuple(REDACTED)[::3]

# All that could be seen was the number: nothing is left to publish.
EMPTY = ("没有读到任何文字", "有图形而没有文字", "没有文字层", "都是隐藏的")
# What is not edited, by a piece of what is said of it.
REFUSED = {
    "damaged.docx": "已损坏",
    "pdf digits called letters.pdf": "对照表",
    "pdf password.pdf": "加密",
}
# What a machine without a Chinese font cannot judge: whether text shows whose font is not embedded.
UNSHOWN = {"pdf beside Chinese.pdf": "字体未嵌入且本机没有"}
OUTCOMES: dict[str, str] = {}  # by carrier, as this run has found them


@pytest.mark.parametrize("name", SOME)
def test_a_planted_number_is_gone(name: str) -> None:
    carrier = REDACTED[name]
    try:
        made = redact(name, carrier.data())
    except RedactionError as refusal:
        assert carrier.number not in str(refusal)
        empty = any(words in str(refusal) for words in EMPTY)
        assert empty or {**REFUSED, **UNSHOWN}[name] in str(refusal)
        OUTCOMES[name] = "empty" if empty else "refused"
        return
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert left_over(made.data, [carrier.number], "") == {}
    OUTCOMES[name] = "proved"


def test_there_are_enough_of_them() -> None:
    assert len(REDACTED) >= 300
    assert set(REFUSED) <= set(REDACTED)


def test_the_documentation_tells_how_many() -> None:
    text = " ".join((Path(__file__).parents[2] / "docs" / "redaction.md").read_text(encoding="utf-8").split())
    told = re.search(r"of (\d+) in these formats (\d+) are proved, of (\d+) nothing .{1,40}, (\d+) are refused", text)
    assert told is not None
    total, proved, empty, refused = map(int, told.groups())
    assert (total, refused) == (len(REDACTED), len(REFUSED))
    assert proved + empty + refused == total
    if len(OUTCOMES) == total:
        assert Counter(OUTCOMES.values()) == {"proved": proved, "empty": empty, "refused": refused}
