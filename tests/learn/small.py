"""A small corpus for tests that train: documents of the shipped one, so few that training takes a moment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer.learn import evaluation, export, joining, measures, training
from reviewer.resources import shipped
from reviewer.terms import Category

_PAIRS = 2
_AUTHORS = 2


def small_corpus(folder: Path, label: Category = Category.WORK_SECRET) -> Path:
    """Of two authors a few documents of one category, and their twins."""
    folder.mkdir()
    whole = sorted((shipped("models") / "corpus").glob("*.jsonl"), key=lambda path: -path.stat().st_size)
    for path in whole[:_AUTHORS]:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        pairs = [row["pair"] for row in rows if row["labels"] == [label.value]][:_PAIRS]
        kept = [json.dumps(row, ensure_ascii=False) for row in rows if row["pair"] in pairs]
        (folder / path.name).write_text("\n".join(kept), "utf-8")
    return folder


def one_category(monkeypatch: pytest.MonkeyPatch, label: Category = Category.WORK_SECRET) -> None:
    """Train and measure this category alone: a fit takes a second, whatever the corpus."""
    for module in (training, joining, evaluation, measures, export):
        monkeypatch.setattr(module, "CATEGORIES", (label,))
