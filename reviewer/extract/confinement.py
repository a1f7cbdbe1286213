"""What a process gives up before it reads somebody else's document: files, network, output, memory, time."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from reviewer.extract.limits import Limits

_MOST_DESCRIPTORS = 64
_DESCRIPTORS_TO_CLOSE = 65536
_CLONE_NEWUSER_AND_NEWNET = 0x10000000 | 0x40000000  # linux/sched.h
_REFUSED = (
    "socket.",
    "subprocess.",
    "shutil.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits, kept: tuple[int, ...]) -> None:
    """Leave this process nothing but its memory and the descriptors `kept`; only a child calls it: for good."""
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if os.name == "posix":
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
    _close_all_but(kept)
    _bound(limits)
    _leave_network()
    sys.addaudithook(_refuse)


def _close_all_but(kept: tuple[int, ...]) -> None:
    """Standard streams go to the null device; ledgers and sockets inherited from the parent are closed."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if os.name == "posix":
        borders = (2, *sorted(kept), _DESCRIPTORS_TO_CLOSE)
        for before, after in pairwise(borders):
            os.closerange(before + 1, after)
    # What stood in the parent's buffers is the parent's to write.
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NOFILE", _MOST_DESCRIPTORS)
    _limit("RLIMIT_AS", _mapped_bytes(resource.getpagesize()) + limits.memory_bytes)
    _limit("RLIMIT_CPU", limits.cpu_s, limits.cpu_s + 1)  # a second to die of SIGXCPU, which tells the cause


def _limit(name: str, soft: int, hard: int | None = None) -> None:
    import resource

    kind = getattr(resource, name, None)
    if kind is None:
        return
    _, highest = resource.getrlimit(kind)
    bounds = [bound if highest == resource.RLIM_INFINITY else min(bound, highest) for bound in (soft, hard or soft)]
    try:
        resource.setrlimit(kind, (bounds[0], bounds[1]))
    except (ValueError, OSError):  # macOS knows the name RLIMIT_AS but refuses to set it
        return


def _mapped_bytes(page_bytes: int) -> int:
    """What is mapped already: the limit is on what the document costs, not on what the parent had."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * page_bytes
    except OSError:
        return 0


def _leave_network() -> None:
    """On Linux, move into an empty network of our own where the system allows it; refusal is no error."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None:
        unshare(_CLONE_NEWUSER_AND_NEWNET)


def _refuse(event: str, args: Iterable[object]) -> None:
    """Everywhere: no socket, no program, no file written, whatever a library may think of."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open":
        _, _, flags = args
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError(event)
