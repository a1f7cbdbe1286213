"""What git is about to commit: exact bytes from the index, not the files that happen to lie in the work tree."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr

_GITLINK = "160000"
_LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One staged file; `trouble` says why its content is not what will be published, if so."""

    path: str
    data: bytes
    trouble: str | None


def staged(paths: Sequence[str]) -> tuple[Staged, ...]:
    """The staged files named, or all that differ from HEAD. Paths are relative to the current folder.

    Raises UsageError outside a repository and in the middle of a merge, NothingReadError for a path not in the index.
    """
    named = [_posix(path) for path in paths] or _changed()
    entries = _index(named) if named else {}
    missing = [path for path in named if path not in entries]
    if missing:
        raise NothingReadError(
            tr(
                f"{missing[0]}：不在暂存区。先 git add，或去掉 --staged 直接核对文件",
                f"{missing[0]}: not in the index. `git add` it, or leave out --staged",
            )
        )
    return tuple(_content(path, *entries[path]) for path in named)


def _changed() -> list[str]:
    """Added, changed, renamed or retyped against HEAD; deletions publish nothing."""
    listed = _git("diff", "--cached", "--name-only", "--no-renames", "-z", "--diff-filter=ACMRT", "--relative")
    return [name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name]


def _index(paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Path → (mode, object id) of stage 0."""
    entries: dict[str, tuple[str, str]] = {}
    for line in _git("ls-files", "--stage", "-z", "--", *paths).split(b"\0"):
        if not line:
            continue
        facts, _, name = line.partition(b"\t")
        mode, blob, stage = facts.decode().split()
        path = name.decode("utf-8", "surrogateescape")
        if stage != "0":
            raise UsageError(tr(f"{path}：合并冲突未解决", f"{path}: an unresolved merge conflict"))
        entries[path] = (mode, blob)
    return entries


def _content(path: str, mode: str, blob: str) -> Staged:
    if mode == _GITLINK:
        reason = tr("子模块：其内容不在本仓库，须在其自己的仓库审查", "a submodule: review it in its own repository")
        return Staged(path=path, data=b"", trouble=reason)
    data = _git("cat-file", "blob", blob)
    if data.startswith(_LFS):
        reason = tr("Git LFS 指针：实际内容不在暂存区，未能读取", "a Git LFS pointer: the content itself was not read")
        return Staged(path=path, data=data, trouble=reason)
    return Staged(path=path, data=data, trouble=None)


def _git(*words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise UsageError(tr("找不到 git 程序；请直接给出文件名", "git is not installed; name the files")) from None
    if done.returncode != 0:
        first = done.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
        raise UsageError(tr("git 出错：", "git: ") + "".join(first))
    return done.stdout


def _posix(path: str) -> str:
    return Path(path).as_posix()
