"""Small Office packages that new programs hide in old files, to find again what the old format cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.extract.package.xml import found, parse, plain
from reviewer.extract.package.zip import Members

ZIP = b"PK\x03\x04"
_MOST_MEMBERS = 200
_WITHIN = 64


def package_texts(data: bytes) -> Iterator[str]:
    """The texts (`t`) in all parts of a package; none in bytes that hold no package.

    Raises UnreadableError where it cannot be unpacked.
    """
    start = data.find(ZIP, 0, _WITHIN)
    if start < 0:
        return
    members = Members(data[start:])
    for info in members.infos[:_MOST_MEMBERS]:
        if info.filename.lower().endswith(".xml"):
            for text in found(parse(members.read(info)), "t"):
                if plain(text).strip():
                    yield plain(text).strip()
