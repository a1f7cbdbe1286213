"""The counterfactual: which smallest set of edits turns a verdict to `clear`, and what each of them buys.

The verdict is monotone in findings and gaps: leaving an edit out never lowers it. So an edit without which all others
together do not suffice belongs to every set that does, and if those alone suffice, they are the smallest set. Where
they do not, sets are tried by size, as long as they are few; one found otherwise is said to be only irredundant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reviewer.redact.edit import Edit
from reviewer.redact.masks import STARS, How
from reviewer.redact.operation import Operation
from reviewer.redact.plan import Plan
from reviewer.redact.reading import edited
from reviewer.screen.screener import Screener
from reviewer.terms import Action, Decision, Document, Review

_MOST_TRIED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One edit as a person thinks of it: a column, a passage, all comments."""

    place: str
    type: str
    hidden: bool
    operations: tuple[Operation, ...]

    @property
    def edits(self) -> list[Edit]:
        return [Edit(start=one.start, end=one.end, mask=_mask(one)) for one in self.operations]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One edit of the set, and the verdict once it and those before it are made."""

    unit: Unit
    decision: Decision
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """`steps` turn the verdict to clear; none, if no set of edits does, and then `obstacles` says where and why.

    `smallest`: no smaller set does; otherwise none of the steps can be left out.
    """

    before: Decision
    findings: int
    steps: tuple[Step, ...]
    smallest: bool
    obstacles: tuple[str, ...] = ()


def least(screener: Screener, review: Review, plan: Plan) -> Least:
    """The set of edits for one review under a plan; nothing is written."""
    trial = _Trial(screener, review.document)
    units = _units(plan)
    findings = sum(f.action is not Action.NOTE for f in review.verdict.findings)
    before = review.verdict.decision
    if before is Decision.CLEAR:
        return Least(before=before, findings=0, steps=(), smallest=True)
    obstacles = [f"{gap.place}：{gap.reason}" for gap in review.verdict.gaps]
    obstacles += list(dict.fromkeys(f"{one.place}：{one.type}" for one in plan.operations if one.is_final))
    if obstacles or not trial.clears(units):
        return Least(
            before=before, findings=findings, steps=(), smallest=False, obstacles=tuple(obstacles) or trial.rest(units)
        )
    chosen, smallest = _chosen(trial, units)
    ordered = sorted(chosen, key=lambda unit: -len(unit.operations))
    steps = []
    for count in range(1, len(ordered) + 1):
        found = trial.review(ordered[:count])
        left = sum(f.action is not Action.NOTE for f in found.verdict.findings)
        steps.append(Step(unit=ordered[count - 1], decision=found.verdict.decision, left=left))
    return Least(before=before, findings=findings, steps=tuple(steps), smallest=smallest)


def _chosen(trial: _Trial, units: Sequence[Unit]) -> tuple[list[Unit], bool]:
    needed = [unit for unit in units if not trial.clears([other for other in units if other is not unit])]
    if trial.clears(needed):
        return needed, True
    others = [unit for unit in units if unit not in needed]
    for size in range(1, len(others)):
        for some in combinations(others, size):
            if trial.tried >= _MOST_TRIED + len(units):
                return _irredundant(trial, needed, others), False
            if trial.clears([*needed, *some]):
                return [*needed, *some], True
    return list(units), True


def _irredundant(trial: _Trial, needed: list[Unit], others: list[Unit]) -> list[Unit]:
    kept = list(others)
    for unit in others:
        fewer = [one for one in kept if one is not unit]
        if trial.clears([*needed, *fewer]):
            kept = fewer
    return [*needed, *kept]


class _Trial:
    """Screens the document as it would read after some edits."""

    def __init__(self, screener: Screener, document: Document) -> None:
        self._screener, self._document = screener, document
        self.tried = 0

    def review(self, units: Sequence[Unit]) -> Review:
        self.tried += 1
        edits = [edit for unit in units for edit in unit.edits]
        return self._screener.review_document(edited(self._document, edits, without_hidden=False))

    def clears(self, units: Sequence[Unit]) -> bool:
        return self.review(units).verdict.decision is Decision.CLEAR

    def rest(self, units: Sequence[Unit]) -> tuple[str, ...]:
        """What all edits together leave."""
        review = self.review(units)
        asking = [f for f in review.verdict.findings if f.action is not Action.NOTE]
        return tuple(dict.fromkeys(f"{review.document.segments[f.span.segment].place}：{f.type}" for f in asking))


def _units(plan: Plan) -> list[Unit]:
    """Operations that one edit makes: those of a group, and those that overlap."""
    by_key: dict[str, list[Operation]] = {}
    for one in _merged(plan.operations):
        key = one[0].group or f"{one[0].start}"
        by_key.setdefault(key, []).extend(one)
    return [
        Unit(place=ops[0].place, type=ops[0].type, hidden=ops[0].hidden, operations=tuple(ops))
        for ops in by_key.values()
    ]


def _merged(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Operations that overlap, together; the first is the widest of them."""
    current: list[Operation] = []
    end = -1
    for one in sorted(operations, key=lambda o: (o.start, -o.end)):
        if current and one.start < end:
            current.append(one)
        else:
            if current:
                yield current
            current = [one]
        end = max(end, one.end)
    if current:
        yield current


def _mask(one: Operation) -> str:
    return STARS if one.how in (How.KEEP, How.PERSON) else one.mask
