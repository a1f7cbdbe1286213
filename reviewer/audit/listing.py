"""What lies below a source, one file after another: nothing is held, and what is passed over is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from reviewer.errors import NothingReadError
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.screen.within import captures, is_web_archive

PART = "\0"
"""In a path, what stands between a file and a part of it (`screen.within`): no file's name holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file: its path below the source with forward slashes ("" when the source is the file), size and time."""

    path: str
    size: int
    mtime_ns: int


class Why(StrEnum):
    """Why a folder was not entered."""

    HIDDEN = "hidden"
    LINK = "link"
    STORE = "store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A folder that was not entered."""

    path: str
    why: Why


def listing(source: Path, *, hidden: bool, store: Path) -> Iterator[Found | Passed]:
    """Every file in or below the source, folder by folder, sorted by name.

    `hidden`: enter folders whose name begins with a dot, too. The store itself is never entered.
    Raises NothingReadError for a folder that cannot be opened: its files would look as if they had disappeared.
    """
    if not source.is_dir():
        yield from single("", source)
        return
    waiting = [""]
    while waiting:
        below = waiting.pop()
        folders: list[str] = []
        for entry in _entries(source / below):
            path = f"{below}/{entry.name}" if below else entry.name
            if not entry.is_dir():
                yield from _opened(_found(path, entry), Path(entry.path))
            elif why := _passed_over(entry, hidden, store):
                yield Passed(path=path, why=why)
            else:
                folders.append(path)
        waiting += reversed(folders)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        _refuse(folder, error)


def _passed_over(entry: os.DirEntry[str], hidden: bool, store: Path) -> Why | None:
    if entry.is_symlink():
        return Why.LINK  # it may lead anywhere, and back here
    if entry.name == store.name and store.exists() and store.samefile(entry.path):
        return Why.STORE
    return Why.HIDDEN if entry.name.startswith(".") and not hidden else None


def single(path: str, file: Path) -> Iterator[Found]:
    """One file, under that path."""
    yield from _opened(_found(path, file), file)


def _opened(found: Found, file: Path) -> Iterator[Found]:
    """The captures of a web archive, each as a document; any other file, and what is left of a broken one, itself."""
    if not is_web_archive(file.name):
        yield found
        return
    try:
        for within, size, mtime_ns in captures(file):
            yield Found(path=found.path + PART + within, size=size, mtime_ns=mtime_ns)
    except (OSError, ValueError):
        yield found


def _found(path: str, entry: os.DirEntry[str] | Path) -> Found:
    """A link that leads nowhere and a file gone this instant are listed, too: reading them leaves a gap."""
    try:
        facts = entry.stat()
    except OSError:
        return Found(path=path, size=0, mtime_ns=0)
    return Found(path=path, size=facts.st_size, mtime_ns=facts.st_mtime_ns)


def _refuse(folder: Path, error: OSError) -> NoReturn:
    raise NothingReadError(
        tr(
            f"{folder}：打不开文件夹（{cause(error)}）。请检查权限后重试",
            f"{folder}: cannot open the folder ({cause(error)}). Check its permissions",
        )
    ) from None
