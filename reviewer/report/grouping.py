"""Occurrences as a person reads them: a column once, a rule once, in the order in which they would be cured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.language import tr
from reviewer.report.form import Excerpt, FindingRow, Report

_ACTIONS = ("block", "refer", "remove", "mask", "note")
_SEVERITIES = ("critical", "high", "medium", "low")
_PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing to do: its occurrences, first of which stands for all, and the first excerpt that may be shown."""

    rows: tuple[FindingRow, ...]
    excerpt: Excerpt | None

    @property
    def first(self) -> FindingRow:
        return self.rows[0]

    @property
    def places(self) -> str:
        """Where, in a few words: the column's note, or the first places and how many more."""
        if self.first.group and self.first.note:
            return self.first.note
        return _listed([_place(row) for row in self.rows])

    @property
    def notes(self) -> tuple[str, ...]:
        """What the detector adds, once each; a group's note already is its place."""
        if self.first.group:
            return ()
        return tuple(dict.fromkeys(row.note for row in self.rows if row.note))[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Parts that could not be read for one and the same reason."""

    places: str
    reason: str
    count: int


def unread(report: Report) -> tuple[Unread, ...]:
    """The report's gaps, each reason once with its places: forty photographs in an archive are one thing to do."""
    gathered: dict[str, list[str]] = {}
    for gap in report.gaps:
        gathered.setdefault(gap.reason, []).append(gap.place)
    return tuple(
        Unread(places=_listed(places), reason=reason, count=len(places)) for reason, places in gathered.items()
    )


def issues(report: Report) -> tuple[Issue, ...]:
    """The report's findings as issues: gravest first, then by place."""
    gathered: dict[str, list[int]] = {}
    for at, row in enumerate(report.findings):
        key = row.group or f"{row.rule} {row.type} {row.action} {row.location.hidden}"
        gathered.setdefault(key, []).append(at)
    made = [
        Issue(
            rows=tuple(report.findings[at] for at in places),
            excerpt=next((report.excerpts[at] for at in places if report.excerpts[at]), None),
        )
        for places in gathered.values()
    ]
    return tuple(sorted(made, key=_urgency))


def counted(reports: Sequence[Report]) -> dict[str, int]:
    """How many documents got each verdict, gravest first."""
    return {
        verdict: sum(report.verdict == verdict for report in reports)
        for verdict in ("block", "refer", "redact", "clear")
    }


def _urgency(issue: Issue) -> tuple[int, int, int]:
    row = issue.first
    return _ACTIONS.index(row.action), _SEVERITIES.index(row.severity), row.location.start


def _listed(places: Sequence[str]) -> str:
    """The first places and how many there are."""
    names = list(dict.fromkeys(places))
    some = "、".join(names[:_PLACES]) + (tr(" 等", " …") if len(names) > _PLACES else "")
    return some if len(places) == 1 else some + tr(f"，共 {len(places)} 处", f", {len(places)} times")


def _place(row: FindingRow) -> str:
    place = row.location.place
    return place + tr("（隐藏）", " (hidden)") if row.location.hidden else place
