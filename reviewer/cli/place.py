"""A place as a person types it, found in the document: as reports name it, a line, a line and column, code points."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.report.places import place_told
from reviewer.terms import Document, Segment
from reviewer.text.lazy import lazy

_LINE = lazy(r"第?\s*([0-9]{1,9})\s*(?:行|[:：]\s*([0-9]{1,9}))?")
_RANGE = lazy(r"([0-9]{1,12})\s*[-–~]\s*([0-9]{1,12})")
_FEW = 5


def range_named(document: Document, at: str) -> tuple[int, int]:
    """The code points of a place: "¶3", "Sheet1!B4", "12", "12:5" (line and column), "340-358" (start and end).

    Raises UsageError with places like it when the document has no such place.
    """
    named = [segment for segment in document.segments if at.strip() in (segment.place, place_told(segment.place))]
    if named:
        return named[0].start, max(segment.end for segment in _run(named))
    line = _LINE.fullmatch(at.strip())
    found = _of_line(document, line[1], line[2]) if line else None
    given = _RANGE.fullmatch(at.strip())
    if found is None and given and int(given[1]) < int(given[2]) <= len(document.text):
        found = int(given[1]), int(given[2])
    if found is None:
        raise _unknown(document, at)
    return found


def _run(named: Sequence[Segment]) -> list[Segment]:
    """The first of these segments and those that follow it at once: a place may be cut into several."""
    run = [named[0]]
    for segment in named[1:]:
        if segment.start - run[-1].end > 2:
            break
        run.append(segment)
    return run


def _of_line(document: Document, number: str, column: str | None) -> tuple[int, int] | None:
    for segment in document.segments:
        if segment.line == int(number):
            if column is None:
                return segment.start, segment.end
            at = segment.start + int(column) - 1
            return (at, at + 1) if segment.start <= at < segment.end else None
    return None


def _unknown(document: Document, at: str) -> UsageError:
    places = list(dict.fromkeys(place_told(segment.place) for segment in document.segments))
    near = "、".join(f"“{place}”" for place in get_close_matches(at, places, 3, 0.4) or places[:_FEW]) or "—"
    return UsageError(
        tr(
            f"{document.path}：没有位置“{at}”；位置写法如{near}，或行号、行:列、起-止；reviewer read 可列出全部",
            f"{document.path}: no place “{at}”; places look like {near}, or a line, line:column, start-end; "
            "`reviewer read` lists them",
        )
    )
