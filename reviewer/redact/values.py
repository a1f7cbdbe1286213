"""Which of the removed texts are so telling that they are taken out wherever else a file repeats them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.redact.edit import Piece
from reviewer.terms import Document

_LEAST_DIGITS, _LEAST_LETTERS = 6, 3


def telling(document: Document, changes: Mapping[int, Sequence[Piece]]) -> Mapping[str, str]:
    """Numbers and names with their masks, the longest first; words are left out, which stand elsewhere by right."""
    found: dict[str, str] = {}
    for index, wanted in changes.items():
        for start, end, mask in wanted:
            text = document.segments[index].text[start:end].strip()
            is_number = sum(c.isdigit() for c in text) >= _LEAST_DIGITS
            if is_number or ("某" in mask and len(text) >= _LEAST_LETTERS):
                found.setdefault(text, mask)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
