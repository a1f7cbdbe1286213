"""GitHub's workflow commands: each issue an annotation at its file and line, each unread part one, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TextIO

from reviewer.language import tr
from reviewer.report.form import GapRow, Report
from reviewer.report.grouping import Issue, issues
from reviewer.report.plain import plain
from reviewer.report.uri import slashed

_LEVELS: Mapping[str, str] = {
    "block": "error",
    "refer": "error",
    "remove": "warning",
    "mask": "warning",
    "note": "notice",
}


class Writer:
    """Writes one line an annotation; a line that does not begin with `::` is ordinary output there."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def add(self, report: Report) -> None:
        self._out.writelines(f"{line}\n" for line in _lines(report))

    def close(self) -> None:
        """Nothing stands at the end."""


def _lines(report: Report) -> Iterator[str]:
    for issue in issues(report):
        yield _issue(report, issue)
    for gap in report.gaps:
        yield _gap(report, gap)


def _issue(report: Report, issue: Issue) -> str:
    row = issue.first
    where = {"file": slashed(report.document.path), "line": row.location.line, "col": row.location.column}
    said = f"{issue.places}{tr('。', '. ')}{row.advice}"
    return _command(_LEVELS[row.action], {**where, "title": f"{row.title} ({row.rule})"}, said)


def _gap(report: Report, gap: GapRow) -> str:
    title = tr("未能读取 (reviewer/unread)", "not read (reviewer/unread)")
    said = f"{gap.place}{tr('：', ': ')}{gap.reason}"
    return _command("error", {"file": slashed(report.document.path), "title": title}, said)


def _command(level: str, properties: Mapping[str, str | int | None], said: str) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level} {given}::{_data(said)}"


def _data(text: str) -> str:
    return plain(text.replace("\r", " ").replace("\n", " ")).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
