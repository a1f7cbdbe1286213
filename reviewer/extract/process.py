"""A process for work on somebody else's bytes: confined, bounded, heard through one pipe, buried when it is over."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import selectors
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, NoReturn, Protocol, cast

from reviewer.extract.confinement import confine
from reviewer.extract.limits import Limits, start_clock
from reviewer.language import language
from reviewer.value import dataclass

if TYPE_CHECKING:
    import subprocess

_CHUNK_BYTES = 1 << 16
_LAST_WORDS_S = 2.0  # between the end of the output and the end of the process


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done there: `module` has the Worker, `words` tell it what.

    It works on `data`, or on a file, which is opened before everything else is given up, or on a pipe.
    """

    module: str
    words: tuple[str, ...]  # the first is the module that reads, loaded before the fork
    data: bytes = b""
    file: Path | None = None
    stream: IO[bytes] | None = None
    limits: Limits


class Worker(Protocol):
    """A module whose `work` reads its material and writes what it finds to the pipe."""

    def work(self, words: tuple[str, ...], material: BinaryIO, output: BinaryIO, limits: Limits) -> None: ...


class Running(Protocol):
    """A process at work."""

    def read(self, patience_s: float) -> bytes:
        """The next piece of its output, b"" when there is no more; raises TimeoutError."""
        ...

    def end(self, *, kill: bool) -> int:
        """Wait for its end, killing it if asked to or if it lingers; the exit status (a signal as `-n`)."""
        ...


@contextmanager
def forked(work: Work) -> Iterator[Running]:
    """Do the work in a fork of this process."""
    with contextlib.suppress(ImportError):  # the child says what is missing
        for module in (work.module, *work.words[:1]):
            importlib.import_module(module)  # once in the parent: every later child inherits it
    reading, writing = os.pipe()
    # A signal that came between fork and _live would run the parent's handlers in the child.
    unmasked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        pid = _fork()
        if pid == 0:
            _live(writing, work)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, unmasked)
        os.close(writing)
    fork = _Fork(pid, reading)
    try:
        yield fork
    finally:  # Ctrl-C above all: no orphan is left behind
        fork.end(kill=True)
        os.close(reading)


class _Fork:
    def __init__(self, pid: int, pipe: int) -> None:
        self._pid, self._pipe = pid, pipe
        self._status: int | None = None

    def read(self, patience_s: float) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            if not selector.select(max(0.0, patience_s)):
                raise TimeoutError
        return os.read(self._pipe, _CHUNK_BYTES)

    def end(self, *, kill: bool) -> int:
        if self._status is None:
            self._status = self._buried(patience_s=0 if kill else _LAST_WORDS_S)
        return self._status

    def _buried(self, patience_s: float) -> int:
        give_up = time.monotonic() + patience_s
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            while time.monotonic() < give_up:
                ended, status = os.waitpid(self._pid, os.WNOHANG)
                if ended:
                    return os.waitstatus_to_exitcode(status)
                time.sleep(0.002)
            os.kill(self._pid, signal.SIGKILL)
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return -1


def _fork() -> int:
    with warnings.catch_warnings():
        # Newer Pythons also count the threads of native libraries; none of those is in the middle of anything.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def may_fork() -> bool:
    """Forking is for POSIX and a single thread: a lock held by another thread would stay held for ever.

    macOS has fork, but its frameworks do not survive it.
    """
    return os.name == "posix" and sys.platform != "darwin" and threading.active_count() == 1


@contextmanager
def spawned(work: Work) -> Iterator[Running]:
    """Do the work in a fresh interpreter, fed with the bytes on its standard input."""
    import subprocess  # a fork needs none of these
    from dataclasses import asdict

    file = None if work.file is None else str(work.file.absolute())
    words = json.dumps([work.words, file, work.stream is not None, asdict(work.limits)])
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", "reviewer.extract.process", work.module, words],
        stdin=work.stream or subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    assert process.stdout is not None
    with _fed(process, work.data):
        try:
            yield _Spawn(process)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


class _Spawn:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def read(self, patience_s: float) -> bytes:
        overdue = threading.Event()
        clock = threading.Timer(max(0.0, patience_s), self._stop, args=(overdue,))
        clock.start()
        try:
            piece = cast(BytesIO, self._process.stdout).read1(_CHUNK_BYTES)
        finally:
            clock.cancel()
        if overdue.is_set():
            raise TimeoutError
        return piece

    def _stop(self, overdue: threading.Event) -> None:
        overdue.set()
        self._process.kill()

    def end(self, *, kill: bool) -> int:
        import subprocess

        if kill:
            self._process.kill()
        try:
            return self._process.wait(_LAST_WORDS_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


@contextmanager
def _fed(process: subprocess.Popen[bytes], data: bytes) -> Iterator[None]:
    """Meanwhile, give a process its bytes; one that reads from a pipe of its own gets none."""
    if process.stdin is None:
        yield
        return
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    feeder.start()
    yield
    feeder.join(_LAST_WORDS_S)


def _feed(stdin: IO[bytes], data: bytes) -> None:
    # A child that died early breaks the pipe; its end is told by its output, not by this.
    with contextlib.suppress(OSError), stdin:
        stdin.write(data)


def _environment() -> dict[str, str]:
    """The same modules and the same language as here."""
    found_in = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return {**os.environ, "PYTHONPATH": found_in, "REVIEWER_LANG": language()}


# --- the child's side -------------------------------------------------------------------------------


def _live(pipe: int, work: Work) -> NoReturn:
    """Do the work, leave. Never returns: this copy must run none of the parent's endings."""
    status = 1
    try:
        material = _material(work)
        kept = () if isinstance(material, BytesIO) else (material.fileno(),)
        with os.fdopen(pipe, "wb") as output:
            confine(work.limits, (pipe, *kept))
            start_clock(work.limits.wall_s)
            cast(Worker, importlib.import_module(work.module)).work(work.words, material, output, work.limits)
        status = 0
    finally:
        os._exit(status)


def _material(work: Work) -> BinaryIO:
    if work.stream is not None:
        return cast(BinaryIO, work.stream)
    return BytesIO(work.data) if work.file is None else work.file.open("rb")


def main() -> NoReturn:
    """The fresh interpreter's entry: the module, its words and limits as JSON; the bytes on standard input."""
    module, told = sys.argv[1:]
    words, file, streams, limits = json.loads(told)
    path = None if file is None else Path(file)
    stream = os.fdopen(os.dup(0), "rb") if streams else None
    data = b"" if streams else sys.stdin.buffer.read()
    work = Work(module=module, words=tuple(words), data=data, file=path, stream=stream, limits=Limits(**limits))
    _live(os.dup(1), work)


if __name__ == "__main__":
    main()
