"""`reviewer audit next` and `rulings`: work the matters off, the most harm to be expected first."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from reviewer.audit.looking import Look, look
from reviewer.audit.matters import Matter, matters
from reviewer.audit.queue import Queue
from reviewer.audit.rulings import (
    SKIPPED,
    Ruled,
    agreement,
    record,
    rulings,
    settled,
    to_ask_again,
)
from reviewer.audit.store import Store, amending, reading
from reviewer.audit.summary import summary
from reviewer.cli.keystroke import keystroke
from reviewer.cli.options import RuleOption, RulerOption, StoreArgument
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report.plain import plain
from reviewer.report.words import action_heading, category_name
from reviewer.signoff.moment import instant
from reviewer.terms import Ruling

_KEYS = {
    "y": Ruling.CONFIRMED.value,
    "n": Ruling.FALSE_POSITIVE.value,
    "p": Ruling.RELEASABLE.value,
    "s": SKIPPED,
}
_QUIT = "q"


def next_matter(
    store: StoreArgument,
    by: RulerOption = "",
    rule: RuleOption = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help=tr("最多几条（0：不限）", "at most (0: no end)"))] = 0,
    listed: Annotated[
        int, typer.Option("--list", metavar="N", min=0, help=tr("只列出最前 N 条，不裁定", "only list the first N"))
    ] = 0,
) -> None:
    if listed:
        with reading(store) as opened:
            _list(opened, _queue(opened, rule)[0], listed)
        return
    if not by.strip():
        raise UsageError(tr("--by：写明裁定人", "--by: say who rules"))
    with amending(store) as opened:
        _work_off(opened, by.strip(), rule, limit)


def _queue(store: Store, rule: str | None) -> tuple[Queue, tuple[Matter, ...]]:
    """The queue as it stands after all rulings so far, and every matter."""
    every = tuple(one for one in matters(store, summary(store).since) if rule in (None, one.rule))
    queue = Queue(today_year=date.fromisoformat(store.manifest.yardstick.day).year)
    queue.add(every)
    known = {(one.rule, one.value): one for one in every}
    for key, ruled in settled(rulings(store)).items():
        if key in known:
            queue.settle(known[key], confirmed=ruled.ruling == Ruling.CONFIRMED.value)
    return queue, every


def _work_off(store: Store, by: str, rule: str | None, limit: int) -> None:
    queue, every = _queue(store, rule)
    known = {(one.rule, one.value): one for one in every}
    made = list(rulings(store))
    for one in made:
        if one.by == by and one.ruling == SKIPPED and (one.rule, one.value) in known:
            queue.put_off(known[one.rule, one.value])
    asked = 0
    while not limit or asked < limit:
        again = to_ask_again(made, by)
        matter = known.get(again) if again else None
        again = again if matter else None
        matter = matter or queue.next()
        if matter is None:
            break
        ruled = _ask(store, matter, queue, by, again=again is not None)
        if ruled is None:
            break
        record(store, matter, ruled)
        made.append(ruled)
        asked += 1
        if again is None:
            _learn(queue, matter, ruled)
    _close(queue, made, asked)


def _learn(queue: Queue, matter: Matter, ruled: Ruled) -> None:
    if ruled.ruling == SKIPPED:
        queue.put_off(matter)
    else:
        queue.settle(matter, confirmed=ruled.ruling == Ruling.CONFIRMED.value)


def _ask(store: Store, matter: Matter, queue: Queue, by: str, *, again: bool) -> Ruled | None:
    """Nothing on the screen tells a question that somebody else has answered from a new one."""
    _show(look(store, matter), matter, len(queue.waiting))
    began = time.monotonic()
    key = keystroke("".join(_KEYS) + _QUIT, end=_QUIT)
    if key == _QUIT:
        return None
    return Ruled(
        rule=matter.rule,
        value=matter.value,
        ruling=_KEYS[key],
        by=by,
        at=instant(datetime.now(UTC)),
        again=again,
        seconds=round(time.monotonic() - began, 1),
    )


def _show(seen: Look, matter: Matter, left: int) -> None:
    finding, excerpt = seen.finding, seen.excerpt
    typer.echo("")
    typer.secho(f"{finding.title if finding else matter.rule}　{category_name(matter.category)}", bold=True)
    typer.echo(f"{plain(seen.path)}　{finding.location.place if finding else ''}")
    if finding is None:
        typer.echo(
            tr("（原件或规则有变，原处已找不到：打开原件看）", "(the file or the rules changed: open the original)")
        )
    elif excerpt is None:
        typer.echo(
            tr("（疑似国家秘密，不显示原文：打开原件看）", "(may be a state secret, not shown: open the original)")
        )
    else:
        typer.echo(f"  …{plain(excerpt.before)}【{plain(excerpt.hit)}】{plain(excerpt.after)}…")
    if finding and finding.note:
        typer.echo(f"  {plain(finding.note)}")
    facts = tr(
        f"{matter.files} 份文件、{matter.places} 处，最早 {matter.year} 年；还有 {left} 条",
        f"{matter.files} files, {matter.places} places, since {matter.year}; {left} left",
    )
    typer.secho(f"  {action_heading(matter.action)}　{facts}", dim=True)
    typer.echo(
        tr(
            "  y 属实须处理　n 误报　p 属实但可公开　s 跳过　q 停 ",
            "  y true　n false　p true but public　s skip　q quit ",
        ),
        nl=False,
    )


def _close(queue: Queue, made: list[Ruled], asked: int) -> None:
    typer.echo("")
    typer.echo(tr(f"本次裁定 {asked} 条，还有 {len(queue.waiting)} 条", f"{asked} ruled on, {len(queue.waiting)} left"))
    told = agreement(made)
    if told.pairs:
        value = "–" if told.kappa is None else f"{told.kappa:.2f}"
        typer.echo(
            tr(
                f"双人复核 {told.pairs} 条，一致 {told.same} 条，κ = {value}",
                f"asked twice: {told.pairs}, the same answer: {told.same}, κ = {value}",
            )
        )


def _list(store: Store, queue: Queue, count: int) -> None:
    for matter in queue.ordered()[:count]:
        source, path = store.results.execute("SELECT source, path FROM file WHERE id = ?", (matter.file,)).fetchone()
        typer.echo(
            f"{queue.expected_harm(matter):.1f}\t{matter.rule}\t{matter.files}\t{matter.places}\t"
            f"{plain(store.shown(source, path))}"
        )
