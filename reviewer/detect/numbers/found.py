"""What a finder of numbers hands over: a place, and how sure the number's own form makes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from reviewer.detect.numbers.runs import Run, broken_runs, runs
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A number in folded text; `sure` lowers the rule's confidence when its form is doubtful."""

    start: int
    end: int
    sure: float = 1.0
    note: str = ""


@dataclass(frozen=True)
class Digits:
    """What every finder reads: the folded text, its runs of digits, and the day of the review."""

    text: str
    today: date

    @cached_property
    def runs(self) -> Sequence[Run]:
        return tuple(runs(self.text))

    @cached_property
    def broken(self) -> Sequence[Run]:
        """Runs that a line end, a cell's border or commas cut."""
        return tuple(broken_runs(self.text))
