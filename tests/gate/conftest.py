from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from repository import CLEAN, commit, git


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, an empty configuration, one clean file in HEAD; the current folder is its root."""
    for name in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    git("init", "-q", "-b", "main")
    git("config", "user.name", "office")
    git("config", "user.email", "office@example.org")
    commit("旧.txt", CLEAN)
    yield root
