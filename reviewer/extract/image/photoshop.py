"""Photoshop's image resource blocks, as they stand in JPEG and TIFF files (Adobe Photoshop File Formats, 2019)."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.extract.image.facts import Facts
from reviewer.extract.image.iptc import read_iptc
from reviewer.extract.image.xmp import read_xmp
from reviewer.language import tr

_SIGNATURES = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
_HEAD_BYTES = 4 + 2
_IPTC, _EXIF, _EXIF_3, _XMP = 0x0404, 0x0422, 0x0423, 0x0424
_THUMBNAILS = (0x0409, 0x040C)
_THUMBNAIL_HEAD_BYTES = 28
_PROFILE = 0x040F
_MOST_BLOCKS = 4_000


def read_resources(data: bytes, facts: Facts) -> None:
    """Each block by its kind; blocks of settings are looked through for words."""
    at = 0
    for _ in range(_MOST_BLOCKS):
        if data[at : at + 4] not in _SIGNATURES:
            break
        number = int.from_bytes(data[at + 4 : at + _HEAD_BYTES], "big")
        name = data[at + _HEAD_BYTES + 1 :][: data[at + _HEAD_BYTES] if at + _HEAD_BYTES < len(data) else 0]
        at += _HEAD_BYTES + (len(name) + 2) // 2 * 2
        size = int.from_bytes(data[at : at + 4], "big")
        block = data[at + 4 : at + 4 + size]
        at += 4 + (size + 1) // 2 * 2
        facts.say_bytes("Photoshop/名称", name)
        if len(block) < size:
            facts.gap("Photoshop", _damaged())
        _read_block(number, block, facts)
    if data[at:].strip(b"\0"):
        facts.sweep("Photoshop", data[at:])


def _read_block(number: int, block: bytes, facts: Facts) -> None:
    from reviewer.extract.image.exif import read_exif  # EXIF fields may hold such blocks in their turn

    readers: dict[int, Callable[[bytes, Facts], None]] = {
        _IPTC: read_iptc,
        _EXIF: read_exif,
        _EXIF_3: read_exif,
        _XMP: read_xmp,
    }
    if number in readers:
        if block:
            readers[number](block, facts)
    elif number in _THUMBNAILS:
        if block[_THUMBNAIL_HEAD_BYTES:]:
            facts.thumbnails.append(("Photoshop/缩略图", block[_THUMBNAIL_HEAD_BYTES:]))
    elif number != _PROFILE:
        facts.sweep(f"Photoshop/{number:#06x}", block)


def _damaged() -> str:
    return tr(
        "Photoshop 数据已损坏，未全部读取：用画图程序另存图片后再审",
        "Photoshop's data is damaged, not all of it was read: save the picture anew",
    )
