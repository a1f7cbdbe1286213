"""Reviews many files, on one process or several; a worker that dies costs at most its document, and says so."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from reviewer.errors import ReviewerError
from reviewer.language import language, tr
from reviewer.report import Report, Reveal, report
from reviewer.report.form import unpacked
from reviewer.screen.demand import ONLY_REPORTS, Demand
from reviewer.screen.one import Task, review_file, unread
from reviewer.screen.screener import screener_for
from reviewer.screen.settings import Settings
from reviewer.screen.worker import READY, serve

_TRIES = 2  # a document that kills two workers is declared unreadable
_FALSE_STARTS = 3  # as many workers in a row that end before their first document: no document is to blame


def reports(tasks: Sequence[Task], settings: Settings, reveal: Reveal, *, jobs: int) -> Iterator[tuple[int, Report]]:
    """(index of the task, its report), as they are done. Every task comes back exactly once.

    Rules and policy are loaded here first, so that what is wrong with them is said once.
    """
    if jobs > 1 and len(tasks) > 1:
        yield from in_workers(tasks, settings, reveal, jobs=jobs)
        return
    screener = screener_for(settings)
    for index, task in enumerate(tasks):
        yield index, report(review_file(screener, task), reveal)


def in_workers(
    tasks: Sequence[Task], settings: Settings, reveal: Reveal, *, jobs: int, demand: Demand = ONLY_REPORTS
) -> Iterator[tuple[int, Report]]:
    """The same, never in this process, were it one worker: no document can end the run.

    `tasks` is asked for one task at a time, so it need not hold them all. A document that takes longer than
    `demand` allows is declared unreadable.
    """
    screener_for(settings)
    pool = _Pool(tasks, settings, reveal, demand)
    try:
        yield from pool.run(max(1, min(jobs, len(tasks))))
    finally:
        pool.stop()


class Crew:
    """Workers that stay from one lot of documents to the next: where lots are small, starting them costs the most."""

    def __init__(self, settings: Settings, reveal: Reveal, demand: Demand, *, jobs: int) -> None:
        self._pool, self._jobs = _Pool((), settings, reveal, demand), jobs

    def reports(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Report]]:
        """As `in_workers`. Left before its end, the workers go: one may have a document of this lot in its hands."""
        whole = False
        try:
            if tasks:
                self._pool.tasks = tasks
                yield from self._pool.run(max(1, min(self._jobs, len(tasks))))
            whole = True
        finally:
            if not whole:
                self.dismiss()

    def dismiss(self) -> None:
        self._pool.stop()


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


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: int | None = None
    ready: bool = False
    given_s: float = 0  # when its document was given to it, or when it was ready to begin


@dataclass
class _Pool:
    tasks: Sequence[Task]
    settings: Settings
    reveal: Reveal
    demand: Demand = ONLY_REPORTS
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[int] = field(default_factory=deque)
    tries: dict[int, int] = field(default_factory=dict)
    false_starts: int = 0

    def run(self, jobs: int) -> Iterator[tuple[int, Report]]:
        self.waiting, self.tries = deque(range(len(self.tasks))), {}
        for _ in range(jobs - len(self.workers)):
            self._hire()
        while True:
            for worker in tuple(self.workers):
                self._give(worker)
            busy = {worker.pipe: worker for worker in self.workers if worker.task is not None}
            if not busy and not self.waiting:
                return
            for pipe in wait(list(busy), self._patience_s()) if busy else ():
                done = self._take(busy[pipe])  # type: ignore[index]
                if done is not None:
                    yield done
            yield from self._overdue()

    def stop(self) -> None:
        """Let go of every worker; one in the middle of a document is ended."""
        for worker in self.workers:
            worker.pipe.close()
            if worker.task is not None:
                worker.process.terminate()
        for worker in self.workers:
            _see_off(worker)
        self.workers.clear()

    def _patience_s(self) -> float | None:
        """How long nothing need be done if nobody answers; None: for ever."""
        if not self.demand.seconds:
            return None
        ends = [worker.given_s + self.demand.seconds for worker in self.workers if worker.ready and _has_work(worker)]
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def _overdue(self) -> Iterator[tuple[int, Report]]:
        """Documents over which their time is up: the worker is ended, the document is not tried again."""
        if not self.demand.seconds:
            return
        limit = time.monotonic() - self.demand.seconds
        for worker in [one for one in self.workers if one.ready and _has_work(one) and one.given_s <= limit]:
            if worker.pipe.poll():
                continue  # the answer is there: it is taken in the next round
            index = worker.task
            assert index is not None
            worker.process.kill()
            self._replace(worker)
            yield index, self._unread(index, _too_slow(self.demand.seconds))

    def _hire(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self.settings, self.reveal.value, language(), self.demand)
        process = context.Process(target=serve, args=arguments, daemon=False)
        process.start()
        theirs.close()
        self.workers.append(_Worker(process=process, pipe=ours))

    def _give(self, worker: _Worker) -> None:
        """The next document to a worker that has none. One that died idle is replaced, and no document pays for it."""
        if worker.task is not None or not self.waiting:
            return
        task = self.tasks[self.waiting[0]]
        asked = {"path": os.fspath(task.path), "shown_as": task.shown_as, "beside": task.beside, "within": task.within}
        try:
            worker.pipe.send_bytes(json.dumps(asked).encode())
        except OSError:
            self._replace(worker)
            return
        worker.task, worker.given_s = self.waiting.popleft(), time.monotonic()

    def _take(self, worker: _Worker) -> tuple[int, Report] | None:
        """A report if there is one; the worker has its next document before the report is looked at."""
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            return self._bury(worker)
        if answer == READY:
            worker.ready, self.false_starts, worker.given_s = True, 0, time.monotonic()
            return None
        index, worker.task = worker.task, None
        assert index is not None
        self._give(worker)
        told = json.loads(answer.decode("utf-8", "surrogatepass"))
        return (index, unpacked(told["report"])) if "report" in told else (index, self._failed(index, told["failed"]))

    def _bury(self, worker: _Worker) -> tuple[int, Report] | None:
        """A worker died over its document: replace it, try once more, then declare the document unreadable."""
        index = worker.task
        assert index is not None
        self._replace(worker)
        self.tries[index] = self.tries.get(index, 0) + worker.ready
        if self.tries[index] < _TRIES:
            self.waiting.appendleft(index)
            return None
        reason = tr(
            "读取时审查进程被终止（可能内存不足）。拆分文件后再审，或由审核人人工核对",
            "the reviewing process was ended over this file (out of memory?). Split it, or have a person check it",
        )
        return index, self._unread(index, reason)

    def _replace(self, worker: _Worker) -> None:
        """Raises ReviewerError when workers keep ending before their first document."""
        worker.pipe.close()
        self.workers.remove(worker)
        _see_off(worker)
        self.false_starts += not worker.ready
        if self.false_starts >= _FALSE_STARTS:
            raise ReviewerError(
                tr(
                    "审查进程一启动就退出：检查内存是否充足、安装是否完整，或减少 --jobs",
                    "review processes end as they start: check memory and the installation, or lower --jobs",
                )
            )
        self._hire()

    def _failed(self, index: int, kind: str) -> Report:
        reason = tr(
            f"审查时程序出错（{kind}）。由审核人人工核对，并把这一行报给维护者（不要附文件）",
            f"the review failed ({kind}). Have a person check the file; report this line to the maintainers, no files",
        )
        return self._unread(index, reason)

    def _unread(self, index: int, reason: str) -> Report:
        review = screener_for(self.settings).review(unread(self.tasks[index], reason))
        return report(review, self.reveal)


def _has_work(worker: _Worker) -> bool:
    return worker.task is not None


def _too_slow(seconds: float) -> str:
    return tr(
        f"审查超过 {seconds:.0f} 秒，已停止：拆分文件后再审，或由审核人人工核对",
        f"over {seconds:.0f} seconds, stopped: split the file and review it again, or have a person check it",
    )


def _see_off(worker: _Worker) -> None:
    """Wait for its end, not for ever."""
    worker.process.join(timeout=5)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
