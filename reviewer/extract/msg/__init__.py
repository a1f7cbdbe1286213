"""Outlook messages (.msg): storages and streams of MAPI properties ([MS-OXMSG])."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import olefile

from reviewer.extract.embedded import MAX_DEPTH, read_embedded
from reviewer.extract.limits import time_left_s
from reviewer.extract.mapi.message import Attachment, Writer
from reviewer.extract.mapi.properties import BINARY, MULTIPLE, OBJECT, Properties, Property
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.language import tr

_VALUE = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?", re.IGNORECASE)
_FIXED = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_RECIPIENT, _ATTACHMENT = "__recip_version1.0_", "__attach_version1.0_"
_MOST = 5000
_RESERVE_S = 5.0
_DATA_ID, _METHOD_ID = 0x3701, 0x3705
_ENCLOSED = 5


def read(data: bytes) -> Extracted:
    """Read a message and what is enclosed in it."""
    scribe = Scribe()
    try:
        file = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL)
        store = _Store(file)
    except Exception as error:  # noqa: BLE001
        # olefile raises whatever the damage makes it raise.
        scribe.gap(tr("全文", "whole document"), _damaged(type(error).__name__))
        return scribe.finish()
    _write(scribe, store, "", 0)
    for place in store.damaged:
        scribe.gap(place, _damaged("OLE"))
    return scribe.finish()


def _damaged(kind: str) -> str:
    return tr(
        f"文件已损坏（{kind}），未能读全：请在 Outlook 中打开核对",
        f"damaged ({kind}), not read in full: open it in Outlook and check",
    )


class _Store:
    """The streams of a compound file by path; a stream that cannot be read is damaged and empty."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        self.damaged: list[str] = []
        self._children: dict[str, list[str]] = {}
        self._streams: set[str] = set()
        for path in file.listdir(streams=True, storages=False):
            self._streams.add("/".join(path))
            for at in range(len(path)):
                above = "/".join(path[:at])
                children = self._children.setdefault(above, [])
                if path[at] not in children[-1:] and path[at] not in children:
                    children.append(path[at])
        self.codepage = 0
        self._names: dict[int, str] | None = None

    def children(self, path: str) -> list[str]:
        return self._children.get(path, [])

    def stream(self, path: str) -> bytes:
        path = path.lstrip("/")
        if path not in self._streams:
            return b""
        try:
            with self._file.openstream(path) as stream:
                return bytes(stream.read())
        except Exception:  # noqa: BLE001
            self.damaged.append(path)
            return b""

    def name(self, number: int) -> str:
        """The name of a named property (ids from 0x8000), if it has one in letters ([MS-OXMSG] 2.2.3)."""
        if self._names is None:
            self._names = dict(self._named())
        return self._names.get(number, "")

    def _named(self) -> Iterator[tuple[int, str]]:
        entries = self.stream(f"{_NAMES}/__substg1.0_00030102")
        strings = self.stream(f"{_NAMES}/__substg1.0_00040102")
        for at in range(0, len(entries) - 7, 8):
            offset, kind, index = struct.unpack_from("<IHH", entries, at)
            if kind & 1 and offset + 4 <= len(strings):
                (size,) = struct.unpack_from("<I", strings, offset)
                text = strings[offset + 4 : offset + 4 + min(size, 1024)]
                yield 0x8000 + index, text.decode("utf-16-le", errors="replace")


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _properties(store: _Store, path: str, header: int) -> Properties:
    found = list(_fixed(store.stream(_join(path, _FIXED)), header))
    for name in store.children(path)[: _MOST * 4]:
        value = _VALUE.fullmatch(name)
        if value is None:
            continue
        number, kind = int(value[1], 16), int(value[2], 16)
        if kind == OBJECT or (kind & MULTIPLE and "-" not in name and kind != MULTIPLE | BINARY):
            continue  # a storage; the lengths of the values that follow
        data = store.stream(_join(path, name))
        found.append(Property(id=number, kind=kind & ~MULTIPLE, value=data, name=store.name(number)))
    properties = Properties(found, store.codepage)
    store.codepage = store.codepage or properties.codepage
    return properties


def _fixed(data: bytes, header: int) -> Iterator[Property]:
    """The table of properties with a value of at most eight bytes; larger ones have a stream each."""
    for at in range(header, len(data) - 15, 16):
        kind, number, _, value = struct.unpack_from("<HHI8s", data, at)
        if kind in (0x02, 0x03, 0x0B, 0x40):
            yield Property(id=number, kind=kind, value=value)


def _write(scribe: Scribe, store: _Store, path: str, depth: int) -> None:
    message = _properties(store, path, 24 if path else 32)
    names = store.children(path)
    recipients = [name for name in names if name.startswith(_RECIPIENT)][:_MOST]
    attachments = [name for name in names if name.startswith(_ATTACHMENT)][:_MOST]
    Writer(scribe).write(
        message,
        [_properties(store, _join(path, name), 8) for name in recipients],
        [_attachment(store, _join(path, name), depth) for name in attachments],
    )


def _attachment(store: _Store, path: str, depth: int) -> Attachment:
    properties = _properties(store, path, 8)
    inner = _join(path, f"__substg1.0_{_DATA_ID:04X}{OBJECT:04X}")

    def contents(name: str) -> Extracted | None:
        if store.children(inner):
            return _enclosed(store, inner, properties.number(_METHOD_ID), depth)
        data = properties.data(_DATA_ID)
        return read_embedded(data, name) if data else None

    return Attachment(properties=properties, read=contents)


def _enclosed(store: _Store, path: str, method: int, depth: int) -> Extracted:
    """A message in a message, or an OLE object: its streams are read as files of their own."""
    scribe = Scribe()
    if depth + 1 >= MAX_DEPTH or time_left_s() < _RESERVE_S:
        scribe.gap(
            tr("全文", "whole document"),
            tr("邮件嵌套过深或时间用尽，未读取：取出后单独再审", "nested too deeply, or no time left: not read"),
        )
    elif method == _ENCLOSED or _FIXED in store.children(path):
        _write(scribe, store, path, depth + 1)
    else:
        for name in store.children(path)[:_MOST]:
            data = store.stream(_join(path, name))
            if data:
                scribe.enclose(read_embedded(data, ""), name.strip("\x01\x02\x03"), Enclosure.OBJECT)
        scribe.gap(
            tr("全文", "whole document"),
            tr("OLE 对象，未按其格式读取：取出后单独再审", "an OLE object, not read in its own format: take it out"),
        )
    return scribe.finish()
