"""`reviewer rules replay`: what a changed pack of rules gains and loses over documents, before it is adopted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace as with_changes
from pathlib import Path
from typing import Annotated

import typer

from reviewer.audit.documents import is_store, tasks_of
from reviewer.cli.options import HereOrStoredArgument, JsonOption, PolicyOption, RuleOption, TodayOption
from reviewer.cli.progress import bar
from reviewer.cli.setting import ASKS_FOR_ACTION, settings
from reviewer.detect.overlay import overlaid, unproved
from reviewer.errors import ConfigurationError, UsageError
from reviewer.language import tr
from reviewer.report.form import FindingRow
from reviewer.report.words import verdict_name
from reviewer.resources import shipped
from reviewer.screen import Screener, screener_for, walk
from reviewer.screen.beside import companions
from reviewer.screen.one import Task
from reviewer.screen.replay import Balance, Difference, difference_content, replayed

SCHEMA = "reviewer.replay/1"
_SHIPPED = "shipped"
_UNPROVED = 4
_PROGRESS_FROM = 8  # documents


def replay(
    pack: Annotated[
        Path,
        typer.Argument(metavar="PACK", help=tr("改过的规则：文件夹或单个文件", "the changed rules: folder or file")),
    ],
    paths: HereOrStoredArgument,
    instead: Annotated[
        str | None,
        typer.Option(
            "--instead-of",
            metavar="PACK",
            help=tr(
                "整个替换政策中的这一包规则（shipped：随程序的规则）；默认只替换编号相同的，其余照旧",
                "replaces this pack of the policy altogether (`shipped`: the program's own); without it, entries of "
                "the same id",
            ),
        ),
    ] = None,
    rule: RuleOption = None,
    as_json: JsonOption = False,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    before = screener_for(settings(policy, today))
    packs = (shipped("rules"), *before.policy.rules)
    if not pack.exists():
        raise UsageError(tr(f"{pack}：没有这个文件夹或文件", f"{pack}: no such folder or file"))
    ruleset = overlaid(packs, pack, before.ruleset.models, instead=_replaced(instead, packs))
    after = with_changes(before, ruleset=ruleset)
    failing = unproved(before.ruleset, ruleset)
    balance, changed = Balance(), list[Difference]()
    for one in _watched(_tasks(paths), before, after):
        only = one if rule is None else _of(one, rule)
        balance.add(only)
        if not only.is_none:
            changed.append(only)
    if as_json:
        typer.echo(json.dumps(_content(balance, changed, failing), ensure_ascii=False, indent=1))
    else:
        for line in _lines(balance, changed, failing):
            typer.echo(line)
    raise typer.Exit(_UNPROVED if failing else ASKS_FOR_ACTION if changed else 0)


def _replaced(named: str | None, packs: Sequence[Path]) -> Path | None:
    """The pack in force that `--instead-of` names; raises ConfigurationError when there is none."""
    if named is None:
        return None
    if named == _SHIPPED:
        return packs[0]
    for held in packs[1:]:
        if held.resolve() == Path(named).resolve():
            return held
    known = "、".join((_SHIPPED, *(str(held) for held in packs[1:])))
    raise ConfigurationError(
        tr(f"--instead-of：“{named}”不在用；在用的有：{known}", f"--instead-of: “{named}” is not in force: {known}")
    )


def _tasks(paths: Sequence[Path]) -> list[Task]:
    stores = [path for path in paths if is_store(path)]
    tasks = [task for store in stores for task in tasks_of(store)]
    others = [path for path in paths if path not in stores]
    if others:
        files = walk(others).files
        near = companions([path.as_posix() for path in files])
        tasks += [Task(path=path, shown_as=str(path), beside=names) for path, names in zip(files, near, strict=True)]
    return tasks


def _watched(tasks: Sequence[Task], before: Screener, after: Screener) -> Iterator[Difference]:
    with _bar(len(tasks)) as advance:
        for one in replayed(tasks, before, after):
            yield one
            advance()


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    if total < _PROGRESS_FROM or not sys.stderr.isatty():
        yield lambda: None
        return
    with bar(total) as advance:
        yield advance


def _of(one: Difference, rule: str) -> Difference:
    """What concerns one rule of a difference; the verdicts stay."""
    return with_changes(
        one,
        gained=tuple(row for row in one.gained if row.rule == rule),
        lost=tuple(row for row in one.lost if row.rule == rule),
        altered=tuple(pair for pair in one.altered if pair[1].rule == rule),
    )


def _content(balance: Balance, changed: Sequence[Difference], failing: Sequence[str]) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "documents": balance.documents,
        "changed": balance.changed,
        "failing": list(failing),
        "rules": {
            rule: {
                "gained": tally.gained,
                "lost": tally.lost,
                "altered": tally.altered,
                "documents": tally.documents,
            }
            for rule, tally in sorted(balance.rules.items())
        },
        "verdicts": [
            {"before": before, "after": after, "documents": count}
            for (before, after), count in sorted(balance.verdicts.items())
        ],
        "differences": [difference_content(one) for one in changed],
    }


def _lines(balance: Balance, changed: Sequence[Difference], failing: Sequence[str]) -> Iterator[str]:
    for line in failing:
        yield tr(f"例子不通过：{line}", f"fails its own example: {line}")
    for name, tally in sorted(balance.rules.items(), key=lambda item: (-item[1].gained - item[1].lost, item[0])):
        yield tr(
            f"{name}\t多报 {tally.gained}\t少报 {tally.lost}\t改判 {tally.altered}\t涉及 {tally.documents} 份",
            f"{name}\t+{tally.gained}\t-{tally.lost}\t~{tally.altered}\tin {tally.documents} documents",
        )
    for one in changed:
        arrow = "" if one.before == one.after else f" → {verdict_name(one.after)}"
        yield f"\n{one.path}  {verdict_name(one.before)}{arrow}"
        yield from (_row("+", row) for row in one.gained)
        yield from (_row("-", row) for row in one.lost)
        yield from (_row("~", new, f"{old.action}→{new.action}") for old, new in one.altered)
    yield ""
    for (before, after), count in sorted(balance.verdicts.items()):
        if before != after:
            yield f"{verdict_name(before)} → {verdict_name(after)}: {count}"
    yield tr(
        f"共 {balance.documents} 份，{balance.changed} 份有变化",
        f"{balance.documents} documents, {balance.changed} changed",
    )


def _row(sign: str, row: FindingRow, also: str = "") -> str:
    return f"  {sign} {row.location.place}  {row.rule}  {row.action}  {row.text}  {also}".rstrip()
