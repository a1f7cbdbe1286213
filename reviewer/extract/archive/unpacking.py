"""Unpacking in a child process, and reading each member in a child of its own: one bad member costs only itself."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from reviewer.extract import process
from reviewer.extract.archive import FORMATS, tool, unpacked, write
from reviewer.extract.archive.contents import Content, Entry, Remark, StopError
from reviewer.extract.limits import Limits
from reviewer.extract.naming import belied
from reviewer.extract.process import Running, Work, may_fork
from reviewer.extract.remarks import with_additions
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.sniff import sniff
from reviewer.language import tr
from reviewer.terms import Gap

MAX_DEPTH = 5
_PLACE = "压缩包"
_MAX_HEADER_BYTES = 1 << 20

ReadMember = Callable[[bytes, str, Limits], Extracted]
"""Bytes, media type, limits → what the reader of that type makes of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An archive to unpack: its name, and its bytes in memory or in a file."""

    name: str
    media_type: str
    data: bytes = b""
    file: Path | None = None


def read_archive(packed: Packed, limits: Limits, read_member: ReadMember) -> Extracted:
    """Everything in an archive, archives in it too; what does not fit into the limits is a gap."""
    return _Reading(limits, read_member).archive(packed, depth=1)


class _Reading:
    """One archive with all that is in it, under one clock and one measure of text."""

    def __init__(self, limits: Limits, read_member: ReadMember) -> None:
        self._limits, self._read_member = limits, read_member
        self._deadline = time.monotonic() + limits.archive_wall_s
        self._text_left, self._segments_left = limits.text_bytes, limits.segments

    def archive(self, packed: Packed, depth: int) -> Extracted:
        scribe = Scribe()
        try:
            for content in _unpacked(packed, self._remaining()):
                write(scribe, content)
                if isinstance(content, Entry) and content.data:
                    scribe.enclose(self._member(content, depth), content.name, Enclosure.MEMBER)
        except StopError as error:
            scribe.gap(_PLACE, str(error))
        return scribe.finish()

    def _member(self, entry: Entry, depth: int) -> Extracted:
        media_type = sniff(entry.data, entry.name)
        if media_type not in FORMATS:
            inner = self._read_member(entry.data, media_type, self._remaining())
            self._charge(inner)
            return with_additions(inner, belied(entry.name, media_type))
        if depth >= MAX_DEPTH:
            reason = tr(
                f"压缩包嵌套超过 {MAX_DEPTH} 层，未读取：取出后单独再审",
                f"archives nested more than {MAX_DEPTH} deep, not read: take it out and review it by itself",
            )
            return Extracted(text="", segments=(), gaps=(Gap(place=_PLACE, reason=reason),))
        return self.archive(Packed(name=entry.name, media_type=media_type, data=entry.data), depth + 1)

    def _remaining(self) -> Limits:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise StopError(tr("读取时间用尽，其余成员未读取：解压后再审", "no time left: unpack it and review again"))
        return replace(self._limits, wall_s=min(self._limits.wall_s, left))

    def _charge(self, inner: Extracted) -> None:
        self._text_left -= len(inner.text)
        self._segments_left -= len(inner.segments)
        if self._text_left < 0 or self._segments_left < 0:
            raise StopError(
                tr("内容过多，其余成员未读取：解压后分批再审", "too much text, the other members were not read")
            )


def _unpacked(packed: Packed, limits: Limits) -> Iterator[Content]:
    """What is in the archive, unpacked in a child. By the system's program for RAR and, without py7zr, for 7z."""
    program = tool.bsdtar() if _takes_a_tool(packed.media_type) else None
    if program is None:
        yield from _contents(_work(packed, limits), limits)
        return
    found = set[str]()
    for content in _by_tool(program, packed, limits):
        if isinstance(content, Entry):
            found.add(content.name)
        yield content
    # What the program did not give, the archive's own directory still names: nothing is passed over.
    for content in _contents(_work(packed, limits), limits):
        if not _is_known(content, found):
            yield content


def _by_tool(program: str, packed: Packed, limits: Limits) -> Iterator[Content]:
    """The files that the system's program finds; what it says of owners and the like comes from elsewhere."""
    try:
        with _opened(packed) as archive, tool.as_tar(program, archive) as converted:
            tar = replace(packed, media_type="application/x-tar", data=b"", file=None)
            for content in _contents(_work(tar, limits, converted.stream), limits):
                if isinstance(content, Entry):
                    yield content
            if not converted.is_whole():
                yield Gap(
                    place=_PLACE,
                    reason=tr(
                        "解压程序报告有错（加密、分卷或损坏），可能有成员未读取：解压后再审",
                        "the unpacking program reports errors; members may be missing: unpack it and review again",
                    ),
                )
    except OSError:
        return  # it could not be started: every member will be named, and be a gap


def _takes_a_tool(media_type: str) -> bool:
    from importlib.util import find_spec

    return media_type == "application/vnd.rar" or (
        media_type == "application/x-7z-compressed" and find_spec("py7zr") is None
    )


def _is_known(content: Content, found: set[str]) -> bool:
    if isinstance(content, Entry):
        return content.name in found
    return isinstance(content, Gap) and content.place in found


def _opened(packed: Packed) -> BinaryIO:
    return BytesIO(packed.data) if packed.file is None else packed.file.open("rb")


def _work(packed: Packed, limits: Limits, stream: IO[bytes] | None = None) -> Work:
    words = (FORMATS[packed.media_type], packed.name)
    module = "reviewer.extract.archive.unpacking"
    return Work(module=module, words=words, data=packed.data, file=packed.file, stream=stream, limits=limits)


def _contents(work: Work, limits: Limits) -> Iterator[Content]:
    """What a child found; a child that ends early leaves a gap behind what it found so far."""
    with ExitStack() as stack:
        try:
            running = stack.enter_context((process.forked if may_fork() else process.spawned)(work))
        except OSError:  # the system has no process left to give
            yield _cut_short()
            return
        yield from _Frames(running, limits.wall_s).contents()


# --- the child's side -------------------------------------------------------------------------------


def work(words: tuple[str, ...], material: BinaryIO, output: BinaryIO, limits: Limits) -> None:
    """Unpack with the module that is named, and hand on what comes out, one frame each."""
    module, name = words
    count = 0
    for content in unpacked(module, material, name):
        output.writelines(_frame(content))
        output.flush()
        count += 1
    output.write(_header({"end": count}))


def _frame(content: Content) -> Iterator[bytes]:
    match content:
        case Entry(name=name, data=data):
            yield _header({"entry": name, "size": len(data)})
            yield data
        case Remark(place=place, text=text):
            yield _header({"remark": text, "place": place})
        case Gap(place=place, reason=reason):
            yield _header({"gap": place, "reason": reason})


def _header(fields: dict[str, str | int]) -> bytes:
    # A lone surrogate, of a name in no known encoding, becomes "?".
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


# --- the parent's side ------------------------------------------------------------------------------


class _Frames:
    """Frames out of the pieces that a child writes; what is not a frame ends the reading with a gap."""

    def __init__(self, running: Running, patience_s: float) -> None:
        self._running, self._patience_s = running, patience_s
        self._held = bytearray()

    def contents(self) -> Iterator[Content]:
        count = 0
        while True:
            try:
                fields = json.loads(self._line())
                if fields == {"end": count}:
                    return
                content = self._content(fields)
            except (ValueError, KeyError, TypeError, RecursionError, TimeoutError, EOFError):
                yield _cut_short()
                return
            count += 1
            yield content

    def _content(self, fields: dict[str, object]) -> Content:
        match fields:
            case {"entry": str(name), "size": int(size)}:
                return Entry(name=name, data=self._bytes(size))
            case {"remark": str(text), "place": str(place)}:
                return Remark(place=place, text=text)
            case {"gap": str(place), "reason": str(reason)}:
                return Gap(place=place, reason=reason)
        raise ValueError

    def _line(self) -> bytes:
        while (end := self._held.find(b"\n")) < 0:
            if len(self._held) > _MAX_HEADER_BYTES:
                raise ValueError
            self._more()
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        return line

    def _bytes(self, size: int) -> bytes:
        while len(self._held) < size:
            self._more()
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def _more(self) -> None:
        piece = self._running.read(self._patience_s)
        if not piece:
            raise EOFError
        self._held += piece


def _cut_short() -> Gap:
    return Gap(
        place=_PLACE,
        reason=tr(
            "解压没有完成（超时、内存不足或压缩包损坏），其余成员未读取：解压后再审",
            "unpacking did not finish (time, memory or damage); the other members were not read: unpack it first",
        ),
    )
