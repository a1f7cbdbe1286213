"""Files that Word would merge into a document when it opens it (`altChunk`): HTML, plain text, other documents."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from reviewer.extract.embedded import read_embedded
from reviewer.extract.ooxml import Package
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part


def read_chunk(package: Package, name: str, label: str) -> None:
    """Read an inserted file by the reader of its own format."""
    data = package.data(name)
    if data is not None:
        _merge(package, read_embedded(data, posixpath.basename(name)), label)


def _merge(package: Package, inner: Extracted, label: str) -> None:
    """Write down what was read; unlike an attachment it is shown as part of the text, and so is not hidden."""
    tables = [segment.cell.table for segment in inner.segments if segment.cell is not None]
    first = package.reserve_tables(max(tables, default=-1) + 1)
    ends = [segment.start for segment in inner.segments[1:]] + [len(inner.text)]
    for segment, end in zip(inner.segments, ends[: len(inner.segments)], strict=True):
        package.scribe.add(
            segment.text,
            f"{label}!{segment.place}",
            part=Part.EMBEDDED if segment.part is Part.BODY else segment.part,
            hidden=segment.hidden,
            cell=None if segment.cell is None else replace(segment.cell, table=segment.cell.table + first),
            after=inner.text[segment.end : end] or "\n",
        )
    for gap in inner.gaps:
        package.scribe.gap(f"{label}!{gap.place}", gap.reason)
