"""A progress bar with rate and remaining time, on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from reviewer.language import tr

_EVERY_S = 0.1
# The time left goes by the last thousand documents of so long: one that is read for minutes must not make it unknown.
ESTIMATED_FROM_S = 3600


def rate_told(counted: int, seconds: float) -> str:
    """Documents a second, or a minute where that is less than one."""
    rate = counted / max(seconds, 0.001)
    if rate < 1:
        return tr(f"{rate * 60:.1f} 份/分", f"{rate * 60:.1f}/min")
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
    progress = Progress(
        *columns,
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        speed_estimate_period=ESTIMATED_FROM_S,
    )
    with progress:
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
