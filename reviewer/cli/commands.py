"""The command table: one file per command, words typed by a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from reviewer import __version__
from reviewer.cli import (
    audit,
    baseline,
    case,
    config,
    explain,
    gate,
    init,
    key,
    ledger,
    model,
    read,
    record,
    redact,
    register,
    request,
    roster,
    rules,
    screen,
)
from reviewer.cli.usage import call
from reviewer.language import tr

app = typer.Typer(
    name="reviewer",
    help=tr(
        "政府信息公开保密审查：发布前筛查国家秘密、工作秘密、商业秘密和个人隐私，并留下可核验的审签记录。",
        "Confidentiality review before publication: screens drafts and keeps a sign-off record that can be verified.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Commands that stand for themselves, and groups of commands. To add one: write its module, add one line here.
app.command(
    "screen",
    help=tr(
        "筛查一个或多个文件：发现什么、在哪里、为什么、怎么改。",
        "screen files and folders: what, where, why, and how to cure it",
    ),
)(screen.screen)
app.command(
    "read",
    help=tr(
        "显示从文件中读到了哪些文字、哪些没有读到。注意：会显示原文。",
        "what was read and what was not; prints the text itself",
    ),
)(read.read)
app.command(
    "explain",
    help=tr(
        "解释一条规则，或解释文件中某处为何报、为何不报。", "explain a rule, or why a place was, or was not, flagged"
    ),
)(explain.explain)
app.command(
    "redact",
    help=tr(
        "生成可公开的副本（原件不动），并再次筛查证明；证明不了就不写出，退出码 6。",
        "a masked copy (the original is left alone), proved by screening it; 6 when it cannot be proved",
    ),
)(redact.redact)
app.command(
    "gate",
    help=tr(
        "发布前的关口：审暂存区或列出的文件；退出码 0 放行，7 未审签，10 有问题，11 阻断。",
        "judge what is staged or named: 0 passes, 7 not signed off, 10 something to do, 11 blocked",
    ),
)(gate.gate)
app.command(
    "register",
    help=tr(
        "台账：审查登记、不公开清单、商请、撤除更正、疑似泄密、依申请、公开目录（xlsx、csv、json）。",
        "the registers out of the ledger: cases, withheld, consults, removals, incidents, requests, catalogue",
    ),
)(register.registers)
app.command(
    "summary", help=tr("月度汇总表；没有公开内容的月份为零报告。", "the monthly summary; a month without says so")
)(register.summary)
app.command(
    "stats",
    help=tr(
        "年报数据（第三部分，含勾稽校验），或按科室、人员、规则统计。",
        "figures of the annual report, with its checks; or by unit, person, rule",
    ),
)(register.stats)
app.command("init", help=tr("生成带注释的 reviewer.toml。", "write a commented reviewer.toml"))(init.init)
for module in (case, request, roster, key, record, ledger, audit, rules, model, baseline, config):
    app.add_typer(module.app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reviewer {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help=tr("显示版本后退出", "show the version and leave")
        ),
    ] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=tr("界面语言", "language of messages"))] = "zh",
) -> None:
    """Options of the whole program; `--lang` is taken out of the line before this (see `reviewer.__main__`)."""


def run_command(words: Sequence[str]) -> int:
    """The exit code of one command line; help and wrong usage (2) are told in the program's language."""
    try:
        return call(app, words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
