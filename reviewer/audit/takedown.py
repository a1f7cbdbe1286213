"""The documents to be dealt with, in the order in which to deal with them: most expected harm first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewer.audit.matters import matters
from reviewer.audit.particulars import titles
from reviewer.audit.queue import Queue
from reviewer.audit.rulings import Ruled, rulings, settled
from reviewer.audit.store import Store
from reviewer.terms import Ruling

_ORDER = {"block": 0, "refer": 1, "redact": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document: what to do with it, and what people said. `unit` is the first folder of its path.

    `open` of its matters nobody has ruled on, `confirmed` were confirmed; those ruled to be none are not counted.
    """

    path: str
    unit: str
    year: int
    verdict: str
    harm: float
    titles: tuple[str, ...]
    places: int
    unread: int
    confirmed: int
    open: int
    by: tuple[str, ...]
    copies: int


@dataclass(slots=True)
class _Found:
    harm: float = 0.0
    places: int = 0
    confirmed: int = 0
    open: int = 0
    dropped: int = 0


def tasks(store: Store, since: int) -> Iterator[Task]:
    """Blocked ones first, and always: no one person takes those off the list.

    Any other document that was read whole and all of whose matters were ruled to be none is none of them.
    """
    ruled = settled(rulings(store))
    found = _found(store, since, ruled)
    rows = store.results.execute(
        """SELECT id, source, path, year, verdict, unread,
        (SELECT COUNT(*) FROM document AS same WHERE same.sha256 = document.sha256) FROM document JOIN file ON id = file
        WHERE run >= ? AND verdict <> 'clear'""",
        (since,),
    ).fetchall()
    nothing = _Found()
    kept = [row for row in rows if row[4] == "block" or row[5] or not _is_settled(found.get(row[0], nothing))]
    kept.sort(key=lambda row: (_ORDER[row[4]], -found.get(row[0], nothing).harm, row[1], row[2]))
    named = titles(store.results)
    for file, source, path, year, verdict, unread, same in kept:
        one = found.get(file, nothing)
        rules = store.results.execute("SELECT rule, value FROM matter WHERE file = ? ORDER BY rule", (file,)).fetchall()
        yield Task(
            path=store.shown(source, path),
            unit=unit_of(path),
            year=year,
            verdict=verdict,
            harm=round(one.harm, 1),
            titles=tuple(
                dict.fromkeys(named.get(rule, rule) for rule, value in rules if not _is_none(ruled, rule, value))
            ),
            places=one.places,
            unread=unread,
            confirmed=one.confirmed,
            open=one.open,
            by=tuple(sorted({ruled[rule, value].by for rule, value in rules if (rule, value) in ruled})),
            copies=same - 1,
        )


def unit_of(path: bytes) -> str:
    """The first folder below the source that is no year; "" for a file beside the folders."""
    folders = path.partition(b"\0")[0].split(b"/")[:-1]
    names = [folder.decode("utf-8", "replace") for folder in folders if folder]
    return next((name for name in names if not name.rstrip("年").isdigit()), names[0] if names else "")


def _is_none(ruled: dict[tuple[str, str], Ruled], rule: str, value: str) -> bool:
    return (rule, value) in ruled and ruled[rule, value].ruling != Ruling.CONFIRMED.value


def _is_settled(one: _Found) -> bool:
    return bool(one.dropped) and not one.confirmed and not one.open


def _found(store: Store, since: int, ruled: dict[tuple[str, str], Ruled]) -> dict[int, _Found]:
    every = {(one.rule, one.value): one for one in matters(store, since)}
    queue = Queue(today_year=date.fromisoformat(store.manifest.yardstick.day).year)
    queue.add(every.values())
    for key, one in ruled.items():
        if key in every:
            queue.settle(every[key], confirmed=one.ruling == Ruling.CONFIRMED.value)
    found: dict[int, _Found] = {}
    for file, rule, value, count in store.results.execute(
        "SELECT file, rule, value, count FROM matter JOIN file ON id = file WHERE run >= ?", (since,)
    ):
        mine, key = found.setdefault(file, _Found()), (rule, value)
        if _is_none(ruled, rule, value):
            mine.dropped += 1
            continue
        confirmed = key in ruled
        mine.harm += every[key].harm(queue.today_year) * (1.0 if confirmed else queue.likelihood(every[key]))
        mine.places += count
        mine.confirmed += confirmed
        mine.open += not confirmed
    return found
