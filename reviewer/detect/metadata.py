"""Metadata: properties that travel with a file, by the names they bear and by what they say beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from reviewer.detect.expressions import found, union
from reviewer.detect.reading import Reading
from reviewer.detect.residue import OwnWords, Residue, decode_residue, is_residue
from reviewer.strict import Table
from reviewer.terms import Finding, Part, Rule
from reviewer.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """`places`: regexes on the property's place ("core.xml/creator"); `values`: on its text, if any are given.

    `residue`: it must, besides, be the title of another document.
    """

    places: str
    values: str
    residue: Residue | None


def decode(table: Table) -> Property:
    return Property(
        places=union(table, "places", table.strings("places", ())),
        values=union(table, "values", table.strings("values", ())),
        residue=decode_residue(table),
    )


def words(match: object) -> Iterable[str]:
    return ()


def detect(rules: Sequence[Rule], reading: Reading) -> Iterator[Finding]:
    properties = [segment for segment in reading.document.segments if segment.part is Part.PROPERTY]
    own = OwnWords(reading) if any(cast(Property, rule.match).residue for rule in rules if properties) else None
    for rule in rules if properties else ():
        match = cast(Property, rule.match)
        for segment in properties:
            named = not match.places or found(match.places, segment.place, 0, len(segment.place))
            if not named or (match.values and not found(match.values, segment.text, 0, len(segment.text))):
                continue
            if match.residue is None or (own is not None and is_residue(match.residue, segment, own)):
                yield reading.finding_at(rule, segment.start, segment.end, group=rule.id)
