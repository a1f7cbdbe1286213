"""A run ended by force at any moment: the next one finishes it, and nothing is lost or there twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from archives import MARKED, WORD, Audit, started, write

from reviewer.audit.store import MANIFEST, RESULTS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

COUNT = 150
STORE = Path("结果")


@pytest.fixture
def large(office: Path) -> Path:
    """Enough to be caught in the middle of: about a second and a half on two processes."""
    root = office / "存量"
    for number in range(COUNT):
        tail = WORD if number % 7 == 0 else ""
        head = MARKED if number % 31 == 0 else ""
        text = head + "明日停水，请提前储水。\n" * 150 + tail
        write(root / f"{number % 5}", {f"{number:03}.txt": text})
    return root


def rows() -> int:
    """How many documents are stored for good."""
    try:
        uri = f"{(STORE / RESULTS).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=5)) as results:
            return int(results.execute("SELECT COUNT(*) FROM document").fetchone()[0])
    except sqlite3.OperationalError:  # not there yet
        return 0


def killed_when(moment: Callable[[], bool], source: Path) -> bool:
    """Run until that moment, then `kill -9`; whether the run was still going on."""
    process = started("run", STORE, source, "--jobs", "2")
    while process.poll() is None and not moment():
        time.sleep(0.002)
    caught = process.poll() is None
    process.kill()  # the parent alone: its workers must find out by themselves
    process.communicate()
    assert _ended(process.pid), "workers outlive the run"
    return caught


def _ended(group: int) -> bool:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def told(audit: Audit, store: Path) -> str:
    said = audit("report", store, "--format", "jsonl")
    assert said.code == 0
    return said.out


@pytest.fixture
def undisturbed(large: Path, audit: Audit) -> str:
    assert audit("run", "一气呵成", large, "--jobs", "2").code == 11
    return told(audit, Path("一气呵成"))


def test_killed_at_every_stage_and_finished(large: Path, audit: Audit, undisturbed: str) -> None:
    stages: tuple[Callable[[], bool], ...] = (
        lambda: STORE.exists(),
        lambda: (STORE / RESULTS).exists(),
        lambda: (STORE / MANIFEST).exists(),
        lambda: (STORE / f"{RESULTS}-journal").exists(),
        lambda: rows() > 0,
        lambda: rows() > 50,  # batches are of fifty
    )
    caught = [killed_when(stage, large) for stage in stages]
    assert sum(caught) >= 4, "the runs were over before they could be killed"
    assert 0 < rows() < COUNT
    said = audit("run", STORE, large)
    assert said.code == 11
    assert "本次要审 0 份" not in said.err
    assert rows() == COUNT
    assert told(audit, STORE) == undisturbed


@pytest.mark.parametrize("seconds", [0.35, 0.7, 1.1])
def test_killed_at_any_time_and_finished(seconds: float, large: Path, audit: Audit, undisturbed: str) -> None:
    killed_when(after(seconds), large)
    assert audit("run", STORE, large, "--jobs", "2").code == 11
    assert told(audit, STORE) == undisturbed


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(large: Path, audit: Audit, undisturbed: str) -> None:
    controller, terminal = os.openpty()
    process = started("run", STORE, large, "--jobs", "2", stderr=terminal)
    os.close(terminal)
    while rows() < COUNT // 10 and process.poll() is None:  # what is stored first may not be in the view yet
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    screen = _read(controller)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert "重复同一条命令即接着审" in screen
    assert "份/" in screen, "a rate, by the second or the minute"
    assert "Traceback" not in screen
    assert _ended(process.pid)
    assert 0 < rows() < COUNT
    assert audit("run", STORE, large, "--jobs", "2").code == 11
    assert told(audit, STORE) == undisturbed


def _read(controller: int) -> str:
    """Everything a terminal showed until its last writer left."""
    shown = b""
    try:
        while piece := os.read(controller, 65536):
            shown += piece
    except OSError:  # how Linux says that nobody writes any more
        pass
    finally:
        os.close(controller)
    return shown.decode()


def test_a_second_run_is_refused_and_the_first_is_not_disturbed(large: Path, audit: Audit) -> None:
    first = started("run", STORE, large, "--jobs", "1")
    while rows() == 0 and first.poll() is None:
        time.sleep(0.01)
    said = audit("run", STORE, large)
    assert said.code == 2
    assert str(first.pid) in said.err
    assert audit("report", STORE, "--format", "json").code == 0  # reading is always allowed
    assert first.wait(timeout=60) == 11
    first.communicate()
    assert rows() == COUNT


def test_a_lock_left_behind_holds_nothing(large: Path, audit: Audit) -> None:
    assert killed_when(lambda: rows() > 0, large)
    assert (STORE / "lock").read_text("utf-8").split()[0].isdigit()
    assert audit("run", STORE, large, "--jobs", "2").code == 11


def test_a_killed_worker_costs_no_document(large: Path, audit: Audit, undisturbed: str) -> None:
    process = started("run", STORE, large, "--jobs", "2")
    kills = 0
    while process.poll() is None and kills < 3:
        if rows() > kills * 20:
            kills += _kill_a_worker(process)
        time.sleep(0.01)
    process.communicate(timeout=60)
    assert process.returncode == 11
    assert kills
    assert told(audit, STORE) == undisturbed


def _kill_a_worker(parent: subprocess.Popen[bytes]) -> int:
    """End one of its worker processes, as a system short of memory does; how many were ended."""
    for pid in _children(parent.pid):
        command = Path(f"/proc/{pid}/cmdline")
        try:
            if b"spawn_main" in command.read_bytes():
                os.kill(pid, signal.SIGKILL)
                return 1
        except (FileNotFoundError, ProcessLookupError):
            continue
    return 0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
