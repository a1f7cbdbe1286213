"""What git is about to commit: exact bytes from the index, not the files that happen to lie in the work tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.errors import NothingReadError, UsageError
from reviewer.gate.git import git
from reviewer.language import tr

_GITLINK, _LINK = "160000", "120000"
_POINTERS = (
    b"version https://git-lfs.github.com/spec/",
    b"version https://hawser.github.com/spec/",  # what Git LFS was called first; it still follows these
    b"version http://git-media.io/v/",
    b"/annex/objects/",  # git-annex
)
_UNFILTERED = ("", "unspecified", "unset", "lfs")  # what Git LFS would exchange is told by its pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One staged file; `trouble` says why its content is not what will be published, if so.

    `altered`: by what git changes the bytes when they are checked out or archived, so that others are published.
    """

    path: str
    blob: str
    data: bytes
    trouble: str | None
    altered: str = ""


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
    blobs = {blob for mode, blob in entries.values() if mode != _GITLINK}
    contents = _contents(sorted(blobs))
    files = [_staged(path, *entries[path], contents) for path in named]
    altering = _altering(named)
    return tuple(replace(one, altered=_alteration(one.data, altering.get(one.path, {}))) for one in files)


def moved(together: Sequence[Staged]) -> str | None:
    """A path whose staged bytes are no longer those that were judged: somebody staged meanwhile."""
    if not together:
        return None
    entries = _index([one.path for one in together])
    return next((one.path for one in together if entries.get(one.path, ("", ""))[1] != one.blob), None)


def edited(among: Sequence[str]) -> tuple[str, ...]:
    """Which of these paths (below the root) the staged change edits, adds or deletes."""
    if not among:
        return ()
    listed = git(
        "diff",
        "--cached",
        "--name-only",
        "--no-renames",
        "--ignore-submodules=none",
        "-z",
        "--",
        *(f":(top,literal){p}" for p in among),
    )
    return tuple(name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name)


def _changed() -> list[str]:
    """Added, changed, renamed or retyped against HEAD; deletions publish nothing."""
    listed = git(
        "diff",
        "--cached",
        "--name-only",
        "--no-renames",
        "--ignore-submodules=none",
        "-z",
        "--diff-filter=ACMRT",
        "--relative",
    )
    return [name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name]


def _index(paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Path → (mode, object id) of stage 0."""
    entries: dict[str, tuple[str, str]] = {}
    for line in git("ls-files", "--stage", "-z", "--", *paths).split(b"\0"):
        if not line:
            continue
        facts, _, name = line.partition(b"\t")
        mode, blob, stage = facts.decode().split()
        path = name.decode("utf-8", "surrogateescape")
        if stage != "0":
            raise UsageError(tr(f"{path}：合并冲突未解决", f"{path}: an unresolved merge conflict"))
        entries[path] = (mode, blob)
    return entries


def _contents(blobs: Sequence[str]) -> dict[str, bytes]:
    """The bytes of each object, asked for in one go."""
    told = git("cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode()) if blobs else b""
    found: dict[str, bytes] = {}
    at = 0
    for blob in blobs:
        line = told.index(b"\n", at)
        words = told[at:line].split()
        if len(words) != 3:
            raise UsageError(tr(f"git 没有对象 {blob}", f"git has no object {blob}"))
        size = int(words[2])
        found[blob] = told[line + 1 : line + 1 + size]
        at = line + 1 + size + 1
    return found


def _altering(paths: Sequence[str]) -> dict[str, dict[str, str]]:
    """Path → the attributes that let git write other bytes than are staged; .gitattributes as it is staged."""
    given = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    words = git("check-attr", "--cached", "-z", "--stdin", "filter", "export-subst", given=given).split(b"\0")
    found: dict[str, dict[str, str]] = {}
    for name, attribute, value in zip(words[0::3], words[1::3], words[2::3], strict=False):
        path = name.decode("utf-8", "surrogateescape")
        found.setdefault(path, {})[attribute.decode()] = value.decode("utf-8", "replace")
    return found


def _alteration(data: bytes, attributes: dict[str, str]) -> str:
    name = attributes.get("filter", "")
    if name not in _UNFILTERED:
        return f"filter={name}"
    substituted = attributes.get("export-subst", "") not in ("", "unspecified", "unset")
    return "export-subst" if substituted and b"$Format:" in data else ""


def _staged(path: str, mode: str, blob: str, contents: dict[str, bytes]) -> Staged:
    if mode == _GITLINK:
        reason = tr("子模块：其内容不在本仓库，须在其自己的仓库审查", "a submodule: review it in its own repository")
        return Staged(path=path, blob=blob, data=b"", trouble=reason)
    data = contents[blob]
    if mode == _LINK:
        reason = tr(
            "符号链接：所指的文件不在暂存区，未能读取", "a link: what it points to is not staged and was not read"
        )
        return Staged(path=path, blob=blob, data=data, trouble=reason)
    if data.startswith(_POINTERS):
        reason = tr(
            "Git LFS 或 git-annex 指针：实际内容不在暂存区，未能读取",
            "a pointer of Git LFS or git-annex: the content itself was not read",
        )
        return Staged(path=path, blob=blob, data=data, trouble=reason)
    return Staged(path=path, blob=blob, data=data, trouble=None)


def _posix(path: str) -> str:
    return Path(path).as_posix()
