"""The folder of a sample is its expected verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.screen import screener_for, settings
from reviewer.screen.beside import companions
from reviewer.screen.one import Task, review_file
from reviewer.terms import Action, Review

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDERS = ("clear", "redact", "refer", "block")
ALL = [path for folder in FOLDERS for path in sorted((SAMPLES / folder).rglob("*")) if path.is_file()]
PACKAGES = [path for folder in FOLDERS for path in sorted((SAMPLES / folder).iterdir()) if path.is_dir()]


def reviews(paths: list[Path]) -> list[Review]:
    """Each file as `screen` sees it: beside the others."""
    screener = screener_for(settings(None, "2026-11-24"))
    near = companions([path.as_posix() for path in paths])
    tasks = [Task(path=path, shown_as=path.name, beside=names) for path, names in zip(paths, near, strict=True)]
    return [review_file(screener, task) for task in tasks]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_sample_gets_the_verdict_of_its_folder(folder: str) -> None:
    drafts = sorted(path for path in (SAMPLES / folder).iterdir() if path.is_file())
    wrong = [
        (review.document.name, review.verdict.decision.value, _asking(review), review.verdict.gaps)
        for review in reviews(drafts)
        if review.verdict.decision.value != folder
    ]
    assert wrong == []


def _asking(review: Review) -> list[tuple[str, str]]:
    return [(f.rule.id, f.action.value) for f in review.verdict.findings if f.action is not Action.NOTE]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_package_gets_it_by_its_gravest_file(package: Path) -> None:
    decisions = [review.verdict.decision for review in reviews(sorted(package.iterdir()))]
    assert max(decisions).value == package.parent.name


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 40
    assert {path.suffix for path in ALL} >= {".txt", ".md", ".html", ".csv", ".docx", ".xlsx", ".pptx", ".pdf"}
