"""Pictures in a document: each is read once, however often it stands, and told where a reader first meets it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from reviewer.extract.pixels import size
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Gap, Part
from reviewer.value import replace

WHOLE = "图面"
"""The place of what concerns the whole of a picture: whoever writes it down puts the picture's own place instead."""

SUFFIXES = frozenset(
    {"png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "emz", "wmz"}
    | {"webp", "heic", "avif", "ico", "pict", "pct", "jp2", "wdp", "hdp", "svm", "gbig2", "jb2", "jbig2"}
)
_MAGIC = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\xd7\xcd\xc6\x9a"),
    *(b"\x97JB2\r\n\x1a\n", b"\0\0\0\x0cjP  ", b"VCLMTF"),
)
_SMALLEST_BYTES = 64
_THUMBNAIL_BYTES = 4096
# The empty first page that python-docx puts into every document it makes.
_BLANK_PAGES = frozenset({"96367138dc44ce09bf2c8f0f8e49348a1478d2c5c0af69bbc2bbc38b63cdcead"})
_FIRST_PAGE = "首页缩略图（图像，可能是旧版首页）"
_ILLEGIBLE_SIDE = 512
"""Pixels: the letters of a page that is no larger are six pixels high. LibreOffice saves one with every file."""


class Pictures:
    """The pictures of one file, numbered in the order in which a reader meets them."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._seen: set[bytes] = set()
        self._count = 0
        self._strays = 0

    def placed(self, data: bytes, near: str) -> None:
        """A picture that stands near a place ("" where none is known)."""
        if not self._is_new(data):
            return
        inner = read_picture(data)
        if inner.segments or inner.gaps:  # else an icon, a picture of one colour
            self._count += 1
            label = f"图片{self._count}（{near} 附近）" if near else f"图片{self._count}"
            write_picture(self._scribe, inner, label)

    def page(self, data: bytes, place: str, otherwise: str) -> bool:
        """A picture that is all there is on a page; `otherwise` is the gap where nothing of it can be read.

        Returns whether there was anything to tell.
        """
        if not self._is_new(data):
            return False
        inner = read_picture(data)
        if not inner.segments:
            inner = replace(inner, gaps=tuple(replace(gap, reason=otherwise) for gap in inner.gaps))
        write_picture(self._scribe, inner, place)
        return bool(inner.segments or inner.gaps)

    def leftover(self, pictures: Iterable[bytes]) -> None:
        """Pictures that lie in the file without standing anywhere: one gap for all that may hold text."""
        unread = 0
        for inner in map(read_picture, filter(self._is_new, pictures)):
            told = _without_whole(inner)
            unread += len(told.gaps) < len(inner.gaps)
            self._strays += 1
            write_picture(self._scribe, told, f"未放置的图片{self._strays}", shown=False)
        if unread:
            self._scribe.gap(
                "未放置的图片",
                tr(
                    f"文件内另有 {unread} 张没有放在文中的图片，可能有文字，未读取",
                    f"{unread} more picture(s) lie in the file without being placed; not read",
                ),
            )

    def thumbnail(self, data: bytes, place: str, *, of_slides: bool) -> None:
        """The picture of the first page that programs save with a file: it may show what the page once was.

        A metafile's texts are read. PowerPoint saves an image with every file: it is told, as is one whose lines are
        too small to be legible; any other is a gap.
        """
        if len(data) <= _THUMBNAIL_BYTES or hashlib.sha256(data).hexdigest() in _BLANK_PAGES:
            return
        inner = read_thumbnail(data)
        write_picture(self._scribe, _without_whole(inner), place, shown=False)
        if not any(gap.place == WHOLE for gap in inner.gaps):
            return
        sides = size(data)
        if of_slides or (sides is not None and max(sides) <= _ILLEGIBLE_SIDE):
            self._scribe.add(_FIRST_PAGE, place, part=Part.PROPERTY, hidden=True)
        else:
            self._scribe.gap(
                place,
                tr("首页缩略图可能含有旧版内容，未读取", "the thumbnail may show former content and was not read"),
            )

    def _is_new(self, data: bytes) -> bool:
        digest = hashlib.sha256(data).digest()
        new = digest not in self._seen and len(data) >= _SMALLEST_BYTES
        self._seen.add(digest)
        return new


def read_picture(data: bytes) -> Extracted:
    """What a picture says: of itself, in codes, and in its pixels as far as they can be read."""
    import reviewer.extract.image as image  # imaging libraries, which most documents do not need

    return image.read_picture(data)


def read_thumbnail(data: bytes) -> Extracted:
    """What a thumbnail says besides its pixels, and all of it where it is drawn; pixels are a gap."""
    import reviewer.extract.image as image

    if image.is_drawing(data):
        return image.read_picture(data)
    inner = image.read_metadata(data)
    return replace(inner, gaps=(*inner.gaps, Gap(place=WHOLE, reason="")))


def write_picture(scribe: Scribe, inner: Extracted, label: str, *, shown: bool = True) -> None:
    """Write down a picture of a document under `label`; what concerns all of it is told at that very place."""
    scribe.enclose(_without_whole(inner), label, Enclosure.MEMBER if shown else Enclosure.OBJECT)
    for gap in inner.gaps:
        if gap.place == WHOLE:
            scribe.gap(label, gap.reason)


def is_picture(name: str, data: bytes = b"") -> bool:
    """Whether a member is a picture, by its name or its first bytes (SVG is XML and is read as such)."""
    return name.rpartition(".")[2].casefold() in SUFFIXES or data.startswith(_MAGIC)


def _without_whole(inner: Extracted) -> Extracted:
    return replace(inner, gaps=tuple(gap for gap in inner.gaps if gap.place != WHOLE))
