"""Files packed into a PDF, wherever a file specification stands: in the name tree, an annotation, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf

from reviewer.extract.embedded import read_embedded
from reviewer.extract.pdf.values import entry, identity, is_damaged, stream_bytes, text_of
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.language import tr
from reviewer.terms import Part

_MOST_FILES = 200
_MOST_BYTES = 512 << 20


def read_attachments(specifications: Iterable[object], scribe: Scribe) -> None:
    """Read each packed file once, by the reader of its own format; its name and description are text too."""
    seen: set[tuple[int, int]] = set()
    left = _MOST_BYTES
    for specification in specifications:
        name = _name(specification)
        label = f"附件 {name}"
        for stream in _streams(specification):
            if identity(stream) in seen:
                continue
            seen.add(identity(stream))
            scribe.add(name, label, part=Part.FILE_NAME, hidden=True)
            scribe.add(text_of(entry(specification, "/Desc")), f"{label} 说明", part=Part.PROPERTY, hidden=True)
            data = stream_bytes(stream)
            left -= len(data)
            if len(seen) > _MOST_FILES or left < 0:
                scribe.gap(label, tr("附件过多或过大，未读取", "too many attachments, or too large: not read"))
                return
            if is_damaged(stream):
                scribe.gap(label, tr("附件已损坏，未读取：单独再审", "damaged, not read: review it by itself"))
                continue
            scribe.enclose(read_embedded(data, name), label, Enclosure.OBJECT)


def _name(specification: object) -> str:
    for key in ("/UF", "/F", "/Unix", "/Mac", "/DOS"):
        if name := text_of(entry(specification, key)).strip():
            return name
    return tr("（无名）", "(unnamed)")


def _streams(specification: object) -> Iterable[pikepdf.Stream]:
    embedded = entry(specification, "/EF")
    if not isinstance(embedded, pikepdf.Dictionary):
        return ()
    return tuple(stream for _, stream in embedded.items() if isinstance(stream, pikepdf.Stream))
