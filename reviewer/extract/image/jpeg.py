"""The segments of a JPEG besides its pixels (ITU-T T.81, annex B): applications' blocks, comments, what follows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reviewer.extract.image.exif import read_exif
from reviewer.extract.image.facts import Facts
from reviewer.extract.image.photoshop import read_resources
from reviewer.extract.image.xmp import read_xmp
from reviewer.language import tr

_COMMENT, _END, _SCAN = 0xFE, 0xD9, 0xDA
_APPLICATIONS = range(0xE0, 0xF0)
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # marks without a length
_MARK = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_EXIF = b"Exif\0"
_EXIF_HEAD_BYTES = 6
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_GUID_BYTES = 32
_PHOTOSHOP = b"Photoshop 3.0\0"
_JFXX = b"JFXX\0\x10"  # a thumbnail that is a JPEG itself (JFIF 1.02)
# The frame of JFIF, colour profiles, Adobe's colour transformation, lists of pictures that follow.
_TECHNICAL = (b"JFIF\0", b"JFXX\0", b"ICC_PROFILE\0", b"Adobe\0", b"Adobe_CM\0", b"MPF\0", b"Ducky")
_MOST_SEGMENTS = 20_000


def read_jpeg(data: bytes, facts: Facts) -> None:
    """Everything between the marks, then what follows the end of the picture."""
    more_xmp: dict[bytes, dict[int, bytes]] = defaultdict(dict)
    resources = []
    for mark, body in _segments(data, facts):
        if mark == _COMMENT:
            facts.say_bytes("JPEG/注释", body)
        elif body.startswith(_MORE_XMP):
            guid, rest = body[len(_MORE_XMP) :][:_GUID_BYTES], body[len(_MORE_XMP) + _GUID_BYTES :]
            more_xmp[guid][int.from_bytes(rest[4:8], "big")] = rest[8:]
        elif body.startswith(_PHOTOSHOP):
            resources.append(body[len(_PHOTOSHOP) :])
        elif mark in _APPLICATIONS:
            _read_application(mark, body, facts)
    if resources:  # large ones are cut into several segments
        read_resources(b"".join(resources), facts)
    for pieces in more_xmp.values():
        read_xmp(b"".join(piece for _, piece in sorted(pieces.items())), facts)


def _read_application(mark: int, body: bytes, facts: Facts) -> None:
    if body.startswith(_EXIF):
        read_exif(body[_EXIF_HEAD_BYTES:], facts)
    elif body.startswith(_XMP):
        read_xmp(body[len(_XMP) :], facts)
    elif body.startswith(_JFXX):
        facts.thumbnails.append(("JPEG/缩略图", body[len(_JFXX) :]))
    elif not body.startswith(_TECHNICAL):
        facts.say_bytes(f"JPEG/APP{mark - _APPLICATIONS.start}", body)


def _segments(data: bytes, facts: Facts) -> Iterator[tuple[int, bytes]]:
    """Mark and contents of each segment; pixels are stepped over, the rest of the file is handed on at the end."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        found = _MARK.search(data, at)
        if found is None:
            facts.gap("JPEG", _cut_off())
            return
        if found.start() > at and data[at : found.start()].strip(b"\0\xff"):
            facts.sweep("JPEG", data[at : found.start()])
        mark, at = found[1][0], found.end()
        if mark == _END:
            facts.tail(data[at:])
            return
        if mark in _BARE:
            continue
        size = int.from_bytes(data[at : at + 2], "big")
        yield mark, data[at + 2 : at + max(2, size)]
        at += max(2, size)
        if mark == _SCAN:  # the pixels, up to the next mark that is none of theirs
            following = _MARK.search(data, at)
            at = following.start() if following else len(data)
    facts.gap("JPEG", _cut_off())


def _cut_off() -> str:
    return tr(
        "图片文件不完整，其后内容未读取：取得完整文件后再审",
        "the picture is cut short, what follows was not read: get the whole file",
    )
