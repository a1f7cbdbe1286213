"""A document inside an office file, written down into the outer one."""

from __future__ import annotations

from dataclasses import replace

from reviewer.extract.ooxml import Package
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part


def graft(package: Package, inner: Extracted, label: str, *, hidden: bool) -> None:
    """Write down what another reader read: `label!` before each place, tables counted on, separators kept.

    `hidden` says that the inner document is not shown with the outer one, as an embedded workbook is not.
    """
    tables = [segment.cell.table for segment in inner.segments if segment.cell is not None]
    first = package.reserve_tables(max(tables, default=-1) + 1)
    starts = iter([*(segment.start for segment in inner.segments[1:]), len(inner.text)])
    for segment in inner.segments:
        package.scribe.add(
            segment.text,
            f"{label}!{segment.place}",
            part=Part.EMBEDDED if segment.part is Part.BODY else segment.part,
            hidden=hidden or segment.hidden,
            page=segment.page,
            cell=None if segment.cell is None else replace(segment.cell, table=segment.cell.table + first),
            after=inner.text[segment.end : next(starts)] or "\n",
        )
    for gap in inner.gaps:
        package.scribe.gap(f"{label}!{gap.place}", gap.reason)
