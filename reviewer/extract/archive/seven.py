"""7z archives, by py7zr (LGPL, an extra) where it is installed."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from reviewer.extract.archive.contents import (
    Budget,
    Content,
    Entry,
    MemberError,
    Remark,
    StopError,
    name_faults,
    refuse_bomb,
)
from reviewer.language import tr
from reviewer.terms import Gap

_MAX_BYTES = 512 << 20  # all that is taken out stays in memory until it is handed on


def contents(file: BinaryIO, name: str) -> Iterator[Content]:
    """Every member; its folders are unpacked as a whole, for 7z packs many files as one."""
    try:
        import py7zr
        import py7zr.exceptions
    except ImportError:
        raise StopError(missing()) from None
    broken = (py7zr.exceptions.ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError, KeyError)
    shelf = _Shelf()
    try:
        with py7zr.SevenZipFile(file, mp=False) as archive:
            if archive.needs_password():
                raise StopError(tr("压缩包已加密，未读取：去除密码后再审", "encrypted, not read: remove the password"))
            listed = [(member.filename, bool(member.is_directory)) for member in archive.list()]
            for member, _ in listed:
                shelf.budget.begin()
                yield from name_faults(member)
            archive.extract(factory=shelf)
    except py7zr.exceptions.PasswordRequired:
        raise StopError(
            tr("压缩包已加密，未读取：去除密码后再审", "encrypted, not read: remove the password")
        ) from None
    except broken:
        yield Gap(place="压缩包", reason=_damaged())
        listed = [(member, False) for member in shelf.boxes]
    for member, is_folder in listed:
        yield from _handed_on(member, is_folder, shelf)


def missing() -> str:
    """What to do without a program for this kind of archive."""
    return tr(
        "本机没有解压这种压缩包的组件，未读取：安装 bsdtar（libarchive）或 pip install 'reviewer[archives]'，"
        "或解压后改用 zip 再审",
        "nothing here can unpack this archive: install bsdtar (libarchive) or pip install 'reviewer[archives]', "
        "or pack it as zip and review again",
    )


def _handed_on(member: str, is_folder: bool, shelf: _Shelf) -> Iterator[Content]:
    if is_folder:
        yield Remark(place="文件夹名", text=member)
        return
    box = shelf.boxes.pop(member, None)
    yield Entry(name=member, data=b"" if box is None or box.fault else box.getvalue())
    if box is None:
        yield Gap(place=member, reason=_damaged())
    elif box.fault:
        yield Gap(place=member, reason=box.fault)


class _Box(io.BytesIO):
    """What comes out of one member; over a limit it takes no more and says so."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget
        self.fault = ""

    def write(self, piece: bytes | bytearray, /) -> int:  # type: ignore[override]
        if not self.fault:
            self._budget.take(len(piece))
            try:
                refuse_bomb(self.tell() + len(piece), None)
                super().write(piece)
            except MemberError as error:
                self.fault = str(error)
        return len(piece)

    def size(self) -> int:
        return self.getbuffer().nbytes

    def close(self) -> None:
        """py7zr closes a box that is full; what is in it is still to be handed on."""


class _Shelf:
    """Boxes by name, in the manner of py7zr's WriterFactory; in all no more than _MAX_BYTES."""

    def __init__(self) -> None:
        self.budget = Budget(most_bytes=_MAX_BYTES)
        self.boxes: dict[str, _Box] = {}

    def create(self, filename: str) -> _Box:
        self.boxes[filename] = _Box(self.budget)
        return self.boxes[filename]


def _damaged() -> str:
    return tr("压缩包已损坏或不完整，未读取：重新打包后再审", "damaged or cut off, not read: pack it anew")
