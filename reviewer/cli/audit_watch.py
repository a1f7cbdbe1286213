"""`reviewer audit watch`: a published mirror audited again by today's rules, today's date and the signed records."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from reviewer.audit.history import changes
from reviewer.audit.looking import settings_of
from reviewer.audit.run import Order
from reviewer.audit.store import reading
from reviewer.audit.summary import summary
from reviewer.audit.watching import Fault, Told, deviations, expired, records_in
from reviewer.cli.options import JsonOption, StoreArgument, TodayOption
from reviewer.cli.setting import settings
from reviewer.errors import ReviewerError
from reviewer.language import tr
from reviewer.report.plain import plain
from reviewer.report.words import verdict_name
from reviewer.screen import screener_for

SCHEMA = "reviewer.watch/1"
_NAMED = 100
_A_YEAR_H = 8784
_WORDS = {
    Fault.ALTERED: ("在线内容与审签记录不符", "online with other bytes than were signed"),
    Fault.NOT_RELEASED: ("未获批准或已撤回，仍在线", "online, and not approved or withdrawn"),
    Fault.ABSENT: ("审签记录中的文件不在线", "signed, and not online"),
}


def watcher(run: Callable[[Order], object]) -> Callable[..., None]:
    """The command; `run` does a run as `audit run` does, with its words and its view."""

    def watch(
        store: StoreArgument,
        record: Annotated[
            list[Path] | None,
            typer.Option(
                "--record",
                metavar="FILE|FOLDER",
                help=tr("审签记录，与在线内容比对，可重复", "signed records to compare with; repeat it"),
            ),
        ] = None,
        every: Annotated[
            float,
            typer.Option(
                "--every",
                metavar="HOURS",
                min=0,
                max=_A_YEAR_H,
                help=tr("每隔几小时再来（0：只一次）", "again after so many hours (0: once)"),
            ),
        ] = 0,
        as_json: JsonOption = False,
        today: TodayOption = None,
    ) -> None:
        def look() -> bool:
            screener_for.cache_clear()  # the rules and the policy of now, not of the time before
            records = records_in(record) if record else ()
            run(_order(store, today))
            return _tell(store, records, as_json, None if every else 1)

        urgent = look()
        if not every:
            raise typer.Exit(10 if urgent else 0)
        while True:
            _wait(every)
            try:
                look()
            except ReviewerError as error:
                # A mirror that is being copied, a record half written: said, and looked at again the next time.
                typer.echo(tr("错误：", "error: ") + str(error), err=True)

    return watch


def _order(store: Path, today: str | None) -> Order:
    """The sources of before, by today's date; the store's engine and policy."""
    with reading(store) as opened:
        manifest, held = opened.manifest, settings_of(opened)
    day = settings(held.policy, today).today
    return Order(
        store=store,
        sources=tuple(Path(origin.path) for origin in manifest.sources if not origin.listed and not origin.is_remote),
        remote=tuple(origin.path for origin in manifest.sources if origin.is_remote),
        lists=tuple(Path(origin.listed) for origin in manifest.sources if origin.listed),
        settings=settings(held.policy, day),
        day=day,
        hidden=manifest.hidden,
        engine=manifest.engine,
        jobs=0,
    )


def _wait(hours: float) -> None:
    due = datetime.now().astimezone() + timedelta(hours=hours)
    typer.echo(tr(f"下次：{due:%Y-%m-%d %H:%M}", f"next: {due:%Y-%m-%d %H:%M}"), err=True)
    time.sleep(hours * 3600)


def _tell(store: Path, records: tuple[Told, ...], as_json: bool, indent: int | None) -> bool:
    """Whether anything has to be done: what got worse, what outlived its period, what is not as it was signed.

    `indent` None: as JSON, one line a time, for whoever reads as it comes.
    """
    with reading(store) as opened:
        since = summary(opened).since
        count, changed = changes(opened, _NAMED)
        over = expired(opened, since)
        apart = tuple(deviations(opened, since, records))
    worse = [one for one in changed if one.now not in ("", "clear")]
    if as_json:
        told = {
            "schema": SCHEMA,
            "changed": {"documents": count, "first": [asdict(one) for one in changed]},
            "expired": list(over),
            "deviations": [asdict(one) for one in apart],
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=indent))
    else:
        for one in worse:
            was = verdict_name(one.was) if one.was else tr("新增", "new")
            typer.echo(f"{was} → {verdict_name(one.now)}\t{plain(one.path)}")
        for path in over:
            typer.echo(tr("公示期已满，仍在线", "the publicity period is over") + f"\t{plain(path)}")
        for deviation in apart:
            where = "、".join(plain(path) for path in deviation.paths)
            typer.echo(f"{tr(*_WORDS[deviation.fault])}\t{deviation.case} {plain(deviation.name)}\t{where}")
    return bool(worse or over or any(one.fault is not Fault.ABSENT for one in apart))
