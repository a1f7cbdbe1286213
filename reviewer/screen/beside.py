"""Which files lie beside a draft: those given with it from the same folder, and from a folder 附件 within that."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from reviewer.detect.packet import ALONE, MOST_BESIDE, Beside, announced
from reviewer.detect.pairing import Present
from reviewer.errors import NothingReadError
from reviewer.extract import Source, Stored, Unread, extract, load
from reviewer.extract.source import readable_name
from reviewer.text.attachments import Announcement
from reviewer.text.titles import file_title

_LARGEST_RIVAL_BYTES = 8 << 20


def companions(paths: Sequence[str]) -> list[tuple[str, ...]]:
    """For each of these paths (forward slashes) the others of its package, relative to its own folder."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(_home(path), []).append(path)
    return [_others(path, folders[_home(path)]) for path in paths]


class Neighbours:
    """The companions of files as they lie on the disk, for whoever reviews whole folders file by file."""

    def __init__(self) -> None:
        self._home, self._files = "", tuple[str, ...]()

    def of(self, file: Path) -> tuple[str, ...]:
        """A folder is listed once as long as its files come one after another."""
        path = file.as_posix()
        if _home(path) != self._home:
            self._home = _home(path)
            self._files = _listed(self._home)
        return _others(path, self._files) if path in self._files else ()


def _listed(home: str) -> tuple[str, ...]:
    """The files of a package's folder; empty when there are so many that it is none."""
    found = tuple(islice(_files_of(home), MOST_BESIDE + 1))
    return tuple(sorted(found)) if len(found) <= MOST_BESIDE else ()


def _files_of(home: str) -> Iterator[str]:
    try:
        with os.scandir(home or ".") as entries:
            for entry in entries:
                path = posixpath.join(home, entry.name)
                if not entry.is_dir():
                    yield path
                elif file_title(f"{entry.name}/x").is_attachment and not entry.is_symlink():
                    yield from _files_of(path)
    except OSError:
        return  # the files themselves will say that they cannot be opened


def beside(folder: Path, names: tuple[str, ...]) -> Beside:
    """The files of these names below the folder. What another of them announces is read from disk when asked for."""
    if not names:
        return ALONE
    on_disk = {readable_name(name): name for name in names}

    def source(name: str) -> Source | Stored | Unread | None:
        try:
            path = folder / on_disk[name]
            return load(path, name) if path.stat().st_size <= _LARGEST_RIVAL_BYTES else None
        except (NothingReadError, OSError):
            return None

    return beside_sources(tuple(on_disk), source)


def beside_sources(names: Sequence[str], source: Callable[[str], Source | Stored | Unread | None]) -> Beside:
    """The same, the bytes of the others coming from anywhere."""

    def rival(name: str) -> Announcement | None:
        found = source(name)
        return announced(extract(found)) if isinstance(found, Source) else None

    return Beside(files=tuple(Present(name=name) for name in names), rival=rival)


def _home(path: str) -> str:
    """The folder of a file's package: its own, or the one above a folder named 附件."""
    folder, above = posixpath.dirname(path), posixpath.dirname(posixpath.dirname(path))
    name = posixpath.basename(folder)
    return above if name and file_title(f"{name}/x").is_attachment else folder


def _others(path: str, files: Sequence[str]) -> tuple[str, ...]:
    if not 1 < len(files) <= MOST_BESIDE:
        return ()
    own = posixpath.dirname(path)
    return tuple(posixpath.relpath(other, own or ".") for other in files if other != path)
