"""Runs the program as a person does: a command line in, an exit code and two streams out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from front_door import Reviewer, Said

from reviewer.__main__ import run


@pytest.fixture
def reviewer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reviewer:
    """`reviewer("screen", "a.txt")` in an empty folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*words: object) -> Said:
        capsys.readouterr()
        code = run([str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(code=code, out=out, err=err)

    return call


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a draft into the test's folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write
