"""What a person sees while an archive is audited: how fast, how long still, what was found, the slowest file."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from reviewer.cli.progress import ESTIMATED_FROM_S, rate_told
from reviewer.language import tr
from reviewer.report import Report
from reviewer.report.plain import plain
from reviewer.report.words import category_name

_EVERY_S = 0.25


@dataclass(slots=True)
class Tally:
    """What was found so far in this run."""

    found: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    unread: int = 0
    slowest_s: float = 0.0
    slowest: str = ""

    def add(self, report: Report | None) -> None:
        if report is None:
            self.copies += 1
            return
        self.found.update(finding.category for finding in report.findings if finding.action != "note")
        self.unread += bool(report.gaps)
        if report.traits and report.traits.seconds > self.slowest_s:
            self.slowest_s, self.slowest = report.traits.seconds, report.document.path

    def lines(self) -> Text:
        found = "　".join(f"{category_name(name)} {count:,}" for name, count in self.found.most_common())
        parts = [found] if found else []
        if self.unread:
            parts.append(tr(f"有未读部分 {self.unread:,} 份", f"parts not read: {self.unread:,}"))
        if self.copies:
            parts.append(tr(f"相同文件 {self.copies:,} 份", f"copies: {self.copies:,}"))
        told = "　".join(parts)
        if self.slowest:
            told += "\n" + tr("最慢 ", "slowest ") + f"{self.slowest_s:.1f} s {plain(self.slowest)}"
        return Text(told, style="dim", no_wrap=True, overflow="ellipsis")


@contextmanager
def view(
    total: int, done: int = 0, *, console: Console | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[Report | None], None]]:
    """Gives a function to call with each report, or with None for a copy. No thread is started: readers fork.

    `console` is that of standard error where none is named; `clock` counts seconds.
    """
    progress = Progress(
        TextColumn(tr("审查", "auditing")),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        auto_refresh=False,
        speed_estimate_period=ESTIMATED_FROM_S,
        get_time=clock,
    )
    task = progress.add_task("", total=total, completed=done, rate="")
    tally = Tally()
    with Live(progress, console=console or Console(stderr=True), auto_refresh=False, transient=True) as live:
        began, counted, drawn = clock(), 0, 0.0

        def note(report: Report | None) -> None:
            nonlocal counted, drawn
            counted += 1
            tally.add(report)
            now = clock()
            progress.update(task, advance=1, rate=rate_told(counted, now - began))
            if now - drawn >= _EVERY_S or counted + done >= total:
                drawn = now
                live.update(Group(progress, tally.lines()), refresh=True)

        yield note
