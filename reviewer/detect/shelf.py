"""Proved rules as they are remembered: each in its place, decoded when a word that it waits for stands in a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any

from reviewer.detect.deferred import Deferred
from reviewer.terms import DetectorKind, Rule
from reviewer.value import dataclass

RawTable = Mapping[str, Any]
Decode = Callable[[RawTable, str, Callable[[], RawTable]], Rule]
FORM = 2
"""The form of a pack; one of another form is not looked for (`rulebook.Vouchers`)."""
_SPECIMENS = ("hits", "misses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where one rule lies: its table, and apart from it its hits and misses.

    `triggers`: of the words of each of these groups, numbers of the pack's words, one must stand in a document for the
    rule to say anything; without a group it looks by itself.
    """

    where: str
    kind: DetectorKind
    triggers: Sequence[Sequence[int]]
    table: slice
    specimens: slice


class Shelf(Deferred[Rule]):
    """All rules of some kinds, in their order."""

    def __init__(self, slots: Sequence[Slot], words: Sequence[str], body: memoryview, decode: Decode) -> None:
        super().__init__(lambda: tuple(map(self._rule, range(len(slots)))), len(slots))
        self._slots, self._words, self._body, self._decode = slots, words, body, decode
        self._decoded: dict[int, Rule] = {}
        self._groups: dict[int, Sequence[frozenset[str]]] = {}

    def of_kind(self, kind: DetectorKind) -> Shelf:
        return Shelf([slot for slot in self._slots if slot.kind is kind], self._words, self._body, self._decode)

    def speaking(self, words: AbstractSet[str]) -> Sequence[Rule]:
        """The rules that may have something to say of a document in which these words stand."""
        always, waiting = self._waiting
        called = {at for word in waiting.keys() & words for at in waiting[word]}
        met = [at for at in called if all(not group.isdisjoint(words) for group in self._others(at))]
        return [self._rule(at) for at in sorted([*met, *always])]

    @cached_property
    def _waiting(self) -> tuple[list[int], dict[str, list[int]]]:
        """The rules that look by themselves, and by each word those that wait for it first."""
        always: list[int] = []
        waiting: dict[str, list[int]] = {}
        for at, slot in enumerate(self._slots):
            if not slot.triggers:
                always.append(at)
                continue
            for number in slot.triggers[0]:
                waiting.setdefault(self._words[number], []).append(at)
        return always, waiting

    def _others(self, at: int) -> Sequence[frozenset[str]]:
        """The other words that a rule waits for, once one of the first group stands in a document."""
        held = self._groups.get(at)
        if held is None:
            groups = self._slots[at].triggers[1:]
            held = self._groups[at] = [frozenset(self._words[number] for number in group) for group in groups]
        return held

    def _rule(self, at: int) -> Rule:
        held = self._decoded.get(at)
        if held is None:
            slot = self._slots[at]
            table, specimens = slot.table, slot.specimens
            held = self._decode(_loaded(self._body[table]), slot.where, lambda: _loaded(self._body[specimens]))
            self._decoded[at] = held
        return held


class Pack:
    """What is remembered of a proved rulebook: the words, the rules and the rest of its tables."""

    def __init__(self, remembered: memoryview) -> None:
        """Raises ValueError, TypeError or LookupError for anything that is no pack."""
        size = int.from_bytes(remembered[:8], "little")
        head = json.loads(bytes(remembered[8 : 8 + size]))
        self._body = remembered[8 + size :]
        self.words: list[str] = head["words"]
        self._rest: Mapping[str, list[int]] = head["rest"]
        self._slots = [
            Slot(
                where=where,
                kind=DetectorKind(kind),
                triggers=triggers,
                table=slice(at, at + table),
                specimens=slice(at + table, at + table + specimens),
            )
            for where, kind, triggers, at, table, specimens in head["rules"]
        ]

    def rules(self, decode: Decode) -> Shelf:
        return Shelf(self._slots, self.words, self._body, decode)

    def count(self, name: str) -> int:
        """How many entries a table has."""
        return self._rest[name][2]

    @cached_property
    def benign(self) -> tuple[tuple[str, RawTable], ...]:
        return self._entries("benign")

    @cached_property
    def particulars(self) -> tuple[tuple[str, RawTable], ...]:
        return self._entries("particulars")

    @cached_property
    def scenarios(self) -> tuple[tuple[str, RawTable], ...]:
        return self._entries("scenarios")

    def _entries(self, name: str) -> tuple[tuple[str, RawTable], ...]:
        at, size, _ = self._rest[name]
        return tuple((where, table) for where, table in _loaded(self._body[at : at + size]))


def packed(
    words: Sequence[str],
    rules: Iterable[tuple[str, RawTable, Rule, Sequence[frozenset[str]]]],
    rest: Mapping[str, Sequence[tuple[str, RawTable]]],
) -> bytes:
    """The bytes of a pack. `rules`: where each stands, its table, itself, and the words that it waits for."""
    body: list[bytes] = []
    at = 0

    def put(content: object) -> int:
        nonlocal at
        body.append(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        at += len(body[-1])
        return len(body[-1])

    numbers = {word: number for number, word in enumerate(words)}
    slots = []
    for where, table, rule, triggers in rules:
        start = at
        own = put({key: value for key, value in table.items() if key not in _SPECIMENS})
        examples = put({key: table[key] for key in _SPECIMENS if key in table})
        waits = [sorted(numbers[word] for word in group) for group in triggers]
        slots.append([where, rule.kind.value, waits, start, own, examples])
    places = {name: [at, put(list(entries)), len(entries)] for name, entries in rest.items()}
    head = json.dumps({"words": list(words), "rules": slots, "rest": places}, ensure_ascii=False).encode()
    return len(head).to_bytes(8, "little") + head + b"".join(body)


def _loaded(content: memoryview) -> Any:
    return json.loads(bytes(content).decode("utf-8", "surrogatepass"))
