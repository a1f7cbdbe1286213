"""`reviewer redact`: a copy that may go out, made from a plan that can be seen and changed, and proved."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.options import PolicyOption, ScenarioOption, TodayOption
from reviewer.cli.redact_page import print_done, print_least, print_plan
from reviewer.cli.setting import settings
from reviewer.errors import NothingReadError, RedactionError, UsageError
from reviewer.extract import Source, Stored, Unread, load
from reviewer.language import tr
from reviewer.policy import mask_sections
from reviewer.redact.masks import Masking, masking, named
from reviewer.redact.plan import Plan, edited_plan, persons, plan
from reviewer.refusal import cause
from reviewer.screen import screener_for
from reviewer.screen.least import least
from reviewer.screen.redaction import Redaction, redacted
from reviewer.screen.screener import Screener
from reviewer.terms import Review


class Shape(Enum):
    """How a plan is printed."""

    TABLE = "table"
    JSON = "json"


def redact(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help=tr("原件，一份或一套", "the draft, or several"))],
    output: Annotated[
        Path | None,
        typer.Option(
            *("--output", "-o"),
            metavar="OUT",
            help=tr(
                "公示稿写到哪里；几份时是文件夹；不写则只显示计划",
                "the copy; a folder for several; without it the plan is shown and nothing is written",
            ),
        ),
    ] = None,
    plan_file: Annotated[
        Path | None,
        typer.Option("--plan", metavar="FILE", help=tr("按改好的计划做（JSON）", "follow this plan (JSON)")),
    ] = None,
    format: Annotated[Shape, typer.Option("--format", help=tr("计划的样子", "how the plan is printed"))] = Shape.TABLE,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help=tr("逐处询问怎样处理", "ask about every place"))
    ] = False,
    show_least: Annotated[
        bool,
        typer.Option(
            "--least", help=tr("最少改哪几处就能公开，每处换来什么", "the smallest set of edits, and what each buys")
        ),
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="FILE", help=tr("处理证明（JSON）写到哪里", "the certificate (JSON)")),
    ] = None,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    today: TodayOption = None,
) -> None:
    chosen = settings(policy, today, scenario)
    masks = masking(mask_sections(chosen.policy) if chosen.policy else None)
    screener = screener_for(chosen)
    targets = _targets(paths, output)
    _refuse_to_overwrite([*targets, *([certificate] if certificate else [])], paths)
    drafts = [(source, screener.review(source)) for source in map(_source, paths)]
    names = named(persons([review for _, review in drafts]))
    plans = [plan(review, masks, names) for _, review in drafts]
    if plan_file is not None:
        plans = [_handed_back(plans, plan_file)]
    if show_least:
        for (_, review), proposed in zip(drafts, plans, strict=True):
            print_least(proposed.path, least(screener, review, proposed))
        return
    if interactive:
        from reviewer.cli.hits import asked

        plans = [asked(proposed) for proposed in plans]
    if output is None:
        _show(plans, format)
        return
    done = _redacted(screener, drafts, plans, masks)
    for target, one in zip(targets, done, strict=True):
        _write(target, one.data)
        print_done(target, one.certificate)
    if certificate is not None:
        rows = [dict(one.certificate.json()) for one in done]
        text = json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2)
        _write(certificate, text.encode() + b"\n")


def _source(path: Path) -> Source:
    source = load(path, str(path))
    if isinstance(source, Unread):
        raise NothingReadError(f"{path}：{source.reason}")
    if isinstance(source, Stored):
        raise RedactionError(tr(f"{path}：压缩包不能脱敏，解压后逐个处理", f"{path}: unpack the archive first"))
    return source


def _targets(paths: Sequence[Path], output: Path | None) -> list[Path]:
    if output is None:
        return []
    if len(paths) == 1 and not output.is_dir():
        return [output]
    if output.exists() and not output.is_dir():
        raise UsageError(tr(f"{output} 不是文件夹；几份文件要写到文件夹里", f"{output} is no folder"))
    targets = [output / path.name for path in paths]
    if len(set(targets)) < len(targets):
        raise UsageError(tr("有同名的文件，请分开处理", "two files have one name: redact them one by one"))
    return targets


def _refuse_to_overwrite(targets: Sequence[Path], paths: Sequence[Path]) -> None:
    for target in targets:
        if target.exists() or target.resolve() in {path.resolve() for path in paths}:
            raise UsageError(tr(f"{target} 已经存在，不覆盖", f"{target} exists already; it is left alone"))


def _handed_back(plans: Sequence[Plan], file: Path) -> Plan:
    if len(plans) != 1:
        raise UsageError(tr("--plan 一次只管一份文件", "--plan is for one file at a time"))
    try:
        return edited_plan(plans[0], file.read_bytes(), str(file))
    except OSError as error:
        raise UsageError(tr(f"{file}：打不开：{cause(error)}", f"{file}: {cause(error)}")) from None


def _show(plans: Sequence[Plan], format: Shape) -> None:
    if format is Shape.JSON:
        rows = [one.json() for one in plans]
        typer.echo(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2))
        return
    for one in plans:
        print_plan(one)


def _redacted(
    screener: Screener, drafts: Sequence[tuple[Source, Review]], plans: Sequence[Plan], masks: Masking
) -> list[Redaction]:
    """All copies, proved, before the first is written."""
    return [
        redacted(screener, source, review, wanted, masks)
        for (source, review), wanted in zip(drafts, plans, strict=True)
    ]


def _write(target: Path, data: bytes) -> None:
    """The file appears when it is whole."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(target)
    except OSError as error:
        raise UsageError(tr(f"{target}：写不进去：{cause(error)}", f"{target}: {cause(error)}")) from None
    finally:
        temporary.unlink(missing_ok=True)
