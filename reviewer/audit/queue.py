"""The order in which people work matters off: the most harm to be expected first, learning from what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewer.audit.matters import Matter

_PRIOR = 2.0  # rulings that a rule's own confidence is worth; and again a rule's record against a cluster's
_STAY = 1.25  # what is like the last one is quicker to judge than anything else


@dataclass(slots=True)
class _Record:
    """How often people confirmed, and how often they ruled."""

    confirmed: int = 0
    ruled: int = 0

    def likelihood(self, prior: float) -> float:
        return (_PRIOR * prior + self.confirmed) / (_PRIOR + self.ruled)


@dataclass(slots=True)
class Queue:
    """Matters on which nobody has ruled. Expected harm is the harm times the likelihood that it is true: the rule's
    own confidence at first, then what people found of that rule, and of that rule in documents like this one."""

    today_year: int
    waiting: dict[tuple[str, str], Matter] = field(default_factory=dict)
    _rules: dict[str, _Record] = field(default_factory=dict)
    _clusters: dict[tuple[str, int], _Record] = field(default_factory=dict)
    _last: tuple[str, int] | None = None

    def add(self, matters: Iterable[Matter]) -> None:
        self.waiting.update({(matter.rule, matter.value): matter for matter in matters})

    def settle(self, matter: Matter, *, confirmed: bool) -> None:
        """A person ruled: the matter leaves, its like move up or down."""
        self.waiting.pop((matter.rule, matter.value), None)
        self._last = matter.cluster
        for record in (
            self._rules.setdefault(matter.rule, _Record()),
            self._clusters.setdefault(matter.cluster, _Record()),
        ):
            record.confirmed += confirmed
            record.ruled += 1

    def put_off(self, matter: Matter) -> None:
        """A person cannot say: it leaves this queue, and nothing is learnt."""
        self.waiting.pop((matter.rule, matter.value), None)

    def next(self) -> Matter | None:
        """The matter to be put to a person now; None when there is none."""
        return max(self.waiting.values(), key=self._order, default=None)

    def ordered(self) -> list[Matter]:
        """All that wait, as they stand now."""
        return sorted(self.waiting.values(), key=self._order, reverse=True)

    def likelihood(self, matter: Matter) -> float:
        by_rule = self._rules.get(matter.rule, _Record()).likelihood(matter.confidence)
        return self._clusters.get(matter.cluster, _Record()).likelihood(by_rule)

    def expected_harm(self, matter: Matter) -> float:
        return matter.harm(self.today_year) * self.likelihood(matter)

    def _order(self, matter: Matter) -> tuple[float, str, str]:
        stay = _STAY if matter.cluster == self._last else 1.0
        return (self.expected_harm(matter) * stay, matter.rule, matter.value)
