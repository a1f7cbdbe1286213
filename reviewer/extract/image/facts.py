"""Collects what a picture says besides its pixels: each text once, under the name of where it stood."""

from __future__ import annotations

import re

from reviewer.extract.embedded import read_embedded
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.decode import decode, oddities

_MOST_TEXTS = 5_000
_MOST_SWEPT_BYTES = 4 << 20
_MOST_TEXT_BYTES = 4 << 20
_MUTE = re.compile(r"[\W_]*")
_LEAST_TAIL_BYTES = 4  # two ideographs in GB18030
_SILENT_TAIL = b"\0 \t\r\n\xff"

# What may be somebody's words among bytes of a format that is nobody's: three ideographs in UTF-8, six common ones in
# GB18030 (GB 2312, level 1), a name or number written in ASCII or in UTF-16. Fewer would be found in any noise.
_UTF8 = re.compile(rb"(?:[\x20-\x7e]|[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc-\xbd][\x80-\xbf]){3,}")
_UTF8_WORDS = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}|\d{7}|\w@\w+\.\w")
_GB = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe]){6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){7,}")
_WIDE_WORDS = re.compile(r"\d{7}|\w@\w+\.\w")
# A file of another kind at some place in foreign bytes.
_FILES = re.compile(
    rb"PK\x03\x04|%PDF-\d|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\xff\xd8\xff[\xc0-\xfe]"
    rb"|\x89PNG\r\n\x1a\n|\{\\rtf"
)


class Facts:
    """What has been told of one picture; thumbnails are kept until there is a picture to compare them with."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe = scribe
        self.thumbnails: list[tuple[str, bytes]] = []
        self._told: set[str] = set()
        self._gaps: set[tuple[str, str]] = set()
        self._files = 0

    def say(self, place: str, text: str) -> None:
        """Write down a text that travels with the picture, unless the same was told already."""
        text = text.strip("\0 \t\r\n")
        if text in self._told or _MUTE.fullmatch(text):
            return
        if len(self._told) >= _MOST_TEXTS:
            self.gap(
                tr("属性", "properties"), tr("附带文字过多，未全部读取", "too many texts come with it, not all read")
            )
            return
        self._told.add(text)
        self.scribe.add(text, place, part=Part.PROPERTY, hidden=True)

    def say_bytes(self, place: str, data: bytes, hint: str | None = None) -> None:
        """The same for a text in bytes, in whatever encoding; bytes that are no text are swept."""
        if hint is None or not hint.startswith("utf-16"):
            data = data.rstrip(b"\0")
        if len(data) > _MOST_TEXT_BYTES:
            self.gap(place, tr("文字过长，未读取：另存图片后再审", "too long a text, not read: save the picture anew"))
            return
        text = decode(data, hint).text if data else ""
        if oddities(text) * 10 > len(text):
            self.sweep(place, data)
        else:
            self.say(place, text)

    def gap(self, place: str, reason: str) -> None:
        """Write down, once, what was not read."""
        if (place, reason) not in self._gaps:
            self._gaps.add((place, reason))
            self.scribe.gap(place, reason)

    def sweep(self, place: str, data: bytes) -> None:
        """Look for words in bytes whose format is not known (a camera maker's notes, an editor's own block)."""
        if len(data) > _MOST_SWEPT_BYTES:
            self.gap(
                place, tr("数据过大，未全部查看：另存图片后再审", "too large, not all looked at: save the picture anew")
            )
        data = data[:_MOST_SWEPT_BYTES]
        for found in _UTF8.finditer(data):
            if _UTF8_WORDS.search(found[0]):
                self.say(place, found[0].decode("utf-8", "replace"))
        for found in _GB.finditer(data):
            self.say(place, found[0].decode("gb18030", "replace"))
        for found in _WIDE.finditer(data):
            if _WIDE_WORDS.search(text := found[0].decode("utf-16-le")):
                self.say(place, text)

    def tail(self, data: bytes) -> None:
        """Bytes after the end of the picture: no viewer shows them, whoever opens the file has them."""
        if len(data.strip(_SILENT_TAIL)) < _LEAST_TAIL_BYTES:
            return
        place = tr("图片结尾之后", "after the end of the picture")
        found = _FILES.search(data)
        before = data[: found.start()] if found else data
        if found:
            self._file(data[found.start() :], tr("尾随文件", "appended file"))
        if not before.strip(_SILENT_TAIL):
            return
        text = decode(before).text.strip(_SILENT_TAIL.decode("latin-1"))
        if oddities(text) == 0:
            self.say(place, text)
            return
        self.sweep(place, before)
        self.gap(
            place,
            tr(
                f"图片结尾之后附有 {len(before)} 字节其他数据，未读取：用画图程序另存图片后再审",
                f"{len(before)} bytes of other data follow the end of the picture, not read: save the picture anew",
            ),
        )

    def _file(self, data: bytes, what: str) -> None:
        self._files += 1
        self.scribe.enclose(read_embedded(data, ""), f"{what}{self._files}", Enclosure.OBJECT)
