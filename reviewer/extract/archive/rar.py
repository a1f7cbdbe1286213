"""RAR archives: names and whatever is stored unpacked, by rarfile; the rest takes a system program (tool.py)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from reviewer.extract.archive.contents import Budget, Content, Entry, MemberError, Remark, StopError, name_faults, taken
from reviewer.extract.archive.seven import missing
from reviewer.language import tr
from reviewer.terms import Gap


def contents(file: BinaryIO, name: str) -> Iterator[Content]:
    """Every member's name; the bytes of those that are stored without compression."""
    import rarfile

    try:
        archive = rarfile.RarFile(file)
        members = archive.infolist()
    except rarfile.NeedFirstVolume:
        raise StopError(tr("分卷压缩包的后续卷，未读取：合并后再审", "a later volume: join the volumes")) from None
    except (rarfile.Error, EOFError, OSError, ValueError):
        raise StopError(
            tr("压缩包已损坏或不完整，未读取：重新打包后再审", "damaged or cut off, not read: pack it anew")
        ) from None
    if archive.needs_password() and not members:
        raise StopError(tr("压缩包已加密，未读取：去除密码后再审", "encrypted, not read: remove the password"))
    if archive.comment:
        yield Remark(place="压缩包注释", text=archive.comment)
    budget = Budget()
    for member in members:
        budget.begin()
        yield from name_faults(member.filename)
        yield from _member(archive, member, budget)


def _member(archive: object, member: object, budget: Budget) -> Iterator[Content]:
    name = str(member.filename)  # type: ignore[attr-defined]  # rarfile has no types
    if member.is_dir():  # type: ignore[attr-defined]
        yield Remark(place="文件夹名", text=name)
        return
    try:
        yield Entry(name=name, data=_unpacked(archive, member, budget))
    except MemberError as error:
        yield Entry(name=name, data=b"")
        yield Gap(place=name, reason=str(error))


def _unpacked(archive: object, member: object, budget: Budget) -> bytes:
    import rarfile

    if member.needs_password():  # type: ignore[attr-defined]
        raise MemberError(tr("成员已加密，未读取：去除密码后再审", "encrypted, not read: remove the password"))
    if member.compress_type != rarfile.RAR_M0:  # type: ignore[attr-defined]
        raise MemberError(missing())
    try:
        with archive.open(member) as opened:  # type: ignore[attr-defined]
            return taken(opened, member.compress_size, budget)  # type: ignore[attr-defined]
    except (rarfile.Error, EOFError, OSError, ValueError):
        raise MemberError(
            tr("成员已损坏（解压或校验失败），未读取", "the member is damaged (unpacking or checksum failed)")
        ) from None
