"""`reviewer explain`: a rule's page, or why a place of a document was, or was not, flagged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.explained import content, gap_content, gap_lines, lines
from reviewer.cli.options import JsonOption, PolicyOption, ScenarioOption, TodayOption
from reviewer.cli.place import range_named
from reviewer.cli.rules import page_named
from reviewer.cli.setting import settings
from reviewer.errors import NothingReadError, UsageError
from reviewer.language import tr
from reviewer.screen import screener_for
from reviewer.screen.beside import Neighbours, beside
from reviewer.screen.explanation import explained, gaps_at
from reviewer.screen.one import read_file


def explain(
    subject: Annotated[
        str, typer.Argument(metavar="RULE|PATH", help=tr("规则编号、场景，或文件", "a rule id, a scenario, or a file"))
    ],
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="PLACE",
            help=tr(
                "位置：报告里的位置、行号、行:列，或起-止（字符）",
                "a place of the report, a line, line:column, or start-end in characters",
            ),
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=tr("列出全部差一步的规则", "every rule that came near"))] = False,
    as_json: JsonOption = False,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    if at is None:
        typer.echo(page_named(subject, policy))
        return
    path = _existing(Path(subject))
    document = read_file(path)
    near = beside(path.parent, Neighbours().of(path))
    screener = screener_for(settings(policy, today, scenario))
    try:
        start, end = range_named(document, at)
    except UsageError:
        gaps = gaps_at(screener, document, near, at.strip())
        if not gaps:
            raise
        told = [gap_content(gaps)] if as_json else gap_lines(gaps)
        for line in told:
            typer.echo(line)
        return
    one = explained(screener, document, near, start, end)
    if as_json:
        typer.echo(json.dumps(content(one, document, start, end), ensure_ascii=False, indent=1))
        return
    for line in lines(one, document, start, end, every=every):
        typer.echo(line)


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise NothingReadError(tr(f"{path}：没有这个文件", f"{path}: no such file"))
    return path
