"""Many files on several processes: every document exactly once, whatever happens to the workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NoReturn, cast

import pytest

from reviewer.errors import ReviewerError
from reviewer.report import Report, Reveal
from reviewer.screen import Screener, Settings, settings
from reviewer.screen import pool as pool_module
from reviewer.screen.demand import Demand
from reviewer.screen.one import Task
from reviewer.screen.pool import Crew, _Pool, default_jobs, in_order, in_workers, reports
from reviewer.screen.worker import _answer

COUNT = 24


@pytest.fixture
def chosen() -> Settings:
    return settings(None, "2026-11-24")


@pytest.fixture
def tasks(tmp_path: Path) -> tuple[Task, ...]:
    """Notices long enough to be caught in the middle of."""
    for number in range(COUNT):
        (tmp_path / f"{number:03}.txt").write_text(f"第{number}号通知。\n" + "明日停水，请提前储水。\n" * 400, "utf-8")
    return tuple(Task(path=path, shown_as=path.name) for path in sorted(tmp_path.iterdir()))


def workers() -> list[multiprocessing.process.BaseProcess]:
    return multiprocessing.active_children()


def kill(process: multiprocessing.process.BaseProcess) -> None:
    process.kill()
    process.join()


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_document_comes_back_once(tasks: tuple[Task, ...], chosen: Settings, jobs: int) -> None:
    done = list(reports(tasks, chosen, Reveal.MASKED, jobs=jobs))
    assert sorted(index for index, _ in done) == list(range(COUNT))
    assert all(report.document.path == tasks[index].shown_as for index, report in done)
    assert not workers()


def test_one_and_several_processes_say_the_same(tasks: tuple[Task, ...], chosen: Settings) -> None:
    alone = list(in_order(reports(tasks, chosen, Reveal.MASKED, jobs=1)))
    assert list(in_order(reports(tasks, chosen, Reveal.MASKED, jobs=2))) == alone
    assert list(in_order(in_workers(tasks, chosen, Reveal.MASKED, jobs=1))) == alone


def test_a_crew_stays_from_lot_to_lot_and_goes_when_one_is_left_early(
    tasks: tuple[Task, ...], chosen: Settings
) -> None:
    crew = Crew(chosen, Reveal.MASKED, Demand(), jobs=1)
    assert sorted(at for at, _ in crew.reports(tasks[:3])) == [0, 1, 2]
    (first,) = workers()
    assert [report.document.path for _, report in crew.reports(tasks[3:5])] == ["003.txt", "004.txt"]
    assert list(crew.reports(())) == []
    assert workers() == [first]
    kill(first)  # idle
    early = crew.reports(tasks[5:])
    next(early)
    cast(Generator[object, None, None], early).close()
    assert not workers()
    assert [report.document.path for _, report in crew.reports(tasks[6:7])] == ["006.txt"]
    crew.dismiss()
    assert not workers()


def test_a_killed_worker_costs_no_document(tasks: tuple[Task, ...], chosen: Settings) -> None:
    """Two workers are killed, never over the same document: that one would be declared unreadable."""
    done: list[tuple[int, Report]] = []
    for one in reports(tasks, chosen, Reveal.MASKED, jobs=2):
        done.append(one)
        if len(done) == 2:
            first, second = workers()
            kill(first)
        elif len(done) == 14:
            kill(second)  # not the one hired for the first, which may be at the first one's document
    assert sorted(index for index, _ in done) == list(range(COUNT))
    assert [gap for _, report in done for gap in report.gaps] == []


def test_all_workers_killed_at_once_cost_no_document(tasks: tuple[Task, ...], chosen: Settings) -> None:
    done = []
    for index, _ in reports(tasks, chosen, Reveal.MASKED, jobs=2):
        done.append(index)
        if len(done) == 5:
            for process in workers():
                kill(process)
    assert sorted(done) == list(range(COUNT))


def test_a_document_that_kills_its_workers_is_declared_unreadable(tasks: tuple[Task, ...], chosen: Settings) -> None:
    victim = 3
    pool = _KillingPool(tasks, chosen, Reveal.MASKED, victim=victim)
    try:
        done = dict(pool.run(2))
    finally:
        pool.stop()
    assert sorted(done) == list(range(COUNT))
    assert len(pool.killed) == 2
    assert [index for index, report in done.items() if report.gaps] == [victim]
    assert done[victim].verdict == "refer"
    assert "审查进程被终止" in done[victim].gaps[0].reason


class _KillingPool(_Pool):
    """Ends whichever worker takes one document, as the system does to one that takes too much memory."""

    def __init__(self, tasks: tuple[Task, ...], chosen: Settings, reveal: Reveal, *, victim: int) -> None:
        super().__init__(tasks, chosen, reveal)
        self.victim = victim
        self.killed: set[int | None] = set()

    def _give(self, worker: pool_module._Worker) -> None:
        super()._give(worker)
        if worker.task == self.victim and worker.ready:
            self.killed.add(worker.process.pid)
            kill(worker.process)


def test_a_worker_found_dead_when_work_is_given_costs_no_document(tasks: tuple[Task, ...], chosen: Settings) -> None:
    pool = _DeadOnArrival(tasks, chosen, Reveal.MASKED)
    try:
        done = dict(pool.run(2))
    finally:
        pool.stop()
    assert sorted(done) == list(range(COUNT))
    assert not any(report.gaps for report in done.values())


class _DeadOnArrival(_Pool):
    """Three times a worker dies just before the next document is handed to it."""

    deaths = 3

    def _give(self, worker: pool_module._Worker) -> None:
        if self.deaths and worker.ready and worker.task is None and self.waiting:
            self.deaths -= 1
            kill(worker.process)
        super()._give(worker)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_document_that_takes_too_long_costs_itself_only(tasks: tuple[Task, ...], chosen: Settings) -> None:
    pool = _StallingPool(tasks[:6], chosen, Reveal.MASKED, Demand(seconds=2))
    try:
        done = dict(pool.run(1))
    finally:
        pool.stop()
    assert sorted(done) == list(range(6))
    assert {index for index, report in done.items() if report.gaps} == {2}
    assert "超过 2 秒" in done[2].gaps[0].reason
    assert pool.stalled == 1, "it is not tried again"


class _StallingPool(_Pool):
    """A worker that never comes back from its third document."""

    stalled = 0

    def _give(self, worker: pool_module._Worker) -> None:
        before = worker.task
        super()._give(worker)
        if worker.task == 2 and before != 2:
            self.stalled += 1
            os.kill(cast(int, worker.process.pid), signal.SIGSTOP)


@pytest.mark.skipif(os.name != "posix", reason="no such limit elsewhere")
def test_memory_is_bounded_in_the_worker(tmp_path: Path) -> None:
    code = "from reviewer.screen.demand import bound_memory; bound_memory(1 << 28); bytearray(1 << 29)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


def test_what_an_audit_asks_for_comes_back_with_each_report(tasks: tuple[Task, ...], chosen: Settings) -> None:
    (done,) = in_workers(tasks[:1], chosen, Reveal.MASKED, jobs=1, demand=Demand(key=b"k" * 32, memory_bytes=6 << 30))
    told = done[1].traits
    assert told is not None and told.alone and told.sketch and told.seconds > 0
    assert "traits" not in done[1].json()


def test_workers_that_cannot_start_stop_the_run(tasks: tuple[Task, ...], chosen: Settings) -> None:
    pool = _Stillborn(tasks, chosen, Reveal.MASKED)
    with pytest.raises(ReviewerError, match="一启动就退出"):
        list(pool.run(1))
    pool.stop()
    assert not workers()


class _Stillborn(_Pool):
    def _hire(self) -> None:
        super()._hire()
        kill(self.workers[-1].process)


class _Failing:
    """A screener with a bug, whose exception quotes the document."""

    def review(self, source: object, beside: object) -> NoReturn:
        raise KeyError("身份证号110101190001010015")


def test_a_review_that_fails_is_told_by_its_kind_only(tasks: tuple[Task, ...]) -> None:
    assert _answer(cast(Screener, _Failing()), tasks[0], Reveal.MASKED) == {"failed": "KeyError"}


def test_a_failed_review_is_a_gap_of_its_document(tasks: tuple[Task, ...], chosen: Settings) -> None:
    report = _Pool(tasks, chosen, Reveal.MASKED)._failed(4, "KeyError")
    assert report.document.path == tasks[4].shown_as
    assert report.verdict == "refer"
    assert "KeyError" in report.gaps[0].reason


def test_leaving_early_stops_the_workers(tasks: tuple[Task, ...], chosen: Settings) -> None:
    running = reports(tasks, chosen, Reveal.MASKED, jobs=2)
    next(running)
    assert len(workers()) == 2
    running.close()  # type: ignore[attr-defined]
    assert not workers()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_stops_the_workers_and_leaves_with_130(tasks: tuple[Task, ...]) -> None:
    folder = tasks[0].path.parent
    for number in range(40):
        (folder / f"more{number}.txt").write_text("明日停水，请提前储水。\n" * 9000, "utf-8")
    words = [sys.executable, "-m", "reviewer", "screen", str(folder), "--jobs", "2", "--format", "jsonl"]
    # A session of its own, so that the signal reaches the whole group as a terminal's Ctrl-C does.
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        rest, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert rest.count(b"\n") < COUNT + 39
    assert _gone(process.pid)


def _gone(group: int) -> bool:
    """No process of the group is left, or none before a moment has passed."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_in_order_gives_each_as_early_as_its_turn(tasks: tuple[Task, ...], chosen: Settings) -> None:
    made = dict(reports(tasks[:4], chosen, Reveal.MASKED, jobs=1))
    taken: list[int] = []

    def done() -> Iterator[tuple[int, Report]]:
        for index in (2, 0, 1, 3):
            taken.append(index)
            yield index, made[index]

    ordered = in_order(done())
    assert next(ordered) == made[0]
    assert taken == [2, 0]
    assert [*ordered] == [made[1], made[2], made[3]]


@pytest.mark.parametrize(
    ("sizes", "several"),
    [([10_000_000], False), ([100] * 500, False), ([1_000_000] * 9, True)],
    ids=["one large file", "many small ones", "enough to share"],
)
def test_jobs_fit_the_work(sizes: list[int], several: bool) -> None:
    assert default_jobs(sizes) == ((os.cpu_count() or 1) if several else 1)
