"""The lawful texts of the evaluation set: hardly one of them may be told of (aim: none, bound: one in a hundred)."""

from __future__ import annotations

import json
from pathlib import Path

from persons import findings

TEXTS = Path(__file__).parents[2] / "models" / "corpus-persons" / "author-lawful-1.jsonl"
_BOUND = 0.01


def test_lawful_texts_stay_silent() -> None:
    rows = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
    lawful = [row for row in rows if not row["labels"]]
    told = [row["id"] for row in lawful if findings(row["text"])]
    assert len(told) <= _BOUND * len(lawful), told
