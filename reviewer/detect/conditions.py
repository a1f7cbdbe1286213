"""When a match counts: what must stand near it, and what near it, around it or in the document makes it lawful."""

from __future__ import annotations

from reviewer.detect.expressions import found, regex, union
from reviewer.detect.reading import Range, Reading
from reviewer.strict import Table
from reviewer.terms import Part
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """All are regexes on folded text. A match counts when

    - `context`: one of them is found within `window` characters on either side (if any are given);
    - `require_document`: one of them is found anywhere in the document (if any are given);
    - `benign`: none has a match that overlaps it;
    - `unless`: none is found in its sentence, outside formulas such as 按规定要求: they head any sentence at all;
    - `unless_line`: none is found in its line;
    - `unless_document`: none is found anywhere in the document;
    - `parts`: it stands in one of these parts (if any are given).
    """

    context: str = ""
    window: int = 30
    require_document: str = ""
    benign: str = ""
    unless: str = ""
    unless_line: str = ""
    unless_document: str = ""
    parts: tuple[Part, ...] = ()

    def hold(self, reading: Reading, start: int, end: int) -> bool:
        """Whether the match at this folded range counts."""
        return not self.failing(reading, start, end)

    def failing(self, reading: Reading, start: int, end: int) -> str:
        """The name of the first condition that the match at this folded range does not meet; empty when it counts."""
        text = reading.text
        if self.parts and reading.part_of(start) not in self.parts:
            return "parts"
        if self.require_document and not _found_in_document(self.require_document, reading):
            return "require_document"
        if self.unless_document and _found_in_document(self.unless_document, reading):
            return "unless_document"
        if self.context and not found(self.context, text, max(0, start - self.window), end + self.window):
            return "context"
        if self.unless and reading.says(self.unless, around(reading.sentence_at(start), start, end)):
            return "unless"
        if self.unless_line and reading.holds(self.unless_line, around(reading.line_at(start), start, end)):
            return "unless_line"
        return "benign" if self.benign and self.benign_at(reading, start, end) is not None else ""

    def benign_at(self, reading: Reading, start: int, end: int) -> Range | None:
        """Where a benign pattern overlaps the match, if one does."""
        line = reading.line_at(start)
        near = max(line[0], start - 60), max(end, min(line[1], end + 60))
        return next(
            (m.span() for m in regex(self.benign).finditer(reading.text, *near) if m.start() < end and start < m.end()),
            None,
        )


def around(unit: Range, start: int, end: int) -> Range:
    """The unit, widened so that it holds the match."""
    return min(unit[0], start), max(unit[1], end)


def _found_in_document(pattern: str, reading: Reading) -> bool:
    return reading.holds(pattern, (0, len(reading.text)))


def decode_conditions(table: Table) -> Conditions:
    """Take the conditions' keys out of a rule's match table; every pattern must compile."""
    return Conditions(
        context=_union(table, "context"),
        window=table.integer("window", 30),
        require_document=_union(table, "require_document"),
        benign=_union(table, "benign"),
        unless=_union(table, "unless"),
        unless_line=_union(table, "unless_line"),
        unless_document=_union(table, "unless_document"),
        parts=tuple(_part(table, name) for name in table.strings("parts", ())),
    )


def _part(table: Table, name: str) -> Part:
    try:
        return Part(name)
    except ValueError:
        raise table.error(f"parts: {name}?") from None


def _union(table: Table, key: str) -> str:
    return union(table, key, table.strings(key)) if table.has(key) else ""
