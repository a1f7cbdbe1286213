"""Markdown for a merge request or a wiki: the numbers, then each document that asks for something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from reviewer.language import tr
from reviewer.report.form import Report
from reviewer.report.grouping import Issue, issues, unread
from reviewer.report.page import GRAVEST_FIRST, MARKS, Shelf
from reviewer.report.plain import plain
from reviewer.report.words import action_heading, category_name, scenario_line, verdict_name

_DETAILED = 300  # documents of each verdict told in full
_UNREAD = 20
_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")  # what means something in the middle of a line


class Writer:
    """Keeps the sections, within bounds, so that the numbers can stand first."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._sections: Shelf[str] = Shelf(_DETAILED)

    def add(self, report: Report) -> None:
        section = ""
        if report.verdict != "clear" and self._sections.has_room(report.verdict):
            section = "\n".join(_document(report)) + "\n"
        self._sections.put(report.verdict, section)

    def close(self) -> None:
        counts = self._sections.total
        self._out.write(tr("# 保密审查报告", "# Confidentiality review") + "\n\n")
        self._out.write(_table(counts))
        for verdict in GRAVEST_FIRST[:-1]:
            for section in self._sections.kept[verdict]:
                self._out.write("\n" + section)
            if more := self._sections.more(verdict):
                self._out.write("\n" + _more(verdict, more) + "\n")


def escaped(text: str) -> str:
    """Outside text as text: no markup of its own, no tag, one line."""
    safe = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", safe)


def _table(counts: dict[str, int]) -> str:
    head = tr("| 结论 | 文件数 |", "| verdict | documents |")
    rows = [f"| {MARKS[verdict]} {verdict_name(verdict)} | {counts[verdict]} |" for verdict in GRAVEST_FIRST]
    total = tr(f"| 合计 | {sum(counts.values())} |", f"| all | {sum(counts.values())} |")
    return "\n".join((head, "| --- | ---: |", *rows, total)) + "\n"


def _document(report: Report) -> Iterator[str]:
    yield f"## {MARKS[report.verdict]} {verdict_name(report.verdict)} · {escaped(report.document.path)}"
    if report.scenario is not None:
        yield "\n" + escaped(scenario_line(report.scenario))
    heading = ""
    for number, issue in enumerate(issues(report), 1):
        if (wanted := action_heading(issue.first.action)) != heading:
            heading = wanted
            yield f"\n**{heading}**\n"
        yield from _issue(number, issue)
    if report.gaps:
        yield "\n" + tr(
            "**未能读取（须人工核对，不能当作没有问题）**\n",
            "**not read (a person must look; not the same as clear)**\n",
        )
        told = unread(report)
        yield from (f"- {escaped(one.places)}: {escaped(one.reason)}" for one in told[:_UNREAD])
        if more := sum(one.count for one in told[_UNREAD:]):
            yield tr(f"- 另有 {more} 处", f"- {more} more")
    for aside in report.set_aside:
        yield "\n" + tr("已搁置 ", "set aside ") + escaped(f"{aside.rule} {aside.reason} {aside.by} {aside.until}")


def _issue(number: int, issue: Issue) -> Iterator[str]:
    row = issue.first
    yield f"{number}. **{escaped(row.title)}**（{category_name(row.category)}）"
    yield f"   - {tr('位置', 'where')}: {escaped(issue.places)}"
    for note in issue.notes:
        yield f"   - {tr('说明', 'note')}: {escaped(note)}"
    if issue.excerpt:
        shown = f"{escaped(issue.excerpt.before)}**{escaped(issue.excerpt.hit)}**{escaped(issue.excerpt.after)}"
        yield f"   - {tr('原文', 'text')}: {shown}"
    elif row.text:
        yield f"   - {tr('原文', 'text')}: {escaped(row.text)}"
    yield f"   - {tr('依据', 'basis')}: {escaped('；'.join(row.basis))}"
    yield f"   - {tr('怎么改', 'cure')}: {escaped(row.advice)}"


def _more(verdict: str, count: int) -> str:
    return tr(
        f"“{verdict_name(verdict)}”另有 {count} 份未在此展开；逐份说明请用 --format jsonl",
        f"{count} more of verdict “{verdict_name(verdict)}” not told here; use --format jsonl",
    )
