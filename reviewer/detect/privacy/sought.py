"""What the rules of personal privacy look for: the typed form of an identifier rule's and of a table rule's match."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.detect.conditions import Conditions, decode_conditions
from reviewer.detect.expressions import found, union
from reviewer.detect.numbers import FINDERS
from reviewer.detect.reading import Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.value import dataclass, replace

PATTERN, ADDRESS, BIRTH, FACT, NAME = "pattern", "home_address", "birth_date", "fact", "name"
TOLD = "told"
VALIDATORS = frozenset((*FINDERS, PATTERN, ADDRESS, BIRTH, FACT, NAME, TOLD))
_LABEL_REACH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number, a name, an address or a fact that identifies or exposes a person.

    - `validator`: which finder proposes places; `pattern` tries `patterns` near `anchors`, `fact` also takes `words`
      and widens them by `lead` and `trail`, `told` takes the clauses that a learned scorer proposes;
    - `context`: one of them stands within `window` characters before or `after` characters behind; with
      `require_context` it must, else it only makes the finding surer;
    - `not_after`: none of them ends in the 24 characters before: what is a sample, an order, a company's;
    - `linked`: it counts only beside a private person or another private particular.
    """

    validator: str
    patterns: str
    anchors: tuple[str, ...]
    words: tuple[str, ...]
    lead: str
    trail: str
    context: str
    window: int
    after: int
    require_context: bool
    not_after: str
    linked: bool
    conditions: Conditions

    @property
    def triggers(self) -> Sequence[frozenset[str]]:
        """Groups of words: without one of each in the document no place is proposed (`facts.places`)."""
        if self.validator not in (PATTERN, FACT) or (self.patterns and not self.anchors):
            return []
        return [frozenset((*self.anchors, *self.words))]

    def counts(self, reading: Reading, start: int, end: int, header: str = "") -> bool:
        """Whether the text around allows a place that the finder proposed; `header`: what its column is called."""
        before = max(0, start - _LABEL_REACH)
        # Patterns end in "$", which every line end above the number satisfies too: only this number's label counts.
        if self.not_after and found(rf"(?:{self.not_after})\Z", reading.text, before, start):
            return False
        if not self.is_in_context(reading, start, end, header):
            return False
        return self.conditions.hold(reading, start, end)

    def is_in_context(self, reading: Reading, start: int, end: int, header: str) -> bool:
        """Whether the context that must stand beside a place does, or its column's header holds it."""
        if not self.require_context or self.has_context(reading, start, end):
            return True
        return bool(self.context) and found(self.context, header, 0, len(header))

    def has_context(self, reading: Reading, start: int, end: int) -> bool:
        return bool(self.context) and found(self.context, reading.text, max(0, start - self.window), end + self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column, or a labelled field, whose values are private: `column` is the meaning of its header.

    `values`: what makes a column one of these where its header says nothing of its own (类别, 备注).
    """

    column: str
    values: str
    conditions: Conditions


def decode_identifier(table: Table) -> Identifier:
    validator = table.string("validator")
    if validator not in VALIDATORS:
        known = " ".join(sorted(VALIDATORS))
        raise table.error(tr(f"validator 不认识“{validator}”，可用：{known}", f"validator: one of {known}"))
    conditions = decode_conditions(table)
    return Identifier(
        validator=validator,
        patterns=union(table, "patterns", table.strings("patterns", ())),
        anchors=table.strings("anchors", ()),
        words=table.strings("words", ()),
        lead=union(table, "lead", table.strings("lead", ())),
        trail=union(table, "trail", table.strings("trail", ())),
        context=conditions.context,
        window=conditions.window,
        after=table.integer("after", 0),
        require_context=table.flag("require_context"),
        not_after=union(table, "not_after", table.strings("not_after", ())),
        linked=table.flag("linked"),
        conditions=replace(conditions, context=""),
    )


def decode_column(table: Table) -> Column:
    values = union(table, "values", table.strings("values", ()))
    return Column(column=table.string("column"), values=values, conditions=decode_conditions(table))
