"""One self-contained HTML page: numbers first, then each document as a person would cure it; nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from markupsafe import Markup

from reviewer.language import tr
from reviewer.report.charts import Bar
from reviewer.report.form import EngineRow, Report
from reviewer.report.grouping import issues, unread
from reviewer.report.page import CATEGORIES, GRAVEST_FIRST, Shelf, template, write_page
from reviewer.report.words import category_name, verdict_name

_DETAILED = 300  # documents of each verdict told in full: 3 × 300 × about 10 KB
_LISTED = 5000  # documents of each verdict in the list
_UNREAD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A document in the list; `number` leads to its section, 0 when it has none."""

    path: str
    number: int
    issues: int
    findings: int
    gaps: int


class Writer:
    """Keeps what the page will hold, within bounds, and writes it whole at the end."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._section = template("document.html")
        self._sections: Shelf[Markup] = Shelf(_DETAILED)
        self._lines: Shelf[_Line] = Shelf(_LISTED)
        self._by_category = dict.fromkeys(CATEGORIES, 0)
        self._unread = 0
        self._engines: dict[EngineRow, None] = {}

    def add(self, report: Report) -> None:
        told = issues(report)
        number = 0
        if report.verdict != "clear" and self._sections.has_room(report.verdict):
            number = sum(self._lines.total.values()) + 1
            gaps = unread(report)
            more = sum(one.count for one in gaps[_UNREAD:])
            section = self._section.render(report=report, issues=told, number=number, unread=gaps[:_UNREAD], more=more)
            self._sections.put(report.verdict, Markup(section))  # noqa: S704 - the template escaped it
        line = _Line(
            path=report.document.path,
            number=number,
            issues=len(told),
            findings=len(report.findings),
            gaps=len(report.gaps),
        )
        self._lines.put(report.verdict, line)
        self._unread += bool(report.gaps)
        self._engines[report.engine] = None
        for finding in report.findings:
            self._by_category[finding.category] += 1

    def close(self) -> None:
        content = {
            "title": tr("保密审查报告", "Confidentiality review"),
            "total": sum(self._lines.total.values()),
            "by_verdict": self._lines.total,
            "unread": self._unread,
            "verdict_bars": verdict_bars(self._lines.total),
            "category_bars": category_bars(self._by_category),
            "sections": self._sections.kept,
            "listed": self._lines.kept,
            "engines": list(self._engines),
        }
        write_page(self._out, template("screen.html"), content)


def verdict_bars(counts: dict[str, int]) -> list[Bar]:
    return [Bar(label=verdict_name(name), value=counts[name], look=name) for name in GRAVEST_FIRST]


def category_bars(counts: dict[str, int]) -> list[Bar]:
    return [Bar(label=category_name(name), value=counts[name]) for name in CATEGORIES]
