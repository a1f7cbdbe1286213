"""Strings in BIFF records: of one byte a character in a code page, or of UTF-16 with a flag ([MS-XLS] 2.5.293 ff.)."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Sequence
from functools import cache

from reviewer.text.decode import decode

_CODECS = {
    936: "gb18030",
    950: "cp950",
    932: "cp932",
    949: "cp949",
    1361: "johab",
    65001: "utf-8",
    1200: "utf-16-le",
    0x8000: "mac_roman",
    0x8001: "cp1252",
    10008: "gb18030",
    10002: "cp950",
    367: "ascii",
    437: "cp437",
    850: "cp850",
    852: "cp852",
    866: "cp866",
}
_MULTIBYTE = frozenset({"gb18030", "cp950", "cp932", "cp949", "johab"})


def codec_of(code_page: int) -> str:
    """The codec of a CODEPAGE record; that of Western Windows when it is unknown."""
    name = _CODECS.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def narrow(data: bytes, codec: str) -> str:
    """Text of older versions. A Western code page is what programs write that do not know: it is guessed again."""
    if data.isascii():
        return data.decode("ascii")
    return data.decode(codec, "replace") if codec in _MULTIBYTE else _guessed(data, codec)


@cache
def _guessed(data: bytes, codec: str) -> str:
    return decode(data, codec).text


def wide_text(data: bytes, at: int, count: int, flags: int) -> str:
    """`count` characters: UTF-16, or its low bytes alone."""
    if flags & 1:
        return data[at : at + 2 * count].decode("utf-16-le", "replace")
    return data[at : at + count].decode("latin-1")


def flagged(data: bytes, at: int, length_bytes: int) -> tuple[str, int]:
    """An XLUnicodeString or its short kin, with runs and phonetic data left out: text, and where it ends."""
    count = int.from_bytes(data[at : at + length_bytes], "little")
    if count == 0 and at + length_bytes >= len(data):
        return "", len(data)
    at += length_bytes
    flags = data[at]
    at += 1
    runs = extension = 0
    if flags & 0x08:
        (runs,) = struct.unpack_from("<H", data, at)
        at += 2
    if flags & 0x04:
        (extension,) = struct.unpack_from("<I", data, at)
        at += 4
    end = at + count * (2 if flags & 1 else 1)
    return wide_text(data, at, count, flags), min(end + 4 * runs + extension, len(data))


class Pieces:
    """A record's data with its continuations, read on and on; characters that go on begin with a flag again.

    Raises struct.error and IndexError where the data end.
    """

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._number = 0
        self._at = 0

    @property
    def left(self) -> bool:
        """Whether there is anything left."""
        while self._number < len(self._pieces) and self._at >= len(self._pieces[self._number]):
            self._number, self._at = self._number + 1, 0
        return self._number < len(self._pieces)

    def take(self, count: int) -> bytes:
        """`count` bytes, over the ends of records."""
        taken: list[bytes] = []
        while count > 0:
            if not self.left:
                raise IndexError
            piece = self._pieces[self._number][self._at : self._at + count]
            taken.append(piece)
            self._at += len(piece)
            count -= len(piece)
        return b"".join(taken)

    def characters(self, count: int, flags: int) -> str:
        """`count` characters; each record that they run into begins with a flag of its own."""
        units: list[bytes] = []  # joined before they are decoded: a record may end between two surrogates
        while count > 0:
            if self._at >= len(self._piece):
                if not self.left:
                    raise IndexError
                flags = self.take(1)[0]
            size = 2 if flags & 1 else 1
            here = min(count, (len(self._piece) - self._at) // size)
            piece = self._piece[self._at : self._at + here * size]
            units.append(piece if flags & 1 else piece.decode("latin-1").encode("utf-16-le"))
            count -= here
            self._at = len(self._piece) if count else self._at + here * size
        return b"".join(units).decode("utf-16-le", "replace")

    @property
    def _piece(self) -> bytes:
        return self._pieces[self._number] if self._number < len(self._pieces) else b""

    def rest(self) -> bytes:
        """Everything that was not taken."""
        if not self.left:
            return b""
        return self._pieces[self._number][self._at :] + b"".join(self._pieces[self._number + 1 :])
