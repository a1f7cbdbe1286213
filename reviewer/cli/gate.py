"""`reviewer gate`'s help; the command itself is read by hand in reviewer.gate, for speed."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewer.cli.options import (
    LedgerOption,
    OutputOption,
    PolicyOption,
    ReportOption,
    ScenarioOption,
    SinceOption,
    TodayOption,
    TrustOption,
)
from reviewer.language import tr


def gate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH…", help=tr("文件；不写则审暂存区", "files; none: what is staged")),
    ] = None,
    require_signoff: Annotated[
        bool, typer.Option("--require-signoff", help=tr("只放行审签齐全、字节一致的文件", "only what a chain signed"))
    ] = False,
    staged: Annotated[
        bool,
        typer.Option("--staged", help=tr("对列出的文件也取暂存区的内容", "judge the staged bytes of the files named")),
    ] = False,
    ledger: LedgerOption = None,
    record: Annotated[
        list[str] | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help=tr("凭审签记录放行（稿件旁的 稿件名.record.json 自动取用）", "a sign-off record in place of a ledger"),
        ),
    ] = None,
    since: SinceOption = None,
    trust: TrustOption = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="NAME", help=tr("从哪个渠道发布", "the channel it goes out through")),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="COMMIT",
            help=tr("政策、规则、裁定取自该提交（暂存区默认 HEAD）", "policy, rules and rulings of this commit"),
        ),
    ] = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
    format: ReportOption = "table",
    output: OutputOption = None,
    install: Annotated[
        bool, typer.Option("--install", help=tr("装为本仓库的 git 提交钩子", "install the hook in this repository"))
    ] = False,
    scenario: ScenarioOption = None,
) -> None:
    from reviewer.gate.command import gate as judge

    flags = {"--require-signoff": require_signoff, "--staged": staged, "--install": install}
    words = [name for name, wanted in flags.items() if wanted]
    words += [f"--record={one}" for one in record or ()]
    words += [f"--since={one}" for one in since or ()]
    values = {"--ledger": ledger, "--policy": policy, "--today": today, "--format": format, "--scenario": scenario}
    values |= {"--trust": trust, "--channel": channel, "--base": base, "--output": output}
    for name, value in values.items():
        words += [name, str(value)] if value else []
    raise typer.Exit(judge([*words, "--", *(paths or [])]))
