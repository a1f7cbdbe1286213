"""Pictures in a package: each one that may hold text is dealt with once, wherever and however often it stands."""

from __future__ import annotations

import hashlib
import posixpath

from reviewer.extract.ooxml.pictures import is_picture as _has_picture_suffix
from reviewer.extract.package import Archive
from reviewer.extract.pixels import is_icon
from reviewer.extract.scribe import Scribe
from reviewer.language import tr

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x97JB2\r\n\x1a\n", "jb2"),
    (b"\0\0\0\x0cjP  ", "jp2"),
    (b"VCLMTF", "svm"),
)
_MORE_SUFFIXES = (".svm", ".gbig2", ".jb2", ".jbig2")


class Pictures:
    """The pictures of one file, numbered in the order in which a reader meets them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._seen: set[bytes] = set()
        self._count = 0

    def placed(self, name: str, near: str) -> None:
        """The picture of this member stands near this place."""
        data = self._archive.data(name)
        if data is not None:
            self.shown(data, posixpath.basename(name), near)

    def shown(self, data: bytes, name: str, near: str) -> None:
        """A picture by its bytes."""
        if data and self._new(data):
            self._count += 1
            read_picture(self._archive.scribe, data, name, f"图片{self._count}（{near} 附近）")

    def page(self, name: str, place: str, otherwise: str) -> bool:
        """A picture that is all there is on a page; `otherwise` is the gap. Returns whether it is a new one."""
        data = self._archive.data(name)
        if not data or not self._new(data):
            return False
        read_picture(self._archive.scribe, data, posixpath.basename(name), place, otherwise)
        return True

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere."""
        for member in self._archive.unread():
            if is_picture(member.name):
                data = self._archive.member_data(member)
                if data and self._new(data):
                    read_picture(
                        self._archive.scribe, data, posixpath.basename(member.name), f"未引用的图片 {member.name}"
                    )

    def _new(self, data: bytes) -> bool:
        digest = hashlib.sha256(data).digest()
        if digest in self._seen or is_icon(data):
            return False
        self._seen.add(digest)
        return True


def read_picture(scribe: Scribe, data: bytes, name: str, place: str, otherwise: str = "") -> None:
    """The one seam to reading pictures: whoever can read `data` does it here; until then it is a gap.

    `otherwise` is the reason of that gap, where there is a better one than that it is a picture.
    """
    scribe.gap(place, otherwise or tr("图中可能有文字，未读取", "the picture may hold text and was not read"))


def is_picture(name: str, data: bytes = b"") -> bool:
    """Whether a member is a picture, by its name or its first bytes (SVG is XML and is read as such)."""
    lower = name.casefold()
    return (
        _has_picture_suffix(lower) or lower.endswith(_MORE_SUFFIXES) or any(data.startswith(mark) for mark, _ in _MAGIC)
    )
