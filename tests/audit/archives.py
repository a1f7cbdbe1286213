"""An archive to audit, an office's own rule to find something by, and the program run as a person does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.__main__ import run
from reviewer.screen import screener_for

# The word of a rule of the test's own: what the shipped rules find may change, this does not.
WORD = "青石工程"
MARKED = "机密★10年\n关于做好有关工作的通知\n"

_RULE = f"""
[[rule]]
id = "office/project"
kind = "keyword"
title = "内部项目代号"
title_en = "internal project name"
category = "work_secret"
type = "internal_project"
severity = "medium"
action = "mask"
confidence = 0.9
basis = ["本单位规定"]
remedy = "隐去代号"
remedy_en = "mask the name"
since = "0.1"
hits = ["推进⟦{WORD}⟧建设"]
misses = ["青石县"]
[rule.match]
words = ["{WORD}"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one command left behind."""

    code: int
    out: str
    err: str


Audit = Callable[..., Said]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the office's policy and its one rule."""
    folder = tmp_path / "单位"
    (folder / "规则").mkdir(parents=True)
    (folder / "规则" / "项目.toml").write_text(_RULE, "utf-8")
    (folder / "reviewer.toml").write_text('unit = "青石县"\nrules = ["规则"]\n', "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.fixture
def archive(office: Path) -> Path:
    """Six clear, two to redact, one blocked, one that cannot be read."""
    root = office / "存量"
    write(root / "2024", {f"公告{n}.txt": f"第{n}号公告：明日停水。\n" for n in range(6)})
    write(root / "2025", {f"进展{n}.txt": f"第{n}期：{WORD}进展顺利。\n" for n in range(2)})
    write(root / "密", {"通知.txt": MARKED})
    write(root, {"坏.docx": "PK\x03\x04坏了"})
    return root


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def audit(capsys: pytest.CaptureFixture[str]) -> Audit:
    """`audit("run", store, source)`."""

    def call(*words: object) -> Said:
        capsys.readouterr()
        screener_for.cache_clear()  # every command is a process of its own
        code = run(["audit", *(str(word) for word in words)])
        out, err = capsys.readouterr()
        return Said(code=code, out=out, err=err)

    return call


def started(*words: object, stderr: int | None = None) -> subprocess.Popen[bytes]:
    """The same as a process of its own, in a session of its own, so that it can be ended with all its children."""
    return subprocess.Popen(
        [sys.executable, "-m", "reviewer", "audit", *(str(word) for word in words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if stderr is None else stderr,
        env={**os.environ, "TERM": "xterm"},
        start_new_session=True,
    )
