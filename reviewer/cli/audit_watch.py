"""`reviewer audit watch`: a published mirror audited again by today's rules, today's date and the signed records."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
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
from reviewer.language import tr
from reviewer.report.plain import plain
from reviewer.report.words import verdict_name

SCHEMA = "reviewer.watch/1"
_NAMED = 100
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
            typer.Option("--every", metavar="HOURS", min=0, help=tr("每隔几小时再来（0：只一次）", "hours (0: once)")),
        ] = 0,
        as_json: JsonOption = False,
        today: TodayOption = None,
    ) -> None:
        while True:
            records = records_in(record) if record else ()
            with reading(store) as opened:
                manifest, held = opened.manifest, settings_of(opened)
            day = settings(held.policy, today).today if today else date.today().isoformat()
            run(
                Order(
                    store=store,
                    sources=tuple(
                        Path(origin.path) for origin in manifest.sources if not origin.listed and not origin.is_remote
                    ),
                    remote=tuple(origin.path for origin in manifest.sources if origin.is_remote),
                    lists=tuple(Path(origin.listed) for origin in manifest.sources if origin.listed),
                    settings=settings(held.policy, day),
                    day=day,
                    hidden=manifest.hidden,
                    engine=manifest.engine,
                    jobs=0,
                )
            )
            urgent = _tell(store, records, as_json)
            if not every:
                raise typer.Exit(10 if urgent else 0)
            time.sleep(every * 3600)

    return watch


def _tell(store: Path, records: tuple[Told, ...], as_json: bool) -> bool:
    """Whether anything has to be done: what got worse, what outlived its period, what is not as it was signed."""
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
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
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
