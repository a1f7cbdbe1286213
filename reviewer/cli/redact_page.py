"""What `reviewer redact` prints: a plan, what was done, the smallest set of edits."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

import typer
from rich.table import Table

from reviewer.language import tr
from reviewer.redact.certificate import Certificate
from reviewer.redact.masks import How
from reviewer.redact.operation import Operation
from reviewer.redact.plan import Plan
from reviewer.report.places import place_told
from reviewer.report.terminal import console_for, plain
from reviewer.report.words import verdict_name
from reviewer.screen.least import Least


def how_word(how: How) -> str:
    return {
        How.MASK: tr("遮盖", "mask"),
        How.GENERALISE: tr("概括", "generalise"),
        How.NAME: tr("改称", "rename"),
        How.REPLACE: tr("替换", "replace"),
        How.REMOVE: tr("删去", "remove"),
        How.EMPTY: tr("清空列", "empty column"),
        How.DELETE: tr("删去列", "delete column"),
        How.BURN: tr("涂黑", "burn"),
        How.KEEP: tr("保留", "keep"),
        How.PERSON: tr("由人定", "people"),
    }[how]


def print_plan(plan: Plan) -> None:
    """The operations, those of a column together, as far as a report may show them."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True)
    columns = (
        tr("处", "place"),
        tr("类型", "type"),
        tr("原文（遮盖）", "text (masked)"),
        tr("怎样", "how"),
        tr("改为", "to"),
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for run in _runs(plan):
        first = run[0]
        place = (
            place_told(first.place)
            if len(run) == 1
            else f"{place_told(first.place)} … {place_told(run[-1].place)}（{len(run)}）"
        )
        hidden = tr("（隐藏）", " (hidden)") if first.hidden else ""
        table.add_row(plain(place) + hidden, first.type, plain(first.outline), how_word(first.how), plain(first.mask))
    for look in plan.looks:
        table.add_row(plain(place_told(look.place)), plain(look.reason), "", how_word(look.how), "")
    console = console_for(sys.stdout)
    console.print(plain(plan.path), style="bold")
    console.print(table)
    console.print(
        tr(
            f"共 {len(plan.operations)} 处；隐藏内容、批注、修订、属性一律清除。--format json 输出计划，-o 写副本。",
            f"{len(plan.operations)} places. Whatever is hidden goes in any case. --format json prints a plan to edit; "
            "-o writes the copy.",
        ),
        style="dim",
    )


def _runs(plan: Plan) -> list[list[Operation]]:
    return [list(run) for _, run in groupby(plan.operations, key=lambda o: (o.group or str(o.start), o.how, o.type))]


def print_done(target: Path, made: Certificate) -> None:
    """One line of result, one of what was taken out, one of what was dropped besides; the digest goes to stderr."""
    seen = [place_told(look.place) for look in made.looked_at if look.how is How.KEEP]
    but_zh = f"（{'、'.join(seen)} 由人看过，保留）" if seen else ""
    but_en = f" (but for {', '.join(seen)}: looked at by a person, kept)" if seen else ""
    typer.echo(
        tr(f"已写入 {target}，再次筛查：未发现问题{but_zh}", f"written: {target}; screened again: clear{but_en}")
    )
    kept = [one for one in made.operations if one.how is How.KEEP]
    done = len(made.operations) - len(kept)
    typer.echo(
        tr(
            f"  处理 {done} 处，按计划保留 {len(kept)} 处；副本的字节里找不到删去的内容，其余可见文字与原件一致",
            f"  {done} place(s) cured, {len(kept)} kept by plan; nothing removed is left in the bytes, all else reads "
            "as before",
        )
    )
    if made.burned:
        listed = tr("、", ", ").join(f"{place_told(one.place) or made.before.name} {one.count}" for one in made.burned)
        typer.echo(tr(f"  图片里涂黑：{listed}", f"  burned into pictures: {listed}"))
    if made.cleaned:
        listed = tr("、", ", ").join(f"{one.what} {one.count}" for one in made.cleaned)
        typer.echo(tr(f"  另清除：{listed}", f"  dropped besides: {listed}"))
    typer.echo(f"SHA-256 {made.after.sha256}", err=True)


def print_least(path: str, found: Least) -> None:
    """The edits in the order of what they buy."""
    console = console_for(sys.stdout)
    verdict = verdict_name(str(found.before))
    console.print(f"{plain(path)}  {verdict}", style="bold")
    if not found.steps:
        if found.obstacles:
            console.print(tr("靠修改不能变为“未发现问题”，还有：", "no set of edits clears it; what stays:"))
            for obstacle in found.obstacles:
                console.print(f"  {plain(obstacle)}")
        else:
            console.print(tr("不用改。", "nothing to change."))
        return
    claim = (
        tr("最少改", "the fewest edits:") if found.smallest else tr("缺一不可（未必最少）：", "none can be left out:")
    )
    console.print(f"{claim} {len(found.steps)}")
    for number, step in enumerate(found.steps, 1):
        unit = step.unit
        count = tr(f"{len(unit.operations)} 处", f"{len(unit.operations)} place(s)")
        after = tr(f"剩 {step.left} 处，{verdict_name(str(step.decision))}", f"{step.left} left, {step.decision}")
        hidden = tr("（隐藏）", " (hidden)") if unit.hidden else ""
        console.print(f"  {number}. {plain(place_told(unit.place))}{hidden}  {unit.type}  {count}  → {after}")
