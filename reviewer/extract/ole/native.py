"""Files packed into a document by the packager (Ole10Native), and objects of OLE 1.0 ([MS-OLEDS] 2.2, 2.3.6)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.extract.ole.codepages import UTF_16, text_of

_CHINESE = 936
_LONGEST_NAME = 4096
_PACKED_FILE, _PACKED_LINK = 3, 1
_LINKED, _EMBEDDED = 1, 2
_TARGET = re.compile(rb"(?:[A-Za-z]:|\\|https?:/|file:/)[\\/][^\x00-\x1f]{2,500}")
_WIDE_TARGET = re.compile(rb"(?:[A-Za-z]\0:\0|\\\0|https?:/)[\\/]\0(?:[^\x00-\x1f]\0|[\x00-\xff][\x01-\xff]){2,500}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A packed file: what it is called, the paths it came from and went through, its bytes."""

    label: str
    paths: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OldObject:
    """An OLE 1.0 object: its class, the file and item it is linked to, its native data."""

    kind: str
    texts: tuple[str, ...]
    data: bytes


def read_native(stream: bytes) -> Package:
    """The package in a stream "\\x01Ole10Native"; data without a name where it is another program's."""
    body = stream[4:]
    return packed_file(body) or Package(label="", paths=(), data=body[: int.from_bytes(stream[:4], "little")])


def packed_file(body: bytes) -> Package | None:
    """A file as the packager writes it: label, path, temporary path, bytes, and the three again in UTF-16."""
    try:
        if body[:2] != b"\x02\x00":
            return None
        label, at = _text(body, 2)
        path, at = _text(body, at)
        kind = int.from_bytes(body[at + 2 : at + 4], "little")
        if kind not in (_PACKED_FILE, _PACKED_LINK):
            return None
        (length,) = struct.unpack_from("<I", body, at + 4)
        temporary = text_of(body[at + 8 : at + 8 + min(length, _LONGEST_NAME)], _CHINESE)
        at += 8 + length
        (size,) = struct.unpack_from("<I", body, at)
    except (struct.error, ValueError):
        return None
    data = body[at + 4 : at + 4 + size]
    wide = _wide_texts(body, at + 4 + size)
    texts = (wide[1], wide[2], wide[0]) if len(wide) == 3 else (label, path, temporary)
    # Names in one-byte letters may have lost what the others still say.
    narrow = (text for text in (label, path, temporary) if text.isascii() or len(wide) < 3)
    paths = tuple(dict.fromkeys(text for text in (*texts[1:], *narrow) if text and text != texts[0]))
    return Package(label=texts[0], paths=paths, data=data)


def _text(body: bytes, at: int) -> tuple[str, int]:
    """Text up to a NUL, and the byte behind it; raises ValueError where there is none."""
    end = body.index(b"\0", at, at + _LONGEST_NAME)
    return text_of(body[at:end], _CHINESE), end + 1


def _wide_texts(body: bytes, at: int) -> list[str]:
    found: list[str] = []
    while at + 4 <= len(body) and len(found) < 3:
        size = 2 * int.from_bytes(body[at : at + 4], "little")
        if size > 2 * _LONGEST_NAME or at + 4 + size > len(body):
            break
        found.append(text_of(body[at + 4 : at + 4 + size], UTF_16))
        at += 4 + size
    return found


def link_targets(stream: bytes) -> Iterator[str]:
    """The files that an object is linked to ([MS-OLEDS] 2.3.3): paths, in one-byte letters or UTF-16."""
    narrow = (text_of(found[0], _CHINESE) for found in _TARGET.finditer(stream))
    wide = (text_of(found[0], UTF_16) for found in _WIDE_TARGET.finditer(stream))
    yield from dict.fromkeys((*wide, *narrow))


def read_old_object(data: bytes) -> OldObject | None:
    """An OLE 1.0 object as RTF files hold it; None if the bytes are none."""
    try:
        _, form = struct.unpack_from("<II", data)
        if form not in (_LINKED, _EMBEDDED):
            return None
        kind, at = _counted(data, 8)
        topic, at = _counted(data, at)
        item, at = _counted(data, at)
        texts = tuple(text for text in (topic, item) if text)
        if form == _LINKED:
            network, _ = _counted(data, at)
            return OldObject(kind=kind, texts=(*texts, network) if network else texts, data=b"")
        (size,) = struct.unpack_from("<I", data, at)
    except (struct.error, ValueError):
        return None
    return OldObject(kind=kind, texts=texts, data=data[at + 4 : at + 4 + size])


def _counted(data: bytes, at: int) -> tuple[str, int]:
    (size,) = struct.unpack_from("<I", data, at)
    if size > _LONGEST_NAME:
        raise ValueError
    return text_of(data[at + 4 : at + 4 + size], _CHINESE), at + 4 + size
