"""`reviewer gate`'s help; the command itself is read by hand in reviewer.gate, for speed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.setting import ScenarioOption
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
    ledger: Annotated[
        str | None, typer.Option("--ledger", metavar="FILE", help=tr("台账（默认 REVIEWER_LEDGER）", "the ledger"))
    ] = None,
    policy: Annotated[Path | None, typer.Option("--policy", metavar="FILE", help=tr("政策文件", "policy file"))] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help=tr("按这一天判断", "the day"))
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="table|jsonl", help=tr("报告格式", "format"))] = "table",
    scenario: ScenarioOption = None,
) -> None:
    from reviewer.gate.command import gate as judge

    words = [*(["--require-signoff"] if require_signoff else []), *(["--staged"] if staged else [])]
    values = {"--ledger": ledger, "--policy": policy, "--today": today, "--format": format, "--scenario": scenario}
    for name, value in values.items():
        words += [name, str(value)] if value else []
    raise typer.Exit(judge([*words, "--", *(paths or [])]))
