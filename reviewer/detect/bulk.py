"""Bulk: how much there is matters too, because the law counts persons."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.reading import Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action, Category, Finding, Rule, Severity
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Records with findings of `category`: worth a note from `rows` on, a referral from `refer_rows` on.

    From `grave_rows` on the note says that it must be reported; the law counts persons in such steps.
    """

    category: Category
    rows: int
    refer_rows: int
    grave_rows: int


def decode_bulk(table: Table) -> Bulk:
    bulk = Bulk(
        category=table.choice("category", Category),
        rows=table.integer("rows"),
        refer_rows=table.integer("refer_rows"),
        grave_rows=table.integer("grave_rows"),
    )
    if not 1 < bulk.rows < bulk.refer_rows < bulk.grave_rows:
        raise table.error(tr("应为 1 < rows < refer_rows < grave_rows", "1 < rows < refer_rows < grave_rows"))
    return bulk


def bulk_findings(rule: Rule, bulk: Bulk, reading: Reading) -> Iterator[Finding]:
    """One finding at the first record; findings are counted by the line or table row in which they begin."""
    found = _counted(bulk, reading)
    rows = records(bulk, reading)
    if rows >= bulk.rows:
        yield _finding(rule, bulk, rows, min(found, key=lambda finding: finding.span.start), reading)


def records(bulk: Bulk, reading: Reading) -> int:
    """In how many records (lines or table rows) something of the category was found."""
    return len({_row(reading, finding) for finding in _counted(bulk, reading)})


def _counted(bulk: Bulk, reading: Reading) -> list[Finding]:
    return [f for f in reading.findings if f.category is bulk.category and f.action is not Action.NOTE]


def _finding(rule: Rule, bulk: Bulk, rows: int, first: Finding, reading: Reading) -> Finding:
    note = tr(f"涉及个人信息约 {rows} 条（行）", f"personal data in about {rows} records (rows)")
    if rows >= bulk.grave_rows:
        note += tr("，须立即报告", ": report at once")
    many = rows >= bulk.refer_rows
    return reading.finding_at(
        rule,
        first.span.start,
        first.span.end,
        severity=Severity.CRITICAL if many else rule.severity,
        action=Action.REFER if many else rule.action,
        note=note,
    )


def _row(reading: Reading, finding: Finding) -> tuple[object, ...]:
    segment = reading.document.segments[finding.span.segment]
    if segment.cell is not None:
        return segment.cell.sheet, segment.cell.table, segment.cell.row
    return (segment.place,) if segment.line is None else (segment.line,)
