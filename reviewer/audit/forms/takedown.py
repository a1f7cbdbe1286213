"""The takedown list as plain lines: number, verdict, expected harm, file; in the order in which to act."""

from __future__ import annotations

from typing import TextIO

from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.audit.takedown import tasks
from reviewer.report.plain import plain
from reviewer.report.words import verdict_name


def write(store: Store, out: TextIO) -> None:
    for number, task in enumerate(tasks(store, summary(store).since), 1):
        out.write(f"{number}\t{verdict_name(task.verdict)}\t{task.harm:.1f}\t{plain(task.path)}\n")
