"""Reads in this process: a child for each of some hundred readings would cost a minute, and is tested elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewer.extract
from reviewer.extract import READERS

# The builders of files are the readers' and the carriers' own.
sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "extract")]


@pytest.fixture(autouse=True, scope="package")
def in_this_process() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(reviewer.extract, "IN_PROCESS", frozenset(READERS.values()))
    yield
    patch.undo()
