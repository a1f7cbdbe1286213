"""Concealed text: what a reader of the page does not see, but whoever opens the file does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from reviewer.detect.reading import Reading
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Finding, Part, Rule, Segment
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Concealment:
    """Hidden segments of these `parts`, `least` characters or more, in any format but those of `except_types`."""

    parts: frozenset[Part]
    least: int
    except_types: tuple[str, ...]


def decode(table: Table) -> Concealment:
    return Concealment(
        parts=frozenset(_part(table, name) for name in table.strings("parts")),
        least=table.integer("least", 1),
        except_types=table.strings("except_types", ()),
    )


def _part(table: Table, name: str) -> Part:
    try:
        return Part(name)
    except ValueError:
        raise table.error(f"parts: {name}?") from None


def words(match: object) -> Iterable[str]:
    return ()


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    hidden = [segment for segment in reading.document.segments if segment.hidden]
    for rule in rules if hidden else ():
        match = cast(Concealment, rule.match)
        if reading.document.media_type.startswith(match.except_types or ("\0",)):
            continue
        found = [segment for segment in hidden if _counts(segment, match)]
        note = _note(found)
        for segment in found:
            yield reading.finding_at(rule, segment.start, segment.end, note=note, group=f"{rule.id}")


def _counts(segment: Segment, match: Concealment) -> bool:
    return segment.part in match.parts and len(segment.text.strip()) >= match.least


def _note(found: Sequence[Segment]) -> str:
    if not found:
        return ""
    characters = sum(len(segment.text.strip()) for segment in found)
    places = "、".join(dict.fromkeys(segment.place for segment in found[:4]))
    return tr(
        f"{places}{' 等' if len(found) > 4 else ''}，共 {len(found)} 处、{characters} 字",
        f"{places}{' …' if len(found) > 4 else ''}: {len(found)} in all, {characters} characters",
    )
