"""Pictures of a BIFF workbook: nobody reads them here, so each one that may hold text becomes a gap, once."""

from __future__ import annotations

import hashlib

from reviewer.extract.pixels import is_icon
from reviewer.extract.scribe import Scribe
from reviewer.extract.xls.drawings import blips
from reviewer.language import tr


class Pictures:
    """The pictures of one workbook, numbered in the order in which a reader meets them."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._group: list[bytes] = []
        self._blips: list[bytes] | None = None
        self._placed: set[int] = set()
        self._seen: set[bytes] = set()
        self._count = 0

    def group(self, data: bytes) -> None:
        """A piece of the store of pictures; long stores go on in the next record of the kind."""
        self._group.append(data)

    def placed(self, number: int, near: str) -> None:
        """The picture of this number, from 1, stands near this place."""
        store = self._store()
        if 0 < number <= len(store) and number not in self._placed:
            self._placed.add(number)
            if self._new(store[number - 1]):
                self._tell(near)

    def direct(self, data: bytes, near: str) -> None:
        """A picture that stands in a record of its own."""
        if self._new(data):
            self._tell(near)

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere: one gap for all of them."""
        rest = [blip for number, blip in enumerate(self._store(), 1) if number not in self._placed and blip]
        new = sum(self._new(blip) for blip in rest)
        if new:
            self._scribe.gap(
                "未放置的图片",
                tr(
                    f"文件内另有 {new} 张没有放在文中的图片，可能有文字，未读取",
                    f"{new} more picture(s) lie in the file without being placed; not read",
                ),
            )

    def _store(self) -> list[bytes]:
        if self._blips is None:
            self._blips = blips(b"".join(self._group))
        return self._blips

    def _new(self, data: bytes) -> bool:
        digest = hashlib.sha256(data).digest()
        if digest in self._seen or is_icon(data):
            return False
        self._seen.add(digest)
        return True

    def _tell(self, near: str) -> None:
        self._count += 1
        self._scribe.gap(
            f"图片{self._count}（{near} 附近）",
            tr("图中可能有文字，未读取", "the picture may hold text and was not read"),
        )
