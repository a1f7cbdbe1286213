"""The certificate of one copy: what was done, by kind and place, between which bytes; never what was taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.redact.edit import Burned, Cleaned
from reviewer.redact.looks import Look
from reviewer.redact.masks import How
from reviewer.redact.operation import Operation
from reviewer.terms import Document, Engine

SCHEMA = "reviewer.redaction-certificate/1"
_DECISIONS = {How.KEEP: "looked at by a person, kept", How.REMOVE: "looked at by a person, removed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What became of one file. `rounds`: how often the copy was made anew because a mask still told too much."""

    before: Document
    after: Document
    operations: tuple[Operation, ...]
    cleaned: tuple[Cleaned, ...]
    method: str
    rounds: int
    engine: Engine
    today: str
    scenario: str
    burned: tuple[Burned, ...] = ()
    looks: tuple[Look, ...] = ()

    @property
    def looked_at(self) -> tuple[Look, ...]:
        """What a person has looked at and decided on."""
        return tuple(look for look in self.looks if look.how is not How.PERSON)

    def json(self) -> Mapping[str, Any]:
        return {
            "schema": SCHEMA,
            "date": self.today,
            "before": _bytes(self.before),
            "after": _bytes(self.after),
            "method": self.method,
            "scenario": self.scenario,
            "removed": removed([one for one in self.operations if one.how is not How.KEEP]),
            "kept_by_plan": removed([one for one in self.operations if one.how is How.KEEP]),
            "cleaned": [{"what": one.what, "count": one.count} for one in self.cleaned],
            "burned": [{"part": one.part, "place": one.place, "count": one.count} for one in self.burned],
            "looked_at": [
                {"place": look.place, "what": look.reason, "decision": _DECISIONS[look.how]} for look in self.looked_at
            ],
            "rounds": self.rounds,
            "proof": {
                "screened_again": _screened(self.looked_at),
                "second_reader": "nothing removed is left in any decompressed byte",
                "unchanged": "all other visible text reads as before",
            },
            "engine": {
                "version": self.engine.version,
                "rules": self.engine.rules,
                "model": self.engine.model,
                "policy": self.engine.policy,
            },
        }


def _screened(looked_at: Sequence[Look]) -> str:
    kept = any(look.how is How.KEEP for look in looked_at)
    return "clear but for what a person looked at and kept" if kept else "clear"


def removed(operations: Sequence[Operation]) -> list[dict[str, Any]]:
    """How many places of each kind were cured in which way, and where; the same way once."""
    kinds: dict[tuple[str, str, tuple[str, ...]], Counter[str]] = {}
    for one in operations:
        kinds.setdefault((one.type, one.how.value, one.basis[:1]), Counter())[one.place] += 1
    return [
        {
            "type": kind,
            "how": how,
            "count": places.total(),
            "basis": list(basis),
            "places": [{"place": place, "count": count} for place, count in places.items()],
        }
        for (kind, how, basis), places in kinds.items()
    ]


def _bytes(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "media_type": document.media_type,
        "size_bytes": document.size_bytes,
        "sha256": document.sha256,
        "sm3": document.sm3,
    }
