"""What people have to rule on in a store: each matter once, however many files it stands in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.audit.store import Store
from reviewer.terms import Action, Severity

_WEIGHT = {"low": 1.0, "medium": 3.0, "high": 10.0, "critical": 30.0}
_BLOCKED = 5.0  # a genuine mark of a state secret comes before anything of the same gravity
_OLDEST_YEARS = 20
_GRAVITY = tuple(str(one) for one in Severity)
_ACTIONS = tuple(str(one) for one in Action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The same matter by the same rule: `places` times in `files` files, since `year`.

    `cluster` holds what is best judged together: the same rule, in documents that are like each other. `file` is
    where a person is shown it.
    """

    rule: str
    value: str
    type: str
    category: str
    severity: str
    action: str
    confidence: float
    places: int
    files: int
    year: int
    file: int
    cluster: tuple[str, int]

    def harm(self, today_year: int) -> float:
        """How much harm it does if it is true: severity × count × reach × age.

        Twice as often, or in twice as many files, is one step more, not twice the harm; what has been open for
        twenty years counts three times what was published this year.
        """
        years = min(max(0, today_year - self.year), _OLDEST_YEARS)
        count, reach = 1 + math.log2(self.places / self.files), 1 + math.log2(self.files)
        weight = _WEIGHT[self.severity] * (_BLOCKED if self.action == "block" else 1.0)
        return weight * count * reach * (1 + years / 10)


def matters(store: Store, since: int) -> tuple[Matter, ...]:
    """All of them, in the files that run `since`, or a later one, still found."""
    rows = store.results.execute(
        f"""SELECT matter.rule, value, MIN(type), MIN(category), MAX({_rank("severity", _GRAVITY)}),
        MAX({_rank("matter.action", _ACTIONS)}), MAX(confidence), SUM(count), COUNT(*), MIN(year), MIN(matter.file),
        COALESCE(MIN(kin), 0)
        FROM matter JOIN file ON id = matter.file LEFT JOIN near ON near.file = matter.file
        WHERE run >= ? GROUP BY matter.rule, value""",  # noqa: S608 - our own words only
        (since,),
    )
    return tuple(
        Matter(
            rule=rule,
            value=value,
            type=kind,
            category=category,
            severity=_GRAVITY[severity],
            action=_ACTIONS[action],
            confidence=confidence,
            places=places,
            files=files,
            year=year,
            file=file,
            cluster=(rule, kin),
        )
        for rule, value, kind, category, severity, action, confidence, places, files, year, file, kin in rows
    )


def _rank(column: str, names: Iterable[str]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(names)) + " END"


def fingerprints_of(store: Store, rule: str, value: str) -> tuple[str, ...]:
    """The fingerprints under which the matter was found."""
    rows = store.results.execute(
        "SELECT DISTINCT fingerprint FROM matter WHERE rule = ? AND value = ? ORDER BY 1", (rule, value)
    )
    return tuple(fingerprint for (fingerprint,) in rows)


def files_of(store: Store, matter: Matter) -> Sequence[str]:
    """The files in which it stands, as people know them."""
    rows = store.results.execute(
        "SELECT source, path FROM matter JOIN file ON id = file WHERE rule = ? AND value = ? ORDER BY source, path",
        (matter.rule, matter.value),
    )
    return tuple(store.shown(source, path) for source, path in rows)
