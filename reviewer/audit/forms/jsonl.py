"""One report a line, one line a document: the objects of `reviewer screen --format jsonl`, as stored."""

from __future__ import annotations

from typing import TextIO

from reviewer.audit.archive import reports
from reviewer.audit.store import Store
from reviewer.audit.summary import summary
from reviewer.report import format_named


def write(store: Store, out: TextIO) -> None:
    writer = format_named("jsonl", out)
    for report in reports(store, summary(store).since):
        writer.add(report)
    writer.close()
