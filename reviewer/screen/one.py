"""The review of one file by its path: a file that cannot be opened is a gap, never a missing line."""

from __future__ import annotations

from pathlib import Path

from reviewer.errors import NothingReadError
from reviewer.extract import Source, Stored, Unread, extract, load
from reviewer.extract.digest import Digests
from reviewer.extract.source import readable_name
from reviewer.screen.beside import beside
from reviewer.screen.screener import Screener
from reviewer.terms import Document, Review
from reviewer.value import dataclass

_NO_BYTES = Digests(sha256="", sm3="", size_bytes=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file to review: where it is, the path a person knows it by, and the files given with it.

    `beside` are paths relative to the file's own folder (see `screen.beside`). `within`: the document is a part of
    that file, and this says which (`screen.within`).
    """

    path: Path
    shown_as: str
    beside: tuple[str, ...] = ()
    within: str = ""


def review_file(screener: Screener, task: Task) -> Review:
    """The review of the file's bytes as they are now."""
    return screener.review(source_of(task), beside(task.path.parent, task.beside))


def read_file(path: Path) -> Document:
    """What is read of a file, before any rule."""
    return extract(source_of(Task(path=path, shown_as=str(path))))


def source_of(task: Task) -> Source | Stored | Unread:
    """The file's bytes. A device met on a walk, a file gone since: unread, so that it has its report, too."""
    if task.within:
        from reviewer.screen.within import source_within

        return source_within(task)
    try:
        return load(task.path, task.shown_as)
    except NothingReadError as error:
        return unread(task, str(error))


def unread(task: Task, reason: str) -> Unread:
    """A file of which nothing could be taken in."""
    return Unread(path=task.shown_as, name=readable_name(task.path.name), digests=_NO_BYTES, reason=reason)
