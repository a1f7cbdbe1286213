"""One run: take stock, say what is to be done, screen it; the same run again does what is missing."""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reviewer.audit import Engine, engine_named
from reviewer.audit.conclusion import conclude
from reviewer.audit.database import transaction
from reviewer.audit.keeper import Keeper, note_rules
from reviewer.audit.manifest import Manifest, Origin
from reviewer.audit.pending import Pending
from reviewer.audit.sources import origins_of, require_a_file
from reviewer.audit.stock import Changes, settle, take_stock
from reviewer.audit.store import Store, writing
from reviewer.audit.twins import divided, twins
from reviewer.audit.yardstick import Yardstick, yardstick
from reviewer.errors import ConfigurationError, UsageError
from reviewer.language import tr
from reviewer.report import Report
from reviewer.screen import Settings, screener_for
from reviewer.screen.demand import Demand
from reviewer.screen.pool import default_jobs
from reviewer.signoff.moment import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a run is asked to do. `day` is the day (ISO) a person named; without one an earlier run's day holds.

    `jobs` 0 leaves the number of processes to the program. `seconds` and `memory_bytes` are what one document may
    cost a worker; the narrower limits of the readers act first (`extract.limits`).
    """

    store: Path
    sources: tuple[Path, ...]
    settings: Settings
    day: str | None
    hidden: bool
    engine: str
    jobs: int
    lists: tuple[Path, ...] = ()
    remote: tuple[str, ...] = ()
    seconds: float = 900
    memory_bytes: int = 6 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has taken stock: `total` documents are there, `pending` of them are to be screened."""

    store: Store
    number: int
    total: int
    pending: Pending
    changes: Changes
    engine: Engine
    settings: Settings
    keeper: Keeper
    jobs: int
    demand: Demand

    def screen(self) -> Iterator[Report | None]:
        """Screen and store what is pending; yields once a document, None for one of which a twin was read.

        Whatever ends it, what is done is stored. Raises ConfigurationError when rules, policy or model are changed
        meanwhile.
        """
        results = self.store.results
        try:
            read = divided(self.store, self.number, self.keeper.yardstick, self.pending.files)
            yield from self._read(self.pending.only(read))
            self.keeper.flush()
            unlike = array("q")
            for twin in twins(self.store):
                if self.keeper.copy(twin):
                    yield None
                else:
                    unlike.append(twin.file)
            yield from self._read(self.pending.only(unlike))
        finally:
            self.keeper.flush()
        with transaction(results):
            conclude(results, self.number)
            results.execute("UPDATE run SET ended = ? WHERE number = ?", (_now(), self.number))

    def _read(self, tasks: Pending) -> Iterator[Report]:
        if not tasks:
            return
        with closing(self.engine.screened(tasks, self.settings, jobs=self.jobs, demand=self.demand)) as done:
            for index, report in done:
                if not self.store.manifest.yardstick.judged(report):
                    raise ConfigurationError(_changed_meanwhile())
                self.keeper.keep(tasks.files[index], report)
                yield report


@contextmanager
def begun(order: Order) -> Iterator[Run]:
    """A run ready to screen; it holds the store until it is left.

    Raises NothingReadError when there is nothing to audit, UsageError when the words do not go with the store.
    """
    engine = engine_named(order.engine)
    origins = origins_of(order.sources, order.lists, order.remote)
    require_a_file(origins, hidden=order.hidden, store=order.store)
    started_ns = time.time_ns()
    with writing(order.store, lambda before: _manifest(order, origins, before)) as store:
        settings = replace(order.settings, today=store.manifest.yardstick.day)
        number, measure = _founded(store)
        total = take_stock(store, number)
        changes = settle(store, number, measure, started_ns)
        with transaction(store.results):
            store.results.execute("UPDATE run SET listed = ? WHERE number = ?", (_now(), number))
        pending = Pending(store, number, measure)
        note_rules(store.results, screener_for(settings).ruleset)
        yield Run(
            store=store,
            number=number,
            total=total,
            pending=pending,
            changes=changes,
            engine=engine,
            settings=settings,
            keeper=Keeper(results=store.results, yardstick=measure, started_ns=started_ns),
            jobs=order.jobs or default_jobs(pending.sizes),
            demand=Demand(key=store.key(), seconds=order.seconds, memory_bytes=order.memory_bytes),
        )


def _manifest(order: Order, origins: Sequence[Origin], before: Manifest | None) -> Manifest:
    """This run's manifest: sources are only ever added, hidden folders once entered stay entered, the day holds.

    An audit takes days: were each day's run judged by its own day, every morning would begin it anew.
    """
    day = before.yardstick.day if before and order.day is None else order.settings.today
    settings = replace(order.settings, today=day)
    return Manifest(
        started=before.started if before else _now(),
        sources=_joined(order.store, before.sources if before else (), origins),
        policy=str(settings.policy) if settings.policy else None,
        hidden=order.hidden or (before is not None and before.hidden),
        engine=order.engine,
        yardstick=yardstick(screener_for(settings)),
    )


def _joined(store: Path, before: Sequence[Origin], named: Sequence[Origin]) -> tuple[Origin, ...]:
    """Raises UsageError when a source of the store is not named: its documents would look as if they were gone."""
    paths = {(origin.path, origin.listed) for origin in named}
    missing = [origin for origin in before if (origin.path, origin.listed) not in paths]
    if missing:
        raise UsageError(
            tr(
                f"{store}：以前审查的是 {missing[0].path}，这次没有写。接着审请写全以前的 SOURCE；审别的请换一个 STORE",
                f"{store} audits {missing[0].path}, which is not named now. Name every SOURCE of before to go on, "
                "or take another STORE",
            )
        )
    known = {(origin.path, origin.listed) for origin in before}
    return (*before, *(origin for origin in named if (origin.path, origin.listed) not in known))


def _founded(store: Store) -> tuple[int, int]:
    """The numbers of a new run and of its yardstick."""
    results = store.results
    with transaction(results):
        measure = _numbered(results, store.manifest.yardstick)
        cursor = results.execute("INSERT INTO run (yardstick, started) VALUES (?, ?)", (measure, _now()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid, measure


def _numbered(results: sqlite3.Connection, measure: Yardstick) -> int:
    columns, values = "version, readers, rules, model, policy, baseline, day", astuple(measure)
    results.execute(f"INSERT OR IGNORE INTO yardstick ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
    where = f"SELECT id FROM yardstick WHERE ({columns}) = (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    (number,) = results.execute(where, values).fetchone()
    return int(number)


def _now() -> str:
    return instant(datetime.now(UTC))


def _changed_meanwhile() -> str:
    return tr(
        "审查过程中规则、政策或模型被改动：前后口径不一，已停止。同一命令重来，按新口径接着审",
        "rules, policy or model changed during the run: stopped. The same command goes on by the new ones",
    )
