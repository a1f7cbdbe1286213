"""`reviewer screen`: drafts in, findings and a verdict out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli.destination import destination
from reviewer.cli.options import (
    HiddenOption,
    JobsOption,
    OutputOption,
    PathsArgument,
    PolicyOption,
    ReportOption,
    ScenarioOption,
    SinceOption,
    TodayOption,
    TrustOption,
)
from reviewer.cli.setting import exit_code, settings
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report import FORMATS, Report, Reveal, format_named, report
from reviewer.screen import Screener, Walk, screener_for, walk
from reviewer.screen.beside import companions
from reviewer.screen.one import Task, review_file
from reviewer.screen.pool import default_jobs, in_order, reports
from reviewer.screen.repository import root_of

_PROGRESS_FROM = 4  # files


def screen(
    paths: PathsArgument,
    format: ReportOption = "table",
    output: OutputOption = None,
    reveal: Annotated[
        Reveal, typer.Option("--reveal", help=tr("显示多少原文", "how much of the text to show"))
    ] = Reveal.MASKED,
    scenario: ScenarioOption = None,
    policy: PolicyOption = None,
    jobs: JobsOption = 0,
    hidden: HiddenOption = False,
    since: SinceOption = None,
    trust: TrustOption = None,
    today: TodayOption = None,
) -> None:
    if format not in FORMATS:
        raise UsageError(tr(f"--format：没有“{format}”这种格式", f"--format: there is no “{format}”"))
    chosen = settings(policy, today, scenario)
    if scenario is not None:
        screener_for(chosen)  # a scenario that does not exist is told before anything is written
    found = walk(paths, hidden=hidden)
    _say_skipped(found)
    near = companions([path.as_posix() for path in found.files])
    tasks = [Task(path=path, shown_as=str(path), beside=names) for path, names in zip(found.files, near, strict=True)]
    processes = jobs or default_jobs([_size(path) for path in found.files])
    verdicts: list[str] = []
    with destination(output) as out:
        writer = format_named(format, out, root_of(Path.cwd()))
        if since:
            done = _since(tasks, screener_for(chosen), since, trust, reveal)
        else:
            done = in_order(reports(tasks, chosen, reveal, jobs=processes))
        for one in _watched(done, len(tasks), sharing=out is sys.stdout and out.isatty()):
            writer.add(one)
            verdicts.append(one.verdict)
        writer.close()
    raise typer.Exit(exit_code(verdicts))


def _since(
    tasks: Sequence[Task], screener: Screener, records: Sequence[str], trust: str | None, reveal: Reveal
) -> Iterator[Report]:
    """One report a file, after what changed in it was told on standard error."""
    from reviewer.gate.since import approvals, since  # signatures: most screenings verify none

    approved = approvals(records, trust)
    for task in tasks:
        review, lines = since(review_file(screener, task), approved)
        for line in lines:
            typer.echo(line, err=True)
        yield report(review, reveal)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _say_skipped(found: Walk) -> None:
    if found.skipped:
        some = "、".join(str(path) for path in found.skipped[:3])
        count = len(found.skipped)
        typer.echo(
            tr(
                f"未进入 {count} 个以点开头的文件夹（{some}）；要一并审查请加 --hidden",
                f"{count} folder(s) beginning with a dot not entered ({some}); add --hidden to include them",
            ),
            err=True,
        )


def _watched(done: Iterator[Report], total: int, *, sharing: bool) -> Iterator[Report]:
    """The same reports, with a bar on standard error when there are many and a person is watching.

    `sharing`: reports go to the same screen; they then wait until the bar is gone, even when it is interrupted.
    """
    if total < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from done
        return
    from reviewer.cli.progress import bar

    held: list[Report] = []
    try:
        with bar(total) as advance:
            for one in done:
                if sharing:
                    held.append(one)
                else:
                    yield one
                advance()
    finally:
        yield from held
