"""A reader that does what the document's bytes tell it to: for the tests of the child."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from reviewer.extract.scribe import Extracted, Scribe


def read(data: bytes) -> Extracted:
    order, _, argument = data.decode().partition(" ")
    scribe = Scribe()
    globals()[order](scribe, argument)
    return scribe.finish()


def write(scribe: Scribe, argument: str) -> None:
    scribe.add("甲\ud800乙", "¶1", hidden=True, page=3)
    scribe.gap("¶2", argument)


def sleep(scribe: Scribe, argument: str) -> None:
    scribe.add("half an answer", "¶1")
    time.sleep(30)


def spin(scribe: Scribe, argument: str) -> None:
    while True:
        pass


def bomb(scribe: Scribe, argument: str) -> None:
    hoard = [bytearray(16 << 20) for _ in range(1000)]
    scribe.add(str(len(hoard)), "¶1")


def crash(scribe: Scribe, argument: str) -> None:
    scribe.add("half an answer", "¶1")
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(scribe: Scribe, argument: str) -> None:
    os._exit(0)


def fail(scribe: Scribe, argument: str) -> None:
    raise LookupError(argument)


def need(scribe: Scribe, argument: str) -> None:
    __import__("no_such_component")


def shout(scribe: Scribe, argument: str) -> None:
    sys.stdout.write("noise" * 1000)
    sys.stderr.write("noise")
    os.write(1, b'{"text": "noise"}\n{"end": 1}\n')
    scribe.add("quiet", "¶1")


def flood(scribe: Scribe, argument: str) -> None:
    scribe.add("x" * (2 << 20), "¶1")


def shred(scribe: Scribe, argument: str) -> None:
    for n in range(200):
        scribe.add("x", f"¶{n}")


def hold(scribe: Scribe, argument: str) -> None:
    """Close the pipe but stay alive."""
    os.closerange(3, 100)
    time.sleep(30)


def dial(scribe: Scribe, argument: str) -> None:
    for family in (socket.AF_INET, socket.AF_UNIX):
        _attempt(scribe, "socket", lambda family=family: socket.socket(family))


def spill(scribe: Scribe, argument: str) -> None:
    _attempt(scribe, "file", lambda: Path(argument).write_text("secret"))
    _attempt(scribe, "program", lambda: subprocess.run(["true"], check=True))
    _attempt(scribe, "fork", os.fork)


def peek(scribe: Scribe, argument: str) -> None:
    """Write into a descriptor that the parent had open."""
    _attempt(scribe, "descriptor", lambda: os.write(int(argument), b"secret"))


def _attempt(scribe: Scribe, what: str, act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except OSError:
        scribe.add(f"{what} refused", "¶1")
