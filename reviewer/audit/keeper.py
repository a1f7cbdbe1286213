"""Writes results into a store, in batches that are whole or not there at all."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field

from reviewer.audit.database import transaction
from reviewer.audit.rows import compact, stored
from reviewer.audit.stock import trusted_ns
from reviewer.detect import Ruleset
from reviewer.report import Report

_BATCH = 50
_EVERY_S = 1.0

_INSERT = """INSERT OR REPLACE INTO document
    SELECT id, :yardstick, size, :mtime_ns, :sha256, :sm3, :media_type, :characters, :segments, :verdict, :found,
    :asking, :critical, :high, :unread, :findings, :gaps, :set_aside, :mentions FROM file WHERE id = :file"""


@dataclass(slots=True, kw_only=True)
class Keeper:
    """A killed run loses at most the last batch, and the next run does those documents again."""

    results: sqlite3.Connection
    yardstick: int
    started_ns: int
    _waiting: list[tuple[int, Report]] = field(default_factory=list)
    _written_s: float = field(default_factory=time.monotonic)

    def keep(self, file: int, report: Report) -> None:
        self._waiting.append((file, report))
        if len(self._waiting) >= _BATCH or time.monotonic() - self._written_s >= _EVERY_S:
            self.flush()

    def flush(self) -> None:
        with transaction(self.results):
            for file, report in self._waiting:
                self._write(file, report)
        self._waiting.clear()
        self._written_s = time.monotonic()

    def _write(self, file: int, report: Report) -> None:
        (mtime_ns,) = self.results.execute("SELECT mtime_ns FROM file WHERE id = ?", (file,)).fetchone()
        own = {"file": file, "yardstick": self.yardstick, "mtime_ns": trusted_ns(mtime_ns, self.started_ns)}
        self.results.execute(_INSERT, {**own, **stored(report)})  # an older row goes, and its tally with it
        tally = Counter((finding.rule, finding.category, finding.action) for finding in report.findings)
        self.results.executemany(
            "INSERT INTO tally VALUES (?, ?, ?, ?, ?)", [(file, *what, count) for what, count in tally.items()]
        )


def note_rules(results: sqlite3.Connection, ruleset: Ruleset) -> None:
    """The rules in force, in both languages, under which their findings will be told."""
    rows = [
        (rule.id, rule.title, rule.title_en, compact(rule.basis), rule.remedy, rule.remedy_en) for rule in ruleset.rules
    ]
    with transaction(results):
        results.executemany("INSERT OR REPLACE INTO rule VALUES (?, ?, ?, ?, ?, ?)", rows)
