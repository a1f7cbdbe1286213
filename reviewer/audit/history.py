"""A store over time: by the years of its documents, from run to run, and what the last run changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.audit.store import Store
from reviewer.audit.summary import VERDICTS
from reviewer.audit.takedown import unit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTally:
    """The documents of one year."""

    year: int
    by_verdict: Mapping[str, int]

    @property
    def asking(self) -> int:
        return sum(self.by_verdict.values()) - self.by_verdict["clear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTally:
    """The sums when a run came to its end (`ended`, ISO, UTC)."""

    run: int
    ended: str
    by_verdict: Mapping[str, int]

    @property
    def asking(self) -> int:
        return sum(self.by_verdict.values()) - self.by_verdict["clear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A document of which the last run says something else: `was` "" when it is new, `now` "" when it is gone."""

    path: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Files that were not read because a copy was (`copies`); groups of near-duplicates and the files in them."""

    copies: int
    groups: int
    grouped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents that are like each other: the first of them, how many there are, how many ask for action."""

    path: str
    documents: int
    asking: int


def by_year(store: Store, since: int) -> tuple[YearTally, ...]:
    """In the order of the years."""
    found: dict[int, dict[str, int]] = {}
    for year, verdict, count in store.results.execute(
        "SELECT year, verdict, COUNT(*) FROM document JOIN file ON id = file WHERE run >= ? GROUP BY 1, 2 ORDER BY 1",
        (since,),
    ):
        found.setdefault(year, dict.fromkeys(VERDICTS, 0))[verdict] = count
    return tuple(YearTally(year=year, by_verdict=counts) for year, counts in found.items())


def by_unit(store: Store, since: int) -> tuple[tuple[str, int], ...]:
    """Documents that ask for action, by unit (`takedown.unit_of`), the most first."""
    found: dict[str, int] = {}
    for (path,) in store.results.execute(
        "SELECT path FROM document JOIN file ON id = file WHERE run >= ? AND verdict <> 'clear'", (since,)
    ):
        unit = unit_of(path)
        found[unit] = found.get(unit, 0) + 1
    return tuple(sorted(found.items(), key=lambda row: (-row[1], row[0])))


def by_run(store: Store) -> tuple[RunTally, ...]:
    """Runs that came to their end, the first one first."""
    found: dict[tuple[int, str], dict[str, int]] = {}
    for run, ended, name, count in store.results.execute(
        """SELECT number, ended, name, count FROM run JOIN trend ON trend.run = number
        WHERE what = 'verdict' AND ended IS NOT NULL ORDER BY number"""
    ):
        found.setdefault((run, ended), dict.fromkeys(VERDICTS, 0))[name] = count
    return tuple(RunTally(run=run, ended=ended, by_verdict=counts) for (run, ended), counts in found.items())


def changes(store: Store, limit: int) -> tuple[int, tuple[Change, ...]]:
    """How many documents the last run that ended changed, and the first of them, the worst first.

    Nothing of the first run: there all is new.
    """
    ended = [one.run for one in by_run(store)]
    if len(ended) < 2:
        return 0, ()
    (count,) = store.results.execute("SELECT COUNT(*) FROM change WHERE run = ?", (ended[-1],)).fetchone()
    rows = store.results.execute(
        """SELECT source, path, change.was, now FROM change JOIN file ON id = change.file WHERE change.run = ?
        ORDER BY CASE now WHEN 'block' THEN 0 WHEN 'refer' THEN 1 WHEN 'redact' THEN 2 WHEN 'clear' THEN 4 ELSE 3 END,
        source, path LIMIT ?""",
        (ended[-1], limit),
    ).fetchall()
    return count, tuple(
        Change(path=store.shown(source, path), was=was or "", now=now or "") for source, path, was, now in rows
    )


def likeness(store: Store, since: int) -> Likeness:
    (copies,) = store.results.execute(
        "SELECT COUNT(*) FROM document JOIN file ON id = file WHERE run >= ? AND copy_of IS NOT NULL", (since,)
    ).fetchone()
    groups, grouped = store.results.execute("SELECT COUNT(DISTINCT kin), COUNT(*) FROM near").fetchone()
    return Likeness(copies=copies, groups=groups, grouped=grouped)


def groups(store: Store, since: int, limit: int) -> tuple[Group, ...]:
    """Groups of near-duplicates, copies among them, the largest first."""
    rows = store.results.execute(
        """SELECT kin, COUNT(*), SUM(verdict <> 'clear') FROM near JOIN document ON document.file = near.file
        JOIN file ON id = near.file WHERE run >= ? GROUP BY kin HAVING COUNT(*) > 1 ORDER BY 2 DESC, 1 LIMIT ?""",
        (since, limit),
    ).fetchall()
    return tuple(Group(path=_path_of(store, kin), documents=count, asking=asking) for kin, count, asking in rows)


def _path_of(store: Store, file: int) -> str:
    return store.shown(*store.results.execute("SELECT source, path FROM file WHERE id = ?", (file,)).fetchone())
