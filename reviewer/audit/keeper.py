"""Writes results into a store, in batches that are whole or not there at all."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field

from reviewer.audit.database import transaction
from reviewer.audit.rows import compact, matters, parts, stored
from reviewer.audit.stock import trusted_ns
from reviewer.audit.twins import Twin
from reviewer.detect import Ruleset
from reviewer.report import Report

_BATCH = 50
_EVERY_S = 1.0

_INSERT = """INSERT OR REPLACE INTO document
    SELECT id, :yardstick, size, :mtime_ns, :sha256, :sm3, :media_type, :characters, :segments, :verdict, :found,
    :asking, :critical, :high, :unread, :findings, :gaps, :set_aside, :mentions, :alone, :sketch, :millis, NULL
    FROM file WHERE id = :file"""

_COPY = """INSERT OR REPLACE INTO document
    SELECT copy.id, yardstick, copy.size, :mtime_ns, sha256, sm3, media_type, characters, segments, verdict, found,
    asking, critical, high, unread, findings, gaps, set_aside, mentions, alone, sketch, 0, document.file
    FROM document, file AS copy WHERE document.file = :of AND copy.id = :file AND yardstick = :yardstick AND alone
    AND sha256 = :sha256"""

_MAY_COPY = """SELECT EXISTS (
    SELECT 1 FROM document WHERE file = ? AND yardstick = ? AND alone AND sha256 = ?)"""
_PARTS = {
    "tally": "rule, category, action, count",
    "matter": "rule, value, type, category, severity, action, confidence, count, fingerprint",
    "part": "aggregation, number, key, part, value, place",
}
_MATTER = "INSERT INTO matter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PART = "INSERT OR IGNORE INTO part VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(slots=True, kw_only=True)
class Keeper:
    """A killed run loses at most the last batch, and the next run does those documents again."""

    results: sqlite3.Connection
    yardstick: int
    started_ns: int
    _waiting: list[tuple[int, Report | Twin]] = field(default_factory=list)
    _written_s: float = field(default_factory=time.monotonic)

    def keep(self, file: int, report: Report) -> None:
        self._put(file, report)

    def copy(self, twin: Twin) -> bool:
        """Keep for one file what was said of another; False when that may not be said of both."""
        (may,) = self.results.execute(_MAY_COPY, (twin.of, self.yardstick, twin.sha256)).fetchone()
        if may:
            self._put(twin.file, twin)
        return bool(may)

    def _put(self, file: int, what: Report | Twin) -> None:
        self._waiting.append((file, what))
        if len(self._waiting) >= _BATCH or time.monotonic() - self._written_s >= _EVERY_S:
            self.flush()

    def flush(self) -> None:
        with transaction(self.results):
            for file, what in self._waiting:
                if isinstance(what, Twin):
                    self._copy(what)
                else:
                    self._write(file, what)
        self._waiting.clear()
        self._written_s = time.monotonic()

    def _write(self, file: int, report: Report) -> None:
        own = {"file": file, "yardstick": self.yardstick, "mtime_ns": self._time_of(file)}
        self.results.execute(_INSERT, {**own, **stored(report)})  # an older row goes, and its tally with it
        tally = Counter((finding.rule, finding.category, finding.action) for finding in report.findings)
        self.results.executemany(
            "INSERT INTO tally VALUES (?, ?, ?, ?, ?)", [(file, *what, count) for what, count in tally.items()]
        )
        self.results.executemany(_MATTER, [(file, *matter) for matter in matters(report)])
        self.results.executemany(_PART, [(file, *part) for part in parts(report)])

    def _copy(self, twin: Twin) -> None:
        own = {"yardstick": self.yardstick, "mtime_ns": self._time_of(twin.file)}
        self.results.execute(_COPY, {**own, "file": twin.file, "of": twin.of, "sha256": twin.sha256})
        for table, columns in _PARTS.items():
            self.results.execute(
                f"INSERT INTO {table} SELECT ?, {columns} FROM {table} WHERE file = ?",  # noqa: S608 - our own words
                (twin.file, twin.of),
            )

    def _time_of(self, file: int) -> int:
        (mtime_ns,) = self.results.execute("SELECT mtime_ns FROM file WHERE id = ?", (file,)).fetchone()
        return trusted_ns(mtime_ns, self.started_ns)


def note_rules(results: sqlite3.Connection, ruleset: Ruleset) -> None:
    """The rules in force, in both languages, under which their findings will be told."""
    rows = [
        (rule.id, rule.title, rule.title_en, compact(rule.basis), rule.remedy, rule.remedy_en) for rule in ruleset.rules
    ]
    with transaction(results):
        results.executemany("INSERT OR REPLACE INTO rule VALUES (?, ?, ?, ?, ?, ?)", rows)
