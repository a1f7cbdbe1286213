"""What reading one document may cost, and how much of its time a reader has left."""

from __future__ import annotations

import time
from dataclasses import dataclass

_MIB = 1024 * 1024
_deadline = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one document: what is taken in, what its reader may use, what may come back."""

    file_bytes: int = 512 * _MIB
    archive_in_memory_bytes: int = 64 * _MIB  # a larger archive stays on disk
    text_bytes: int = 64 * _MIB  # a text file as found, and the text of any document
    in_process_bytes: int = 8 * _MIB  # text formats up to here are read without a child
    segments: int = 1_000_000
    wall_s: float = 60
    archive_wall_s: float = 1800  # an archive with all that is in it
    cpu_s: int = 60
    memory_bytes: int = 2048 * _MIB


DEFAULT_LIMITS = Limits()


def start_clock(wall_s: float) -> None:
    """Begin this process's time for one document; the child calls it before it reads."""
    global _deadline
    _deadline = time.monotonic() + wall_s


def time_left_s() -> float:
    """Seconds until the parent gives up on this reader; endless when no clock was started.

    A reader of long documents stops early and writes a gap: what is half read by then is worth
    more than nothing, and a killed child leaves nothing.
    """
    return _deadline - time.monotonic()
