"""Chinese unless English is asked for, anywhere on the line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def program(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reviewer", *words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("words", [("--lang", "en", "screen", "."), ("screen", ".", "--lang=en")])
def test_english_on_the_line(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "there is no file in it" in program(*words).stderr


def test_english_from_the_environment(tmp_path: Path) -> None:
    assert "there is no file in it" in program("screen", str(tmp_path), REVIEWER_LANG="en").stderr


def test_help_speaks_the_language() -> None:
    assert "保密审查" in program("--help").stdout
    assert "Confidentiality review" in program("--help", "--lang", "en").stdout


def test_version() -> None:
    assert program("--version").stdout.startswith("reviewer ")


def test_a_c_locale_still_prints_chinese(tmp_path: Path) -> None:
    assert (
        "没有任何文件" in program("screen", str(tmp_path), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").stderr
    )
