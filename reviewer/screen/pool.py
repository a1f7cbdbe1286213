"""Reviews many files, on one process or several; a worker that dies costs at most its document, and says so."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from reviewer.language import language, tr
from reviewer.report import Report, Reveal, report
from reviewer.report.form import unpacked
from reviewer.screen.one import Task, review_file, unread
from reviewer.screen.screener import screener_for
from reviewer.screen.settings import Settings
from reviewer.screen.worker import serve

_TRIES = 2  # a document that kills two workers is declared unreadable


def reports(tasks: Sequence[Task], settings: Settings, reveal: Reveal, *, jobs: int) -> Iterator[tuple[int, Report]]:
    """(index of the task, its report), as they are done. Every task comes back exactly once.

    Rules and policy are loaded here first, so that what is wrong with them is said once.
    """
    screener = screener_for(settings)
    if jobs <= 1 or len(tasks) <= 1:
        for index, task in enumerate(tasks):
            yield index, report(review_file(screener, task), reveal)
        return
    pool = _Pool(tasks, settings, reveal)
    try:
        yield from pool.run(min(jobs, len(tasks)))
    finally:
        pool.stop()


def in_order(done: Iterator[tuple[int, Report]]) -> Iterator[Report]:
    """The same reports in the order of their tasks, each as early as that allows."""
    held: dict[int, Report] = {}
    wanted = 0
    for index, one in done:
        held[index] = one
        while wanted in held:
            yield held.pop(wanted)
            wanted += 1


def default_jobs(sizes: Sequence[int]) -> int:
    """As many processes as there are processors, but one for a job too small to repay starting them."""
    return (os.cpu_count() or 1) if len(sizes) > 8 and sum(sizes) > 4_000_000 else 1


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: int | None = None


@dataclass
class _Pool:
    tasks: Sequence[Task]
    settings: Settings
    reveal: Reveal
    workers: list[_Worker] = field(default_factory=list)
    tries: dict[int, int] = field(default_factory=dict)

    def run(self, jobs: int) -> Iterator[tuple[int, Report]]:
        waiting = deque(range(len(self.tasks)))
        self.workers = [self._hire() for _ in range(jobs)]
        for worker in self.workers:
            self._give(worker, waiting)
        while any(worker.task is not None for worker in self.workers):
            busy = {worker.pipe: worker for worker in self.workers if worker.task is not None}
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                done = self._take(worker, waiting)
                if done is not None:
                    yield done
                if worker in self.workers:
                    self._give(worker, waiting)
            for worker in self.workers:
                if worker.task is None:
                    self._give(worker, waiting)

    def stop(self) -> None:
        """Let go of every worker; one in the middle of a document is ended."""
        for worker in self.workers:
            worker.pipe.close()
            if worker.task is not None:
                worker.process.terminate()
        for worker in self.workers:
            worker.process.join(timeout=5)
            if worker.process.is_alive():
                worker.process.kill()

    def _hire(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self.settings, self.reveal.value, language())
        process = context.Process(target=serve, args=arguments, daemon=False)
        process.start()
        theirs.close()
        return _Worker(process=process, pipe=ours)

    def _give(self, worker: _Worker, waiting: deque[int]) -> None:
        if not waiting:
            return
        worker.task = waiting.popleft()
        task = self.tasks[worker.task]
        asked = {"path": os.fspath(task.path), "shown_as": task.shown_as}
        try:
            worker.pipe.send_bytes(json.dumps(asked).encode())
        except OSError:
            self._bury(worker, waiting)

    def _take(self, worker: _Worker, waiting: deque[int]) -> tuple[int, Report] | None:
        index = worker.task
        assert index is not None
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            return self._bury(worker, waiting)
        worker.task = None
        return index, unpacked(json.loads(answer.decode("utf-8", "surrogatepass")))

    def _bury(self, worker: _Worker, waiting: deque[int]) -> tuple[int, Report] | None:
        """A worker died over its document: replace it, try once more, then declare the document unreadable."""
        index = worker.task
        assert index is not None
        worker.pipe.close()
        worker.process.join(timeout=5)
        self.workers[self.workers.index(worker)] = self._hire()
        self.tries[index] = self.tries.get(index, 0) + 1
        if self.tries[index] < _TRIES:
            waiting.appendleft(index)
            return None
        reason = tr(
            "读取时审查进程被终止（可能内存不足）。拆分文件后再审，或由审核人人工核对",
            "the reviewing process was ended over this file (out of memory?). Split it, or have a person check it",
        )
        review = screener_for(self.settings).review(unread(self.tasks[index], reason))
        return index, report(review, self.reveal)
