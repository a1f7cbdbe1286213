"""The documents and folders of a store that a person is told by name: the worst, the vanished, the ones passed over."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.audit.store import Store
from reviewer.language import language

# Worst first: by verdict, then by how grave and how many, then by name so that the order is the same every time.
_WORST = """CASE verdict WHEN 'block' THEN 0 WHEN 'refer' THEN 1 ELSE 2 END,
    critical DESC, high DESC, asking DESC, unread DESC, source, path"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstDocument:
    """A document that is not clear: what asks for action in it, how grave, and under which titles."""

    path: str
    verdict: str
    asking: int
    critical: int
    high: int
    unread: int
    titles: tuple[str, ...]


def worst(store: Store, since: int, limit: int) -> tuple[WorstDocument, ...]:
    """The documents that ask for action, gravest first."""
    named = titles(store.results)
    rows = store.results.execute(
        f"""SELECT id, source, path, verdict, asking, critical, high, unread FROM document JOIN file ON id = file
        WHERE run >= ? AND verdict <> 'clear' ORDER BY {_WORST} LIMIT ?""",  # noqa: S608 - our own words only
        (since, limit),
    ).fetchall()
    return tuple(
        WorstDocument(
            path=store.shown(source, path),
            verdict=verdict,
            asking=asking,
            critical=critical,
            high=high,
            unread=unread,
            titles=_titles_in(store.results, file, named),
        )
        for file, source, path, verdict, asking, critical, high, unread in rows
    )


def _titles_in(results: sqlite3.Connection, file: int, named: Mapping[str, str]) -> tuple[str, ...]:
    """What was found in one document, the gravest action first, each title once."""
    rows = results.execute(
        """SELECT rule FROM tally WHERE file = ? AND action <> 'note'
        ORDER BY CASE action WHEN 'block' THEN 0 WHEN 'refer' THEN 1 ELSE 2 END, count DESC, rule""",
        (file,),
    )
    return tuple(dict.fromkeys(named.get(rule, rule) for (rule,) in rows))


def titles(results: sqlite3.Connection) -> dict[str, str]:
    """What each rule is called, in the language in use."""
    said = 2 if language() == "en" else 1
    return {row[0]: row[said] for row in results.execute("SELECT id, title, title_en FROM rule")}


def missing(store: Store, since: int, limit: int) -> tuple[str, ...]:
    """Documents that were judged once and were not found by run `since`."""
    rows = store.results.execute(
        "SELECT source, path FROM document JOIN file ON id = file WHERE run < ? ORDER BY source, path LIMIT ?",
        (since, limit),
    )
    return tuple(store.shown(source, path) for source, path in rows)


def skipped(store: Store, since: int, limit: int) -> tuple[tuple[str, str], ...]:
    """Folders that run `since` did not enter, and why ("hidden", "link", "store")."""
    rows = store.results.execute(
        "SELECT source, path, why FROM skipped WHERE run = ? AND why <> 'store' ORDER BY source, path LIMIT ?",
        (since, limit),
    )
    return tuple((store.shown(source, path), why) for source, path, why in rows)
