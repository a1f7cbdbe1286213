"""Reading in a child process: bounded time and memory, no files, no network, and only JSON lines come back."""

from __future__ import annotations

import contextlib
import signal
import time
from contextlib import AbstractContextManager
from enum import Enum
from typing import BinaryIO

from reviewer.extract import process, read_with
from reviewer.extract.limits import Limits
from reviewer.extract.process import Running, Work, may_fork
from reviewer.extract.scribe import Extracted
from reviewer.extract.transcript import TranscriptError, decode, encode
from reviewer.language import tr
from reviewer.terms import Gap
from reviewer.value import dataclass

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


def forked(member: str, data: bytes, limits: Limits) -> Outcome:
    """Read in a fork of this process."""
    return _outcome(process.forked(_work(member, data, limits)), limits)


def spawned(member: str, data: bytes, limits: Limits) -> Outcome:
    """Read in a fresh interpreter."""
    return _outcome(process.spawned(_work(member, data, limits)), limits)


def _work(member: str, data: bytes, limits: Limits) -> Work:
    return Work(module="reviewer.extract.child", words=(member,), data=data, limits=limits)


def work(words: tuple[str, ...], material: BinaryIO, output: BinaryIO, limits: Limits) -> None:
    """The child's side: read with the module that is named, write the transcript."""
    (member,) = words
    output.writelines(encode(read_with(member, material.read(), limits)))


def _outcome(begun: AbstractContextManager[Running], limits: Limits) -> Outcome:
    with begun as running:
        fate, output = _drained(running, limits)
        return Outcome(fate=fate, output=output, status=running.end(kill=fate is not Fate.ENDED))


def _drained(running: Running, limits: Limits) -> tuple[Fate, bytes]:
    pieces: list[bytes] = []
    size, deadline = 0, time.monotonic() + limits.wall_s
    try:
        while piece := running.read(deadline - time.monotonic()):
            pieces.append(piece)
            size += len(piece)
            if size > limits.text_bytes * _OUTPUT_PER_TEXT_BYTE:
                return Fate.TOO_MUCH, b""
    except TimeoutError:
        return Fate.OUT_OF_TIME, b""
    return Fate.ENDED, b"".join(pieces)


def believed(outcome: Outcome, limits: Limits) -> Extracted:
    """The transcript if it is whole, else a single gap: half an answer is not trusted."""
    if outcome.fate is Fate.ENDED:
        with contextlib.suppress(TranscriptError):  # it died before its last line: told below
            return decode(outcome.output)
    gap = Gap(place=tr("全文", "whole document"), reason=obituary(outcome, limits))
    return Extracted(text="", segments=(), gaps=(gap,))


def obituary(outcome: Outcome, limits: Limits) -> str:
    """Why a child did not finish, and what to do."""
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
