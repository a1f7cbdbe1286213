"""What is to be read: the bytes of a draft, under the name its user gave it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from reviewer.errors import NothingReadError
from reviewer.extract.digest import Digests, digests
from reviewer.extract.limits import DEFAULT_LIMITS, Limits
from reviewer.language import tr
from reviewer.refusal import cause
from reviewer.value import dataclass

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one draft; `path` is as the user wrote it."""

    path: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that is there but whose bytes were not taken in, and why.

    The digests are those of the bytes as found, or empty when not one byte could be had.
    """

    path: str
    name: str
    digests: Digests
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A large archive that stays on disk and is unpacked from there, member by member.

    The digests are those of the bytes as found; `state` tells later whether they are still the same.
    """

    path: str
    name: str
    file: Path
    media_type: str
    digests: Digests
    state: tuple[int, int]

    def is_unchanged(self) -> bool:
        """Whether size and time of the file are those it had when it was digested."""
        try:
            return _state(self.file.stat()) == self.state
        except OSError:
            return False


def readable_name(name: str) -> str:
    """A name as it was written: on disk it is bytes, and those that are no UTF-8 are most likely GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        from reviewer.text.decode import decode

        return decode(os.fsencode(name)).text
    return name


_NO_BYTES = Digests(sha256="", sm3="", size_bytes=0)


def load(path: Path, shown_as: str, limits: Limits = DEFAULT_LIMITS) -> Source | Stored | Unread:
    """The bytes of a regular file, through symbolic links; a large archive stays where it is.

    Raises NothingReadError when there is nothing of that name, or it is a folder or a device. A file
    that cannot be opened, or is too large to take in, comes back as `Unread`: it is a gap.
    """
    try:
        _require_regular(path, shown_as)
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > limits.archive_in_memory_bytes and (media_type := _archive(file)):
                return _stored(path, shown_as, media_type, file)
            data = file.read(limits.file_bytes + 1)
            if len(data) > limits.file_bytes:
                return _too_large(path, shown_as, digests(_pieces(data, file)))
    except OSError as error:
        return Unread(path=shown_as, name=readable_name(path.name), digests=_NO_BYTES, reason=_refusal(error))
    return Source(path=shown_as, name=readable_name(path.name), data=data)


def _archive(file: BinaryIO) -> str:
    """The media type of an archive, by its beginning and, if a zip, its directory; "" for anything else."""
    from reviewer.extract.archive import FORMATS
    from reviewer.extract.sniff import sniff
    from reviewer.extract.sniff_zip import ZIP_MAGIC, sniff_zip

    head = file.read(_HEAD_BYTES)
    file.seek(0)
    media_type = sniff_zip(file) if head.startswith(ZIP_MAGIC) else sniff(head, "")
    file.seek(0)
    return media_type if media_type in FORMATS else ""


def _stored(path: Path, shown_as: str, media_type: str, file: BinaryIO) -> Stored:
    state = _state(os.fstat(file.fileno()))
    return Stored(
        path=shown_as,
        name=readable_name(path.name),
        file=path,
        media_type=media_type,
        digests=digests(_pieces(b"", file)),
        state=state,
    )


def _state(facts: os.stat_result) -> tuple[int, int]:
    return facts.st_size, facts.st_mtime_ns


def _require_regular(path: Path, shown_as: str) -> None:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            raise  # a link that leads nowhere stands among the files to be published all the same
        raise NothingReadError(
            tr(f"{shown_as}：没有这个文件，请核对路径", f"{shown_as}: no such file, check the path")
        ) from error
    if not stat.S_ISREG(mode):
        raise NothingReadError(
            tr(
                f"{shown_as}：是目录或设备，不是文件，请指定文件",
                f"{shown_as}: a folder or a device, not a file; name a file",
            )
        )


def _pieces(head: bytes, rest: BinaryIO) -> Iterator[bytes]:
    yield head
    while piece := rest.read(_CHUNK_BYTES):
        yield piece


def _too_large(path: Path, shown_as: str, found: Digests) -> Unread:
    size_mb = found.size_bytes / 2**20
    reason = tr(
        f"文件过大（{size_mb:.0f} MB），未读取：拆分后再审",
        f"too large ({size_mb:.0f} MB), not read: split it and review again",
    )
    return Unread(path=shown_as, name=readable_name(path.name), digests=found, reason=reason)


def _refusal(error: OSError) -> str:
    return tr(
        f"文件打不开（{cause(error)}）：核对权限、链接或磁盘后再审",
        f"cannot be opened ({cause(error)}): check permissions, link or disk and review again",
    )
