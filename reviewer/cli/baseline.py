"""`reviewer baseline`: rulings on findings, kept in a file with name, reason and end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reviewer.baseline import Entry, load_baseline, new_baseline, save_baseline
from reviewer.cli.hearing import Table, entry_of, may_be_ruled_on, sit
from reviewer.cli.options import PathsArgument, PolicyOption, ReasonOption, RulerOption, UntilOption
from reviewer.cli.setting import ASKS_FOR_ACTION, settings
from reviewer.errors import UsageError
from reviewer.judge.settling import is_severe
from reviewer.language import tr
from reviewer.screen import Screener, screener_for, walk
from reviewer.screen.one import Task, review_file
from reviewer.terms import Ruling
from reviewer.value import replace

app = typer.Typer(
    name="baseline",
    help=tr("记录逐条裁定（误报、可公开），写明谁、为什么、到何时", "rulings on findings: who, why, until when"),
    no_args_is_help=True,
)

_FILE = Path("reviewer.baseline.json")
SecondOption = Annotated[
    str, typer.Option("--second", metavar="NAME", help=tr("同意的第二人（涉密类须有）", "who agreed, for secrets"))
]
FileOption = Annotated[Path, typer.Option("--file", help=tr("裁定文件", "the baseline file"))]


@app.command(
    "create",
    help=tr(
        "把现有的发现记为已裁定；阻断类（国家秘密标志）不能这样裁定。",
        "rule on the findings that are there now; marks cannot be ruled on here",
    ),
)
def create(
    paths: PathsArgument,
    by: RulerOption,
    reason: ReasonOption,
    until: UntilOption,
    second: SecondOption = "",
    ruling: Annotated[Ruling, typer.Option("--ruling", help=tr("裁定", "the ruling"))] = Ruling.FALSE_POSITIVE,
    rule: Annotated[str | None, typer.Option("--rule", help=tr("只裁定这条规则", "only findings of this rule"))] = None,
    file: FileOption = _FILE,
    policy: PolicyOption = None,
) -> None:
    _check(by, reason, until)
    held = load_baseline(file) if file.exists() else new_baseline()
    known = {entry.disposition.fingerprint for entry in held.entries}
    made: list[Entry] = []
    alone = 0
    for task in _tasks(paths):
        review = review_file(_screener(policy), task)
        for finding in review.verdict.findings:
            if not may_be_ruled_on(finding) or rule not in (None, finding.rule.id) or finding.fingerprint in known:
                continue
            if is_severe(finding) and ruling is not Ruling.CONFIRMED and second.strip() in ("", by.strip()):
                alone += 1
                continue
            known.add(finding.fingerprint)
            made.append(entry_of(review.document, finding, held.salt, ruling, by, second, reason, until))
    if alone:
        typer.echo(
            tr(
                f"{alone} 处属于国家秘密、工作秘密或最高严重度，须两人裁定：加 --second 第二人，本次未记",
                f"{alone} are secrets or critical and need two people: give --second; not ruled on",
            ),
            err=True,
        )
    save_baseline(file, replace(held, entries=(*held.entries, *made)))
    typer.echo(
        tr(
            f"{file}：新增 {len(made)} 条，共 {len(held.entries) + len(made)} 条。"
            f'在 reviewer.toml 写 baseline = "{file.name}" 后生效',
            f"{file}: {len(made)} new, {len(held.entries) + len(made)} in all. In force once reviewer.toml says "
            f'baseline = "{file.name}"',
        )
    )


@app.command(
    "status",
    help=tr("每条裁定是否还对得上：有效、过期、已无对应。", "does each ruling still match: in force, lapsed, stale"),
)
def status(
    paths: PathsArgument,
    file: FileOption = _FILE,
    policy: PolicyOption = None,
) -> None:
    baseline = load_baseline(file)
    screener = _screener(policy)
    present: set[str] = set()
    for task in _tasks(paths):
        verdict = review_file(screener, task).verdict
        present |= {finding.fingerprint for finding in verdict.findings}
        present |= {aside.finding.fingerprint for aside in verdict.set_aside}
    in_force = tr("有效", "in force")
    states = [_state(entry, present) for entry in baseline.entries]
    for entry, state in zip(baseline.entries, states, strict=True):
        typer.echo(f"{state}\t{entry.rule}\t{entry.document}\t{entry.disposition.until}")
    raise typer.Exit(ASKS_FOR_ACTION if set(states) - {in_force} else 0)


@app.command(
    "audit",
    help=tr(
        "列出全部裁定及理由，有过期的退出码 10；给出文件则逐处裁定：y 误报，n 属实，s 跳过，q 结束。",
        "list all rulings, 10 if one has lapsed; with files rule hit by hit: y false alarm, n genuine, s skip, q quit",
    ),
)
def audit(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", help=tr("文件", "files"))] = None,
    by: RulerOption = "",
    reason: Annotated[
        str, typer.Option("--reason", help=tr("理由（不写则逐处询问）", "why (asked when left out)"))
    ] = "",
    until: UntilOption = "",
    second: SecondOption = "",
    file: FileOption = _FILE,
    policy: PolicyOption = None,
) -> None:
    if paths:
        _check(by, reason or "-", until)
        table = Table(file=file, by=by, second=second, reason=reason, until=until)
        made = sit(table, (review_file(_screener(policy), task) for task in _tasks(paths)))
        typer.echo(tr(f"{file}：新增 {made} 条", f"{file}: {made} new"))
        return
    today = date.today().isoformat()
    expired = 0
    for entry in load_baseline(file).entries:
        ruled = entry.disposition
        lapsed = ruled.until < today
        expired += lapsed
        state = tr("过期", "lapsed") if lapsed else tr("有效", "in force")
        people = "、".join(filter(None, (ruled.by, ruled.second)))
        typer.echo(f"{state}\t{ruled.ruling.value}\t{people}\t{ruled.until}\t{entry.rule}\t{ruled.reason}")
    raise typer.Exit(ASKS_FOR_ACTION if expired else 0)


def _state(entry: Entry, present: set[str]) -> str:
    if entry.disposition.until < date.today().isoformat():
        return tr("过期", "lapsed")
    if entry.disposition.fingerprint not in present:
        return tr("无对应", "stale")
    return tr("有效", "in force")


def _check(by: str, reason: str, until: str) -> None:
    if not by.strip() or not reason.strip():
        raise UsageError(tr("--by 和 --reason 不能为空", "--by and --reason must not be empty"))
    try:
        date.fromisoformat(until)
    except ValueError:
        raise UsageError(
            tr(f"--until：“{until}”不是日期，应如 2027-12-31", f"--until: “{until}” is not a date")
        ) from None


def _screener(policy: Path | None) -> Screener:
    return screener_for(settings(policy, None))


def _tasks(paths: list[Path]) -> list[Task]:
    return [Task(path=path, shown_as=str(path)) for path in walk(paths).files]
