"""JUnit XML: a document is a test suite, an issue a failure, an unread part an error; a clear document passes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from reviewer.language import tr
from reviewer.report.form import GapRow, Report
from reviewer.report.grouping import Issue, issues
from reviewer.report.plain import plain
from reviewer.report.words import category_name, verdict_name


class Writer:
    """Writes each suite as it comes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reviewer">\n')

    def add(self, report: Report) -> None:
        told = issues(report)
        failures = sum(issue.first.action != "note" for issue in told)
        errors = len(report.gaps)
        cases = [*(_issue(report, issue) for issue in told), *(_gap(report, gap) for gap in report.gaps)]
        if failures + errors == 0:
            cases.append(_case(report, tr("保密审查", "confidentiality review"), ""))
        self._out.write(
            f"<testsuite name={_attribute(report.document.path)} tests={_attribute(str(len(cases)))} "
            f'failures="{failures}" errors="{errors}" skipped="0">\n'
        )
        self._out.writelines(cases)
        self._out.write("</testsuite>\n")

    def close(self) -> None:
        self._out.write("</testsuites>\n")


def _issue(report: Report, issue: Issue) -> str:
    row = issue.first
    text = "\n".join(_lines(issue))
    if row.action == "note":
        return _case(report, row.title, f"<system-out>{_text(text)}</system-out>")
    message = f"{row.title}{tr('：', ': ')}{issue.places}"
    failure = f"<failure type={_attribute(row.rule)} message={_attribute(message)}>{_text(text)}</failure>"
    return _case(report, row.title, failure)


def _lines(issue: Issue) -> Iterator[str]:
    row = issue.first
    yield f"{row.rule} · {category_name(row.category)} · {row.severity}"
    yield tr("位置：", "where: ") + issue.places
    yield from issue.notes
    if row.text and row.category != "state_secret":
        yield tr("原文：", "text: ") + row.text
    yield tr("依据：", "basis: ") + tr("；", "; ").join(row.basis)
    yield tr("怎么改：", "cure: ") + row.advice


def _gap(report: Report, gap: GapRow) -> str:
    name = tr(f"未能读取：{gap.place}", f"not read: {gap.place}")
    return _case(report, name, f'<error type="unread" message={_attribute(gap.reason)}/>')


def _case(report: Report, name: str, inside: str) -> str:
    where = f"{report.document.path} [{verdict_name(report.verdict)}]"
    return f"  <testcase classname={_attribute(where)} name={_attribute(name)}>{inside}</testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(plain(text))


def _text(text: str) -> str:
    """Lines stay; every other control character is one that XML 1.0 does not allow."""
    return escape("\n".join(plain(line) for line in text.split("\n")))
