"""Particulars that were proposed at a place and not taken, each with the reason: for explaining, not for detecting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import cast

from reviewer.detect.conditions import Conditions
from reviewer.detect.expressions import found
from reviewer.detect.privacy.dossier import Inquiry, inquiry
from reviewer.detect.privacy.sought import Column, Identifier
from reviewer.detect.reading import Range, Reading
from reviewer.terms import Rule

_LABEL_REACH = 24


class Reason(Enum):
    """Why a proposed particular is none."""

    TAKEN = "taken"
    LABEL = "label"
    CONTEXT = "context"
    CONDITION = "condition"
    PERSON = "person"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A place that a rule proposed and did not keep. `failing` names the condition where that is the reason."""

    rule: Rule
    start: int
    end: int
    reason: Reason
    failing: str
    conditions: Conditions


@lru_cache(maxsize=1)
def asked(reading: Reading) -> Inquiry:
    """The finished inquiry of a reading; several questions of one explanation share it."""
    return inquiry(reading)


def declined(reading: Reading, place: Range) -> Iterator[Declined]:
    """What the identifier rules considered in this folded range and let go."""
    held = asked(reading)
    taken = {(datum.start, datum.end, datum.rule.id) for datum in held.data}
    cleared = {(one.start, one.end, one.rule.id) for one in held.governance.cleared}
    for rule, match, start, end in held.proposals():
        if start >= place[1] or place[0] >= end or (start, end, rule.id) in taken | cleared:
            continue
        reason, failing = _reason(held, rule, match, reading, start, end)
        yield Declined(rule=rule, start=start, end=end, reason=reason, failing=failing, conditions=match.conditions)


def _reason(held: Inquiry, rule: Rule, match: Identifier, reading: Reading, start: int, end: int) -> tuple[Reason, str]:
    before = max(0, start - _LABEL_REACH)
    if held.data.covers(start, end):
        return Reason.TAKEN, ""
    if match.not_after and found(rf"(?:{match.not_after})\Z", reading.text, before, start):
        return Reason.LABEL, ""
    if not match.is_in_context(reading, start, end, held.header(match, start)):
        return Reason.CONTEXT, ""
    failing = match.conditions.failing(reading, start, end)
    if failing:
        return Reason.CONDITION, failing
    return (Reason.DOUBTED if held.is_doubted(rule, match, start) else Reason.PERSON), ""


def fields_at(reading: Reading, rules: Sequence[Rule], place: Range) -> Iterator[tuple[str, Rule]]:
    """(label, rule) of labelled values in this range that no rule kept."""
    held = asked(reading)
    columns = {cast(Column, rule.match).column: rule for rule in rules}
    for field in held.fields():
        rule = columns.get(field.meaning)
        here = field.start < place[1] and place[0] < field.end
        if rule is not None and here and not held.data.covers(field.start, field.end):
            yield field.label, rule
