"""The documents of a store, as files that may be read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reviewer.audit.store import MANIFEST, RESULTS, reading
from reviewer.screen.beside import Neighbours
from reviewer.screen.one import Task


def is_store(folder: Path) -> bool:
    """Whether a folder is the store of an audit."""
    return (folder / MANIFEST).is_file() and (folder / RESULTS).is_file()


def tasks_of(folder: Path) -> list[Task]:
    """Every document that the audit judged, with the files that lie beside it now.

    Raises EvidenceError when the store is damaged.
    """
    neighbours = Neighbours()
    with reading(folder) as store:
        rows = store.results.execute(
            "SELECT source, path FROM file JOIN document ON document.file = file.id ORDER BY source, path"
        ).fetchall()
        tasks = [(store.task(source, path), path == b"") for source, path in rows]
    return [task if lone or task.within else replace(task, beside=neighbours.of(task.path)) for task, lone in tasks]
