"""Pictures of an OOXML file: each is read once, and told at the place where a reader first meets it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from reviewer.extract.image import WHOLE, enclose_picture, read_metadata, read_picture
from reviewer.extract.ooxml import Package
from reviewer.language import tr

SUFFIXES = frozenset(
    {"png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "emz", "wmz"}
    | {"webp", "heic", "avif", "ico", "pict", "pct", "jp2", "wdp", "hdp"}
)


class Pictures:
    """The pictures of one file, numbered in the order in which a reader meets them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._seen: set[bytes] = set()
        self._count = 0

    def placed(self, source: str, relation_id: str | None, near: str) -> None:
        """A picture stands near this place; linked pictures are told with the external addresses."""
        relation = self._package.relation(source, relation_id)
        if relation is None or relation.external or not self._package.has(relation.target):
            return
        if not is_picture(relation.target):
            return
        data = self._package.data(relation.target)
        if data is None or not self._new(data):
            return
        inner = read_picture(data)
        if not inner.segments and not inner.gaps:  # an icon, a picture of one colour
            return
        self._count += 1
        label = f"图片{self._count}（{near} 附近）" if near else f"图片{self._count}"
        enclose_picture(inner, label, self._package.scribe, shown=True)

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere: one gap for all that may hold text."""
        names = [member for member in self._package.unread() if is_picture(member.name)]
        new = [data for data in map(self._package.member_data, names) if data is not None and self._new(data)]
        unread = 0
        for ordinal, inner in enumerate(map(read_picture, new), 1):
            told = tuple(gap for gap in inner.gaps if gap.place != WHOLE)
            unread += len(told) < len(inner.gaps)
            enclose_picture(replace(inner, gaps=told), f"未放置的图片{ordinal}", self._package.scribe, shown=False)
        if unread:
            self._package.scribe.gap(
                "未放置的图片",
                tr(
                    f"文件内另有 {unread} 张没有放在文中的图片，可能有文字，未读取",
                    f"{unread} more picture(s) lie in the file without being placed; not read",
                ),
            )

    def thumbnail(self, name: str, data: bytes) -> None:
        """The picture of the first page: what it says besides its pixels, and its text if it is a metafile."""
        inner = read_picture(data) if name.casefold().endswith(("mf", "mz")) else read_metadata(data)
        told = tuple(gap for gap in inner.gaps if gap.place != WHOLE)
        enclose_picture(replace(inner, gaps=told), name, self._package.scribe, shown=False)

    def _new(self, data: bytes) -> bool:
        digest = hashlib.sha256(data).digest()
        new = digest not in self._seen
        self._seen.add(digest)
        return new


def is_picture(name: str) -> bool:
    """Whether a member's name is that of a picture (SVG is XML and is read as such)."""
    return name.rpartition(".")[2].casefold() in SUFFIXES
