"""Keyword rules: words and phrases that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.reading import Reading
from reviewer.detect.sealed import Sealed, decode_sealed
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Finding, Rule
from reviewer.value import dataclass, replace

_BLANKS = " \t（）()[]【】〔〕「」《》“”\"'*★·-—:：."


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """`words`: any of them, or any of those `sealed`; `whole_line`: it must be all that its line says, brackets and
    spaces aside."""

    words: tuple[str, ...]
    sealed: Sealed | None
    whole_line: bool
    conditions: Conditions


def decode(table: Table) -> Keyword:
    sealed = decode_sealed(table.table("sealed")) if table.has("sealed") else None
    return Keyword(
        words=table.strings("words", None if sealed is None else ()),
        sealed=sealed,
        whole_line=table.flag("whole_line"),
        conditions=decode_conditions(table),
    )


def words(match: object) -> Iterable[str]:
    return cast(Keyword, match).words


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for rule in rules:
        match = cast(Keyword, rule.match)
        for word in match.words:
            for start, end in reading.hits(word):
                if match.whole_line and not is_whole_line(reading, start, end):
                    continue
                if match.conditions.hold(reading, start, end):
                    yield reading.finding(rule, start, end)
        if match.sealed is not None:
            yield from _sealed(rule, match, match.sealed, reading)


def _sealed(rule: Rule, match: Keyword, sealed: Sealed, reading: Reading) -> Iterator[Finding]:
    """Findings that no report may outline: an outline would give the list away word by word."""
    note = tr("本单位保密词表中的词，报告里不显示", "a term of the office's sealed list; reports do not show it")
    for start, end in sealed.places(reading.text):
        whole = not match.whole_line or is_whole_line(reading, start, end)
        if whole and match.conditions.hold(reading, start, end):
            yield replace(reading.finding(rule, start, end, note=note), discreet=True)


def is_whole_line(reading: Reading, start: int, end: int) -> bool:
    """Whether the word is all that its line says."""
    first, last = reading.bare_line(start, _BLANKS)
    return start <= first and last <= end
