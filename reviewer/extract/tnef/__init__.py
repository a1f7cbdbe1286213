"""Outlook's envelope for messages that leave it (winmail.dat): attributes and MAPI properties ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.extract.embedded import read_embedded
from reviewer.extract.mapi.message import Attachment, Writer
from reviewer.extract.mapi.properties import BINARY, MULTIPLE, STRING8, VARIABLE, Properties, Property
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.language import tr

MAGIC = b"\x78\x9f\x3e\x22"
_HEADER_BYTES = 6
_ATTACHMENT_LEVEL = 2
_PROPERTIES, _RECIPIENTS, _CODEPAGE = 0x9003, 0x9004, 0x9007
_FROM, _BEGINS, _ATTACHMENT_PROPERTIES, _DATA = 0x8000, 0x9002, 0x9005, 0x800F
# Attributes that are older names of properties ([MS-OXTNEF] 2.1.3.3).
_OLD = {
    0x8004: 0x0037,
    0x800C: 0x1000,
    0x8010: 0x3704,
    0x9001: 0x3707,
    0x8011: 0x3709,
}
_TEXTS = (1, 2)  # kinds of attributes
_BEYOND = 0x10000  # attributes have numbers of their own
_SIZES = {0x02: 2, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 2, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_NAMED = 0x8000
_DATA_ID, _METHOD_ID, _ENCLOSED = 0x3701, 0x3705, 5
_CLASS_BYTES = 16
_MOST = 20_000


@dataclass(slots=True, kw_only=True)
class _Parcel:
    """Properties of the message, or of one attachment, as they come."""

    found: list[Property] = field(default_factory=list)


def read(data: bytes) -> Extracted:
    """Read the message in its envelope."""
    scribe = Scribe()
    message, attachments, recipients = _Parcel(), list[_Parcel](), list[list[Property]]()
    codepage = 0
    reached = _HEADER_BYTES
    for level, kind, number, value, end in _attributes(data):
        reached = end
        if level == _ATTACHMENT_LEVEL and (number == _BEGINS or not attachments):
            attachments.append(_Parcel())
        parcel = attachments[-1] if level == _ATTACHMENT_LEVEL else message
        if number == _CODEPAGE:
            codepage = int.from_bytes(value[:4], "little")
        elif number in (_PROPERTIES, _ATTACHMENT_PROPERTIES):
            parcel.found += _Reader(value).properties()
        elif number == _RECIPIENTS:
            recipients += _Reader(value).rows()
        elif number == _DATA:
            parcel.found.append(Property(id=_DATA_ID, kind=0x102, value=value))
        elif number in _OLD:
            parcel.found.append(Property(id=_OLD[number], kind=STRING8, value=value))
        elif number == _FROM:
            parcel.found += _sender(value)
        else:
            kind_of_property = STRING8 if kind in _TEXTS else BINARY
            parcel.found.append(Property(id=_BEYOND + number, kind=kind_of_property, value=value))
    Writer(scribe).write(
        Properties(message.found, codepage),
        [Properties(row, codepage) for row in recipients],
        [_attachment(Properties(parcel.found, codepage)) for parcel in attachments],
    )
    if data[reached:].strip(b"\0"):
        scribe.gap(
            tr("后部", "the rest"),
            tr(
                "winmail.dat 已损坏，未能读全：请在 Outlook 中打开核对", "damaged, not read in full: open it in Outlook"
            ),
        )
    return scribe.finish()


def _sender(value: bytes) -> Iterator[Property]:
    """Name and address after eight bytes of lengths (TRP structure, [MS-OXTNEF] 2.1.3.3.3)."""
    for number, text in zip((0x0C1A, 0x0C1F), value[8:].split(b"\0"), strict=False):
        yield Property(id=number, kind=STRING8, value=text)


def _attributes(data: bytes) -> Iterator[tuple[int, int, int, bytes, int]]:
    """Level, kind, number, value and end of each attribute; a length is not trusted further than the file goes."""
    at = _HEADER_BYTES
    for _ in range(_MOST):
        if at + 9 > len(data):
            return
        level, number, kind, size = struct.unpack_from("<BHHI", data, at)
        end = at + 9 + size + 2
        if level not in (1, 2) or end > len(data) + 2:
            return
        yield level, kind, number, data[at + 9 : at + 9 + size], min(end, len(data))
        at = end


class _Reader:
    """Reads properties as they are written in an attribute ([MS-OXTNEF] 2.1.3.4)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def rows(self) -> Iterator[list[Property]]:
        for _ in range(min(self._number(), _MOST)):
            if self._at < len(self._data):
                yield list(self.properties())

    def properties(self) -> Iterator[Property]:
        for _ in range(min(self._number(), _MOST)):
            if self._at + 4 > len(self._data):
                return
            kind, number = struct.unpack_from("<HH", self._data, self._at)
            self._at += 4
            name = self._name() if number >= _NAMED else ""
            single = kind & ~MULTIPLE
            if single not in VARIABLE and single not in _SIZES:
                return
            several = kind & MULTIPLE or single in VARIABLE
            for _ in range(min(self._number(), _MOST) if several else 1):
                if self._at > len(self._data):
                    return
                value = self._take(self._number() if single in VARIABLE else _SIZES[single])
                yield Property(id=number, kind=single, value=value, name=name)

    def _name(self) -> str:
        self._at += _CLASS_BYTES
        if self._number() == 0:
            self._at += 4
            return ""
        return self._take(self._number()).decode("utf-16-le", errors="replace").rstrip("\0")

    def _number(self) -> int:
        return int.from_bytes(self._take(4), "little")

    def _take(self, size: int) -> bytes:
        value = self._data[self._at : self._at + size]
        self._at += -(-size // 4) * 4
        return value


def _attachment(properties: Properties) -> Attachment:
    def contents(name: str) -> Extracted | None:
        data = properties.data(_DATA_ID)
        if properties.number(_METHOD_ID) == _ENCLOSED or data[_CLASS_BYTES:].startswith(MAGIC):
            data = data[_CLASS_BYTES:] if data[_CLASS_BYTES:].startswith(MAGIC) else data
        return read_embedded(data, name) if data else None

    return Attachment(properties=properties, read=contents)
