"""Redacts a picture that is a file of its own: what is found in it is burned, what it says besides pixels goes."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.redact.burning import burned
from reviewer.redact.edit import Copy, Edit, Tally, pieces, unplaced
from reviewer.redact.pictures import stripped
from reviewer.terms import Document


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The picture in its format and size."""
    tally = Tally()
    clean = stripped(data)
    if clean != data:
        tally.add("图片里的附加信息")
    burning = burned({document.name: clean}, document, pieces(document, edits))
    lost = [document.segments[index] for index in burning.rest if not document.segments[index].hidden]
    if lost:
        raise unplaced(document, [segment.place for segment in lost])
    picture = burning.pictures.get(document.name, clean)
    return Copy(data=picture, cleaned=tally.cleaned(), burned=burning.burned, method="picture")
