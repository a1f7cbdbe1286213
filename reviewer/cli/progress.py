"""A progress bar with rate and remaining time, on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from reviewer.language import tr

_EVERY_S = 0.1


def rate_told(counted: int, seconds: float) -> str:
    rate = counted / max(seconds, 0.001)
    return tr(f"{rate:.0f} 份/秒", f"{rate:.0f}/s")


@contextmanager
def bar(total: int, done: int = 0) -> Iterator[Callable[[], None]]:
    """Gives a function to call once for each document. No thread is started: readers fork."""
    columns = (
        TextColumn(tr("筛查", "screening")),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=total, completed=done, rate="")
        began, counted, drawn = time.monotonic(), 0, 0.0

        def advance() -> None:
            nonlocal counted, drawn
            counted += 1
            now = time.monotonic()
            progress.update(task, advance=1, rate=rate_told(counted, now - began))
            if now - drawn >= _EVERY_S or counted + done >= total:
                drawn = now
                progress.refresh()

        yield advance
