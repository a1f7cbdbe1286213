"""PDF values as Python values: text strings in whatever encoding, and containers that may be anything."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pikepdf

from reviewer.text.decode import decode
from reviewer.text.fold import fold

_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")
_ZLIB_HEADER_BYTES = 2
_ZLIB_CHECKSUM_BYTES = 4
_MOST_BYTES = 4_000_000
_CHINESE = re.compile(rb"[\xa1-\xfe]{2}")  # two such bytes in a row: no Western word has them

Container = pikepdf.Dictionary | pikepdf.Stream


def text_of(value: object) -> str:
    """A text string's characters; the empty string for anything else.

    The standard knows UTF-16 and PDFDocEncoding (ISO 32000-1, 7.9.2.2); Chinese programs also write plain GB18030.
    """
    if isinstance(value, pikepdf.Stream):
        return _decoded(stream_bytes(value))
    if not isinstance(value, pikepdf.String):
        return ""
    return _decoded(bytes(value))


def name_of(value: object) -> str:
    """A name without its slash; the empty string for anything else."""
    if not isinstance(value, pikepdf.Name):
        return ""
    try:
        return str(value)[1:]
    except UnicodeDecodeError:  # names are bytes; ISO 32000-1, 7.3.5 only recommends UTF-8
        return _decoded(value.unparse()[1:])


def stream_bytes(stream: pikepdf.Stream) -> bytes:
    """A stream's decoded bytes; none when it cannot be decoded (an image filter, damage)."""
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return b""


def is_damaged(stream: pikepdf.Stream) -> bool:
    """Whether a stream does not unpack to its end; pdfium shows what it gets of it, and says nothing."""
    filters = stream.get("/Filter")
    names = [name_of(one) for one in items(filters)] or [name_of(filters)]
    try:
        if names == ["FlateDecode"]:
            return not _inflates(stream.read_raw_bytes())
        stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError, zlib.error):
        return True
    return False


def _inflates(packed: bytes) -> bool:
    """Whether the data unpacks to its end, and to what its checksum says, if it has one (RFC 1950)."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    unpacked = inflater.decompress(packed.lstrip(b"\r\n")[_ZLIB_HEADER_BYTES:])
    checksum = inflater.unused_data[:_ZLIB_CHECKSUM_BYTES]
    if len(checksum) < _ZLIB_CHECKSUM_BYTES:
        return inflater.eof or not packed
    return int.from_bytes(checksum, "big") == zlib.adler32(unpacked)


def content_streams(page: object) -> Iterator[pikepdf.Stream]:
    """The streams of which a page's content consists, in order."""
    contents = entry(page, "/Contents")
    for stream in (contents, *items(contents)):
        if isinstance(stream, pikepdf.Stream):
            yield stream


def container(value: object) -> Container | None:
    """A dictionary, or a stream, whose dictionary answers the same way; None for anything else."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else None


def entry(value: object, key: str) -> object:
    """What stands under a key, if `value` is a container and has it."""
    holder = container(value)
    return None if holder is None else holder.get(key)


def items(value: object) -> Iterator[object]:
    """The elements of an array; nothing of anything else."""
    if isinstance(value, pikepdf.Array):
        yield from value


def identity(value: object) -> tuple[int, int]:
    """Object and generation number; (0, 0) for what stands directly in another object."""
    return value.objgen if isinstance(value, pikepdf.Object) else (0, 0)


def squeezed(text: str) -> str:
    """Folded and without white space: for asking whether something stands in a text, however it is written."""
    return "".join(fold(text).text.split())


def _decoded(raw: bytes) -> str:
    raw = raw[:_MOST_BYTES]
    if raw.startswith(_MARKS) or raw.isascii() or _CHINESE.search(raw):
        text = decode(raw).text
    else:
        text = raw.decode("pdfdoc_pikepdf", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\0")
