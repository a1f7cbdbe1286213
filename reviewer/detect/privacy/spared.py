"""Names that were read at a place and not told, each with the reason: for explaining, not for detecting."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum

from reviewer.detect.privacy.datum import Data
from reviewer.detect.privacy.links import Links
from reviewer.detect.privacy.people import Name
from reviewer.detect.privacy.roles import role_after, role_before
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

_BEHIND = 8  # characters behind a place that may say that a name in it is false
_FALSE = lazy(r"[\u4e00-\u9fff]{2,4}(?=[（(](?:化名|均为化名|假名|网名))")
_MASKED = lazy(r"[\u4e00-\u9fff](?:某某?|[*×＊]{1,3})(?![\u4e00-\u9fff]?[县市区镇乡村局公司])")


class Ground(Enum):
    """Why a name is nobody's secret."""

    OFFICIAL = "official"
    OFFICIAL_ELSEWHERE = "official_elsewhere"
    PUBLIC = "public"
    COLUMN = "column"
    LISTED = "listed"
    FALSE = "false"
    MASKED = "masked"
    FAINT = "faint"
    OTHERS = "others"
    UNLIKELY = "unlikely"
    ALONE = "alone"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """A name; `word`: the role beside it, or what its column is called, where that is part of the reason."""

    start: int
    ground: Ground
    word: str


def spared(survey: Survey, data: Data, links: Links, doubted: Collection[str], place: Range) -> Iterator[Spared]:
    """The names in this folded range at which no particular was found: whole, likely, false and masked ones.

    `doubted`: those that rules told and that were let go when they were weighed.
    """
    start, end = place
    line = survey.reading.line_at(start)
    low, high = min(line[0], start), max(line[1], end)
    officials = {name.text for one in survey.reading.lines for name in survey.society.names_in(*one) if name.official}
    told = {(datum.start, datum.end) for datum in data}
    sure = [name for name in survey.society.names_in(low, high) if name.start < end and start < name.end]
    faint = [
        name
        for name in survey.society.faint_in(low, high)
        if name.start < end
        and start < name.end
        and not any(name.start < one.end and one.start < name.end for one in sure)
    ]
    for name in sure:
        if (name.start, name.end) not in told:
            ground, word = _ground(survey, data, links, name, officials)
            if name.text in doubted:
                ground, word = Ground.UNLIKELY, ""
            yield Spared(start=name.start, ground=ground, word=word)
    for name in faint:
        if not data.covers(name.start, name.end):
            yield Spared(start=name.start, ground=Ground.FAINT, word="")
    for ground, form in ((Ground.FALSE, _FALSE), (Ground.MASKED, _MASKED)):
        for match in form.finditer(survey.text, start, min(high, end + _BEHIND)):
            if match.start() < end:
                yield Spared(start=match.start(), ground=ground, word="")


def _ground(survey: Survey, data: Data, links: Links, name: Name, officials: set[str]) -> tuple[Ground, str]:
    low, high = survey.records.at(name.start)
    role = role_after(survey.text, name.end) or role_before(survey.text, low, name.start)
    cell = survey.cell_at(name.start)
    if name.official:
        return Ground.OFFICIAL, role or (cell.header if cell is not None else "")
    if name.text in officials:
        return Ground.OFFICIAL_ELSEWHERE, ""
    if cell is not None and cell.meaning != "name":
        return Ground.COLUMN, cell.header
    if links.is_public(name.start):
        return Ground.PUBLIC, ""
    if data.within(low, high):
        return Ground.OTHERS, ""
    if cell is not None:
        return Ground.LISTED, cell.header
    return (Ground.ROLE, role) if role else (Ground.ALONE, "")
