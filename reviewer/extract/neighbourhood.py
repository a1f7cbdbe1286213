"""Places that a person looks up together: a page, a sheet, the paragraphs of one section."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.language import tr
from reviewer.terms import Segment

_LISTED = 4


def neighbourhood(segment: Segment) -> str:
    """The page, sheet or section in which a segment stands."""
    label, mark, place = segment.place.rpartition("!")
    if segment.cell is not None and segment.cell.sheet:
        return label + mark + segment.cell.sheet if not label.endswith(segment.cell.sheet) else label
    if segment.page is not None:
        return f"{label}{mark}p{segment.page}"
    return label + mark + (place.partition("¶")[0].strip() or "正文")


def listed(places: Iterable[str]) -> str:
    """A few places by name, and that there are more."""
    distinct = list(dict.fromkeys(places))
    shown = "、".join(distinct[:_LISTED])
    if len(distinct) <= _LISTED:
        return shown
    return tr(f"{shown} 等 {len(distinct)} 处", f"{shown} and others, {len(distinct)} in all")
