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
    explain,
    gate,
    init,
    key,
    ledger,
    model,
    read,
    record,
    redact,
    roster,
    rules,
    screen,
)
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
app.command("screen")(screen.screen)
app.command("read")(read.read)
app.command("explain")(explain.explain)
app.command("redact")(redact.redact)
app.command("gate")(gate.gate)
app.command("init")(init.init)
for module in (case, roster, key, record, ledger, audit, rules, model, baseline):
    app.add_typer(module.app)


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, help=tr("显示版本后退出", "show the version and leave")),
    ] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=tr("界面语言", "language of messages"))] = "zh",
) -> None:
    if version:
        typer.echo(f"reviewer {__version__}")
        raise typer.Exit


def run_command(words: Sequence[str]) -> int:
    """The exit code of one command line; typer prints help and wrong usage (2) itself."""
    try:
        result = app(args=list(words), prog_name="reviewer", standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return result if isinstance(result, int) else 0
