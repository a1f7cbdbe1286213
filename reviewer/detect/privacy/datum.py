"""A private particular at a place, before it becomes a finding."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping

from reviewer.terms import Action, Rule, Severity
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """What rule, where in folded text, how sure, and what a reader should know.

    `conditional`: it may stay when what stands beside it has gone.
    """

    rule: Rule
    start: int
    end: int
    confidence: float
    note: str = ""
    group: str | None = None
    severity: Severity | None = None  # where it is not the rule's own
    action: Action | None = None
    conditional: bool = False


class Data:
    """Particulars in the order in which they were found; a place once taken is not taken again."""

    def __init__(self) -> None:
        self._items: list[Datum] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def __iter__(self) -> Iterator[Datum]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def put(self, items: Iterable[Datum]) -> None:
        """Take all of them: a name stays a name inside a phrase that was taken."""
        self._items += items

    def drop(self, items: Iterable[Datum]) -> None:
        """Take back some that were put."""
        dropped = set(map(id, items))
        self._items = [item for item in self._items if id(item) not in dropped]

    def add(self, items: Iterable[Datum]) -> list[Datum]:
        """Take those that overlap nothing taken before; items of one call may overlap one another."""
        taken = [item for item in items if not self.covers(item.start, item.end)]
        self._items += taken
        self._take(taken)
        return taken

    def widen(self, wider: Mapping[Datum, Datum]) -> None:
        """Put others, of wider range, in the places of some that were taken."""
        self._items = [wider.get(item, item) for item in self._items]
        self._take(wider.values())

    def _take(self, items: Collection[Datum]) -> None:
        if not items:
            return
        places = sorted([*zip(self._starts, self._ends, strict=True), *((item.start, item.end) for item in items)])
        self._starts, self._ends = [], []
        for start, end in places:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, start: int, end: int) -> bool:
        """Whether a particular is known that overlaps this range."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and start < self._ends[index]:
            return True
        return index + 1 < len(self._starts) and self._starts[index + 1] < end

    def within(self, start: int, end: int) -> bool:
        """The same, as a question about a record."""
        return self.covers(start, end)
