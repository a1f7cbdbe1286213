"""What kind of file some bytes are, by what they hold; a name is only a hint."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from reviewer.extract.delimited import delimiter, lines_agree
from reviewer.text.decode import decode, oddities
from reviewer.text.lazy import lazy

EMPTY = "application/x-empty"
BINARY = "application/octet-stream"

# Bytes at offsets; all of a kind's must be there.
_MAGIC: tuple[tuple[tuple[tuple[int, bytes], ...], str], ...] = (
    (((0, b"%PDF-"),), "application/pdf"),
    (((0, b"{\\rtf"),), "application/rtf"),
    (((0, b"\x89PNG\r\n\x1a\n"),), "image/png"),
    (((0, b"\xff\xd8\xff"),), "image/jpeg"),
    (((0, b"GIF87a"),), "image/gif"),
    (((0, b"GIF89a"),), "image/gif"),
    (((0, b"BM"), (6, b"\0\0\0\0")), "image/bmp"),
    (((0, b"II*\0"),), "image/tiff"),
    (((0, b"MM\0*"),), "image/tiff"),
    (((0, b"II+\0\x08\0\0\0"),), "image/tiff"),
    (((0, b"MM\0+\0\x08\0\0"),), "image/tiff"),
    (((0, b"RIFF"), (8, b"WEBP")), "image/webp"),
    (((4, b"ftypavi"),), "image/avif"),
    (((4, b"ftyphei"),), "image/heic"),
    (((4, b"ftyphevc"),), "image/heic"),
    (((4, b"ftypmif1"),), "image/heic"),
    (((4, b"ftypmsf1"),), "image/heic"),
    (((0, b"\0\0\0\x0cjP  "),), "image/jp2"),
    (((0, b"\xff\x4f\xff\x51\0"),), "image/jp2"),
    (((0, b"\0\0\1\0"), (5, b"\0"), (9, b"\0")), "image/vnd.microsoft.icon"),
    (((0, b"\0\0\2\0"), (5, b"\0"), (9, b"\0")), "image/vnd.microsoft.icon"),
    (((0, b"\1\0\0\0"), (40, b" EMF")), "image/emf"),
    (((0, b"\xd7\xcd\xc6\x9a"),), "image/wmf"),
    (((0, b"\1\0\x09\0\0\3"),), "image/wmf"),
    (((0, b"\1\0\x09\0\0\1"),), "image/wmf"),
    (((0, b"8BPS\0"),), "image/vnd.adobe.photoshop"),
    (((0, b"AT&TFORM"),), "image/vnd.djvu"),
    (((4, b"ftyp"),), "video/mp4"),
    (((0, b"RIFF"), (8, b"WAVE")), "audio/vnd.wave"),
    (((0, b"ID3"), (4, b"\0")), "audio/mpeg"),
    (((0, b"7z\xbc\xaf\x27\x1c"),), "application/x-7z-compressed"),
    (((0, b"Rar!\x1a\x07"),), "application/vnd.rar"),
    (((0, b"\x1f\x8b"),), "application/gzip"),
    (((0, b"BZh"), (4, b"1AY&SY")), "application/x-bzip2"),
    (((0, b"\xfd7zXZ\0"),), "application/x-xz"),
    (((0, b"\x28\xb5\x2f\xfd"),), "application/zstd"),
    (((257, b"ustar"),), "application/x-tar"),
    (((0, b"MSCF\0\0\0\0"),), "application/vnd.ms-cab-compressed"),
    (((0, b"\x78\x9f\x3e\x22"),), "application/ms-tnef"),
    (((0, b"SQLite format 3\0"),), "application/vnd.sqlite3"),
    (((0, b"\0\1\0\0Standard Jet DB"),), "application/x-msaccess"),
    (((0, b"\0\1\0\0Standard ACE DB"),), "application/x-msaccess"),
    (((0, b"\x7fELF"),), "application/x-executable"),
    (((0, b"MZ"), (3, b"\0")), "application/vnd.microsoft.portable-executable"),
)
_LATE_PDF = lazy(rb"%PDF-\d\.\d")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")

_HEAD_BYTES = 8192
_INNER = bytes(range(0x30, 0x100))  # what may stand inside a character of several bytes
_JSON_BYTES = 1 << 21
_GARBAGE = 0.1  # share of characters that no text holds

_XML = lazy(r"<\?xml\b")
_ROOT = lazy(r"(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->|<![^>]*>|\s)*+<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_DOCTYPE_HTML = lazy(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HTML_TAG = lazy(
    r"</?(html|head|body|title|meta|link|script|style|table|tbody|tr|td|th|div|p|span|h[1-6]|br|hr|a|img|center"
    r"|font|ul|ol|li|form|input|strong|b)(?=[\s/>])",
    re.IGNORECASE,
)
_HEADER = lazy(r"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_OF_MAIL = frozenset({"received", "return-path", "message-id", "mime-version", "dkim-signature", "delivered-to"})
_RELATED = lazy(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)

_BY_NAME = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".htm": "text/html",
    ".html": "text/html",
    ".shtml": "text/html",
    ".xhtml": "text/html",
}


def sniff(data: bytes, name: str) -> str:
    """The media type of `data`, found under the file name `name`."""
    if not data:
        return EMPTY
    if data.startswith(_ZIP):
        from reviewer.extract.sniff_zip import sniff_zip

        return sniff_zip(data)
    if data.startswith(_OLE):
        from reviewer.extract.sniff_ole import sniff_ole

        return sniff_ole(data)
    for marks, kind in _MAGIC:
        if all(data.startswith(mark, at) for at, mark in marks):
            return kind
    if _is_dbase(data):
        return "application/x-dbf"
    if _LATE_PDF.search(data, 0, 1024) and b"endobj" in data:
        return "application/pdf"  # readers accept a mark within the first kilobyte (ISO 32000-1, annex H)
    return _sniff_text(data, PurePath(name).suffix.lower())


def _is_dbase(data: bytes) -> bool:
    """A dBASE table: version, date of last change, and a header whose length fits its 32-byte field records."""
    if len(data) < 65 or data[0] not in b"\x03\x30\x31\x83\x8b\xf5" or not 1 <= data[2] <= 12 or not 1 <= data[3] <= 31:
        return False
    header = int.from_bytes(data[8:10], "little")
    return data[header - 1 : header] == b"\r" and data[12:14] == b"\0\0"


def _sniff_text(data: bytes, suffix: str) -> str:
    head = decode(_beginning(data)).text
    if oddities(head) > _GARBAGE * len(head):
        return BINARY
    text = head.lstrip("\ufeff \t\r\n\f")
    kind = _mail(text, suffix) or _markup(text, suffix) or _BY_NAME.get(suffix)
    if kind is None and text.startswith(("{", "[")) and _is_json(data):
        return "application/json"
    return kind or _table(head if len(data) <= _HEAD_BYTES else head.rpartition("\n")[0]) or "text/plain"


def _beginning(data: bytes) -> bytes:
    """The first bytes, cut where no character of any encoding goes on."""
    if len(data) <= _HEAD_BYTES:
        return data
    cut = data[:_HEAD_BYTES].rstrip(_INNER) or data[:_HEAD_BYTES]
    return cut[: len(cut) // 2 * 2]


def _mail(text: str, suffix: str) -> str | None:
    """A message has headers that no letter begins with; under a mail's name, any two will do."""
    names: set[str] = set()
    header = _HEADER.match(text)
    while header:
        names.add(header[1].lower())
        header = _HEADER.match(text, header.end())
    named = suffix in (".eml", ".mht", ".mhtml")
    if len(names) < 2 or not (named or names & _OF_MAIL):
        return None
    return "multipart/related" if _RELATED.search(text) else "message/rfc822"


def _markup(text: str, suffix: str) -> str | None:
    if _DOCTYPE_HTML.search(text) and text.startswith("<"):
        return "text/html"
    if _XML.match(text) or (suffix == ".xml" and text.startswith("<")):
        root = _ROOT.match(text)
        return {"svg": "image/svg+xml", "html": "text/html"}.get(root[1].lower() if root else "", "application/xml")
    if text.startswith("<svg"):
        return "image/svg+xml"
    if suffix in _BY_NAME and _BY_NAME[suffix] != "text/html":
        return None  # Markdown and fields of a table hold tags too
    kinds = {tag[1].lower() for tag in _HTML_TAG.finditer(text)}
    begins = text.startswith("<") and _HTML_TAG.search(text, 0, 1024) is not None
    return "text/html" if begins or (len(kinds) >= 3 and "</" in text) else None


def _is_json(data: bytes) -> bool:
    if len(data) > _JSON_BYTES:
        return data.rstrip().endswith((b"}", b"]")) and b'"' in data[:_HEAD_BYTES]
    try:
        return b'"' in data and isinstance(json.loads(decode(data).text), dict | list)
    except (ValueError, RecursionError):
        return False


def _table(text: str) -> str | None:
    """A text whose every line is divided alike is a table, whatever its name."""
    mark = delimiter(text)
    if not lines_agree(text, mark):
        return None
    return "text/tab-separated-values" if mark == "\t" else "text/csv"
