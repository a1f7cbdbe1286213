"""A worker process: takes paths from a pipe, gives back reports as JSON; no pickled value crosses."""

from __future__ import annotations

import json
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from reviewer.language import use_language
from reviewer.report import Reveal, report
from reviewer.screen.one import Task, review_file
from reviewer.screen.screener import screener_for
from reviewer.screen.settings import Settings


def serve(pipe: Connection, settings: Settings, reveal: str, language: str) -> None:
    """Answer until the other end closes. Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_language(language)
    screener = screener_for(settings)
    while True:
        try:
            asked = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        review = review_file(screener, Task(path=Path(asked["path"]), shown_as=asked["shown_as"]))
        made = report(review, Reveal(reveal)).packed()
        pipe.send_bytes(json.dumps(made, ensure_ascii=False).encode("utf-8", "surrogatepass"))
