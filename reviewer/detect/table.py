"""Table rules: the header of a column, or the label before a value, says that the values are private."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reviewer.detect.privacy.columns import HEADS
from reviewer.detect.privacy.dossier import dossier
from reviewer.detect.privacy.sought import Column, decode_column
from reviewer.detect.reading import Reading
from reviewer.strict import Table
from reviewer.terms import DetectorKind, Finding, Rule


def decode(table: Table) -> Column:
    return decode_column(table)


def words(match: object) -> Iterable[str]:
    return HEADS


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for datum in dossier(reading).data:
        if datum.rule.kind is DetectorKind.TABLE:
            yield reading.finding(
                datum.rule,
                datum.start,
                datum.end,
                confidence=round(datum.confidence, 3),
                note=datum.note,
                group=datum.group,
                severity=datum.severity,
                action=datum.action,
            )
