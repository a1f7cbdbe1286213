"""The blocks of a GIF besides its pixels (GIF89a): comments, plain text, applications' blocks, what follows."""

from __future__ import annotations

from reviewer.extract.image.facts import Facts
from reviewer.extract.image.xmp import read_xmp
from reviewer.language import tr

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_PLAIN_TEXT, _GRAPHIC_CONTROL, _COMMENT, _APPLICATION = 0x01, 0xF9, 0xFE, 0xFF
_XMP = b"XMP DataXMP"
_XMP_TRAILER_BYTES = 257  # a descending row of numbers that ends the packet for readers of sub-blocks
_SILENT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_MOST_BLOCKS = 100_000


def read_gif(data: bytes, facts: Facts) -> None:
    """Every block in order; one that is cut off or unknown ends the walk with a gap."""
    at = 13 + _table_bytes(data[10:11])
    for _ in range(_MOST_BLOCKS):
        kind = data[at : at + 1]
        if kind == bytes([_TRAILER]):
            facts.tail(data[at + 1 :])
            return
        if kind == bytes([_EXTENSION]):
            at = _read_extension(data, at + 1, facts)
        elif kind == bytes([_IMAGE]):
            at += 10 + _table_bytes(data[at + 9 : at + 10]) + 1  # the last: how many bits a code begins with
            _, at = _sub_blocks(data, at)
        else:
            break
    facts.gap("GIF", _cut_off())
    facts.sweep("GIF", data[at:])


def _read_extension(data: bytes, at: int, facts: Facts) -> int:
    """Write down one extension, whose label stands at `at`; where the next block begins comes back."""
    label = data[at : at + 1]
    blocks, end = _sub_blocks(data, at + 1)
    if label == bytes([_COMMENT]):
        facts.say_bytes("GIF/注释", b"".join(blocks))
    elif label == bytes([_PLAIN_TEXT]):
        facts.say_bytes("GIF/文字", b"".join(blocks[1:]))
    elif label == bytes([_APPLICATION]) and blocks and blocks[0] == _XMP:
        packet = data[at + 2 + len(_XMP) : end]  # not in sub-blocks, only readable as if it were
        read_xmp(packet[: -_XMP_TRAILER_BYTES - 1], facts)
    elif label != bytes([_GRAPHIC_CONTROL]) and not (blocks and blocks[0] in _SILENT):
        facts.sweep("GIF/扩展", b"".join(blocks))
    return end


def _sub_blocks(data: bytes, at: int) -> tuple[list[bytes], int]:
    blocks = []
    while at < len(data) and data[at]:
        blocks.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return blocks, at + 1


def _table_bytes(flags: bytes) -> int:
    """How long the colour table is that these flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _cut_off() -> str:
    return tr(
        "图片文件不完整，其后内容未读取：取得完整文件后再审",
        "the picture is cut short, what follows was not read: get the whole file",
    )
