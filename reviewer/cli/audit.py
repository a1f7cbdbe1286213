"""`reviewer audit`: a whole archive, resumably, and what it comes to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from reviewer.audit import ENGINES
from reviewer.audit.forms import FORMS, form_named
from reviewer.audit.run import Order, Run, begun
from reviewer.audit.store import reading
from reviewer.audit.summary import verdicts
from reviewer.cli.audit_aggregate import aggregate
from reviewer.cli.audit_export import export_store
from reviewer.cli.audit_next import next_matter
from reviewer.cli.audit_sample import certify, sample
from reviewer.cli.audit_view import view
from reviewer.cli.audit_watch import watcher
from reviewer.cli.destination import destination
from reviewer.cli.options import (
    HiddenOption,
    JobsOption,
    OutputOption,
    PolicyOption,
    StoreArgument,
    TodayOption,
)
from reviewer.cli.setting import exit_code, settings
from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report import Report
from reviewer.screen.remote import is_address

app = typer.Typer(
    name="audit",
    help=tr("审查整个档案或网站的存量文件，可随时中断、接着审", "screen a whole archive; interrupt and go on at will"),
    no_args_is_help=True,
)


@app.command(
    "run",
    help=tr(
        "审查 SOURCE 下的每一份文件，结果存入 STORE；重复同一条命令即接着审，只审新的和有变的。",
        "screen every file below SOURCE into STORE; the same command again goes on with what is new or changed",
    ),
)
def run(
    store: StoreArgument,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE…",
            help=tr(
                "文件、文件夹、网页存档（WARC、WACZ）、存储地址（s3://…）",
                "files, folders, web archives (WARC, WACZ), addresses of storages (s3://…)",
            ),
        ),
    ] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--list",
            metavar="FILE",
            help=tr("文件清单，一行一个路径（相对清单所在文件夹），可重复", "a list of paths, one a line; repeat it"),
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="|".join(ENGINES), help=tr("在哪里审", "where to screen"))
    ] = "local",
    jobs: JobsOption = 0,
    seconds: Annotated[
        float,
        typer.Option("--seconds", min=1, help=tr("每份文件最多用多少秒", "seconds that one file may take")),
    ] = 900,
    memory: Annotated[
        int, typer.Option("--memory", min=512, help=tr("每个进程最多用多少 MB 内存", "MB that a process may take"))
    ] = 6144,
    policy: PolicyOption = None,
    today: TodayOption = None,
    hidden: HiddenOption = False,
) -> None:
    if not sources and not lists:
        raise UsageError(tr("写明 SOURCE，或用 --list 给清单", "name a SOURCE, or a list with --list"))
    order = Order(
        store=store,
        sources=tuple(Path(word) for word in sources or () if not is_address(word)),
        remote=tuple(word for word in sources or () if is_address(word)),
        lists=tuple(lists or ()),
        settings=settings(policy, today),
        day=today,
        hidden=hidden,
        engine=engine,
        jobs=jobs,
        seconds=seconds,
        memory_bytes=memory << 20,
    )
    raise typer.Exit(exit_code(_run(order)))


@app.command(
    "report",
    help=tr(
        "显示审查结果：数字、最该先看的文件、下一步", "what the audit found: numbers, the worst first, what to do next"
    ),
)
def report(
    store: StoreArgument,
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMS), help=tr("报告格式", "report format"))
    ] = "table",
    output: OutputOption = None,
) -> None:
    if format not in FORMS:
        raise UsageError(tr(f"--format：没有“{format}”这种格式", f"--format: there is no “{format}”"))
    with reading(store) as opened, destination(output) as out:
        form_named(format).write(opened, out)


app.command(
    "next",
    help=tr(
        "逐条裁定发现的问题，危害最大的在先；同样的内容不论在多少份文件里只问一次。",
        "rule on what was found, the most harm to be expected first; the same matter is asked once",
    ),
)(next_matter)
app.command(
    "aggregate",
    help=tr(
        "找出单份无害、合起来不无害的文件：敏感点位、逐月供应量、互补的掩码号码（10：有须合看的）。",
        "documents that are harmless alone and not together: sites, monthly supplies, masks; 10 if there are any",
    ),
)(aggregate)
app.command(
    "export",
    help=tr(
        "把结果导出为 Parquet，供 DuckDB 等查询（无原文）。", "the results as Parquet, for DuckDB and others; no text"
    ),
)(export_store)
app.command(
    "sample",
    help=tr(
        "从机器判为未发现问题的文件中随机抽样，由人逐份阅读。",
        "draw at random from what was called clear, for people to read",
    ),
)(sample)
app.command(
    "certify",
    help=tr(
        "抽样读完后出一句话的结论：漏报至多多少（7：还不能出）。",
        "what the sample proves, in one sentence; 7 when it proves nothing yet",
    ),
)(certify)


def _run(order: Order) -> tuple[str, ...]:
    """The verdicts there are in the whole store; with a bar when a person watches."""
    try:
        return _done(order)
    except KeyboardInterrupt:
        _say(
            tr(
                "已停止，审过的都已存好。重复同一条命令即接着审",
                "stopped; what was screened is stored. The same command goes on",
            )
        )
        raise


def _done(order: Order) -> tuple[str, ...]:
    _say(tr("清点文件…", "listing files…"))
    with begun(order) as one:
        _say_plan(one)
        with _view(one) as note:
            for report in one.screen():
                note(report)
        _say(
            tr(
                f"已审完，共 {one.total:,} 份。看结果：reviewer audit report {order.store}",
                f"complete: {one.total:,} documents. The results: reviewer audit report {order.store}",
            )
        )
        return verdicts(one.store, one.number)


def _say_plan(one: Run) -> None:
    done, changes = one.total - len(one.pending), one.changes
    _say(
        tr(
            f"共 {one.total:,} 份，已审 {done:,} 份，本次要审 {len(one.pending):,} 份",
            f"{one.total:,} documents, {done:,} done, {len(one.pending):,} to screen",
        )
    )
    if changes.stale:
        _say(
            tr(
                f"  其中 {changes.stale:,} 份是按以前的规则、政策、模型或日期判的，按现在的重审",
                f"  {changes.stale:,} of them were judged by other rules, policy, model or day: screened again",
            )
        )
    if changes.changed:
        _say(tr(f"  其中 {changes.changed:,} 份内容有变，重审", f"  {changes.changed:,} of them have changed"))
    if changes.regrouped:
        _say(
            tr(
                f"  其中 {changes.regrouped:,} 份旁边的文件有增减，重审附件是否齐全",
                f"  {changes.regrouped:,} of them have other files beside them: screened again for their attachments",
            )
        )
    if changes.retried:
        _say(tr(f"  其中 {changes.retried:,} 份上次打不开，再试", f"  {changes.retried:,} of them could not be opened"))


@contextmanager
def _view(one: Run) -> Iterator[Callable[[Report | None], None]]:
    if not sys.stderr.isatty() or not one.pending:
        yield _silent
        return
    with view(one.total, done=one.total - len(one.pending)) as note:
        yield note


def _silent(report: Report | None) -> None:
    """Nobody is watching."""


def _say(line: str) -> None:
    typer.echo(line, err=True)


app.command(
    "watch",
    help=tr(
        "按今天的日期、现行规则和审签记录再审一遍已公开的内容：新问题、公示期满未撤、与签发时不符（10：有事要办）。",
        "audit what is published again: new findings, publicity that is over, bytes that were not signed; 10 if any",
    ),
)(watcher(_run))
