"""A worker process: takes paths from a pipe, gives back reports as JSON; no pickled value crosses."""

from __future__ import annotations

import json
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reviewer.language import use_language
from reviewer.report import Reveal, report
from reviewer.screen.one import Task, review_file
from reviewer.screen.screener import Screener, screener_for
from reviewer.screen.settings import Settings

READY = b"ready"
"""A worker's first message: from here on, dying is the fault of the document in its hands."""


def serve(pipe: Connection, settings: Settings, reveal: str, language: str) -> None:
    """Answer until the other end closes. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_language(language)
    screener = screener_for(settings)
    try:
        pipe.send_bytes(READY)
        while True:
            asked = json.loads(pipe.recv_bytes())
            task = Task(path=Path(asked["path"]), shown_as=asked["shown_as"], beside=tuple(asked["beside"]))
            answer = _answer(screener, task, Reveal(reveal))
            pipe.send_bytes(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except (EOFError, OSError):
        return  # the parent is gone


def _answer(screener: Screener, task: Task, reveal: Reveal) -> dict[str, Any]:
    """The report, or the kind of exception that came instead of it."""
    try:
        return {"report": report(review_file(screener, task), reveal).packed()}
    except Exception as error:  # noqa: BLE001
        # Told by its type only: an exception's own words, or a traceback on the screen, may quote the document.
        return {"failed": type(error).__name__}
