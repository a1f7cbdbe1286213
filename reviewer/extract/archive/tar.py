"""Tar archives, read from front to back."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from reviewer.extract.archive.contents import (
    Budget,
    Content,
    Entry,
    MemberError,
    Readable,
    Remark,
    StopError,
    name_faults,
    taken,
)
from reviewer.extract.archive.names import decoded_names, from_surrogates
from reviewer.language import tr
from reviewer.terms import Gap

_ORDINARY_OWNERS = frozenset({"", "root", "wheel", "staff", "users", "user", "nobody", "nogroup", "admin", "everyone"})
_BROKEN = (tarfile.TarError, EOFError, OSError, OverflowError, ValueError, KeyError)


def contents(file: Readable, name: str) -> Iterator[Content]:
    """Every member in order; names are bytes in an encoding that the archive does not tell."""
    budget, owners = Budget(), set[str]()
    try:
        with _opened(file) as archive:
            for member in archive:
                budget.begin()
                known = _name(member.name)
                yield from name_faults(known)
                yield from _owners(member, owners)
                yield from _member(archive, member, known, budget)
    except _BROKEN:
        raise StopError(
            tr("压缩包已损坏或不完整，其余未读取：重新打包后再审", "the archive is damaged or cut off: pack it anew")
        ) from None
    yield from _rest(file)


def _opened(file: Readable) -> tarfile.TarFile:
    return tarfile.open(fileobj=cast(BinaryIO, file), mode="r|", encoding="utf-8", errors="surrogateescape")


def _name(name: str) -> str:
    return decoded_names([from_surrogates(name)])[0] if not name.isascii() else name


def _owners(member: tarfile.TarInfo, told: set[str]) -> Iterator[Remark]:
    """The accounts on the machine where it was packed."""
    for owner in (member.uname, member.gname):
        if owner.lower() not in _ORDINARY_OWNERS and owner not in told:
            told.add(owner)
            yield Remark(place="文件属主", text=_name(owner))


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, budget: Budget) -> Iterator[Content]:
    comment = member.pax_headers.get("comment", "")
    if comment:
        yield Remark(place=f"{name} 注释", text=comment)
    if member.isdir():
        yield Remark(place="文件夹名", text=name)
    elif member.issym() or member.islnk():
        yield Remark(place=f"{name} 链接目标", text=_name(member.linkname))
    elif member.isfile():
        yield from _file(archive, member, name, budget)
    else:
        yield Gap(place=name, reason=tr("特殊文件（设备或管道），未读取", "a device or a pipe, not read"))


def _file(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, budget: Budget) -> Iterator[Content]:
    unpacked = archive.extractfile(member)
    try:
        data = b"" if unpacked is None else taken(unpacked, None, budget)
    except MemberError as error:
        yield Entry(name=name, data=b"")
        yield Gap(place=name, reason=str(error))
        return
    yield Entry(name=name, data=data)


def _rest(file: Readable) -> Iterator[Gap]:
    """What follows the two empty blocks that end a tar; packers pad it with zeros."""
    while piece := file.read(1 << 20):
        if piece.strip(b"\0"):
            yield Gap(
                place="压缩包末尾",
                reason=tr("结尾之后另有数据，未读取：重新打包后再审", "data follows the end, not read: pack it anew"),
            )
            return
