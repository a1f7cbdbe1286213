"""Where a report goes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import typer

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.refusal import cause


@contextmanager
def destination(output: Path | None) -> Iterator[TextIO]:
    """Raises UsageError naming the file when it cannot be written; nothing half-written is left."""
    if output is None:
        yield sys.stdout
        return
    with _in_its_place(output) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as out:
        yield out


def written(output: Path, data: bytes) -> None:
    """A file that is there whole or not at all, what stood there before included; says so. Raises UsageError."""
    with _in_its_place(output) as temporary:
        temporary.write_bytes(data)
    typer.echo(tr(f"已写入 {output}", f"written: {output}"))


@contextmanager
def _in_its_place(output: Path) -> Iterator[Path]:
    """A file beside it to be written, which then takes its place."""
    temporary = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(output)
    except OSError as error:
        raise UsageError(tr(f"{output}：写不进去：{cause(error)}", f"{output}: {cause(error)}")) from None
    finally:
        with suppress(OSError):  # a read-only disk refuses even to remove what is not there
            temporary.unlink(missing_ok=True)
