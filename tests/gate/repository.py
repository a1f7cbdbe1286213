"""A repository of its own for each test of the gate."""

from __future__ import annotations

import subprocess
from pathlib import Path

from reviewer.__main__ import run

CLEAN = "关于城区停水检修的通知\n7月1日城区北片停水。\n"
MARKED = "机密★10年\n关于有关事项的通知\n"
NAMED = "救助对象王小花，联系电话13800138000，家住青石县城关镇。\n"


def git(*words: str) -> str:
    return subprocess.run(["git", *words], check=True, capture_output=True, encoding="utf-8").stdout


def gate(*words: str) -> int:
    return run(["gate", *words])


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def commit(name: str, text: str) -> None:
    """Approve a file: it is in HEAD from now on."""
    write(name, text)
    git("add", "--", name)
    git("commit", "-qm", name)
