"""What comes out of an archive, one thing at a time, and how much may come."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from reviewer.extract.limits import time_left_s
from reviewer.language import tr
from reviewer.terms import Gap

MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 256 << 20
MAX_TOTAL_BYTES = 4 << 30
MAX_RATIO = 1000
RATIO_FLOOR_BYTES = 16 << 20
"""Below this size a high compression ratio is harmless: tables of equal rows and blank pictures reach it."""

_CHUNK_BYTES = 1 << 18
_LEAST_S = 3.0
_OUTSIDE = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in an archive, unpacked."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Text that an archive says beside its files: a comment, the name of a folder, where a link leads."""

    place: str
    text: str


Content = Entry | Remark | Gap


class Readable(Protocol):
    """What bytes come out of."""

    def read(self, size: int, /) -> bytes: ...


class Format(Protocol):
    """An archive format's module; raises StopError only when nothing more of the archive may be read."""

    def contents(self, file: BinaryIO, name: str) -> Iterator[Content]: ...


class StopError(Exception):
    """The archive is over a limit or broken; says why, without quoting it."""


class MemberError(Exception):
    """One member cannot be unpacked; says why, without quoting it."""


class Budget:
    """How much may still come out of one archive."""

    def __init__(self, most_bytes: int | None = None) -> None:
        self._members = MAX_MEMBERS
        self._most = self._bytes = MAX_TOTAL_BYTES if most_bytes is None else most_bytes

    def begin(self) -> None:
        """One more member; raises StopError when there are too many or time is up."""
        self._members -= 1
        if self._members < 0:
            raise StopError(
                tr(
                    f"成员超过 {MAX_MEMBERS} 个，其余未读取：解压后分批再审",
                    f"more than {MAX_MEMBERS} members, the rest not read: unpack it and review it in parts",
                )
            )
        if time_left_s() < _LEAST_S:
            raise StopError(
                tr("时间用尽，其余成员未读取：解压后再审", "no time left for the other members: unpack it first")
            )

    def take(self, size: int) -> None:
        """Bytes came out; raises StopError when they are too many in all."""
        self._bytes -= size
        if self._bytes < 0:
            raise StopError(
                tr(
                    f"解压总量超过 {self._most >> 20} MB，停止读取（可能是压缩炸弹）：解压后分批再审",
                    f"more than {self._most >> 20} MB unpacked, stopped (a zip bomb?): unpack and review in parts",
                )
            )


def taken(member: Readable, packed_bytes: int | None, budget: Budget) -> bytes:
    """All bytes of one member; raises MemberError over a limit. `packed_bytes` is its size in the archive, if known."""
    pieces: list[bytes] = []
    size = 0
    while piece := member.read(_CHUNK_BYTES):
        size += len(piece)
        budget.take(len(piece))
        refuse_bomb(size, packed_bytes)
        pieces.append(piece)
    return b"".join(pieces)


def refuse_bomb(size: int, packed_bytes: int | None) -> None:
    """Raises MemberError when that much has come out of so little, or too much at all."""
    if size > MAX_MEMBER_BYTES:
        raise MemberError(
            tr(
                f"成员解压后超过 {MAX_MEMBER_BYTES >> 20} MB，未读取：取出后单独再审",
                f"more than {MAX_MEMBER_BYTES >> 20} MB unpacked, not read: take it out and review it by itself",
            )
        )
    if packed_bytes is not None and size > RATIO_FLOOR_BYTES and size > MAX_RATIO * max(packed_bytes, 1):
        raise MemberError(
            tr("压缩比异常（可能是压缩炸弹），未读取", "suspicious compression ratio (zip bomb?), not read")
        )


def name_faults(name: str) -> Iterator[Gap]:
    """A name that would put a file outside of the folder it is unpacked in: nothing is ever written, but it is told."""
    if _OUTSIDE.search(name):
        yield Gap(
            place=name,
            reason=tr(
                "成员名指向解压目录之外，可能是恶意压缩包：核对来源后重新打包",
                "the member's name points outside of the folder it is unpacked in: check where the archive comes from",
            ),
        )


def inner_name(archive: str, suffixes: tuple[str, ...]) -> str:
    """The name of the one file in a compressed file: that of the compressed file without its suffix."""
    base = posixpath.basename(archive)
    lower = base.lower()
    for suffix in suffixes:
        if lower.endswith(suffix) and len(base) > len(suffix):
            return base[: -len(suffix)] + (".tar" if suffix.startswith(".t") and suffix not in (".tar",) else "")
    return base or tr("（无名）", "(unnamed)")
