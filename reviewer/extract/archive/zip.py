"""Zip archives: every entry of the directory, names in the encoding they were written in."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from lzma import LZMAError
from typing import BinaryIO

from reviewer.extract.archive.contents import Budget, Content, Entry, MemberError, Remark, StopError, name_faults, taken
from reviewer.extract.archive.names import decoded_names
from reviewer.extract.residue import residue
from reviewer.language import tr
from reviewer.terms import Gap
from reviewer.text.decode import decode

_UTF8 = 0x800  # general purpose bit 11: the name is UTF-8 (APPNOTE.TXT 4.4.4)
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8 (APPNOTE.TXT 4.6.9)
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_LOCAL_HEADER_BYTES = 30
_DESCRIPTOR_BYTES = 24
_END_BYTES = 22
_TAIL_BYTES = _END_BYTES + 65535
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    OverflowError,
    ValueError,
)


def contents(file: BinaryIO, name: str) -> Iterator[Content]:
    """Every entry, twins too, in the order of the directory; then what is wrong with the archive as a whole."""
    archive = _opened(file)
    infos = archive.infolist()
    names = _names(infos)
    if archive.comment.strip(b"\0 "):
        yield Remark(place="压缩包注释", text=decode(archive.comment).text)
    yield from _twins(names)
    budget = Budget()
    for info, known in zip(infos, names, strict=True):
        budget.begin()
        yield from name_faults(known)
        if info.comment.strip(b"\0 "):
            yield Remark(place=f"{known} 注释", text=decode(info.comment).text)
        for text in residue(info.extra):
            yield Remark(place=f"{known} 附加字段", text=text)
        yield from _member(archive, info, known, budget)
    yield from _layout_faults(file, archive, infos)


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError:
        return _opened_as_flagged(file)
    except _BROKEN:
        raise StopError(_damaged()) from None


def _opened_as_flagged(file: BinaryIO) -> zipfile.ZipFile:
    """A zip whose names are marked as UTF-8 and are not: some Chinese packers do so. The marks are taken off."""
    file.seek(0)
    data = bytearray(file.read())
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.find(signature)
        while start >= 0:
            data[start + at + 1] &= ~(_UTF8 >> 8)
            start = data.find(signature, start + 4)
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise StopError(_damaged()) from None


def _names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names as written; those that do not say UTF-8 are read together, so that short ones lean on the others."""
    raw = {index: info.orig_filename.encode("cp437") for index, info in enumerate(infos) if not info.flag_bits & _UTF8}
    read = dict(zip(raw, decoded_names(list(raw.values())), strict=True))
    return [
        _unicode_path(info) or read.get(index, info.orig_filename).replace("\\", "/")
        for index, info in enumerate(infos)
    ]


def _unicode_path(info: zipfile.ZipInfo) -> str:
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and not info.flag_bits & _UTF8:
            (checksum,) = struct.unpack_from("<I", field, 1)
            if checksum == zlib.crc32(info.orig_filename.encode("cp437")):
                return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _twins(names: Sequence[str]) -> Iterator[Gap]:
    for name, times in Counter(name.casefold() for name in names).items():
        if times > 1:
            yield Gap(
                place=name,
                reason=tr(
                    "压缩包内有同名成员，不同软件会读到不同内容：重新打包",
                    "several members have this name; programs disagree on which one they unpack: pack it anew",
                ),
            )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> Iterator[Content]:
    if name.endswith("/") and not info.file_size:
        yield Remark(place="文件夹名", text=name)
        return
    try:
        data = _unpacked(archive, info, budget)
    except MemberError as error:
        yield Entry(name=name, data=b"")
        yield Gap(place=name, reason=str(error))
        return
    if stat.S_ISLNK(info.external_attr >> 16):
        yield Remark(place=f"{name} 链接目标", text=decode(data).text)
        return
    yield Entry(name=name, data=data)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise MemberError(tr("成员已加密，未读取：去除密码后再审", "encrypted, not read: remove the password"))
    if info.compress_type not in _KNOWN:
        raise MemberError(
            tr("压缩方法不支持，未读取：解压后再审", "unsupported compression, not read: unpack it and review again")
        )
    try:
        with archive.open(info) as member:
            return taken(member, info.compress_size, budget)
    except _BROKEN:
        raise MemberError(
            tr("成员已损坏（解压或校验失败），未读取", "the member is damaged (unpacking or checksum failed)")
        ) from None


def _layout_faults(file: BinaryIO, archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> Iterator[Gap]:
    """Bytes that belong to no member, and members that share bytes: another program may see other files."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            yield Gap(place=info.filename, reason=tr("压缩包成员互相重叠", "members of the archive overlap"))
        else:
            yield from _slack(file, end, info.header_offset, allowed=_DESCRIPTOR_BYTES if end else 0)
        end = max(end, _end_of(file, info))
    yield from _slack(file, end, archive.start_dir, allowed=_DESCRIPTOR_BYTES)
    yield from _slack(file, _end_of_archive(file, len(archive.comment)), file.seek(0, 2), allowed=0)


def _end_of(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    file.seek(max(0, info.header_offset))  # damage makes it negative
    header = file.read(_LOCAL_HEADER_BYTES)
    if len(header) < _LOCAL_HEADER_BYTES:
        return file.seek(0, 2)
    name, extra = struct.unpack("<HH", header[26:30])
    return info.header_offset + _LOCAL_HEADER_BYTES + int(name) + int(extra) + info.compress_size


def _end_of_archive(file: BinaryIO, comment_bytes: int) -> int:
    size = file.seek(0, 2)
    start = max(0, size - _TAIL_BYTES)
    file.seek(start)
    return start + file.read().rfind(b"PK\x05\x06") + _END_BYTES + comment_bytes


def _slack(file: BinaryIO, start: int, end: int, allowed: int) -> Iterator[Gap]:
    if end - start <= allowed:
        return
    file.seek(start)
    if file.read(min(end - start, 1 << 20)).strip(b"\0"):
        yield Gap(
            place="压缩包",
            reason=tr(
                f"第 {start} 字节起有不属于任何成员的数据，未读取：重新打包后再审",
                f"from byte {start} on there is data that belongs to no member, not read: pack it anew",
            ),
        )


def _damaged() -> str:
    return tr(
        "压缩包已损坏或不完整，未读取：重新打包后再审", "the archive is damaged or cut off, not read: pack it anew"
    )
