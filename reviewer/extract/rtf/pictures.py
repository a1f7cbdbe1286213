"""Pictures in RTF: their bytes as a picture file, given to whoever reads pictures."""

from __future__ import annotations

import hashlib
import struct

from reviewer.extract.embedded import read_embedded
from reviewer.extract.limits import time_left_s
from reviewer.extract.pixels import is_icon
from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.tokens import unhexed
from reviewer.extract.scribe import Enclosure, Extracted
from reviewer.language import tr

_MOST = 2000
_LEAST_S = 8.0
_SUFFIXES = {"pngblip": ".png", "jpegblip": ".jpg", "emfblip": ".emf", "wmetafile": ".wmf", "dibitmap": ".bmp"}
FORMATS = frozenset({*_SUFFIXES, "wbitmap", "macpict", "pmmetafile"})
MEASURES = frozenset({"picw", "pich", "picwgoal", "pichgoal"})
_PLACEABLE = b"\xd7\xcd\xc6\x9a"


def read_picture(desk: Desk, destination: Destination) -> None:
    r"""A `\pict`: the second copy for old readers (`\nonshppict`, `\shprslt`) only says what the first did not."""
    copy = _is_copy(desk, destination)
    if destination.inside("shppict"):
        desk.placed = True
    if desk.shape is not None and not copy:
        desk.shape.pictures += 1
    data = _file(unhexed(destination.data), destination.facts)
    digest = hashlib.sha256(data).digest()
    if not data or is_icon(data) or digest in desk.pictures:
        return
    desk.pictures.add(digest)
    number = desk.counts.get("图片", 0) if copy else desk.number("图片")
    label = f"图片{number}{'（替代图）' if copy else ''}（{destination.flow.place} 附近）"
    if number > _MOST or time_left_s() < _LEAST_S:
        if desk.number("未读图片") == 1:
            desk.scribe.gap(label, tr("此后的图片未读取：拆分后再审", "further pictures not read: split the document"))
        return
    inner = read_embedded(data, f"图片{number}{_suffix(destination.facts)}")
    if copy:
        inner = Extracted(text=inner.text, segments=inner.segments)
    desk.scribe.enclose(inner, label, Enclosure.OBJECT if copy else Enclosure.CHUNK)


def _is_copy(desk: Desk, destination: Destination) -> bool:
    if destination.inside("nonshppict") and desk.placed:
        desk.placed = False
        return True
    shape = desk.shape
    return destination.inside("shprslt") and shape is not None and bool(shape.pictures or shape.texts)


def _suffix(facts: dict[str, int]) -> str:
    return next((suffix for word, suffix in _SUFFIXES.items() if word in facts), "")


def _file(data: bytes, facts: dict[str, int]) -> bytes:
    """The bytes as they would lie in a file: metafiles and bitmaps come without their file headers."""
    if "wmetafile" in facts and not data.startswith(_PLACEABLE) and data:
        return _placeable(facts) + data
    if "dibitmap" in facts and len(data) >= 40:
        return _bitmap_header(data) + data
    return data


def _placeable(facts: dict[str, int]) -> bytes:
    """The 22 bytes of [MS-WMF] 2.3.2.3 (META_PLACEABLE), with the size that the text gives."""
    width, height = (min(max(facts.get(key, 0), 0), 32767) for key in ("picwgoal", "pichgoal"))
    words = [*struct.unpack("<HH", _PLACEABLE), 0, 0, 0, width, height, 1440, 0, 0]
    checksum = 0
    for word in words:
        checksum ^= word
    return struct.pack("<11H", *words, checksum)


def _bitmap_header(data: bytes) -> bytes:
    """BITMAPFILEHEADER for a device-independent bitmap."""
    size, _, _, _, bits, compression = struct.unpack_from("<IiiHHI", data)
    (used,) = struct.unpack_from("<I", data, 32)
    palette = (used or 1 << bits) if bits <= 8 else min(used, 256)
    at = 14 + min(size, 124) + min(palette, 256) * 4 + (12 if compression == 3 and size == 40 else 0)
    return b"BM" + struct.pack("<IHHI", 14 + len(data), 0, 0, at)
