"""`reviewer read`: what was read and what was not, segment by segment, before any rule."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any

import typer

from reviewer.cli.options import HiddenOption, PathsArgument
from reviewer.language import tr
from reviewer.report.places import place_told
from reviewer.report.terminal import console_for, plain
from reviewer.screen import walk
from reviewer.screen.one import read_file
from reviewer.terms import Document

SCHEMA = "reviewer.reading/1"


class Shape(Enum):
    """How the reading is printed."""

    TABLE = "table"
    JSONL = "jsonl"


def read(
    paths: PathsArgument,
    format: Annotated[Shape, typer.Option("--format", help=tr("输出格式", "output format"))] = Shape.TABLE,
    hidden: HiddenOption = False,
) -> None:
    for path in walk(paths, hidden=hidden).files:
        document = read_file(path)
        if format is Shape.JSONL:
            typer.echo(json.dumps(_row(document), ensure_ascii=False))
        else:
            _print(document)


def _row(document: Document) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "document": {
            "path": document.path,
            "name": document.name,
            "media_type": document.media_type,
            "sha256": document.sha256,
            "sm3": document.sm3,
            "characters": sum(len(segment.text) for segment in document.segments),
            "segments": len(document.segments),
        },
        "segments": [
            {"place": place_told(s.place), "part": s.part.value, "hidden": s.hidden, "text": s.text}
            for s in document.segments
        ],
        "gaps": [{"place": place_told(gap.place), "reason": gap.reason} for gap in document.gaps],
    }


def _print(document: Document) -> None:
    import sys

    from rich.table import Table
    from rich.text import Text

    console = console_for(sys.stdout)
    hidden = sum(segment.hidden for segment in document.segments)
    head = tr(
        f"{len(document.segments)} 段，其中隐藏 {hidden} 段；未读 {len(document.gaps)} 处",
        f"{len(document.segments)} segments, {hidden} of them hidden; {len(document.gaps)} not read",
    )
    console.print(Text(plain(document.path), style="bold").append(f"  {document.media_type}  {head}", style="dim"))
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True, max_width=30, overflow="ellipsis", style="cyan")
    table.add_column(no_wrap=True, max_width=12, style="dim")
    table.add_column(ratio=1, overflow="fold")
    for segment in document.segments:
        part = segment.part.value + (tr("·隐藏", " hidden") if segment.hidden else "")
        table.add_row(Text(plain(place_told(segment.place))), Text(part), Text(plain(segment.text)))
    for gap in document.gaps:
        table.add_row(
            Text(plain(place_told(gap.place)), style="bold magenta"),
            Text(tr("未读", "not read"), style="bold magenta"),
            Text(plain(gap.reason), style="magenta"),
        )
    console.print(table)
