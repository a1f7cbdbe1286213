"""Documents that stand as text in a value: base64 of a file, a web page, a data address."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from reviewer.extract.embedded import read_embedded
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.extract.sniff import sniff
from reviewer.language import tr

_MOST = 2000  # documents
_MOST_BYTES = 64 * 2**20
_ADDRESS = re.compile(r"\s*data:(?P<type>[\w.+/-]{0,80}+)(?P<rest>(?:;[\w=.%-]{1,60}+)*),(?P<data>.*)", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/_\s-]{40,}={0,2}\s*")
_LETTERS = re.compile(r"[A-Za-z]+")
_MARKUP = re.compile(r"</[a-zA-Z]|<(?:br|p|img|div|span|table|td|a)\b[^<>]{0,400}>", re.IGNORECASE)
_KEY_BYTES = 1024  # what is shorter may be a key or a checksum; longer, it is a file
_UNKNOWN = "application/octet-stream"


@dataclass(slots=True)
class Inlays:
    """Reads what stands in values, within bounds; `scribe` gets what was read."""

    scribe: Scribe
    _left: int = _MOST
    _bytes_left: int = _MOST_BYTES
    _told: set[str] = field(default_factory=set)

    def read(self, text: str, place: str) -> bool:
        """Whether the value is a document, which has then been read, or told, in its place."""
        address = _ADDRESS.fullmatch(text) if text.lstrip()[:5] == "data:" else None
        if address is not None:
            return self._file(_address_bytes(address), place, f"{address['type']}", known=True)
        if len(text) >= 40 and _BASE64.fullmatch(text) and not _LETTERS.fullmatch(text):
            return self._file(_decoded(text), place, "", known=False)
        if _MARKUP.search(text):
            return self._page(text, place)
        return False

    def _file(self, data: bytes | None, place: str, kind: str, *, known: bool) -> bool:
        if data is None or not data:
            return False
        media_type = sniff(data, "")
        if media_type.startswith("text/") and not known and not _is_words(data):
            return False
        if media_type == _UNKNOWN and not known:
            if len(data) > _KEY_BYTES:
                self._gap(place, _undecoded())
            return False
        return self._enclose(data, "", place, Enclosure.OBJECT)

    def _page(self, text: str, place: str) -> bool:
        return self._enclose(f"<body>{text}</body>".encode("utf-8", "replace"), ".html", place, Enclosure.CHUNK)

    def _enclose(self, data: bytes, name: str, place: str, enclosure: Enclosure) -> bool:
        self._left -= 1
        self._bytes_left -= len(data)
        if self._left < 0 or self._bytes_left < 0:
            self._gap(tr("内嵌内容", "enclosed data"), _too_many())
            return False
        inner = read_embedded(data, name)
        if enclosure is Enclosure.CHUNK and not inner.segments:
            return False
        self.scribe.enclose(inner, place, enclosure)
        return True

    def _gap(self, place: str, reason: str) -> None:
        if place not in self._told:
            self._told.add(place)
            self.scribe.gap(place, reason)


def _address_bytes(address: re.Match[str]) -> bytes | None:
    data = unquote_to_bytes(address["data"])
    return _decoded(data.decode("latin-1")) if ";base64" in address["rest"].lower() else data


def _decoded(text: str) -> bytes | None:
    packed = re.sub(r"\s+", "", text).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_words(data: bytes) -> bool:
    """Valid UTF-8 or UTF-16 of printable characters: by accident, sixty bytes never are."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(one.isprintable() or one.isspace() for one in text) == len(text)


def _undecoded() -> str:
    return tr(
        "有编码数据（Base64），不是认识的文件，未解读：由审核人核对其用途",
        "encoded data (Base64) of no known format, not decoded: let a reviewer find out what it is for",
    )


def _too_many() -> str:
    return tr("内嵌的文件过多，其余未读取：取出后再审", "too many enclosed files, the rest not read: take them out")
