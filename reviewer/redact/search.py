"""The second reader: searches every byte of a copy for what was removed, and knows nothing of the first reader.

It opens whatever is packed (zip, gzip, deflated streams, base64), takes each piece in each encoding that a program
might have written it in, drops markup, escapes and everything between letters, and searches. It imports nothing of
`reviewer.extract`: an error there must not hide here.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from reviewer.text.automaton import automaton

_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5")
_MARKUP = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})|_x([0-9A-Fa-f]{4})_")
_BETWEEN = re.compile(r"[\W_]+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}[ \r\n]?){8,}")
_STREAM = re.compile(rb"stream\r?\n")
_DEEPEST = 5
_MOST_BYTES = 1 << 29
_LEAST_LATIN, _LEAST = 6, 3


def left_over(data: bytes, removed: Iterable[str], allowed: str) -> Mapping[str, int]:
    """Which of the removed values the bytes still hold, each with how often it is found too many times.

    `allowed` is all that the copy may say: a value that stands there by right may stand in the file as often.
    Values of fewer than three letters (six, if Latin) occur by chance anywhere and are left out.
    """
    needles = sorted({key for key in map(squeezed, removed) if _is_telling(key)})
    if not needles:
        return {}
    search = automaton(needles)
    by_right = Counter(at for at, _, _ in search.find(squeezed(allowed)))
    found: Counter[int] = Counter()
    for piece in _pieces(data, 0):
        most: Counter[int] = Counter()
        for text in _readings(piece):
            most |= Counter(at for at, _, _ in search.find(text))
        found += most
    return {needles[at]: count - by_right[at] for at, count in found.items() if count > by_right[at]}


def squeezed(text: str) -> str:
    """Letters and digits alone, of one width and case."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _is_telling(key: str) -> bool:
    return len(key) >= (_LEAST_LATIN if key.isascii() else _LEAST)


def _readings(piece: bytes) -> Iterator[str]:
    """The piece as text, in every way that may be meant."""
    seen: set[str] = set()
    for encoding in _ENCODINGS:
        shifts = (0, 1) if encoding.startswith("utf-16") else (0,)
        for shift in shifts:
            text = html.unescape(_ESCAPED.sub(_letter, piece[shift:].decode(encoding, "ignore")))
            for form in (text, _MARKUP.sub("", text)):
                key = squeezed(form)
                if key not in seen:
                    seen.add(key)
                    yield key


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2] or found[3], 16))


def _pieces(data: bytes, depth: int) -> Iterator[bytes]:
    """The bytes, and everything that is packed in them."""
    if depth > _DEEPEST or len(data) > _MOST_BYTES:
        return
    if data[:4] == b"PK\x03\x04":
        yield from _members(data, depth)
        return
    yield data
    for unpacked in (*_deflated(data), *_encoded(data)):
        yield from _pieces(unpacked, depth + 1)


def _members(data: bytes, depth: int) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive.comment
        for info in archive.infolist():
            yield info.filename.encode() + b"\n" + info.extra + b"\n" + info.comment
            yield from _pieces(archive.read(info), depth + 1)


def _deflated(data: bytes) -> Iterator[bytes]:
    if data[:2] == b"\x1f\x8b":
        yield zlib.decompressobj(31).decompress(data)
    for opening in _STREAM.finditer(data):  # of a PDF: whatever inflates
        try:
            end = data.find(b"endstream", opening.end())
            yield zlib.decompressobj().decompress(data[opening.end() : end if end > 0 else None], _MOST_BYTES)
        except zlib.error:
            continue


def _encoded(data: bytes) -> Iterator[bytes]:
    for run in _BASE64.finditer(data):
        try:
            yield base64.b64decode(run[0] + b"=" * (-len(run[0]) % 4))
        except binascii.Error:
            continue
    for run in _HEX.finditer(data):
        digits = re.sub(rb"\s", b"", run[0])
        yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
