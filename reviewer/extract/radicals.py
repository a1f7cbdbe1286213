"""Radicals in place of ideographs: fonts of PDF files name ⼈ (U+2F08) what everybody writes 人."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reviewer.extract.neighbourhood import listed, neighbourhood
from reviewer.extract.remarks import Addition, remark, with_additions
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part, Segment
from reviewer.text.fold import fold
from reviewer.text.lazy import lazy

_RADICALS = ("\u2e80", "\u2fdf")
_CLAUSE = lazy(r"[^，。；：、！？（）“”\s]+(?:\n[^，。；：、！？（）“”\s]+)*")
_REMARK = "部首字符已按常用字处理"


def without_radicals(extracted: Extracted, strange: frozenset[str], *, exact: bool) -> Extracted:
    """The same with ideographs for radicals, one for one, and a remark that says so.

    A text that must stay exact keeps its radicals; its clauses are written down once more without them.
    Clauses that run over a line end are written down once more in one piece.
    """
    plain = {ord(one): fold(one).text for one in strange if _RADICALS[0] <= one <= _RADICALS[1]}
    plain = {code: character for code, character in plain.items() if character != chr(code)}
    if not plain:
        return extracted
    held = [segment for segment in extracted.segments if not segment.text.isascii() and _holds(segment, plain)]
    additions = [addition for segment in held if (addition := _again(segment, plain, exact=exact))]
    if not exact:
        extracted = _translated(extracted, plain)
    count = sum(ord(character) in plain for segment in held for character in segment.text)
    more = f"{count} 个（{listed(map(neighbourhood, held))}）"
    return with_additions(extracted, [*additions, remark(_REMARK, more)] if held else additions)


def _holds(segment: Segment, plain: Mapping[int, str]) -> bool:
    return any(ord(character) in plain for character in set(segment.text))


def _translated(extracted: Extracted, plain: Mapping[int, str]) -> Extracted:
    segments = tuple(replace(segment, text=segment.text.translate(plain)) for segment in extracted.segments)
    return replace(extracted, text=extracted.text.translate(plain), segments=segments)


def _again(segment: Segment, plain: Mapping[int, str], *, exact: bool) -> Addition | None:
    clauses = dict.fromkeys(_clauses(segment.text, plain, exact=exact))
    if not clauses:
        return None
    return Addition(f"{segment.place} 还原", "\n".join(clauses), Part.ATTRIBUTE)


def _clauses(text: str, plain: Mapping[int, str], *, exact: bool) -> Iterator[str]:
    for found in _CLAUSE.finditer(text):
        if (exact or "\n" in found[0]) and not frozenset(plain).isdisjoint(map(ord, found[0])):
            yield found[0].translate(plain).replace("\n", "")
