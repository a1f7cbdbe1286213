"""What reading one document may cost, and how much of its time a reader has left."""

from __future__ import annotations

import os
import time
from importlib.machinery import PathFinder  # importlib.util would cost the gate milliseconds

from reviewer.value import dataclass

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


def recognises_text() -> bool:
    """Whether the extra `ocr` is installed and not switched off.

    REVIEWER_OCR=off: a default is not enough, because a hook before every commit must not take minutes.
    """
    if os.environ.get("REVIEWER_OCR", "").lower() in ("off", "0", "no"):
        return False
    return all(PathFinder.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


_FOR_PICTURES = Limits(wall_s=600, cpu_s=1200, memory_bytes=3072 * _MIB)
"""Recognising a dense page takes eight seconds of a core and 1.3 GB in all: a scan of a hundred pages is still read."""

DEFAULT_LIMITS = _FOR_PICTURES if recognises_text() else Limits()


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
