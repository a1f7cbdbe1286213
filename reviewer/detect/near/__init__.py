"""What almost became a finding at a place, and for want of what: one module a rule kind, one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reviewer.detect.near import aggregate, classifier, concept, keyword, mark, metadata, pattern, privacy
from reviewer.detect.near.miss import Miss
from reviewer.detect.reading import Range, Reading
from reviewer.terms import DetectorKind, Rule

__all__ = ["NEAR", "Miss"]

Near = Callable[[Sequence[Rule], Reading, Range], Iterator[Miss]]

# Kinds that look at a whole part and find or do not (concealed text) have nothing that is near.
NEAR: Mapping[DetectorKind, Near] = {
    DetectorKind.MARK: mark.near,
    DetectorKind.KEYWORD: keyword.near,
    DetectorKind.PATTERN: pattern.near,
    DetectorKind.IDENTIFIER: privacy.near_persons,
    DetectorKind.TABLE: privacy.near_columns,
    DetectorKind.CONCEPT: concept.near,
    DetectorKind.METADATA: metadata.near,
    DetectorKind.CLASSIFIER: classifier.near,
    DetectorKind.AGGREGATE: aggregate.near,
}
