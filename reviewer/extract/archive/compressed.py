"""Single compressed files (gzip, bzip2, xz), and the tar in them if they hold one."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

from reviewer.extract.archive.contents import (
    MAX_TOTAL_BYTES,
    Budget,
    Content,
    Entry,
    MemberError,
    Remark,
    StopError,
    inner_name,
    taken,
)
from reviewer.extract.archive.names import decoded_names
from reviewer.extract.archive.tar import contents as tar_contents
from reviewer.language import tr
from reviewer.terms import Gap

_SUFFIXES = (".tgz", ".tbz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".lzma")
_CHUNK_BYTES = 1 << 16
_XZ_MEMORY_BYTES = 256 << 20
_TAR_MAGIC = (257, b"ustar")
_WORDS = re.compile(r"[^\W_]{2,}(?:[^\x00-\x1f\x7f\ufffd]*[^\W_])?")  # an index of blocks has none
_HAS_NAME, _HAS_COMMENT, _HAS_EXTRA = 0x08, 0x10, 0x04  # flags of a gzip header (RFC 1952, 2.3.1)


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """zlib's decompressor in the manner of bz2's and lzma's: what it did not take yet is kept."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(format=lzma.FORMAT_AUTO, memlimit=_XZ_MEMORY_BYTES)


_METHODS: tuple[tuple[bytes, Callable[[], object]], ...] = (
    (b"\x1f\x8b", _Gzip),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", _xz),
    (b"\x5d\0\0", _xz),
)
_BROKEN = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


class Inflated:
    """The bytes of a compressed file, stream after stream, from front to back; raises StopError over the limits.

    `broken` says that it ended in the middle or goes on with something else.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._method = _method(file)
        self._stream = cast(_Decompressor, self._method())
        self._waiting, self._head = b"", b""
        self._size = 0
        self._ended = False
        self.broken = False

    def peek(self, size: int) -> bytes:
        """The next bytes, which `read` will still return."""
        self._head = self.read(size)
        return self._head

    def read(self, size: int = -1, /) -> bytes:
        wanted = size if size >= 0 else MAX_TOTAL_BYTES
        pieces, self._head = [self._head[:wanted]], self._head[wanted:]
        wanted -= len(pieces[0])
        while wanted > 0 and not self._ended:
            pieces.append(self._next(min(wanted, 1 << 20)))
            wanted -= len(pieces[-1])
        return b"".join(pieces)

    def _next(self, most: int) -> bytes:
        data, dry = self._fed()
        try:
            piece = self._stream.decompress(data, most)
        except _BROKEN:
            self.broken = self._ended = True
            return b""
        self._size += len(piece)
        if self._size > MAX_TOTAL_BYTES:
            raise StopError(tr("解压总量过大，停止读取（可能是压缩炸弹）", "too much unpacked, stopped (a bomb?)"))
        if self._stream.eof:
            self._go_on()
        elif dry and not piece:
            self.broken = self._ended = True
        return piece

    def _fed(self) -> tuple[bytes, bool]:
        """What the stream gets now, and whether the file has no more."""
        if not self._stream.needs_input:
            return b"", False
        data = self._waiting or self._file.read(_CHUNK_BYTES)
        self._waiting = b""
        return data, not data

    def _go_on(self) -> None:
        """Another stream may follow (RFC 1952, 2.2); zeros are padding, all else does not belong here."""
        left = (self._stream.unused_data + self._file.read(_CHUNK_BYTES)).lstrip(b"\0")
        while not left and (more := self._file.read(_CHUNK_BYTES)):
            left = more.lstrip(b"\0")
        if left:
            self._waiting, self._stream = left, cast(_Decompressor, self._method())
        else:
            self._ended = True


def _method(file: BinaryIO) -> Callable[[], object]:
    head = file.read(6)
    file.seek(-len(head), 1)
    for magic, method in _METHODS:
        if head.startswith(magic):
            return method
    raise StopError(tr("压缩方法不支持，未读取：解压后再审", "unsupported compression, not read: unpack it first"))


def contents(file: BinaryIO, name: str) -> Iterator[Content]:
    """The members of a compressed tar, or the one file that is in here."""
    told, comment, extra = _gzip_header(file)
    if comment:
        yield Remark(place="压缩包注释", text=comment)
    if extra:
        yield Remark(place="压缩包附加字段", text=extra)
    inflated = Inflated(file)
    at, magic = _TAR_MAGIC
    if inflated.peek(at + len(magic)).startswith(magic, at):
        yield from tar_contents(inflated, name)
    else:
        yield from _single(inflated, told or inner_name(name, _SUFFIXES))
    if inflated.broken:
        yield Gap(
            place="压缩包末尾",
            reason=tr(
                "压缩数据不完整或后面另有数据，未能全部读取：重新压缩后再审",
                "the compressed data is cut off or followed by other data: compress it anew",
            ),
        )


def _single(inflated: Inflated, name: str) -> Iterator[Content]:
    try:
        data = taken(inflated, None, Budget())
    except MemberError as error:
        yield Entry(name=name, data=b"")
        yield Gap(place=name, reason=str(error))
        return
    yield Entry(name=name, data=data)


def _gzip_header(file: BinaryIO) -> tuple[str, str, str]:
    """The name, the comment and the words of the extra field in a gzip header (RFC 1952, 2.3); "" for none."""
    start = file.tell()
    head = file.read(1 << 12)
    file.seek(start)
    if not head.startswith(b"\x1f\x8b") or len(head) < 10:
        return "", "", ""
    flags, at, extra = head[3], 10, ""
    if flags & _HAS_EXTRA:
        size = int.from_bytes(head[at : at + 2], "little")
        extra = " ".join(_WORDS.findall(head[at + 2 : at + 2 + size].decode("utf-8", "replace")))
        at += 2 + size
    found = []
    for flag in (_HAS_NAME, _HAS_COMMENT):
        text, end = b"", at
        if flags & flag:
            text, _, _ = head[at:].partition(b"\0")
            end = at + len(text) + 1
        found.append(decoded_names([text])[0] if text else "")
        at = end
    return found[0], found[1], extra
