"""A worker process: takes paths from a pipe, gives back reports as JSON; no pickled value crosses."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reviewer.language import use_language
from reviewer.report import Reveal, report
from reviewer.screen.demand import ONLY_REPORTS, Demand, bound_memory
from reviewer.screen.one import Task, review_file
from reviewer.screen.screener import Screener, screener_for
from reviewer.screen.settings import Settings

READY = b"ready"
"""A worker's first message: from here on, dying is the fault of the document in its hands."""


def serve(pipe: Connection, settings: Settings, reveal: str, language: str, demand: Demand) -> None:
    """Answer until the other end closes. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_language(language)
    bound_memory(demand.memory_bytes)
    screener = screener_for(settings)
    try:
        pipe.send_bytes(READY)
        while True:
            asked = json.loads(pipe.recv_bytes())
            task = Task(
                path=Path(asked["path"]),
                shown_as=asked["shown_as"],
                beside=tuple(asked["beside"]),
                within=asked["within"],
            )
            answer = _answer(screener, task, Reveal(reveal), demand)
            pipe.send_bytes(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except (EOFError, OSError):
        return  # the parent is gone


def _answer(screener: Screener, task: Task, reveal: Reveal, demand: Demand = ONLY_REPORTS) -> dict[str, Any]:
    """The report, or the kind of exception that came instead of it."""
    began = time.monotonic()
    try:
        review = review_file(screener, task)
        told = report(review, reveal)
        if demand.key:
            from reviewer.screen.traits import traits

            told = replace(told, traits=traits(review, demand.key, time.monotonic() - began))
        return {"report": told.packed()}
    except Exception as error:  # noqa: BLE001
        # Told by its type only: an exception's own words, or a traceback on the screen, may quote the document.
        return {"failed": type(error).__name__}
