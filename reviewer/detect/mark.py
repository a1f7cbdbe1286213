"""Marks: what a document says of its own secrecy, scored by evidence and by where on the page it stands.

The grammar is that of the marks themselves (国家秘密文件、资料和其他物品标志的规定, 1990; GB/T 9704-2012): a level, a
star, a term. Rules spell their evidence with the fragments below and give points to each; a lawful wording that
covers the words takes them out first, quotation and enumeration take points off.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.expressions import check, regex
from reviewer.detect.mark_column import levels_in_columns
from reviewer.detect.mark_term import lifetime
from reviewer.detect.reading import Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Action, Finding, Part, Rule
from reviewer.text.lazy import lazy
from reviewer.value import dataclass

# Slips of character recognition stand for the true character: 宓, 蜜 for 密; 杋 for 机.
_CHAR = r"[密宓蜜]"
_FRAGMENTS = {
    "level": rf"(?:绝\s{{0,4}}{_CHAR}|[机杋]\s{{0,4}}{_CHAR}|秘\s{{0,4}}{_CHAR})",
    "plain_level": r"(?:绝密|机密|秘密)",
    "star": r"(?:[★☆⭐✭✮✯✰✩✪]|&#(?:9733|x2605);)",
    "starlike": r"[*﹡∗٭※·•・▲◆大太k]",
    "period": r"(?:[0-9OolI一二三四五六七八九十]{1,4}\s?(?:年|个月)|长期)",
    "term": (
        r"(?:[0-9OolI一二三四五六七八九十百]{1,4}\s?(?:年|个月|月|天|日)|长期|永久"
        r"|至?\s?(?:19|20)\d\d\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?(?:前|止)?|[^\s，。；、★]{1,10}前)"
    ),
}
_LEVELS = lazy(r"绝密|机密|秘密")
_FOR_ALL = r"(?<![“\"‘「])此件(?:主动)?公开(?:发布|\s?[）)])|此件主动公开"
_QUOTED = lazy(r"[“\"'‘「『][^”\"'’」』\n]{0,20}$")
_CLOSED = lazy(r"[^“”\"'‘’「」『』，。；\n]{0,12}[”\"'’」』]")  # the rest of the mark may stand before it
_CITED = lazy(r"《[^》\n]{0,60}$")
_QUOTE_COST, _LIST_COST, _CITE_COST = 6, 6, 4  # brief of the trade, scoring table
_COLUMN_POINTS = 9  # as the value of 密级 in prose
_HEAD_LINES = 15
_MARGINS = frozenset({Part.HEADER, Part.FOOTER, Part.TEXT_BOX, Part.ANNOTATION, Part.FILE_NAME, Part.PROPERTY})
_WRAPPING = " \t（）()[]【】〔〕「」『』《》<>“”\"'*_#|-—:：.。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One form of a mark. `zone`: "any", "line" (all that its line says) or "head" (such a line near the top of the
    document, or in a header, footer, text box, property or file name). `own`: it is said of this very document, so that
    no wording about documents in general covers it."""

    pattern: str
    points: int
    zone: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`minimum` points make a finding; `aging`: a term that has run out asks for proof instead of a block;
    `columns`: cells below a heading such as 密级 count, too."""

    evidence: tuple[Evidence, ...]
    anchors: tuple[str, ...]
    minimum: int
    aging: bool
    columns: bool
    conditions: Conditions


def decode(table: Table) -> Mark:
    return Mark(
        evidence=tuple(_evidence(table, item) for item in table.items("evidence")),
        anchors=table.strings("anchors"),
        minimum=table.integer("minimum", 7),
        aging=table.flag("aging"),
        columns=table.flag("columns"),
        conditions=decode_conditions(table),
    )


def _evidence(table: Table, item: object) -> Evidence:
    entry = Table(item, f"{table.where} evidence", vouched=table.vouched)
    pattern = entry.string("pattern")
    for name, fragment in _FRAGMENTS.items():
        pattern = pattern.replace(f"<{name}>", fragment)
    check(entry, f"/{pattern}/", pattern)
    evidence = Evidence(
        pattern=pattern,
        points=entry.integer("points"),
        zone=entry.string("zone", "any"),
        own=entry.flag("own"),
    )
    if evidence.zone not in ("any", "line", "head"):
        raise entry.error("zone: any, line, head")
    entry.finish()
    return evidence


def words(match: object) -> Iterable[str]:
    return cast(Mark, match).anchors


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule in rules:
        match = cast(Mark, rule.match)
        if any(reading.hits(word) for word in match.anchors):
            yield from _marks(rule, match, reading)


def _marks(rule: Rule, match: Mark, reading: Reading) -> Iterator[Finding]:
    best: dict[tuple[int, int], int] = {}
    for evidence in match.evidence:
        for found in regex(evidence.pattern).finditer(reading.text):
            start, end = found.span("it" if "it" in found.re.groupindex else 0)
            if not is_in_zone(evidence.zone, reading, start, end):
                continue
            if not evidence.own and is_lawful(reading, start, end):
                continue
            points = evidence.points - deduction(reading, start, end)
            if points >= match.minimum and match.conditions.hold(reading, start, end):
                best[start, end] = max(points, best.get((start, end), 0))
    if match.columns:
        best |= dict.fromkeys(levels_in_columns(reading), _COLUMN_POINTS)
    for start, end in _widest(best):
        yield _finding(rule, match, reading, start, end)


def is_lawful(reading: Reading, start: int, end: int) -> bool:
    """Whether a lawful wording covers the whole mark, or the level word inside it."""
    level = _LEVELS.search(reading.text, start, end)
    word = level.span() if level else (start, end)
    return reading.benign(start, end) is not None or reading.benign(*word) is not None


def _finding(rule: Rule, match: Mark, reading: Reading, start: int, end: int) -> Finding:
    note, expired = lifetime(reading.text[start:end], reading.today, lambda: reading.signed)
    if reading.holds(_FOR_ALL, (0, len(reading.text))):
        note += tr("文中又写明公开发布，两处矛盾。", "It also says that it is published, and contradicts itself. ")
    if match.aging and expired:
        return reading.finding(rule, start, end, type="expired_mark", action=Action.REFER, note=note)
    return reading.finding(rule, start, end, note=note)


def deduction(reading: Reading, start: int, end: int) -> int:
    """What quotation marks, a list of levels and a citation take off."""
    text = reading.text
    first, last = reading.line_at(start)
    before = text[max(first, start - 60) : start]
    cost = 0
    alone = reading.bare_line(start, _WRAPPING) == (start, end)  # quotation marks around a whole line quote nothing
    if not alone and _QUOTED.search(before) and _CLOSED.match(text, end):
        cost += _QUOTE_COST
    if _CITED.search(before):
        cost += _CITE_COST
    near = text[max(first, start - 8) : start] + text[end : min(last, end + 8)]
    if re.search(r"[、/和或及与]", near) and _LEVELS.search(near):
        cost += _LIST_COST
    return cost


def is_in_zone(zone: str, reading: Reading, start: int, end: int) -> bool:
    if zone == "any":
        return True
    first, last = reading.bare_line(start, _WRAPPING)
    if first < start or end < last:
        return False
    if zone == "line":
        return True
    return reading.part_of(start) in _MARGINS or reading.line_number(start) < _HEAD_LINES


def _widest(found: dict[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """Each mark once: of overlapping readings the best scored, then the longest."""
    taken: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (-found[place], place[0] - place[1])):
        index = bisect_left(taken, (start, end))
        if not (index and taken[index - 1][1] > start) and not (index < len(taken) and taken[index][0] < end):
            taken.insert(index, (start, end))
    yield from taken
