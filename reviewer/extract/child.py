"""Reading in a child process: bounded time and memory, no files, no network, and only JSON lines come back."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
import warnings
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NoReturn

from reviewer.extract import read_with
from reviewer.extract.confinement import confine
from reviewer.extract.limits import Limits, start_clock
from reviewer.extract.scribe import Extracted
from reviewer.extract.transcript import TranscriptError, decode, encode
from reviewer.language import language, tr
from reviewer.terms import Gap

_CHUNK_BYTES = 1 << 16
_LAST_WORDS_S = 2.0  # between the end of the output and the end of the process
_OUTPUT_PER_TEXT_BYTE = 4  # escapes, places and offsets come on top of the text


class Fate(Enum):
    """How a child's output came to its end: by itself, or cut off by the parent."""

    ENDED = "ended"
    OUT_OF_TIME = "out of time"
    TOO_MUCH = "too much output"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a child wrote before it ended, how it ended, and its exit status (a signal as `-n`)."""

    fate: Fate
    output: bytes = b""
    status: int = 0


def read_in_child(member: str, data: bytes, limits: Limits) -> Extracted:
    """Let the module `member` read `data` in a child; a child that does not finish leaves one gap."""
    route = forked if may_fork() else spawned
    try:
        outcome = route(member, data, limits)
    except OSError:  # the system has no process left to give
        outcome = Outcome(fate=Fate.ENDED, status=1)
    return believed(outcome, limits)


def may_fork() -> bool:
    """Forking is for POSIX and a single thread: a lock held by another thread would stay held for ever.

    macOS has fork, but its frameworks do not survive it.
    """
    return os.name == "posix" and sys.platform != "darwin" and threading.active_count() == 1


def believed(outcome: Outcome, limits: Limits) -> Extracted:
    """The transcript if it is whole, else a single gap: half an answer is not trusted."""
    if outcome.fate is Fate.ENDED:
        with contextlib.suppress(TranscriptError):  # it died before its last line: told below
            return decode(outcome.output)
    gap = Gap(place=tr("全文", "whole document"), reason=_obituary(outcome, limits))
    return Extracted(text="", segments=(), gaps=(gap,))


def _obituary(outcome: Outcome, limits: Limits) -> str:
    remedy = tr(
        "另存为 PDF 或拆分后再审，或由审核人人工核对",
        "save it as PDF or split it and review again, or let a reviewer check it by eye",
    )
    return f"{_cause(outcome, limits)}{tr('：', ': ')}{remedy}"


def _cause(outcome: Outcome, limits: Limits) -> str:
    if outcome.fate is Fate.OUT_OF_TIME or outcome.status == -_signal_number("SIGXCPU"):
        return tr(f"超过 {limits.wall_s:g} 秒未读完", f"not read within {limits.wall_s:g} seconds")
    if outcome.fate is Fate.TOO_MUCH:
        return tr("内容过多，超过读取上限", "more content than the limit allows")
    if outcome.status < 0:
        return tr(
            f"读取程序被系统中止（信号 {-outcome.status}），文件可能已损坏或超过内存上限",
            f"the reader was stopped (signal {-outcome.status}): damaged file, or over the memory limit",
        )
    return tr("读取程序没有读完就结束了", "the reader ended before it had read the document")


def _signal_number(name: str) -> int:
    return int(getattr(signal, name, 0))


# --- the parent's side, where there is fork ---------------------------------------------------------


def forked(member: str, data: bytes, limits: Limits) -> Outcome:
    """Fork, read the child's pipe until it ends or time is up, and bury it."""
    with contextlib.suppress(ImportError):  # the child says what is missing
        importlib.import_module(member)  # once in the parent: every later child inherits it
    reading, writing = os.pipe()
    # A signal that came between fork and _live would run the parent's handlers in the child.
    unmasked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        pid = _fork()
        if pid == 0:
            _live(writing, member, data, limits)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, unmasked)
        os.close(writing)
    try:
        fate, output = _drain(reading, limits)
        return Outcome(fate=fate, output=output, status=_bury(pid, fate))
    except BaseException:  # Ctrl-C above all: no orphan is left behind
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            _bury(pid, Fate.OUT_OF_TIME)
        raise
    finally:
        os.close(reading)


def _fork() -> int:
    with warnings.catch_warnings():
        # Newer Pythons also count the threads of native libraries; none of those is in the middle of anything.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _drain(descriptor: int, limits: Limits) -> tuple[Fate, bytes]:
    pieces: list[bytes] = []
    size, deadline = 0, time.monotonic() + limits.wall_s
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            piece = os.read(descriptor, _CHUNK_BYTES)
            if not piece:
                return Fate.ENDED, b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            if size > _most_output(limits):
                return Fate.TOO_MUCH, b""
    return Fate.OUT_OF_TIME, b""


def _most_output(limits: Limits) -> int:
    return limits.text_bytes * _OUTPUT_PER_TEXT_BYTE


def _bury(pid: int, fate: Fate) -> int:
    """Wait for the child's end and return its status; one that lingers is killed."""
    patience = time.monotonic() + (_LAST_WORDS_S if fate is Fate.ENDED else 0)
    while time.monotonic() < patience:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


# --- the parent's side, where there is none ---------------------------------------------------------


def spawned(member: str, data: bytes, limits: Limits) -> Outcome:
    """Start a fresh interpreter, feed it the bytes, and kill it when time is up."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", "reviewer.extract.child", member, json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    assert process.stdin is not None and process.stdout is not None
    overdue = threading.Event()
    clock = threading.Timer(limits.wall_s, _stop, args=(process, overdue))
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    clock.start()
    feeder.start()
    try:
        output = process.stdout.read(_most_output(limits) + 1)
        fate = _fate(overdue.is_set(), len(output) > _most_output(limits))
        return Outcome(fate=fate, output=output, status=_wait(process, fate))
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        feeder.join(_LAST_WORDS_S)
        process.stdout.close()


def _stop(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def _fate(overdue: bool, too_much: bool) -> Fate:
    if overdue:
        return Fate.OUT_OF_TIME
    return Fate.TOO_MUCH if too_much else Fate.ENDED


def _wait(process: subprocess.Popen[bytes], fate: Fate) -> int:
    if fate is not Fate.ENDED:
        process.kill()
    try:
        return process.wait(_LAST_WORDS_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _feed(stdin: BinaryIO, data: bytes) -> None:
    # A child that died early breaks the pipe; its end is told by its output, not by this.
    with contextlib.suppress(OSError), stdin:
        stdin.write(data)


def _environment() -> dict[str, str]:
    """The same modules and the same language as here."""
    found_in = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return {**os.environ, "PYTHONPATH": found_in, "REVIEWER_LANG": language()}


# --- the child's side -------------------------------------------------------------------------------


def _live(pipe: int, member: str, data: bytes, limits: Limits) -> NoReturn:
    """Read, write the transcript, leave. Never returns: this copy must run none of the parent's endings."""
    status = 1
    try:
        with os.fdopen(pipe, "wb") as output:
            confine(limits, pipe)
            start_clock(limits.wall_s)
            output.writelines(encode(read_with(member, data, limits)))
        status = 0
    finally:
        os._exit(status)


def main() -> NoReturn:
    """The fresh interpreter's entry: `member`, the limits as JSON, the bytes on standard input."""
    member, words = sys.argv[1:]
    data = sys.stdin.buffer.read()
    _live(os.dup(1), member, data, Limits(**json.loads(words)))


if __name__ == "__main__":
    main()
