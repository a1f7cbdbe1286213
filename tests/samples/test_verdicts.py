"""The folder of a sample is its expected verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.screen import screener_for, settings
from reviewer.screen.one import Task, review_file

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDERS = ("clear", "redact", "refer", "block")
ALL = [path for folder in FOLDERS for path in sorted((SAMPLES / folder).rglob("*")) if path.is_file()]


@pytest.mark.parametrize("sample", ALL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_gets_the_verdict_of_its_folder(sample: Path) -> None:
    screener = screener_for(settings(None, "2026-11-24"))
    review = review_file(screener, Task(path=sample, shown_as=sample.name))
    found = [(f.rule.id, f.action.value) for f in review.verdict.findings if f.action.value != "note"]
    assert review.verdict.decision.value == sample.parent.name, (found, review.verdict.gaps)


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 40
    assert {path.suffix for path in ALL} >= {".txt", ".md", ".html", ".csv", ".docx", ".xlsx", ".pptx", ".pdf"}
