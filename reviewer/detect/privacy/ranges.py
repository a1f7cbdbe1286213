"""Ordered ranges that do not overlap, asked which of them holds a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reviewer.detect.reading import Range


def range_at(ranges: Sequence[Range], at: int) -> Range | None:
    """The range that holds `at`, if one does."""
    index = bisect_right(ranges, at, key=lambda held: held[0]) - 1
    return ranges[index] if index >= 0 and at < ranges[index][1] else None
