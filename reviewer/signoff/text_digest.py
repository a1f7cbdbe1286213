"""How a document reads, as one digest: equal for the same words in another format, encoding or layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from reviewer.terms import Document, Part
from reviewer.text.fold import fold

# What a file says beside its words, and which changes whenever it is saved or renamed.
_BESIDE = frozenset({Part.FILE_NAME, Part.PROPERTY, Part.ATTRIBUTE, Part.SCRIPT, Part.FIELD_CODE})


def text_digest(document: Document) -> str:
    """The digest of all passages of the document; empty for one without any."""
    return passage_digest("".join(text for _, text in passages(document)))


def passages(document: Document) -> Iterator[tuple[str, str]]:
    """The places of a document with what stands there, without its name and properties."""
    for segment in document.segments:
        if segment.part not in _BESIDE:
            yield segment.place, document.text[segment.start : segment.end]


def passage_digest(text: str) -> str:
    """SHA-256 of the folded text without its blanks. Empty for no text."""
    read = "".join(fold(text).text.split())
    return hashlib.sha256(read.encode("utf-8", "surrogatepass")).hexdigest() if read else ""
