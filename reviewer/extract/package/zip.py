"""The zip of an office file, opened in memory and read member by member under limits."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from reviewer.extract.package.xml import UnreadableError
from reviewer.language import tr
from reviewer.terms import Gap

MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 256 * 2**20
MAX_TOTAL_BYTES = 512 * 2**20
MAX_RATIO = 200
RATIO_FLOOR_BYTES = 10 * 2**20
"""Below this size a high compression ratio is harmless: sheets of equal rows reach it."""

_CHUNK_BYTES = 2**16
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCAL_HEADER_BYTES = 30
_DATA_DESCRIPTOR_BYTES = 24
_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)


class Members:
    """The members of one opened zip, in the order of its directory."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableError when the bytes are no readable zip."""
        self._data = data
        self._bytes_left = MAX_TOTAL_BYTES
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise UnreadableError(_why_closed(data)) from None
        self.infos = tuple(self._zip.infolist()[:MAX_MEMBERS])
        self.comment = b"\n".join(filter(None, (self._zip.comment, *(info.comment for info in self.infos))))
        self.fields = b"\0\0".join(info.extra for info in self.infos if info.extra)

    def read(self, info: zipfile.ZipInfo) -> bytes:
        """One member's bytes; raises UnreadableError for encryption, damage or a broken limit."""
        if info.flag_bits & 0x1:
            raise UnreadableError(tr("成员已加密，未读取", "the member is encrypted and was not read"))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError(tr("压缩方法不支持，未读取", "unsupported compression, not read"))
        try:
            return self._unpack(info)
        except _BROKEN:
            raise UnreadableError(
                tr("成员已损坏（解压或校验失败），未读取", "the member is damaged (unpacking or checksum failed)")
            ) from None

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with self._zip.open(info) as member:
            while piece := member.read(_CHUNK_BYTES):
                size += len(piece)
                self._bytes_left -= len(piece)
                _refuse_bomb(size, info.compress_size, self._bytes_left)
                pieces.append(piece)
        return b"".join(pieces)

    def faults(self) -> Iterator[Gap]:
        """What is wrong with the zip as a whole: things that another reader may see differently."""
        if len(self._zip.infolist()) > MAX_MEMBERS:
            yield _fault(
                f"成员超过 {MAX_MEMBERS} 个，其余未读取", f"more than {MAX_MEMBERS} members, the rest not read"
            )
        names = Counter(info.filename.casefold() for info in self.infos)
        for name in (name for name, times in names.items() if times > 1):
            yield Gap(
                place=name,
                reason=tr(
                    "压缩包内有同名部件，不同软件会读到不同内容",
                    "several members have this name; programs disagree on which one they read",
                ),
            )
        yield from self._layout_faults()

    def _layout_faults(self) -> Iterator[Gap]:
        infos = sorted(self.infos, key=lambda info: info.header_offset)
        end = 0
        for info in infos:
            if info.header_offset < end:
                yield Gap(
                    place=info.filename,
                    reason=tr("压缩包成员互相重叠", "members of the zip overlap"),
                )
            elif _says_something(self._data[end : info.header_offset], first=end == 0):
                yield _slack(end)
            end = max(end, self._end_of(info))
        # zipfile is silent about bytes before the directory and after the end record.
        if _says_something(self._data[end : self._zip.start_dir], first=False):
            yield _slack(end)
        last = self._data.rfind(_END_RECORD) + _END_RECORD_BYTES + len(self._zip.comment)
        if _says_something(self._data[last:], first=True):
            yield _slack(last)

    def _end_of(self, info: zipfile.ZipInfo) -> int:
        header = self._data[info.header_offset : info.header_offset + _LOCAL_HEADER_BYTES]
        if len(header) < _LOCAL_HEADER_BYTES:
            return len(self._data)
        name, extra = struct.unpack("<HH", header[26:30])
        return info.header_offset + _LOCAL_HEADER_BYTES + int(name) + int(extra) + info.compress_size


def _refuse_bomb(size: int, packed: int, left: int) -> None:
    if left < 0:
        raise UnreadableError(
            tr(
                "解压总量超过 512 MB，停止读取（可能是压缩炸弹）",
                "more than 512 MB unpacked in total, reading stopped (possibly a zip bomb)",
            )
        )
    if size > MAX_MEMBER_BYTES:
        raise UnreadableError(tr("成员解压后超过 256 MB，未读取", "more than 256 MB unpacked, not read"))
    if size > RATIO_FLOOR_BYTES and size > MAX_RATIO * max(packed, 1):
        raise UnreadableError(
            tr("压缩比异常（可能是压缩炸弹），未读取", "suspicious compression ratio (zip bomb?), not read")
        )


def _says_something(slack: bytes, *, first: bool) -> bool:
    """Whether bytes between members are more than a data descriptor or padding."""
    allowed = 0 if first else _DATA_DESCRIPTOR_BYTES
    return len(slack) > allowed and slack.strip(b"\0") != b""


def _slack(start: int) -> Gap:
    return _fault(
        f"压缩包第 {start} 字节起有不属于任何部件的数据，未读取",
        f"from byte {start} on the zip holds data that belongs to no member; not read",
    )


def _fault(zh: str, en: str) -> Gap:
    return Gap(place="压缩包", reason=tr(zh, en))


def _why_closed(data: bytes) -> str:
    if data.startswith(_OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return tr("文件已加密，需要密码才能打开，未读取", "the file is encrypted and needs a password; not read")
        return tr("文件是旧版 Office（OLE）格式，未读取", "the file is in a legacy Office (OLE) format; not read")
    if data.startswith(b"PK"):
        return tr("文件已损坏或不完整（没有压缩包目录），未读取", "the file is damaged or cut off (no zip directory)")
    return tr("文件不是 Office 文档（不是 zip），未读取", "not an Office document (not a zip); not read")
