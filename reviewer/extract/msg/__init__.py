"""Outlook messages (.msg): storages and streams of MAPI properties ([MS-OXMSG])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.extract.embedded import MAX_DEPTH, read_embedded
from reviewer.extract.limits import time_left_s
from reviewer.extract.mapi.message import Attachment, Writer
from reviewer.extract.mapi.properties import BINARY, MULTIPLE, OBJECT, Properties, Property
from reviewer.extract.ole.compound import Storage
from reviewer.extract.ole.container import Container, Path, open_container
from reviewer.extract.ole.objects import read_object
from reviewer.extract.ole.rebuild import rebuild
from reviewer.extract.ole.rest import read_rest
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr

_VALUE = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?", re.IGNORECASE)
_FIXED = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_RECIPIENT, _ATTACHMENT = "__recip_version1.0_", "__attach_version1.0_"
_MOST = 5000
_LONGEST_NAME = 1024
_RESERVE_S = 5.0
_DATA_ID, _METHOD_ID = 0x3701, 0x3705
_ENCLOSED = 5


def read(data: bytes) -> Extracted:
    """Read a message and what is enclosed in it."""
    scribe = Scribe()
    container = open_container(scribe, data)
    if container is None:
        return scribe.finish()
    root = container.compound.root
    names = root.storage(_NAMES)
    if names is not None:
        container.take_storage((names.name,))
    store = _Store(container, {} if names is None else dict(_named(names)))
    store.write(scribe, _Place(storage=root, path=()), 0)
    read_rest(container)
    return scribe.finish()


def _named(names: Storage) -> Iterator[tuple[int, str]]:
    """The named properties (ids from 0x8000) that have a name in letters ([MS-OXMSG] 2.2.3)."""
    entries = names.stream("__substg1.0_00030102") or b""
    strings = names.stream("__substg1.0_00040102") or b""
    for at in range(0, len(entries) - 7, 8):
        offset, kind, index = struct.unpack_from("<IHH", entries, at)
        if kind & 1 and offset + 4 <= len(strings):
            (size,) = struct.unpack_from("<I", strings, offset)
            text = strings[offset + 4 : offset + 4 + min(size, _LONGEST_NAME)]
            yield 0x8000 + index, text.decode("utf-16-le", errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A storage, and the path that leads to it."""

    storage: Storage
    path: Path

    def below(self, beginning: str) -> list[_Place]:
        """The storages in it whose names begin so; what is beyond the limit stays for the last look."""
        inner = [one for one in self.storage.storages if one.name.startswith(beginning)]
        return [_Place(storage=one, path=(*self.path, one.name)) for one in inner[:_MOST]]


class _Store:
    """The messages of one file: what they share is the names of properties and the code page of the first one."""

    def __init__(self, container: Container, names: Mapping[int, str]) -> None:
        self._container = container
        self._names = names
        self._code_page = 0

    def write(self, scribe: Scribe, place: _Place, depth: int) -> None:
        """Write down the message in a storage."""
        message = self._properties(place, 24 if place.path else 32)
        Writer(scribe).write(
            message,
            [self._properties(one, 8) for one in place.below(_RECIPIENT)],
            [self._attachment(one, depth) for one in place.below(_ATTACHMENT)],
        )

    def _properties(self, place: _Place, header: int) -> Properties:
        self._container.enter(place.path)
        found: list[Property] = []
        for stream in place.storage.streams[: _MOST * 4]:
            value = _VALUE.fullmatch(stream.name)
            if value is None and stream.name != _FIXED:
                continue  # left for the last look
            self._container.take((*place.path, stream.name))
            if value is None:
                found += _fixed(stream.data, header)
                continue
            number, kind = int(value[1], 16), int(value[2], 16)
            if kind & MULTIPLE and "-" not in stream.name and kind != MULTIPLE | BINARY:
                continue  # the lengths of the values that follow
            name = self._names.get(number, "")
            found.append(Property(id=number, kind=kind & ~MULTIPLE, value=stream.data, name=name))
        properties = Properties(found, self._code_page)
        self._code_page = self._code_page or properties.codepage
        return properties

    def _attachment(self, place: _Place, depth: int) -> Attachment:
        properties = self._properties(place, 8)
        inner = place.below(f"__substg1.0_{_DATA_ID:04X}{OBJECT:04X}")

        def contents(name: str) -> Extracted | None:
            if inner:
                return self._enclosed(inner[0], properties.number(_METHOD_ID), depth)
            data = properties.data(_DATA_ID)
            return read_embedded(data, name) if data else None

        return Attachment(properties=properties, read=contents)

    def _enclosed(self, place: _Place, method: int, depth: int) -> Extracted:
        """A message in a message, or an OLE object."""
        scribe = Scribe()
        if depth + 1 >= MAX_DEPTH or time_left_s() < _RESERVE_S:
            self._container.take_storage(place.path)
            scribe.gap(
                tr("全文", "whole document"),
                tr("邮件嵌套过深或时间用尽，未读取：取出后单独再审", "nested too deeply, or no time left: not read"),
            )
        elif method == _ENCLOSED or place.storage.stream(_FIXED) is not None:
            self.write(scribe, place, depth + 1)
        else:
            self._container.take_storage(place.path)
            return read_object(rebuild(place.storage))
        return scribe.finish()


def _fixed(data: bytes, header: int) -> Iterator[Property]:
    """The table of properties with a value of at most eight bytes; larger ones have a stream each."""
    for at in range(header, len(data) - 15, 16):
        kind, number, _, value = struct.unpack_from("<HHI8s", data, at)
        if kind in (0x02, 0x03, 0x0B, 0x40):
            yield Property(id=number, kind=kind, value=value)
