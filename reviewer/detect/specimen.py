"""Makes a document of a rule's specimen, as a reader of plain text would."""

from __future__ import annotations

import re

from reviewer.terms import Document, Part, Segment, Specimen
from reviewer.text.lazy import lazy

OPENING, CLOSING = "⟦", "⟧"
_LINE = lazy(r"[^\r\n]+")


def document_of(specimen: Specimen) -> Document:
    """The specimen's text without its brackets, one segment a line; then its body, if it is a property with one."""
    text = bare(specimen.text)
    whole = text + ("\n" + specimen.body if specimen.body else "")
    return Document(
        path=specimen.name,
        name=specimen.name,
        media_type=specimen.media_type,
        sha256="0" * 64,
        sm3="0" * 64,
        size_bytes=len(whole.encode()),
        text=whole,
        segments=tuple(
            Segment(
                place=specimen.name if _part(specimen, match.start(), text) is Part.PROPERTY else f"¶{number}",
                text=match[0],
                start=match.start(),
                part=_part(specimen, match.start(), text),
                hidden=specimen.hidden and match.start() < len(text),
                line=number,
            )
            for number, match in _numbered(whole)
        ),
    )


def _part(specimen: Specimen, start: int, text: str) -> Part:
    return specimen.part if start < len(text) else Part.BODY


def bare(text: str) -> str:
    return text.replace(OPENING, "").replace(CLOSING, "")


def expected(text: str) -> tuple[tuple[int, int], ...]:
    """The bracketed ranges, as offsets of the bare text."""
    ranges = []
    for at, match in enumerate(re.finditer(r"⟦([^⟧]*)⟧", text)):
        start = match.start() - 2 * at
        ranges.append((start, start + len(match[1])))
    return tuple(ranges)


def _numbered(text: str) -> list[tuple[int, re.Match[str]]]:
    """Each line that is not empty with its number, counted from 1."""
    found, number, counted = [], 1, 0
    for match in _LINE.finditer(text):
        number += text.count("\n", counted, match.start())
        counted = match.start()
        found.append((number, match))
    return found
