"""The report at a terminal: one verdict line a document, then what to do, in the order in which one would do it."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from reviewer.language import tr
from reviewer.report.form import Report
from reviewer.report.grouping import Issue, issues, unread
from reviewer.report.plain import plain
from reviewer.report.words import action_heading, category_name, scenario_line, verdict_name

__all__ = ["Writer", "console_for", "plain"]

_COLOURS = {"clear": "green", "redact": "yellow", "refer": "magenta", "block": "bold red"}
_WIDEST = 110
_UNREAD = 20  # reasons why something was not read


def console_for(out: TextIO) -> Console:
    """A console no wider than reads well; plain when piped, when NO_COLOR is set, or on a dumb terminal."""
    if out.isatty():
        console = Console(file=out, highlight=False, soft_wrap=False)
        return console if console.width <= _WIDEST else Console(file=out, highlight=False, width=_WIDEST)
    width = int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else 100
    return Console(file=out, highlight=False, width=max(40, width), no_color=True, force_terminal=False)


class Writer:
    """Prints each document as it comes and a summary at the end when there were several."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._console = console_for(out or sys.stdout)
        self._counts = {"block": 0, "refer": 0, "redact": 0, "clear": 0}
        self._gaps = 0

    def add(self, report: Report) -> None:
        self._counts[report.verdict] += 1
        self._gaps += len(report.gaps)
        self._headline(report)
        heading = ""
        for number, issue in enumerate(issues(report), 1):
            wanted = action_heading(issue.first.action)
            if wanted != heading:
                heading = wanted
                self._console.print(Padding(Text(heading, style="bold"), (0, 0, 0, 2)))
            self._issue(number, issue)
        self._unread(report)
        self._aside(report)
        self._next_step(report)

    def close(self) -> None:
        if sum(self._counts.values()) > 1:
            self._summary()

    def _headline(self, report: Report) -> None:
        kinds = len(issues(report))
        verdict = verdict_name(report.verdict)
        if report.verdict != "clear":
            verdict += tr(f" · {kinds} 类问题", f" · {kinds} issue(s)") if kinds else ""
        grid = Table.grid(expand=True, padding=(0, 1))
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(Text(plain(report.document.path), style="bold"), Text(verdict, style=_COLOURS[report.verdict]))
        self._console.print(Padding(grid, (0, 0, 0, 1)))
        if report.scenario is not None:
            self._console.print(Padding(Text(scenario_line(report.scenario), style="dim"), (0, 0, 0, 2)))
        if report.verdict == "clear":
            self._console.print(Padding(Text(_clear_line(report), style="dim"), (0, 0, 0, 2)))

    def _issue(self, number: int, issue: Issue) -> None:
        row = issue.first
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=3, justify="right", no_wrap=True)
        grid.add_column(width=6, no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        title = Text(row.title, style="bold").append(f"  {category_name(row.category)}", style="dim")
        self._console.print(Padding(_line(number, title), (0, 0, 0, 2)))
        grid.add_row("", Text(tr("位置", "where"), style="dim"), Text(plain(issue.places)))
        for note in issue.notes:
            grid.add_row("", Text(tr("说明", "note"), style="dim"), Text(plain(note)))
        shown = _excerpt(issue)
        if shown.plain:
            grid.add_row("", Text(tr("原文", "text"), style="dim"), shown)
        grid.add_row("", Text(tr("依据", "basis"), style="dim"), Text("；".join(row.basis)))
        grid.add_row("", Text(tr("怎么改", "cure"), style="cyan"), Text(row.advice, style="cyan"))
        self._console.print(Padding(grid, (0, 0, 0, 2)))

    def _unread(self, report: Report) -> None:
        if not report.gaps:
            return
        heading = tr("未能读取（须人工核对，不能当作没有问题）", "not read (a person must look; not the same as clear)")
        self._console.print(Padding(Text(heading, style="bold magenta"), (0, 0, 0, 2)))
        told = unread(report)
        grid = Table.grid(padding=(0, 2), expand=True)
        grid.add_column(width=1, no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        for one in told[:_UNREAD]:
            grid.add_row("–", Text(f"{plain(one.places)}  {plain(one.reason)}"))
        if more := sum(one.count for one in told[_UNREAD:]):
            grid.add_row("–", Text(tr(f"另有 {more} 处", f"{more} more")))
        self._console.print(Padding(grid, (0, 0, 0, 4)))

    def _aside(self, report: Report) -> None:
        for aside in report.set_aside:
            line = tr(
                f"已搁置 {aside.rule}：{aside.reason}（{aside.by}，至 {aside.until}）",
                f"set aside {aside.rule}: {aside.reason} ({aside.by}, until {aside.until})",
            )
            self._console.print(Padding(Text(plain(line), style="dim"), (0, 0, 0, 2)))

    def _next_step(self, report: Report) -> None:
        step = {
            "clear": "",
            "redact": tr(
                "改好后再跑一次本命令；未发现问题即可送审：reviewer case submit",
                "cure these, run this command again, then submit: reviewer case submit",
            ),
            "refer": tr(
                "机器不能替人决定：送审核人；涉密与否没有把握的，商请保密行政管理部门审定",
                "a person decides: send it to the reviewer; where secrecy is uncertain, consult the secrecy office",
            ),
            "block": tr(
                "停止发布，隔离文件，勿转发、勿复制原文，联系本单位保密工作机构",
                "do not publish: isolate the file, copy nothing from it, call your secrecy office",
            ),
        }[report.verdict]
        if step:
            self._console.print(Padding(Text("→ " + step, style=_COLOURS[report.verdict]), (0, 0, 1, 2)))

    def _summary(self) -> None:
        self._console.print(Line(style="dim", characters="─"))
        counts = "   ".join(f"{verdict_name(name)} {count}" for name, count in self._counts.items())
        total = sum(self._counts.values())
        self._console.print(
            Padding(Text(tr(f"共 {total} 份：", f"{total} documents: ") + counts, style="bold"), (0, 1))
        )
        if self._gaps:
            gaps = tr(f"未能读取 {self._gaps} 处，已按“送审”处理", f"{self._gaps} parts not read: counted as refer")
            self._console.print(Padding(Text(gaps, style="magenta"), (0, 1)))


def _line(number: int, title: Text) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=3, justify="right", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(str(number), title)
    return grid


def _clear_line(report: Report) -> str:
    count = f"{report.document.characters:,}"
    line = tr(f"已读 {count} 字，全部可读。", f"{count} characters read, all of it readable.")
    mentions = sum(report.mentions.values())
    if mentions:
        line += tr(
            f"提到“国家秘密”“保密”等 {mentions} 处，均为制度性表述。",
            f" {mentions} mentions of secrecy, all of them lawful wording.",
        )
    return line


def _excerpt(issue: Issue) -> Text:
    if issue.excerpt is None:
        return Text(plain(issue.first.text), style="reverse") if issue.first.text else Text("")
    shown = Text(plain(issue.excerpt.before), style="dim")
    shown.append(plain(issue.excerpt.hit), style="reverse")
    shown.append(plain(issue.excerpt.after), style="dim")
    return shown
