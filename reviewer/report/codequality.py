"""GitLab's Code Quality list: one entry an issue, so that a column of 128 numbers is one line in a merge request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from reviewer.language import tr
from reviewer.report.form import GapRow, Report
from reviewer.report.grouping import Issue, issues
from reviewer.report.plain import plain
from reviewer.report.uri import slashed

_SEVERITIES: Mapping[str, str] = {"critical": "critical", "high": "major", "medium": "minor", "low": "minor"}


class Writer:
    """Writes the list element by element."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._before = "["

    def add(self, report: Report) -> None:
        taken: set[str] = set()
        for entry in _entries(report):
            entry["fingerprint"] = _unique(entry["fingerprint"], taken)
            self._out.write(f"{self._before}\n" + json.dumps(entry, ensure_ascii=False))
            self._before = ","

    def close(self) -> None:
        self._out.write("\n]\n" if self._before == "," else "[]\n")


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    for issue in issues(report):
        yield _issue(report, issue)
    for gap in report.gaps:
        yield _gap(report, gap)


def _issue(report: Report, issue: Issue) -> dict[str, Any]:
    row = issue.first
    what = f"{row.title}{tr('：', ': ')}{issue.places}{tr('。', '. ')}{row.advice}"
    return {
        "description": plain(what),
        "check_name": row.rule,
        "fingerprint": _digest(report.document.path, row.rule, row.fingerprint),
        "severity": _severity(issue),
        "location": {"path": slashed(plain(report.document.path)), "lines": {"begin": row.location.line or 1}},
    }


def _severity(issue: Issue) -> str:
    if issue.first.action == "block":
        return "blocker"
    return "info" if issue.first.action == "note" else _SEVERITIES[issue.first.severity]


def _gap(report: Report, gap: GapRow) -> dict[str, Any]:
    return {
        "description": plain(tr(f"未能读取 {gap.place}：{gap.reason}", f"not read: {gap.place}: {gap.reason}")),
        "check_name": "reviewer/unread",
        "fingerprint": _digest(report.document.path, "reviewer/unread", gap.place, gap.reason),
        "severity": "major",
        "location": {"path": slashed(plain(report.document.path)), "lines": {"begin": 1}},
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _unique(fingerprint: str, taken: set[str]) -> str:
    """The host drops a second entry of one fingerprint: equal findings of a document are numbered."""
    made, number = fingerprint, 1
    while made in taken:
        number += 1
        made = _digest(fingerprint, str(number))
    taken.add(made)
    return made
