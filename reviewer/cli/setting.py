"""What commands share: the options that choose policy and day, and the exit code of verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from reviewer.language import tr
from reviewer.screen import settings

__all__ = ["ASKS_FOR_ACTION", "BLOCKED", "PolicyOption", "ScenarioOption", "TodayOption", "exit_code", "settings"]

ASKS_FOR_ACTION = 10
BLOCKED = 11

PolicyOption = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar="FILE",
        help=tr("本单位的政策文件（默认：就近的 reviewer.toml）", "policy file (default: the nearest reviewer.toml)"),
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="YYYY-MM-DD", help=tr("按这一天判断期限（默认：今天）", "the day to judge by")),
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        help=tr(
            "公开场景，如 student-aid、低保（默认：从稿件认；reviewer rules list 列出全部）",
            "the kind of disclosure, such as student-aid (default: recognised; see `reviewer rules list`)",
        ),
    ),
]


def exit_code(verdicts: Iterable[str]) -> int:
    """0 when all are clear, 10 when one asks for action, 11 when one is blocked."""
    seen = set(verdicts)
    if "block" in seen:
        return BLOCKED
    return ASKS_FOR_ACTION if seen & {"redact", "refer"} else 0
