"""Wherever a number was planted, the copy is clear and the number is in none of its bytes; or the way out is told.

Every third carrier, and all of them where REVIEWER_ALL_CARRIERS is set.
"""

from __future__ import annotations

import os

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
    "text turned around.txt": "转义字符",
    "text with a NUL.txt": "编码不能确定",
}


@pytest.mark.parametrize("name", SOME)
def test_a_planted_number_is_gone(name: str) -> None:
    carrier = REDACTED[name]
    try:
        made = redact(name, carrier.data())
    except RedactionError as refusal:
        assert carrier.number not in str(refusal)
        assert any(words in str(refusal) for words in EMPTY) or REFUSED[name] in str(refusal)
        return
    assert made.redaction.review.verdict.decision is Decision.CLEAR
    assert left_over(made.data, [carrier.number], "") == {}


def test_there_are_enough_of_them() -> None:
    assert len(REDACTED) >= 300
    assert set(REFUSED) <= set(REDACTED)
