"""Asks git, which must be installed; its answers are bytes, because names need not be text."""

from __future__ import annotations

import subprocess

from reviewer.errors import UsageError
from reviewer.language import tr


def git(*words: str, given: bytes = b"") -> bytes:
    """What git answers. Raises UsageError with its first line where it refuses."""
    done = _run(words, given)
    if done.returncode != 0:
        first = done.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
        raise UsageError(tr("git 出错：", "git: ") + "".join(first))
    return done.stdout


def git_or_nothing(*words: str) -> bytes:
    """The same, and nothing where it refuses."""
    done = _run(words, b"")
    return done.stdout if done.returncode == 0 else b""


def _run(words: tuple[str, ...], given: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        # What refs/replace puts in an object's place stays on this machine; what is published is the object itself.
        return subprocess.run(["git", "--no-replace-objects", *words], input=given, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise UsageError(tr("找不到 git 程序；请直接给出文件名", "git is not installed; name the files")) from None
