"""The piece table ([MS-DOC] 2.4.1): where in the file each stretch of text lies, one or two bytes a character.

Text is held so that its index is Word's character position: where a character takes two positions (a surrogate
pair, GBK in one-byte text), a FILLER follows it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reviewer.extract.ole.codepages import chinese_of, codec
from reviewer.extract.ole.doc import sprms

FILLER = "\ufdd0"
MOST_POSITIONS = 1 << 26
_TIMES = 1  # pieces do not share bytes
_MARK_PROPERTIES, _MARK_PIECES = 1, 2
_ONE_BYTE = 1 << 30
_WESTERN = 1252
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_TWO_BYTES = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]{2,}")
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text: positions `[start, end)` lie from byte `offset` on, `width` bytes each.

    `changes` are modifiers that a fast save laid over all of it.
    """

    start: int
    end: int
    offset: int
    width: int
    changes: bytes = b""

    @property
    def bytes_end(self) -> int:
        return self.offset + (self.end - self.start) * self.width


def read_pieces(packed: bytes) -> tuple[Piece, ...]:
    """The pieces that a Clx lists; none where it is damaged."""
    groups: list[bytes] = []
    at = 0
    while at + 3 <= len(packed) and packed[at] == _MARK_PROPERTIES:
        (size,) = struct.unpack_from("<H", packed, at + 1)
        groups.append(packed[at + 3 : at + 3 + size])
        at += 3 + size
    if at + 5 > len(packed) or packed[at] != _MARK_PIECES:
        return ()
    (size,) = struct.unpack_from("<I", packed, at + 1)
    return tuple(_pieces(packed[at + 5 : at + 5 + size], groups))


def _pieces(table: bytes, groups: list[bytes]) -> Iterator[Piece]:
    count = max(0, (len(table) - 4) // 12)
    positions = struct.unpack_from(f"<{count + 1}I", table) if count else ()
    reached = 0
    for number in range(count):
        start, end = positions[number], positions[number + 1]
        place, modifier = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * number + 2)
        if start != reached or end < start or end > MOST_POSITIONS:
            return
        reached = end
        one_byte = bool(place & _ONE_BYTE)
        offset = place & (_ONE_BYTE - 1)
        yield Piece(
            start=start,
            end=end,
            offset=offset // 2 if one_byte else offset,
            width=1 if one_byte else 2,
            changes=_changes(modifier, groups),
        )


def _changes(modifier: int, groups: list[bytes]) -> bytes:
    if modifier & 1:
        index = modifier >> 1
        return groups[index] if index < len(groups) else b""
    code = sprms.SHORT.get(modifier >> 1 & 0x7F)
    return b"" if code is None else struct.pack("<HB", code, modifier >> 8)


def within(pieces: tuple[Piece, ...], size: int) -> tuple[Piece, ...]:
    """The pieces as far as a stream of `size` bytes can hold them: none lies outside, nor all on one another."""
    kept: list[Piece] = []
    left = _TIMES * size
    for piece in pieces:
        room = max(0, min(size - piece.offset, left)) // piece.width
        left -= (piece.end - piece.start) * piece.width
        if piece.end - piece.start > room:
            return (*kept, replace(piece, end=piece.start + room))
        kept.append(piece)
    return tuple(kept)


def text_of_pieces(data: bytes, pieces: tuple[Piece, ...], code_page: int = _WESTERN) -> str:
    """The whole text; positions whose bytes are missing are FILLER."""
    return "".join(_text(data[piece.offset : piece.bytes_end], piece, code_page) for piece in pieces)


def _text(raw: bytes, piece: Piece, code_page: int) -> str:
    text = narrow(raw, code_page) if piece.width == 1 else _wide(raw)
    return text.ljust(piece.end - piece.start, FILLER)


def _wide(raw: bytes) -> str:
    text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "surrogatepass")
    return _LONE.sub("\ufffd", _ASTRAL.sub(lambda found: found[0] + FILLER, text))


def narrow(raw: bytes, code_page: int) -> str:
    """One-byte text: Western ([MS-DOC] 2.9.73), unless its high bytes make Chinese that people write."""
    if raw.isascii():
        return raw.decode("ascii")
    if code_page == _WESTERN and chinese_of(b"".join(_HIGH.findall(raw))) is None:
        return raw.decode("cp1252", "replace")
    name = "gb18030" if code_page == _WESTERN else codec(code_page)
    return _double(raw, name)


def _double(raw: bytes, name: str) -> str:
    """Text in a code page of one and two bytes, two positions for the latter."""
    pieces, at = [], 0
    for found in _TWO_BYTES.finditer(raw):
        pieces.append(raw[at : found.start()].decode(name, "replace"))
        character = found[0].decode(name, "replace")
        pieces.append(character.ljust(2, FILLER)[:2])
        at = found.end()
    pieces.append(raw[at:].decode(name, "replace"))
    return "".join(pieces)
