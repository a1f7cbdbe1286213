"""Where a report goes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.refusal import cause


@contextmanager
def destination(output: Path | None) -> Iterator[TextIO]:
    """Raises UsageError naming the file when it cannot be written; nothing half-written is left."""
    if output is None:
        yield sys.stdout
        return
    temporary = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        temporary.replace(output)
    except OSError as error:
        raise UsageError(tr(f"{output}：写不进去：{cause(error)}", f"{output}: {cause(error)}")) from None
    finally:
        temporary.unlink(missing_ok=True)
