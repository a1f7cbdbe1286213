"""What a store says as a whole: numbers, the rules that found most, the folders and documents to look at first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.audit.database import transaction
from reviewer.audit.particulars import titles
from reviewer.audit.store import Store

VERDICTS = ("clear", "redact", "refer", "block")
CATEGORIES = ("state_secret", "work_secret", "trade_secret", "personal_privacy")

# Neither judged by the yardstick in force nor known to have the bytes that were judged.
_WAITING = """document.file IS NULL OR yardstick <> :yardstick OR file.size <> document.size
    OR (file.mtime_ns <> document.mtime_ns AND document.mtime_ns <> -1)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTally:
    """What one rule found: in how many documents, how often, and how much of it asks for action."""

    rule: str
    title: str
    category: str
    documents: int
    findings: int
    asking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderTally:
    """One folder at the top of a source, with everything below it."""

    folder: str
    by_verdict: Mapping[str, int]

    @property
    def documents(self) -> int:
        return sum(self.by_verdict.values())

    @property
    def asking(self) -> int:
        return self.documents - self.by_verdict["clear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A store in numbers, as of its last stock-taking.

    `waiting` are listed but not, or no longer, judged; `stale` of the counted ones were judged by another
    yardstick; `missing` were judged once and are gone, and do not count; `complete`: nothing waits.
    """

    sources: tuple[str, ...]
    started: str
    last_run: str
    day: str
    engine: Mapping[str, str]
    since: int
    documents: int
    by_verdict: Mapping[str, int]
    findings: int
    by_category: Mapping[str, int]
    unreadable: int
    waiting: int
    stale: int
    missing: int
    skipped: Mapping[str, int]
    complete: bool
    by_rule: tuple[RuleTally, ...]
    by_folder: tuple[FolderTally, ...]


def summary(store: Store) -> Summary:
    """All numbers of one moment, also while a run goes on."""
    with transaction(store.results, "DEFERRED"):
        return _summary(store)


def _summary(store: Store) -> Summary:
    results, manifest = store.results, store.manifest
    last, measure, last_run = results.execute(
        "SELECT number, yardstick, COALESCE(ended, listed, started) FROM run ORDER BY number DESC LIMIT 1"
    ).fetchone() or (0, 0, manifest.started)
    (since,) = results.execute("SELECT COALESCE(MAX(number), 0) FROM run WHERE listed IS NOT NULL").fetchone()
    now = {"since": since, "yardstick": measure}
    by_verdict = _counted(results, "SELECT verdict, COUNT(*) FROM document JOIN file ON id = file", VERDICTS, now)
    (findings, unreadable, stale) = results.execute(
        """SELECT COALESCE(SUM(found), 0), COALESCE(SUM(unread > 0), 0), COALESCE(SUM(yardstick <> :yardstick), 0)
        FROM document JOIN file ON id = file WHERE run >= :since""",
        now,
    ).fetchone()
    waiting = _number(results, f"file LEFT JOIN document ON file = id WHERE run >= :since AND ({_WAITING})", now)
    return Summary(
        sources=tuple(origin.name for origin in manifest.sources),
        started=manifest.started,
        last_run=last_run,
        day=manifest.yardstick.day,
        engine={
            "version": manifest.yardstick.version,
            "rules": manifest.yardstick.rules,
            "model": manifest.yardstick.model,
            "policy": manifest.yardstick.policy,
        },
        since=since,
        documents=sum(by_verdict.values()),
        by_verdict=by_verdict,
        findings=findings,
        by_category=_counted(
            results,
            "SELECT category, SUM(count) FROM tally JOIN file ON id = tally.file",
            CATEGORIES,
            now,
        ),
        unreadable=unreadable,
        waiting=waiting,
        stale=stale,
        missing=_number(results, "document JOIN file ON id = file WHERE run < :since", now),
        skipped=dict(results.execute("SELECT why, COUNT(*) FROM skipped WHERE run = ? GROUP BY why", (since,))),
        # A listing that was cut short may have left files unseen.
        complete=waiting == 0 and last == since and last > 0,
        by_rule=tuple(_by_rule(results, now)),
        by_folder=tuple(_by_folder(store, now)),
    )


def _counted(
    results: sqlite3.Connection, select: str, names: tuple[str, ...], now: Mapping[str, int]
) -> dict[str, int]:
    """Every name has its number, also when it is none."""
    found = dict(results.execute(f"{select} WHERE run >= :since GROUP BY 1", now))
    return {name: found.get(name, 0) for name in names}


def _number(results: sqlite3.Connection, what: str, now: Mapping[str, int]) -> int:
    (number,) = results.execute(f"SELECT COUNT(*) FROM {what}", now).fetchone()  # noqa: S608 - our own words only
    return int(number)


def _by_rule(results: sqlite3.Connection, now: Mapping[str, int]) -> Iterator[RuleTally]:
    named = titles(results)
    for rule, category, documents, findings, asking in results.execute(
        """SELECT rule, category, COUNT(DISTINCT tally.file), SUM(count), SUM(count * (action <> 'note'))
        FROM tally JOIN file ON id = tally.file WHERE run >= :since
        GROUP BY rule, category ORDER BY 5 DESC, 4 DESC, rule""",
        now,
    ):
        yield RuleTally(
            rule=rule,
            title=named.get(rule, rule),
            category=category,
            documents=documents,
            findings=findings,
            asking=asking,
        )


def _by_folder(store: Store, now: Mapping[str, int]) -> Iterator[FolderTally]:
    """Those with most documents that ask for action first; files beside the folders count for their source."""
    found: dict[str, dict[str, int]] = {}
    for source, path, verdict in store.results.execute(
        "SELECT source, path, verdict FROM document JOIN file ON id = file WHERE run >= :since", now
    ):
        top = path.partition(b"/")[0] if b"/" in path else b""
        found.setdefault(store.shown(source, top), dict.fromkeys(VERDICTS, 0))[verdict] += 1
    made = [FolderTally(folder=folder, by_verdict=by_verdict) for folder, by_verdict in found.items()]
    yield from sorted(made, key=lambda tally: (-tally.asking, -tally.documents, tally.folder))


def verdicts(store: Store, since: int) -> tuple[str, ...]:
    """The verdicts there are among the documents that run `since`, or a later one, still found."""
    rows = store.results.execute(
        "SELECT DISTINCT verdict FROM document JOIN file ON id = file WHERE run >= ?", (since,)
    )
    return tuple(verdict for (verdict,) in rows)
