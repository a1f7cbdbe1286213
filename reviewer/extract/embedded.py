"""A document inside another: read by its own reader, in the same process, to a bounded depth."""

from __future__ import annotations

from dataclasses import replace

from reviewer.extract import read_contents, read_with
from reviewer.extract.limits import DEFAULT_LIMITS
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.sniff import sniff
from reviewer.language import tr
from reviewer.terms import Gap, Part

MAX_DEPTH = 3

_depth = 0


def read_embedded(data: bytes, name: str) -> Extracted:
    """What the format's own reader makes of an attachment; it runs under the limits of this process."""
    global _depth
    if _depth >= MAX_DEPTH:
        reason = tr(
            f"附件嵌套超过 {MAX_DEPTH} 层，未读取：取出后单独再审",
            f"attachments nested more than {MAX_DEPTH} deep, not read: take it out and review it by itself",
        )
        return Extracted(text="", segments=(), gaps=(Gap(place=name, reason=reason),))
    _depth += 1
    try:
        return read_contents(data, sniff(data, name), DEFAULT_LIMITS, read_with)
    finally:
        _depth -= 1


def enclose(scribe: Scribe, inner: Extracted, label: str, first_table: int) -> int:
    """Write down an attachment's reading, each place behind `label!`; returns the next free table number.

    A reader of the outer document does not see it: it is hidden.
    """
    next_table = first_table
    for segment, after in zip(inner.segments, _separators(inner), strict=True):
        cell = segment.cell
        if cell is not None:
            cell = replace(cell, table=cell.table + first_table)
            next_table = max(next_table, cell.table + 1)
        part = Part.EMBEDDED if segment.part is Part.BODY else segment.part
        place = f"{label}!{segment.place}"
        scribe.add(segment.text, place, part=part, hidden=True, page=segment.page, cell=cell, after=after)
    for gap in inner.gaps:
        scribe.gap(f"{label}!{gap.place}", gap.reason)
    return next_table


def _separators(inner: Extracted) -> list[str]:
    """What stands behind each segment, so that a row stays a row."""
    bounds = [segment.start for segment in inner.segments] + [len(inner.text)]
    return [inner.text[s.end : start] or "\n" for s, start in zip(inner.segments, bounds[1:], strict=True)]
