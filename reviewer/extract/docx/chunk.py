"""Files that Word would merge into a document when it opens it (`altChunk`): HTML, plain text, other documents."""

from __future__ import annotations

import posixpath

from reviewer.extract.embedded import read_embedded
from reviewer.extract.ooxml import Package
from reviewer.extract.scribe import Enclosure


def read_chunk(package: Package, name: str, label: str) -> None:
    """Read an inserted file by the reader of its own format; it is shown as part of the text."""
    data = package.data(name)
    if data is not None:
        package.scribe.enclose(read_embedded(data, posixpath.basename(name)), label, Enclosure.CHUNK)
