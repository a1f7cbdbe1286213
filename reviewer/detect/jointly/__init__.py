"""What a document tells of things in part, so that an audit can see which documents tell all of it together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reviewer.detect.jointly import masks, series, sites
from reviewer.detect.jointly.telling import Telling
from reviewer.terms import Document

__all__ = ["Telling", "tellings"]

_MOST = 5000  # of one document: what has more rows is a database, and is reviewed as one


def tellings(document: Document) -> Iterator[Telling]:
    """In the order of kinds, then of the text. Nothing here is a finding: each is harmless by itself."""
    for kind in (sites, series, masks):
        yield from islice(kind.tellings(document), _MOST)
