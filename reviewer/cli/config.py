"""`reviewer config show`: each setting, its value, and where that comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import PolicyOption
from reviewer.errors import UsageError
from reviewer.home import home
from reviewer.language import language, tr
from reviewer.policy import DEFAULT, find_policy, load_policy, signoff_sections
from reviewer.screen.settings import own_policy

app = typer.Typer(name="config", help=tr("生效的设置及其来源", "the settings in force and their source"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is in force; `source`: the option, variable or file that it comes from, or `default`."""

    name: str
    value: str
    source: str


@app.callback()
def config() -> None:
    """A group of its own, so that `show` is written out."""


@app.command(
    "show",
    help=tr(
        "显示每项设置的值与来源。先后：命令行选项，环境变量，就近的 reviewer.toml 或 pyproject.toml 的 "
        "[tool.reviewer]，REVIEWER_HOME 中的 reviewer.toml，默认值。文件之间不叠加。",
        "every setting with its source. In this order: option, environment, the nearest reviewer.toml or "
        "[tool.reviewer] of pyproject.toml, reviewer.toml in REVIEWER_HOME, default. No file is laid over another.",
    ),
)
def show(
    policy: PolicyOption = None,
    format: Annotated[str, typer.Option("--format", metavar="table|json", help=tr("格式", "format"))] = "table",
) -> None:
    if format not in ("table", "json"):
        raise UsageError(tr("--format 只有 table 和 json", "--format takes table or json"))
    settings = tuple(_settings(policy))
    if format == "json":
        typer.echo(json.dumps([asdict(setting) for setting in settings], ensure_ascii=False, indent=1))
        return
    for setting in settings:
        typer.echo(f"{setting.name}\t{setting.value or '—'}\t{setting.source}")


def _settings(named: Path | None) -> Iterator[Setting]:
    default = tr("默认", "default")
    path, source = _policy(named)
    yield Setting(name="policy", value=str(path or ""), source=source)
    policy = load_policy(path) if path else DEFAULT
    given = signoff_sections(path) if path else None
    values = {
        "unit": policy.unit,
        "rules": "、".join(map(str, policy.rules)),
        "model": str(policy.model or ""),
        "allowances": tr("认", "honoured") if policy.allowances else "",
        "baseline": str(policy.baseline or ""),
        "contacts": "、".join(policy.contacts),
        "unused": "、".join(unused.rule for unused in policy.unused),
    }
    for name, value in values.items():
        yield Setting(name=name, value=value, source=str(path) if value else default)
    for name in ("chain", "calendar"):
        stated = given is not None and given.has(name)
        value = tr("见文件", "see the file") if stated else ""
        yield Setting(name=name, value=value, source=str(path) if stated else default)
    yield _of_environment("home", str(home()), "REVIEWER_HOME")
    yield _of_environment("ledger", os.environ.get("REVIEWER_LEDGER", ""), "REVIEWER_LEDGER")
    yield _of_environment("lang", language(), "REVIEWER_LANG")
    yield _of_environment("ocr", os.environ.get("REVIEWER_OCR", ""), "REVIEWER_OCR")


def _policy(named: Path | None) -> tuple[Path | None, str]:
    if named is not None:
        return named.resolve(), "--policy"
    nearest = find_policy(Path.cwd())
    if nearest is not None:
        return nearest, tr("就近的文件", "the nearest file")
    own = own_policy()
    return own, "REVIEWER_HOME" if own else tr("默认", "default")


def _of_environment(name: str, value: str, variable: str) -> Setting:
    stated = bool(os.environ.get(variable))
    return Setting(name=name, value=value, source=variable if stated else tr("默认", "default"))
