"""The reviews of one package: files that a person presents together, each seen with all the others beside it."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.detect.packet import Beside, members, present
from reviewer.detect.pairing import Present
from reviewer.extract import extract
from reviewer.screen.one import Task, source_of
from reviewer.screen.screener import Screener
from reviewer.terms import Document, Review


def review_package(screener: Screener, tasks: Sequence[Task]) -> tuple[Review, ...]:
    """One review a file, in order. What a text announces and no file is, is a gap of that text's document."""
    documents = [extract(source_of(task)) for task in tasks]
    files = [_files(document) for document in documents]
    return tuple(
        screener.review_document(document, Beside(files=_others(files, at), whole=True))
        for at, document in enumerate(documents)
    )


def _files(document: Document) -> tuple[Present, ...]:
    """What a file brings into the package: what it holds if it is an archive that was opened, else itself."""
    opened = members(document) if _is_archive(document) else ()
    return opened or (present(document),)


def _is_archive(document: Document) -> bool:
    return any(word in document.media_type for word in ("zip", "rar", "7z", "tar", "gzip", "archive", "message"))


def _others(files: Sequence[tuple[Present, ...]], own: int) -> tuple[Present, ...]:
    return tuple(file for at, group in enumerate(files) if at != own for file in group)
