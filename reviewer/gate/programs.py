"""The compiled patterns of the last run of the gate, kept in the person's cache folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer import __version__
from reviewer.home import recall, remember
from reviewer.text.compiled import Programs, engine, use


@contextmanager
def remembered_programs(folder: Path) -> Iterator[Programs]:
    """Within, patterns come from the memory; what was compiled anew is remembered when all went well."""
    path = folder / f"patterns-{__version__}-{engine()}.bin"
    programs = Programs(recall(path))
    use(programs)
    try:
        yield programs
    finally:
        use(None)
    if programs.grown:
        remember(path, programs.content())
