"""Pictures of legacy Office files, each met once however often it is shown."""

from __future__ import annotations

import hashlib

from reviewer.extract.pixels import is_icon
from reviewer.extract.scribe import Scribe
from reviewer.language import tr

_SMALLEST_BYTES = 64


class Pictures:
    """The pictures of one file, numbered in the order in which they are met."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._seen: set[bytes] = set()
        self._count = 0

    def placed(self, data: bytes, near: str) -> None:
        """A picture that stands near a place ("" where none is known)."""
        if not self.new(data):
            return
        self._count += 1
        place = f"图片{self._count}（{near} 附近）" if near else f"图片{self._count}"
        read_picture(self._scribe, data, place)

    def stray(self, data: bytes) -> None:
        """A picture that lies in the file without standing anywhere."""
        if self.new(data):
            read_picture(self._scribe, data, "未放置的图片")

    def new(self, data: bytes) -> bool:
        """Whether a picture was not met before and is large enough to hold a line of text."""
        digest = hashlib.sha256(data).digest()
        if digest in self._seen or len(data) < _SMALLEST_BYTES or is_icon(data):
            return False
        self._seen.add(digest)
        return True


def read_picture(scribe: Scribe, data: bytes, place: str) -> None:
    """Write down what a picture shows: not read here yet, so it is a gap."""
    scribe.gap(place, tr("图中可能有文字，未读取", "the picture may hold text and was not read"))
