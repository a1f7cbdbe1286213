"""The local engine: worker processes of this machine, one document at a time each."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from reviewer.report import Report, Reveal
from reviewer.screen import Settings
from reviewer.screen.demand import Demand
from reviewer.screen.one import Task
from reviewer.screen.pool import in_workers


def screened(
    tasks: Sequence[Task], settings: Settings, *, jobs: int, demand: Demand
) -> Generator[tuple[int, Report], None, None]:
    """Never in this process: a document that kills its reader would end this run, and every run that resumes it."""
    yield from in_workers(tasks, settings, Reveal.MASKED, jobs=jobs, demand=demand)
