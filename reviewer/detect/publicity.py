"""Publicity periods that have run out: what had to be public for a week need not be public for ever."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.detect.expressions import found, union
from reviewer.detect.reading import Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Finding, Rule, Severity
from reviewer.text.periods import publicity_periods
from reviewer.value import dataclass

_HEAD = 400  # characters in which a document says what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """All regexes. `announces`: found in a document that is itself a publicity; `persons`: in one that names persons,
    which makes it graver; `permanent`: near the top of what the law keeps public beyond the period."""

    announces: str
    persons: str
    permanent: str


def decode_publicity(table: Table) -> Publicity:
    return Publicity(
        announces=union(table, "publicity", table.strings("publicity")),
        persons=union(table, "persons", table.strings("persons")),
        permanent=union(table, "permanent", table.strings("permanent")),
    )


def publicity_findings(rule: Rule, match: Publicity, reading: Reading) -> Iterator[Finding]:
    """One finding, where the period that ends last is told, once it is over."""
    text = reading.text
    if "公示" not in text or found(match.permanent, text, 0, _HEAD) or not found(match.announces, text, 0, len(text)):
        return
    periods = list(publicity_periods(text))
    latest = max(periods, key=lambda period: period.last, default=None)
    if latest is None or latest.last >= reading.today:
        return
    persons = found(match.persons, text, 0, len(text))
    yield reading.finding(
        rule,
        latest.start,
        latest.end,
        severity=Severity.HIGH if persons else rule.severity,
        note=tr(
            f"公示期至迟到 {latest.last.isoformat()} 已满" + ("，文中有人员名单" if persons else ""),
            f"the period ended by {latest.last.isoformat()}" + ("; the text lists persons" if persons else ""),
        ),
    )
