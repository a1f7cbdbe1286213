"""Documents that are no file of their own: the captures of a web archive (WARC, or WACZ, which is a zip of them), and
objects of a remote storage.

A capture is named by `offset NUL address`, in a WACZ by `member NUL offset NUL address`; an object by its address.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

from reviewer.errors import ConfigurationError
from reviewer.extract.limits import DEFAULT_LIMITS
from reviewer.language import tr
from reviewer.screen.remote import opened_at

if TYPE_CHECKING:
    from reviewer.extract import Source, Unread
    from reviewer.screen.one import Task

_SEPARATOR = "\0"
_WEB_ARCHIVES = (".warc", ".warc.gz", ".wacz")
_CHUNK_BYTES = 1 << 20
_KINDS = ("response", "resource")


def is_web_archive(name: str) -> bool:
    return name.lower().endswith(_WEB_ARCHIVES)


def told(within: str) -> str:
    """What a person knows the part by: the address that was captured."""
    return within.rpartition(_SEPARATOR)[2]


def captures(path: Path) -> Iterator[tuple[str, int, int]]:
    """Every page of a web archive that was there: its name within, its size, and the moment (ns) it was captured.

    Redirections, errors and repeated captures of the same bytes are none. Raises OSError or ValueError for an
    archive that cannot be read to its end.
    """
    warcio = _warcio()
    for member in _members(path):
        with _unpacked(path, member) as file:
            records = warcio.ArchiveIterator(file)
            try:
                for record in records:
                    offset, address = records.get_record_offset(), record.rec_headers.get_header("WARC-Target-URI")
                    within = _SEPARATOR.join((*([member] if member else []), str(offset), str(address)))
                    page = (within, max(0, record.length or 0), _moment(record)) if _is_page(record) else None
                    _drain(record)
                    if page:
                        yield page
            except Exception as error:  # noqa: BLE001
                # warcio names its own errors: what counts is that the rest of the archive was not seen.
                raise ValueError(type(error).__name__) from None


def source_within(task: Task) -> Source | Unread:
    """The bytes of a part as a draft of its own, under the last word of its address."""
    from reviewer.extract import Source
    from reviewer.screen.one import unread

    try:
        with opened(task.path, task.within) as file:
            data = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError as error:
        return unread(task, _why(error))
    if len(data) > DEFAULT_LIMITS.file_bytes:
        return unread(task, tr("内容过大，未读取：由审核人人工核对", "too large, not read: have a person check it"))
    return Source(path=task.shown_as, name=_name(task.within), data=data)


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return tr("列出之后被删除或移走了：同一命令重来即知", "gone since it was listed: the same command tells")
    if isinstance(error, PermissionError):
        return tr("没有读取权限：开通后重来，或由审核人人工核对", "no permission to read it: obtain it and run again")
    return tr("网页存档或远程存储中的这一条读不出来：由审核人人工核对", "it cannot be read: check it by eye")


@contextmanager
def opened(path: Path, within: str) -> Iterator[IO[bytes]]:
    """A file, or the bytes of a part of it. Raises OSError when it cannot be read."""
    if not within:
        with path.open("rb") as file:
            yield file
        return
    if _SEPARATOR not in within:
        with opened_at(within) as file:
            yield file
        return
    *member, offset, _ = within.split(_SEPARATOR)
    with _unpacked(path, member[0] if member else "") as file:
        file.seek(int(offset))
        try:
            record = next(iter(_warcio().ArchiveIterator(file)))
            data = record.content_stream().read(DEFAULT_LIMITS.file_bytes + 1)
        except Exception as error:  # noqa: BLE001
            raise OSError(type(error).__name__) from None
    yield BytesIO(data)


def _members(path: Path) -> tuple[str, ...]:
    if not path.name.lower().endswith(".wacz"):
        return ("",)
    try:
        with zipfile.ZipFile(path) as packed:
            names = sorted(name for name in packed.namelist() if is_web_archive(name))
    except zipfile.BadZipFile as error:
        raise ValueError(type(error).__name__) from None
    return tuple(name for name in names if not name.lower().endswith(".wacz"))


@contextmanager
def _unpacked(path: Path, member: str) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        if not member:
            yield stack.enter_context(path.open("rb"))
            return
        try:
            packed = stack.enter_context(zipfile.ZipFile(path))
            file = stack.enter_context(packed.open(member))
        except (zipfile.BadZipFile, KeyError) as error:
            raise OSError(type(error).__name__) from None
        yield file


def _drain(record: Any) -> None:
    """To the end of the record: warcio passes over one that was cut short as if it were whole."""
    while record.raw_stream.read(_CHUNK_BYTES):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise ValueError("cut short")


def _is_page(record: Any) -> bool:
    if record.rec_type not in _KINDS or not record.rec_headers.get_header("WARC-Target-URI"):
        return False
    if record.rec_type == "resource" or record.http_headers is None:
        return True
    return str(record.http_headers.get_statuscode()).startswith("2")


def _moment(record: Any) -> int:
    try:
        moment = datetime.fromisoformat(str(record.rec_headers.get_header("WARC-Date")))
    except ValueError:
        return 0
    return int(moment.timestamp()) * 1_000_000_000


def _name(within: str) -> str:
    """The file's name as a visitor would save it; an object's key is no page's address, and stands as it is."""
    if _SEPARATOR not in within:
        return within.rpartition("/")[2]
    try:
        parts = urlsplit(told(within))
    except ValueError:
        return "index.html"
    return unquote(parts.path).replace("\\", "/").rpartition("/")[2] or "index.html"


def _warcio() -> Any:
    try:
        from warcio import archiveiterator
    except ImportError:
        raise ConfigurationError(
            tr(
                "读取 WARC、WACZ 网页存档需要组件 warcio：pip install 'reviewer[web]'",
                "web archives (WARC, WACZ) need the component warcio: pip install 'reviewer[web]'",
            )
        ) from None
    return cast(Any, archiveiterator)
