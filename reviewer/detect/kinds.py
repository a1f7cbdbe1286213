"""The table of rule kinds. To add one: write its module, add one line here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from reviewer.detect import (
    aggregate,
    classifier,
    concealed,
    concept,
    identifier,
    keyword,
    mark,
    metadata,
    pattern,
    table,
)
from reviewer.detect.reading import Reading
from reviewer.strict import Table
from reviewer.terms import DetectorKind, Finding, Rule


class Kind(Protocol):
    """A rule kind is a module with these three functions."""

    def decode(self, table: Table, /) -> object:
        """The typed form of a rule's `match` table; raises ConfigurationError."""

    def words(self, match: object, /) -> Iterable[str]:
        """The words that the shared automaton must look for."""

    def detect(self, rules: Sequence[Rule], reading: Reading, /) -> Iterable[Finding]:
        """Findings of all rules of this kind on one document."""


# In the order in which they run: later ones see what earlier ones found (`Reading.findings`).
KINDS: Mapping[DetectorKind, Kind] = {
    DetectorKind.MARK: mark,
    DetectorKind.KEYWORD: keyword,
    DetectorKind.PATTERN: pattern,
    DetectorKind.IDENTIFIER: identifier,
    DetectorKind.TABLE: table,
    DetectorKind.CONCEPT: concept,
    DetectorKind.CONCEALED: concealed,
    DetectorKind.METADATA: metadata,
    DetectorKind.CLASSIFIER: classifier,
    DetectorKind.AGGREGATE: aggregate,
}
