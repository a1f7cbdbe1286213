"""CSV for spreadsheets: a line for each finding and each unread part, and one for a document with neither."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import TextIO

from reviewer.language import tr
from reviewer.report.form import FindingRow, GapRow, Report
from reviewer.report.plain import plain

COLUMNS = (
    *("path", "verdict", "rule", "category", "type", "severity", "confidence", "action", "place", "line", "column"),
    *("text", "title", "advice", "basis", "fingerprint"),
)
_FORMULA = ("=", "+", "-", "@")


class Writer:
    """Writes each document as it comes. A mark of the encoding stands first: spreadsheet programs guess without it."""

    def __init__(self, out: TextIO) -> None:
        out.write("\ufeff")
        self._lines = csv.writer(out, lineterminator="\r\n")
        self._lines.writerow(COLUMNS)

    def add(self, report: Report) -> None:
        for cells in _lines(report):
            self._lines.writerow([_harmless(str(cell)) for cell in cells])

    def close(self) -> None:
        """Nothing stands at the end."""


def _lines(report: Report) -> Iterator[Sequence[object]]:
    if not report.findings and not report.gaps:
        yield (report.document.path, report.verdict, *[""] * (len(COLUMNS) - 2))
    for row in report.findings:
        yield _finding(report, row)
    for gap in report.gaps:
        yield _gap(report, gap)


def _finding(report: Report, row: FindingRow) -> Sequence[object]:
    place = row.location
    return (
        *(report.document.path, report.verdict, row.rule, row.category, row.type, row.severity, row.confidence),
        *(row.action, place.place, place.line or "", place.column or ""),
        *("" if row.category == "state_secret" else row.text, row.title, row.advice),
        *(tr("；", "; ").join(row.basis), row.fingerprint),
    )


def _gap(report: Report, gap: GapRow) -> Sequence[object]:
    title = tr("有一部分未能读取", "a part could not be read")
    unread = (report.document.path, report.verdict, "reviewer/unread", "", "unread", "", "", "refer", gap.place)
    return (*unread, "", "", "", title, gap.reason, "", "")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet program would take for a formula is marked as text (OWASP, CSV injection)."""
    made = plain(cell)
    return f"'{made}" if made.startswith(_FORMULA) else made
