"""A changed pack of rules against the rules in force: what it gains and loses, document by document, each read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewer.extract import extract
from reviewer.report import Report, report
from reviewer.report.form import FindingRow
from reviewer.screen.beside import beside
from reviewer.screen.one import Task, source_of
from reviewer.screen.screener import Screener

Place = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one document's verdict and findings (masked) become. `altered`: the same place, told otherwise."""

    path: str
    before: str
    after: str
    gained: tuple[FindingRow, ...]
    lost: tuple[FindingRow, ...]
    altered: tuple[tuple[FindingRow, FindingRow], ...]

    @property
    def is_none(self) -> bool:
        return self.before == self.after and not (self.gained or self.lost or self.altered)


@dataclass(slots=True)
class Tally:
    """One rule over all documents: findings gained, lost and altered, and the documents in which."""

    gained: int = 0
    lost: int = 0
    altered: int = 0
    documents: int = 0


@dataclass(slots=True)
class Balance:
    """The sums over all documents seen so far. `verdicts` counts (before, after)."""

    documents: int = 0
    changed: int = 0
    rules: dict[str, Tally] = field(default_factory=dict)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, one: Difference) -> None:
        self.documents += 1
        self.changed += not one.is_none
        self.verdicts[one.before, one.after] += 1
        told = Counter(row.rule for row in one.gained)
        gone = Counter(row.rule for row in one.lost)
        other = Counter(row.rule for _, row in one.altered)
        for rule in told.keys() | gone.keys() | other.keys():
            tally = self.rules.setdefault(rule, Tally())
            tally.gained += told[rule]
            tally.lost += gone[rule]
            tally.altered += other[rule]
            tally.documents += 1


def replayed(tasks: Iterable[Task], before: Screener, after: Screener) -> Iterator[Difference]:
    """One difference a document, also where there is none. Every document is read once and judged twice."""
    for task in tasks:
        document = extract(source_of(task))
        near = beside(task.path.parent, task.beside)
        reports = [report(screener.review_document(document, near)) for screener in (before, after)]
        yield _difference(*reports)


def _difference(before: Report, after: Report) -> Difference:
    old, new = _by_place(before.findings), _by_place(after.findings)
    return Difference(
        path=before.document.path,
        before=before.verdict,
        after=after.verdict,
        gained=tuple(row for place, row in new.items() if place not in old),
        lost=tuple(row for place, row in old.items() if place not in new),
        altered=tuple((old[place], row) for place, row in new.items() if place in old and _other(old[place], row)),
    )


def _by_place(rows: Sequence[FindingRow]) -> Mapping[Place, FindingRow]:
    return {(row.rule, row.type, row.location.start, row.location.end): row for row in rows}


def _other(old: FindingRow, new: FindingRow) -> bool:
    return (old.action, old.severity, old.category) != (new.action, new.severity, new.category)


def difference_content(one: Difference) -> dict[str, Any]:
    """A difference as JSON: masked, as reports are."""
    return {
        "path": one.path,
        "before": one.before,
        "after": one.after,
        "gained": [_row(row) for row in one.gained],
        "lost": [_row(row) for row in one.lost],
        "altered": [{"before": _row(old), "after": _row(new)} for old, new in one.altered],
    }


def _row(row: FindingRow) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "type": row.type,
        "action": row.action,
        "severity": row.severity,
        "place": row.location.place,
        "start": row.location.start,
        "end": row.location.end,
        "text": row.text,
        "fingerprint": row.fingerprint,
    }
