"""Whole drafts with annotated spans: what is found of them, span by span, and no lawful twin is flagged."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from persons import findings

CASES = [json.loads(line) for line in Path(__file__).with_name("personal_cases.jsonl").read_text("utf-8").splitlines()]
LAWFUL = [case for case in CASES if not case["labels"]]


@cache
def _found(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((finding.span.start, finding.span.end) for finding in findings(text))


def _share(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether they share at least half of the shorter one's characters."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])


def _score(cases: list[dict[str, Any]]) -> tuple[float, float]:
    """Recall over the annotated spans, precision over the findings."""
    hit = wanted = right = raised = 0
    for case in cases:
        spans = [(span["start"], span["end"]) for span in case["spans"]]
        held = _found(case["text"])
        wanted, raised = wanted + len(spans), raised + len(held)
        hit += sum(any(_share(span, place) for place in held) for span in spans)
        right += sum(any(_share(span, place) for span in spans) for place in held)
    return hit / wanted, right / raised


@pytest.mark.parametrize(("held_back", "least"), [(False, 0.97), (True, 0.95)], ids=["worked on", "held back"])
def test_spans(held_back: bool, least: float) -> None:
    recall, precision = _score([case for case in CASES if case["held_back"] is held_back])
    assert recall >= least
    assert precision >= least


@pytest.mark.parametrize("case", LAWFUL, ids=[f"{case['id']} {case['genre']}" for case in LAWFUL])
def test_lawful_twins_stay_silent(case: dict[str, Any]) -> None:
    assert _found(case["text"]) == ()
