"""The account at a terminal: numbers, the worst first, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reviewer.audit.forms.steps import steps, warnings
from reviewer.audit.particulars import WorstDocument, worst
from reviewer.audit.store import Store
from reviewer.audit.summary import RuleTally, Summary, summary
from reviewer.language import tr
from reviewer.report.plain import plain
from reviewer.report.terminal import console_for
from reviewer.report.words import category_name, verdict_name
from reviewer.signoff.moment import shown

_COLOURS = {"clear": "green", "redact": "yellow", "refer": "magenta", "block": "bold red"}
_GRAVEST_FIRST = ("block", "refer", "redact", "clear")
_WORST, _RULES, _FOLDERS = 20, 12, 10


def write(store: Store, out: TextIO) -> None:
    told, console = summary(store), console_for(out)
    _head(console, told)
    for line in warnings(told):
        console.print(Padding(Text(f"! {line}", style="magenta"), (0, 1)))
    _numbers(console, told)
    _rules(console, told)
    if len(told.by_folder) > 1:
        _folders(console, told)
    _documents(console, worst(store, told.since, _WORST), told)
    _next(console, steps(told))


def _head(console: Console, told: Summary) -> None:
    sources = "、".join(plain(source) for source in told.sources)
    console.print(Padding(Text(tr("存量审查", "audit") + f"  {sources}", style="bold"), (0, 1)))
    facts = (
        tr("已审完", "complete") if told.complete else tr("未审完", "not complete"),
        tr(f"开始 {shown(told.started)}", f"began {shown(told.started)}"),
        tr(f"最近 {shown(told.last_run)}", f"last {shown(told.last_run)}"),
        tr(f"按 {told.day} 判断", f"judged as of {told.day}"),
    )
    console.print(Padding(Text(" · ".join(facts), style="dim"), (0, 1)))


def _numbers(console: Console, told: Summary) -> None:
    table = _table(tr(f"共 {told.documents:,} 份", f"{told.documents:,} documents"))
    table.add_column(tr("结论", "verdict"), no_wrap=True)
    table.add_column(tr("份数", "documents"), justify="right", no_wrap=True)
    table.add_column("%", justify="right", no_wrap=True)
    for verdict in _GRAVEST_FIRST:
        count = told.by_verdict[verdict]
        share = f"{100 * count / told.documents:.1f}" if told.documents else "–"
        table.add_row(Text(verdict_name(verdict), style=_COLOURS[verdict]), f"{count:,}", share)
    table.add_row(tr("有未读部分", "with unread parts"), f"{told.unreadable:,}", "", style="dim")
    console.print(table)
    table = _table(tr(f"共 {told.findings:,} 处问题和提示", f"{told.findings:,} findings and notes"))
    table.add_column(tr("类别", "category"), no_wrap=True)
    table.add_column(tr("处数", "findings"), justify="right", no_wrap=True)
    for category, count in told.by_category.items():
        table.add_row(category_name(category), f"{count:,}")
    console.print(table)


def _rules(console: Console, told: Summary) -> None:
    asking = [tally for tally in told.by_rule if tally.asking]
    _tallies(console, tr("最常见的问题", "most frequent"), [(one, one.asking) for one in asking])
    notes = [tally for tally in told.by_rule if not tally.asking]
    _tallies(console, tr("提示（不影响结论）", "for information"), [(one, one.findings) for one in notes])


def _tallies(console: Console, heading: str, counted: list[tuple[RuleTally, int]]) -> None:
    if not counted:
        return
    table = _table(heading)
    table.add_column(tr("问题", "what"), ratio=1, overflow="fold")
    table.add_column(tr("份数", "documents"), justify="right", no_wrap=True)
    table.add_column(tr("处数", "findings"), justify="right", no_wrap=True)
    for tally, count in counted[:_RULES]:
        table.add_row(Text(tally.title), f"{tally.documents:,}", f"{count:,}")
    console.print(table)
    _more(console, len(counted) - _RULES)


def _folders(console: Console, told: Summary) -> None:
    table = _table(tr("按文件夹", "by folder"))
    table.add_column(tr("文件夹", "folder"), ratio=1, overflow="fold")
    for verdict in _GRAVEST_FIRST:
        table.add_column(verdict_name(verdict), justify="right", no_wrap=True)
    for tally in told.by_folder[:_FOLDERS]:
        table.add_row(Text(plain(tally.folder)), *(f"{tally.by_verdict[verdict]:,}" for verdict in _GRAVEST_FIRST))
    console.print(table)
    _more(console, len(told.by_folder) - _FOLDERS)


def _documents(console: Console, documents: tuple[WorstDocument, ...], told: Summary) -> None:
    if not documents:
        return
    table = _table(tr("先看这些", "look at these first"))
    table.add_column(tr("结论", "verdict"), no_wrap=True)
    table.add_column(tr("文件", "document"), ratio=3, overflow="fold")
    table.add_column(tr("处数", "findings"), justify="right", no_wrap=True)
    table.add_column(tr("主要问题", "what"), ratio=2, overflow="fold")
    for document in documents:
        what = list(document.titles[:2]) + ([tr("有未读部分", "parts not read")] if document.unread else [])
        verdict = Text(verdict_name(document.verdict), style=_COLOURS[document.verdict])
        table.add_row(verdict, Text(plain(document.path)), f"{document.asking:,}", Text("、".join(what)))
    console.print(table)
    _more(console, told.documents - told.by_verdict["clear"] - len(documents))


def _next(console: Console, lines: Iterable[str]) -> None:
    console.print(Padding(Text(tr("下一步", "next"), style="bold"), (1, 1, 0, 1)))
    for line in lines:
        console.print(Padding(Text(f"→ {line}"), (0, 1)))


def _more(console: Console, count: int) -> None:
    if count > 0:
        text = tr(f"另有 {count:,} 项；全部见 --format html 或 jsonl", f"{count:,} more: see --format html or jsonl")
        console.print(Padding(Text(text, style="dim"), (0, 2)))


def _table(title: str) -> Table:
    """Its title stands under an empty line."""
    return Table(title=f"\n {title}", title_justify="left", title_style="bold", box=SIMPLE, show_edge=False)
