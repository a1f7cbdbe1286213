"""The head of a dBASE or FoxPro table: which fields a record has, and whether bytes are such a table at all."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from reviewer.value import dataclass

_HEAD_BYTES, _FIELD_BYTES = 32, 32
_HEAD_BYTES_7, _FIELD_BYTES_7, _NAME_BYTES_7 = 68, 48, 32
_VERSION_7 = 4
_MOST_FIELDS = 2048
_FIELDS_END = b"\r"
_LANGUAGE_AT = 29
# The language driver byte, as far as it names a code page in which Chinese is written.
_LANGUAGES = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "cp950", 0x78: "cp950"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The head of the file: fields as raw names with kind, place and size, where records begin, how many there are."""

    fields: Sequence[tuple[bytes, str, int, int]]
    fields_end: int
    records_at: int
    record_bytes: int
    count: int
    wide: bool  # dBASE 7
    hint: str | None


def is_dbase(data: bytes) -> bool:
    """Whether the fields described at the beginning make up the record whose length stands there too."""
    try:
        layout = layout_of(data)
    except (struct.error, IndexError):
        return False
    return bool(layout.fields) and 1 + sum(size for *_, size in layout.fields) == layout.record_bytes


def layout_of(data: bytes) -> Layout:
    """Raises struct.error or IndexError where the bytes describe no fields."""
    count, records_at, record_bytes = struct.unpack_from("<IHH", data, 4)
    wide = data[0] & 7 == _VERSION_7
    at, step = (_HEAD_BYTES_7, _FIELD_BYTES_7) if wide else (_HEAD_BYTES, _FIELD_BYTES)
    fields: list[tuple[bytes, str, int, int]] = []
    inside = 1  # the mark of deletion comes first
    while data[at : at + 1] != _FIELDS_END and len(fields) < _MOST_FIELDS and at + step <= max(records_at, at):
        entry = data[at : at + step]
        name, rest = (entry[:_NAME_BYTES_7], entry[_NAME_BYTES_7:]) if wide else (entry[:11], entry[11:])
        kind = chr(rest[0])
        size, decimals = (rest[1], rest[2]) if wide else (rest[5], rest[6])
        if kind == "C":
            size += 256 * decimals
        fields.append((name.partition(b"\0")[0], kind, inside, size))
        inside += size
        at += step
    if not fields or records_at <= at - step:
        raise IndexError
    return Layout(
        fields=fields,
        fields_end=at + 1,
        records_at=records_at,
        record_bytes=record_bytes,
        count=count,
        wide=wide,
        hint=_LANGUAGES.get(data[_LANGUAGE_AT]),
    )
