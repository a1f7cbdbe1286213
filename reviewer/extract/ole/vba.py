"""VBA projects ([MS-OVBA]): the source of their modules, unpacked."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.extract.limits import time_left_s
from reviewer.extract.ole.codepages import UTF_16, text_of
from reviewer.extract.ole.compound import DamagedError, Storage, open_compound
from reviewer.extract.residue import LEAST_S, Known, OutOfTimeError, residue
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

PLACE = "宏"
_SIGNATURE = 1
_CHUNK = 4096
_LEAST_S = 5.0
_MOST_UNPACKED = 1 << 25
_CODE_PAGE, _VERSION = 0x0003, 0x0009
_MODULE, _MODULE_WIDE, _STREAM, _STREAM_WIDE, _OFFSET = 0x0019, 0x0047, 0x001A, 0x0032, 0x0031
_SAYING = {0x0005, 0x000C, 0x001C}  # descriptions of the project and of modules, constants
_PROGRAM_STREAMS = frozenset({"dir", "_vba_project"})
_CACHE = "__srp_"
# The first line of every module, packed: a signature, a chunk header, eight literal letters.
_FIRST_LINE = re.compile(rb"\x01[\s\S][\xb0-\xbf]\x00Attribut")
_NO_CODE = re.compile(r"(\s*Attribute VB_[^\n]*\n?)*\s*")
_PROGRAM_STREAM = re.compile(r"project(wm|lk)?|dir|_vba_project|__srp_\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Module:
    name: str
    stream: str
    offset: int


class PackedError(Exception):
    """Bytes are no compressed container ([MS-OVBA] 2.4.1)."""


def is_project(storage: Storage) -> bool:
    """Whether a storage holds a VBA project."""
    return storage.storage("VBA") is not None


def read_vba_file(scribe: Scribe, data: bytes, place: str) -> None:
    """A project in a compound file of its own (vbaProject.bin); a gap where nothing of it can be read."""
    try:
        root = open_compound(data).root
    except DamagedError:
        scribe.gap(place, unread())
        return
    projects = [storage for _, storage in root.walk() if is_project(storage)]
    for project in projects:
        read_project(scribe, project)
    if not projects:
        scribe.gap(place, unread())


def read_project(scribe: Scribe, project: Storage) -> None:
    """Write down the source of every module, and what the rest of the project says."""
    modules = project.storage("VBA")
    if modules is None:
        return
    code_page, listed, sayings = _directory(modules.stream("dir") or b"")
    read: list[str] = list(sayings)
    for saying in sayings:
        scribe.add(saying, f"{PLACE}/说明", part=Part.SCRIPT, hidden=True)
    by_stream = {module.stream.casefold(): module for module in listed}
    order = {name: number for number, name in enumerate(by_stream)}
    for stream in sorted(modules.streams, key=lambda stream: order.get(stream.name.casefold(), len(order))):
        name = stream.name.casefold()
        if name in _PROGRAM_STREAMS or name.startswith(_CACHE):
            continue
        module = by_stream.pop(name, _Module(name=stream.name, stream=stream.name, offset=-1))
        source = _source(stream.data, module.offset, code_page) if time_left_s() > _LEAST_S else None
        if source is None:
            scribe.gap(f"{PLACE}/{module.name}", unread())
            continue
        read.append(source)
        if not _NO_CODE.fullmatch(source):
            scribe.add(source, f"{PLACE}/{module.name}", part=Part.SCRIPT, hidden=True)
    for module in by_stream.values():
        scribe.gap(f"{PLACE}/{module.name}", unread())
    try:
        _leftovers(scribe, project, Known(read))
    except OutOfTimeError:
        scribe.gap(PLACE, unread())


def _leftovers(scribe: Scribe, project: Storage, known: Known) -> None:
    """Forms, and what compiled code holds beyond its source."""
    for path, storage in project.walk():
        for stream in storage.streams:
            name = stream.name.lstrip("\x01\x03")
            place = f"{PLACE}/{'/'.join((*path, name))}"
            if time_left_s() < LEAST_S:
                raise OutOfTimeError
            program = _PROGRAM_STREAM.fullmatch(stream.name) is not None
            for text in residue(stream.data):
                # The program's own streams are full of numbers and of paths to its libraries.
                if not (program and text.isascii()) and known.news(text):
                    scribe.add(text, place, part=Part.SCRIPT, hidden=True)


def unread() -> str:
    """The reason of the gap for macros that cannot be unpacked."""
    return tr(
        "含有宏（VBA），未能读取：删除宏后另存再审",
        "the file holds macros (VBA) that could not be read: save it without them and review again",
    )


def _source(stream: bytes, offset: int, code_page: int) -> str | None:
    """The source of a module: where the directory says, or where a first line is found."""
    found = _FIRST_LINE.search(stream)
    for start in (offset, found.start() if found else -1):
        if 0 <= start < len(stream):
            try:
                return text_of(unpack(stream[start:]).replace(b"\0", b" "), code_page).replace("\r\n", "\n").strip()
            except PackedError:
                continue
    return None


def _directory(packed: bytes) -> tuple[int, tuple[_Module, ...], tuple[str, ...]]:
    """Code page, modules, and descriptions from the `dir` stream ([MS-OVBA] 2.3.4.2)."""
    code_page, modules, sayings = 1252, list[_Module](), list[str]()
    name, stream = "", ""
    try:
        unpacked = unpack(packed)
    except PackedError:
        return code_page, (), ()
    for kind, body in _records(unpacked):
        if kind == _CODE_PAGE and len(body) >= 2:
            (code_page,) = struct.unpack_from("<H", body)
        elif kind in (_MODULE, _STREAM):
            value = text_of(body, code_page)
            name, stream = (value, value) if kind == _MODULE else (name, value)
        elif kind == _MODULE_WIDE:
            name = text_of(body, UTF_16)
        elif kind == _STREAM_WIDE:
            stream = text_of(body, UTF_16)
        elif kind == _OFFSET and len(body) >= 4:
            modules.append(_Module(name=name, stream=stream, offset=struct.unpack_from("<I", body)[0]))
        elif kind in _SAYING and body:
            sayings.append(text_of(body, code_page))
    return code_page, tuple(modules), tuple(filter(str.strip, sayings))


def _records(unpacked: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 6 <= len(unpacked):
        kind, size = struct.unpack_from("<HI", unpacked, at)
        if kind == _VERSION:
            size = 6  # the length says 4, but a minor version follows
        yield kind, unpacked[at + 6 : at + 6 + size]
        at += 6 + size


def unpack(packed: bytes) -> bytes:
    """The contents of a compressed container; what is cut off in the middle is unpacked up to there."""
    if not packed or packed[0] != _SIGNATURE:
        raise PackedError
    unpacked = bytearray()
    at = 1
    while at + 2 <= len(packed) and len(unpacked) < _MOST_UNPACKED:
        (header,) = struct.unpack_from("<H", packed, at)
        if header >> 12 & 0x7 != 0x3:
            break
        end = min(at + (header & 0xFFF) + 3, len(packed))
        if header & 0x8000:
            _unpack_chunk(packed, at + 2, end, unpacked)
        else:
            unpacked += packed[at + 2 : at + 2 + _CHUNK]
        at = end
    if not unpacked:
        raise PackedError
    return bytes(unpacked)


def _unpack_chunk(packed: bytes, at: int, end: int, unpacked: bytearray) -> None:
    start = len(unpacked)
    while at < end:
        flags = packed[at]
        at += 1
        for bit in range(8):
            if at >= end or len(unpacked) - start >= _CHUNK:
                return
            if not flags >> bit & 1:
                unpacked.append(packed[at])
                at += 1
            elif at + 2 <= end:
                (token,) = struct.unpack_from("<H", packed, at)
                at += 2
                _copy(token, start, unpacked)
            else:
                return


def _copy(token: int, start: int, unpacked: bytearray) -> None:
    """A copy token: how many bits are offset depends on how far the chunk has come ([MS-OVBA] 2.4.1.3.19.1)."""
    bits = max((len(unpacked) - start - 1).bit_length(), 4) if len(unpacked) > start else 4
    length = (token & (0xFFFF >> bits)) + 3
    source = len(unpacked) - (token >> 16 - bits) - 1
    if source < start:
        raise PackedError
    for _ in range(length):
        unpacked.append(unpacked[source])
        source += 1
