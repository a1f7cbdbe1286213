"""Identifier rules: numbers with check digits, addresses, facts and names that tell of one private person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from reviewer.detect.privacy.dossier import dossier
from reviewer.detect.privacy.naming import SENSITIVE_WORDS
from reviewer.detect.privacy.sought import NAME, Identifier, decode_identifier
from reviewer.detect.reading import Reading
from reviewer.strict import Table
from reviewer.terms import DetectorKind, Finding, Rule


def decode(table: Table) -> Identifier:
    return decode_identifier(table)


def words(match: object) -> Iterable[str]:
    identifier = cast(Identifier, match)
    yield from identifier.anchors
    yield from identifier.words
    if identifier.validator == NAME:
        yield from SENSITIVE_WORDS


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    for datum in dossier(reading).data:
        if datum.rule.kind is DetectorKind.IDENTIFIER:
            yield reading.finding(
                datum.rule,
                datum.start,
                datum.end,
                confidence=round(datum.confidence, 3),
                note=datum.note,
                conditional=datum.conditional,
            )
