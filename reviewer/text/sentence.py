"""Cuts text into the units in which facts must meet: lines and sentences, as half-open ranges."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.text.lazy import lazy

_LINE = lazy(r"[^\r\n]+")
# A sentence ends at full stops of either script, semicolons and line ends; closing quotes belong to it.
_SENTENCE = lazy(r"[^\r\n。！？!?；;]+(?:[。！？!?；;]+[”’」』）)]*)?")


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Each line that is not empty, without its line end."""
    for match in _LINE.finditer(text):
        yield match.span()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence with its closing punctuation, without the white space around it."""
    for match in _SENTENCE.finditer(text):
        piece = match[0]
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.end() - (len(piece) - len(piece.rstrip()))
        if start < end:
            yield start, end
