"""`reviewer gate`'s help; the command itself is read by hand in reviewer.gate, for speed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.setting import ScenarioOption
from reviewer.gate.options import FORMAT_NAMES
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
    record: Annotated[
        list[str] | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help=tr("凭审签记录放行（稿件旁的 稿件名.record.json 自动取用）", "a sign-off record in place of a ledger"),
        ),
    ] = None,
    since: Annotated[
        list[str] | None,
        typer.Option(
            "--since",
            metavar="RECORD",
            help=tr("自该记录的批准以来改了什么；未变处沿用其裁定（须 --trust）", "what changed since that approval"),
        ),
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option("--trust", metavar="FINGERPRINT", help=tr("本单位创始密钥指纹", "the unit's founding key")),
    ] = None,
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
    policy: Annotated[Path | None, typer.Option("--policy", metavar="FILE", help=tr("政策文件", "policy file"))] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help=tr("按这一天判断", "the day"))
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMAT_NAMES), help=tr("报告格式", "format"))
    ] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=tr("报告写入文件", "write the report there"))
    ] = None,
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
