"""The OLE compound file ([MS-CFB]) around a workbook: its streams by path, and which of them nobody has read."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from reviewer.extract.scribe import Scribe
from reviewer.language import tr

MAX_STREAMS = 10_000
_BOF = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")
_BROKEN = (OSError, struct.error, IndexError, ValueError, OverflowError, RecursionError, TypeError, AttributeError)
_WORKBOOK = ("Workbook",)


class Container:
    """An opened compound file; what is damaged becomes a gap.

    Of a file whose directory is broken, everything from the first workbook record on is taken for the workbook.
    """

    def __init__(self, data: bytes, scribe: Scribe) -> None:
        self._scribe = scribe
        self._read: set[tuple[str, ...]] = set()
        self._salvaged: bytes | None = None
        self._ole: olefile.OleFileIO | None = None
        self.streams: tuple[tuple[str, ...], ...] = ()
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(data))
            self.streams = tuple(tuple(path) for path in self._ole.listdir())
        except _BROKEN:
            self._salvage(data)
        if not self.streams and self._salvaged is None:
            self._salvage(data)
        if len(self.streams) > MAX_STREAMS:
            self.streams = self.streams[:MAX_STREAMS]
            scribe.gap("文件", tr("数据流过多，其余未读取", "too many streams, the rest not read"))

    def has(self, *path: str) -> bool:
        """Whether there is a stream of this path, whatever its case."""
        return self._real(path) is not None or (path == _WORKBOOK and bool(self._salvaged))

    def stream(self, *path: str) -> bytes:
        """The bytes of a stream, as many as there are; a shortage is a gap."""
        if path == _WORKBOOK and self._salvaged:
            return self._salvaged
        real = self._real(path)
        if real is None or self._ole is None:
            return b""
        self._read.add(real)
        name = "/".join(real).replace("\x01", "").replace("\x05", "")
        try:
            data = bytes(self._ole.openstream(list(real)).read())
            size = int(self._ole.get_size(list(real)))
        except _BROKEN:
            self._scribe.gap(name, tr("数据流已损坏，未能读取", "the stream is damaged and could not be read"))
            return b""
        if len(data) < size:
            self._scribe.gap(name, tr("数据流不完整，未能读全", "the stream is cut short and was not read in full"))
        return data

    def below(self, storage: str) -> tuple[tuple[str, ...], ...]:
        """The streams of a storage."""
        return tuple(path for path in self.streams if path[0].casefold() == storage.casefold() and len(path) > 1)

    def unread(self) -> Iterator[tuple[str, ...]]:
        """Streams that nobody has asked for."""
        return (path for path in self.streams if path not in self._read)

    def _real(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        wanted = tuple(part.casefold() for part in path)
        return next((known for known in self.streams if tuple(part.casefold() for part in known) == wanted), None)

    def _salvage(self, data: bytes) -> None:
        starts = [at for at in map(data.find, _BOF) if at >= 0]
        self.streams = ()
        if starts:
            self._salvaged = data[min(starts) :]
        self._scribe.gap(
            "文件",
            tr(
                "文件结构已损坏，按原始字节尽量读取，内容可能不全：用表格软件打开并另存后再审",
                "the file's structure is damaged; what its raw bytes show was read: open it and save it anew",
            ),
        )
