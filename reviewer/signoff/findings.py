"""What was found while statements were replayed: the faults by entry, and what later steps have to know of them.

Findings of several processes are put together again, so they can be written as JSON; nothing in them is believed from
a file: they come from a process of this very verification or from nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Self

Fault = tuple[int, str]  # number of the entry, what is wrong with it


@dataclass(slots=True)
class Findings:
    """Faults sorted by what they say about the ledger; the other lists are material for further steps.

    `numbered`: the first submission of each case, by entry and number; `silences`: what was concluded from a silence,
    by entry, with the day of receipt and the last day as stated.
    """

    count: int = 0
    resting: int = 0  # whose signature and rules were not verified again: they rest on a checkpoint
    content: list[Fault] = field(default_factory=list)
    signatures: list[Fault] = field(default_factory=list)
    unchecked: list[Fault] = field(default_factory=list)  # signatures that this installation cannot check
    rules: list[Fault] = field(default_factory=list)
    unprotected: dict[str, int] = field(default_factory=dict)
    numbered: list[Fault] = field(default_factory=list)
    silences: list[tuple[int, str, str]] = field(default_factory=list)
    covers: list[tuple[str, str]] = field(default_factory=list)  # digest of a file, case

    def add(self, other: Self) -> None:
        """What another process found of other entries, in the order of the entries again."""
        self.count += other.count
        self.resting += other.resting
        for mine, theirs in (
            (self.content, other.content),
            (self.signatures, other.signatures),
            (self.unchecked, other.unchecked),
            (self.rules, other.rules),
            (self.numbered, other.numbered),
        ):
            mine[:] = sorted((*mine, *theirs))
        self.silences = sorted((*self.silences, *other.silences))
        self.covers += other.covers
        for name, count in other.unprotected.items():
            self.unprotected[name] = self.unprotected.get(name, 0) + count

    def written(self) -> str:
        """As one line of JSON, for a pipe."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self:
        """What `written` wrote."""
        said = json.loads(text)
        tuples = {name: [tuple(one) for one in value] for name, value in said.items() if isinstance(value, list)}
        return cls(**(said | tuples))


def told(faults: Iterable[Fault]) -> list[str]:
    """The faults as people read them."""
    return [words for _, words in faults]
