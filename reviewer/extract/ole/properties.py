"""Property sets ([MS-OLEPS]) of a compound file: title, author, company and what else it says about itself."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.extract.ole.codepages import UTF_16, text_of
from reviewer.extract.ole.compound import Storage
from reviewer.extract.ole.container import Container, Path
from reviewer.extract.ole.presentation import picture_within
from reviewer.extract.program_marks import is_program_mark
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

MARK = "\x05"
"""The names of streams with property sets begin with this."""

_LONG_NUMBER = re.compile(r"[0-9]{7}")
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_DOCUMENT = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
# Names are data: [MS-OSHARED] 2.3.3.2.
_NAMES: Mapping[bytes, Mapping[int, str]] = {
    _SUMMARY: {
        2: "标题",
        3: "主题",
        4: "作者",
        5: "关键词",
        6: "备注",
        7: "模板",
        8: "最后保存者",
        9: "修订号",
        18: "应用程序",
    },
    _DOCUMENT: {
        2: "类别",
        3: "演示格式",
        13: "部分标题",
        14: "经理",
        15: "单位",
        26: "内容类型",
        27: "内容状态",
        28: "语言",
        29: "文档版本",
    },
}
_DICTIONARY, _CODE_PAGE, _HEADING_PAIRS, _THUMBNAIL = 0, 1, 12, 17
_BSTR, _LPSTR, _LPWSTR, _BLOB, _BLOB_OBJECT, _CLIPBOARD, _VARIANT, _VECTOR = 8, 30, 31, 65, 70, 71, 12, 0x1000
_MOST_SETS, _MOST_PROPERTIES, _MOST_ITEMS = 16, 4096, 65536
_DEEPEST = 4
_MOST_CHARACTERS = 1 << 24


class _CutOffError(Exception):
    """A value runs past the end of its set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """One property set: its format, its bytes, where each property lies, and the names of those with one."""

    format: bytes
    data: bytes
    places: tuple[tuple[int, int], ...]
    code_page: int
    names: Mapping[int, str]

    def name(self, identity: int) -> str:
        known = _NAMES.get(self.format, {})
        return self.names.get(identity) or known.get(identity) or f"#{identity}"


def read_properties(container: Container, storage: Storage, path: Path = (), *, of_slides: bool = False) -> None:
    """Write down every property that is text, of all property sets right in this storage; `path` leads to it.

    `of_slides`: PowerPoint saves a picture of the first slide with every file.
    """
    for stream in storage.streams:
        if stream.name.startswith(MARK):
            try:
                for at, end, thumbnail in _read_stream(container.scribe, stream.data):
                    container.take((*path, stream.name), at, end)
                    container.pictures.thumbnail(thumbnail, "属性/缩略图", of_slides=of_slides)
            except (struct.error, _CutOffError):
                container.scribe.gap(f"属性 {stream.name[1:]}", _damaged())


def _read_stream(scribe: Scribe, data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Write down the texts; hands out where thumbnails lie in the stream, and the picture of each."""
    budget = _MOST_CHARACTERS
    for start, properties in _sets(data):
        for text in properties.names.values():
            if not text.isascii():
                scribe.add(text, "属性/名称", part=Part.PROPERTY, hidden=True)
        for identity, at in properties.places:
            name = properties.name(identity)
            if identity in (_DICTIONARY, _CODE_PAGE) or (properties.format == _DOCUMENT and identity == _HEADING_PAIRS):
                continue
            if properties.format == _SUMMARY and identity == _THUMBNAIL:
                kind, size = struct.unpack_from("<II", properties.data, at)
                if kind == _CLIPBOARD:
                    body = properties.data[at + 8 : at + 8 + size]
                    yield start + at, start + at + 8 + len(body), picture_within(body)
                continue
            try:
                texts = dict.fromkeys(_Value(properties, at).texts())
            except (struct.error, _CutOffError):
                scribe.gap(f"属性/{name}", _damaged())
                continue
            budget -= sum(map(len, texts))
            if budget < 0:  # properties may share one long text
                raise _CutOffError
            for text in texts:
                if text.strip() and not _mere_number(text) and not is_program_mark(name, text):
                    scribe.add(text, f"属性/{name}", part=Part.PROPERTY, hidden=True)


def _sets(data: bytes) -> Iterator[tuple[int, _Set]]:
    """Each set, and where it begins in the stream."""
    if data[:2] != b"\xfe\xff":
        raise _CutOffError
    (count,) = struct.unpack_from("<I", data, 24)
    for number in range(min(count, _MOST_SETS)):
        kind = data[28 + 20 * number : 44 + 20 * number]
        (at,) = struct.unpack_from("<I", data, 44 + 20 * number)
        yield at, _set(kind, data[at:])


def _set(kind: bytes, data: bytes) -> _Set:
    (count,) = struct.unpack_from("<I", data, 4)
    count = min(count, _MOST_PROPERTIES)
    packed = struct.unpack_from(f"<{2 * count}I", data, 8)
    places = tuple(zip(packed[::2], packed[1::2], strict=True))
    at = dict(places)
    code_page = struct.unpack_from("<H", data, at[_CODE_PAGE] + 4)[0] if _CODE_PAGE in at else 1252
    names = _dictionary(data, at[_DICTIONARY], code_page) if _DICTIONARY in at else {}
    return _Set(format=kind, data=data, places=places, code_page=code_page, names=names)


def _dictionary(data: bytes, at: int, code_page: int) -> dict[int, str]:
    """The names of custom properties ([MS-OLEPS] 2.17); lengths are characters in UTF-16, else bytes."""
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    names: dict[int, str] = {}
    for _ in range(min(count, _MOST_PROPERTIES)):
        identity, length = struct.unpack_from("<II", data, at)
        size = length * 2 if code_page == UTF_16 else length
        if at + 8 + size > len(data):
            break
        names[identity] = text_of(data[at + 8 : at + 8 + size], code_page)
        at += 8 + size + (-size % 4 if code_page == UTF_16 else 0)
    return names


class _Value:
    """Reads one typed value; vectors and variants hold further ones."""

    def __init__(self, properties: _Set, at: int) -> None:
        self._data = properties.data
        self._code_page = properties.code_page
        self._start = at
        self._at = at
        self._padded = False

    def texts(self) -> tuple[str, ...]:
        """The texts of the value. Strings in a vector should be padded to four bytes; Office does not pad them."""
        try:
            return self._read(padded=False)
        except (struct.error, _CutOffError):
            return self._read(padded=True)

    def _read(self, *, padded: bool) -> tuple[str, ...]:
        self._at, self._padded = self._start, padded
        return tuple(self._typed(self._number(), depth=0))

    def _typed(self, kind: int, *, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise _CutOffError
        if kind & _VECTOR:
            for _ in range(min(self._number(), _MOST_ITEMS)):
                inner = kind & 0xFFF
                yield from self._typed(self._number() if inner == _VARIANT else inner, depth=depth + 1)
        elif kind in (_LPSTR, _BSTR):
            size = self._number()
            text = self._bytes(size)
            self._at += -size % 4 if self._padded else 0
            yield text_of(text, self._code_page)
        elif kind == _LPWSTR:
            size = self._number() * 2
            text = self._bytes(size)
            self._at += -size % 4
            yield text_of(text, UTF_16)
        elif kind in (_BLOB, _BLOB_OBJECT):
            yield from _strings_of(self._bytes(self._number()))
        else:
            self._at += 8 if kind in (5, 6, 7, 20, 21, 64) else 4

    def _number(self) -> int:
        (number,) = struct.unpack_from("<I", self._data, self._at)
        self._at += 4
        return int(number)

    def _bytes(self, size: int) -> bytes:
        found = self._data[self._at : self._at + size]
        if len(found) < size:
            raise _CutOffError
        self._at += size
        return found


def _strings_of(blob: bytes) -> Iterator[str]:
    """The texts of a blob: addresses of hyperlinks are a vector of variants in it ([MS-OSHARED] 2.3.3.1.18)."""
    at = 0
    while at + 8 <= len(blob):
        kind, size = struct.unpack_from("<II", blob, at)
        at += 4
        if kind == _LPWSTR and 1 < size <= (len(blob) - at - 4) // 2:
            yield text_of(blob[at + 4 : at + 4 + size * 2], UTF_16)
            at += (4 + size * 2) // 4 * 4


def _mere_number(text: str) -> bool:
    """Whether a property is a count or a version; seven digits in a row are none."""
    return _LONG_NUMBER.search(text) is None and all(character in "0123456789.,:;+-/% " for character in text)


def _damaged() -> str:
    return tr("属性已损坏，未读全：另存一份再审", "the properties are damaged and not read in full: save the file anew")
