"""What is counted over the whole document, and is not yet enough; what lasts, and is not over yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.detect.bulk import Bulk, records
from reviewer.detect.near.miss import Miss
from reviewer.detect.publicity import Publicity
from reviewer.detect.reading import Range, Reading
from reviewer.language import tr
from reviewer.terms import Rule
from reviewer.text.periods import publicity_periods


def near(rules: Sequence[Rule], reading: Reading, place: Range) -> Iterator[Miss]:
    for rule in rules:
        match rule.match:
            case Bulk():
                yield from _few(rule, rule.match, reading)
            case Publicity():
                yield from _running(rule, reading, place)


def _few(rule: Rule, match: Bulk, reading: Reading) -> Iterator[Miss]:
    count = records(match, reading)
    if 0 < count < match.rows:
        few = tr(f"全文共 {count} 条，满 {match.rows} 条才提示", f"{count} records in the text, told from {match.rows}")
        yield Miss(rule=rule, stood=(), lacking=few, distance=1, score=float(count), needed=float(match.rows))


def _running(rule: Rule, reading: Reading, place: Range) -> Iterator[Miss]:
    for period in publicity_periods(reading.text):
        if period.start < place[1] and place[0] < period.end and period.last >= reading.today:
            last = period.last.isoformat()
            yield Miss(rule=rule, stood=(), lacking=tr(f"公示期到 {last}", f"runs until {last}"), distance=1)
            return
