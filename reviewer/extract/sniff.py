"""What kind of file some bytes are, by what they hold; a name is only a hint."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import PurePath

from reviewer.extract.delimited import delimiter, lines_agree
from reviewer.text.decode import decode, oddities
from reviewer.text.lazy import lazy

EMPTY = "application/x-empty"
BINARY = "application/octet-stream"

# Bytes at offsets; all of a kind's must be there.
_MAGIC: tuple[tuple[tuple[tuple[int, bytes], ...], str], ...] = (
    (((0, b"%PDF-"),), "application/pdf"),
    (((0, b"{\\rt"),), "application/rtf"),  # Word asks for no more
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
    (((0, b"\x09\x08\x10\x00\x00\x06"),), "application/vnd.ms-excel"),  # BIFF streams without their container
    (((0, b"\x09\x08\x08\x00\x00\x05"),), "application/vnd.ms-excel"),
    (((0, b"\x09\x04\x06\x00"),), "application/vnd.ms-excel"),
    (((0, b"\x09\x02\x06\x00"),), "application/vnd.ms-excel"),
    (((0, b"\x09\x00\x04\x00"), (6, b"\x10\x00")), "application/vnd.ms-excel"),
    (((0, b"SQLite format 3\0"),), "application/vnd.sqlite3"),
    (((0, b"\0\1\0\0Standard Jet DB"),), "application/x-msaccess"),
    (((0, b"\0\1\0\0Standard ACE DB"),), "application/x-msaccess"),
    (((0, b"\x7fELF"),), "application/x-executable"),
    (((0, b"MZ"), (3, b"\0")), "application/vnd.microsoft.portable-executable"),
)
_LATE_RTF = lazy(rb"(?:\xef\xbb\xbf)?[\s\0]{0,256}\{[\r\n]{0,8}\\rt")
_LATE_PDF = lazy(rb"%PDF-\d\.\d")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# dBASE III to 7, FoxPro and Visual FoxPro, with and without memos (first byte of the file).
_DBASE = b"\x03\x04\x30\x31\x32\x43\x63\x7b\x83\x8b\x8c\xcb\xe5\xf5\xfb"

_HEAD_BYTES = 8192
_INNER = bytes(range(0x30, 0x100))  # what may stand inside a character of several bytes
_JSON_BYTES = 1 << 21
_JSON_LINES = 20
_JSON_NAMES = frozenset({".json", ".jsonl", ".ndjson", ".geojson", ".topojson", ".json5", ".jsonc", ".ipynb", ".har"})
# What is written as text is read as it stands, so that places are the file's own; a writing that hides text is decoded.
_TEXT_NAMES = frozenset({".txt", ".text", ".log"})
_VEILED = lazy(r"\\[ubfnrt/\\]|&(?:#|[A-Za-z])|<!\[CDATA\[|<!(?:DOCTYPE|ENTITY)|data:|[A-Za-z0-9+/=]{120}")
_GARBAGE = 0.1  # share of characters that no text holds

_XML = lazy(r"<\?xml\b")
_ROOT = lazy(r"(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->|<![^>]*>|\s)*+<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FLAT_DOCUMENT = lazy(r"""\bmimetype\s*=\s*["'](application/vnd\.oasis\.opendocument\.[a-z-]{4,30})["']""")
_UNDECLARED_ROOT = lazy(r"<(?!svg\b)([A-Za-z][\w.:-]*)[\s>]")
_DOCTYPE_HTML = lazy(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HTML_TAG = lazy(
    r"</?(html|head|body|title|meta|link|script|style|table|tbody|tr|td|th|div|p|span|h[1-6]|br|hr|a|img|center"
    r"|font|ul|ol|li|form|input|strong|b)(?=[\s/>])",
    re.IGNORECASE,
)
_HEADER = lazy(r"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_OF_MAIL = frozenset({"received", "return-path", "message-id", "mime-version", "dkim-signature", "delivered-to"})
_POSTMARK = lazy(r"From [^\r\n]{1,200}[0-9]{4}[^\r\n]{0,20}\r?\n")
_LENGTH = lazy(r"[0-9]{1,10}[ \t]*\r?\n")
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
    if data.startswith(b"PK"):
        from reviewer.extract.sniff_zip import ZIP_MAGIC, sniff_zip

        if data.startswith(ZIP_MAGIC):
            return sniff_zip(BytesIO(data))
    if data.startswith(_OLE):
        from reviewer.extract.sniff_ole import sniff_ole

        return sniff_ole(data)
    for marks, kind in _MAGIC:
        if all(data.startswith(mark, at) for at, mark in marks):
            return kind
    if _LATE_RTF.match(data):
        return "application/rtf"
    if _is_dbase(data):
        return "application/x-dbf"
    if _LATE_PDF.search(data, 0, 1024) and b"endobj" in data:
        return "application/pdf"  # readers accept a mark within the first kilobyte (ISO 32000-1, annex H)
    return _sniff_text(data, PurePath(name).suffix.lower())


def _is_dbase(data: bytes) -> bool:
    """A dBASE table: a version byte, then fields that fill the record whose length the header gives."""
    if len(data) < 65 or data[0] not in _DBASE:
        return False
    from reviewer.extract.dbf_layout import is_dbase

    return is_dbase(data)


def _sniff_text(data: bytes, suffix: str) -> str:
    head = decode(_beginning(data)).text
    if oddities(head) > _GARBAGE * len(head):
        return BINARY
    text = head.lstrip("\ufeff \t\r\n\f")
    # Before markup: the strings of JSON may hold web pages.
    if (text.startswith(("{", "[")) and _is_json(data)) or _named_json(text, suffix):
        return "text/plain" if _is_plainly_written(data, suffix) else "application/json"
    undeclared = _undeclared_xml(text, data)
    if undeclared and _is_plainly_written(data, suffix):
        return "text/plain"
    kind = _mail(text, suffix) or undeclared or _markup(text, suffix) or _BY_NAME.get(suffix)
    return kind or _table(head if len(data) <= _HEAD_BYTES else head.rpartition("\n")[0]) or "text/plain"


def _is_plainly_written(data: bytes, suffix: str) -> bool:
    """Whether a text's name is right although programs wrote it: every character of it stands for itself."""
    return suffix in _TEXT_NAMES and len(data) <= _JSON_BYTES and _VEILED.search(decode(data).text) is None


def _beginning(data: bytes) -> bytes:
    """The first bytes, cut where no character of any encoding goes on."""
    if len(data) <= _HEAD_BYTES:
        return data
    cut = data[:_HEAD_BYTES].rstrip(_INNER) or data[:_HEAD_BYTES]
    return cut[: len(cut) // 2 * 2]


def _mail(text: str, suffix: str) -> str | None:
    """A message has headers that no letter begins with; under a mail's name, any two will do."""
    postmark = _POSTMARK.match(text)
    if postmark or (suffix == ".emlx" and (postmark := _LENGTH.match(text))):
        return "application/mbox" if _HEADER.match(text, postmark.end()) else None
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
        if root and root[1] == "document":
            flat = _FLAT_DOCUMENT.search(text)
            return flat[1] if flat else "application/xml"
        return {"svg": "image/svg+xml", "html": "text/html"}.get(root[1].lower() if root else "", "application/xml")
    if text.startswith("<svg"):
        return "image/svg+xml"
    if suffix in _BY_NAME and _BY_NAME[suffix] != "text/html":
        return None  # Markdown and fields of a table hold tags too
    kinds = {tag[1].lower() for tag in _HTML_TAG.finditer(text)}
    begins = text.startswith("<") and _HTML_TAG.search(text, 0, 1024) is not None
    return "text/html" if begins or (len(kinds) >= 3 and "</" in text) else None


def _undeclared_xml(text: str, data: bytes) -> str | None:
    """Feeds, tracks and settings come without a declaration: the first element closes at the very end."""
    root = _UNDECLARED_ROOT.match(text)
    if root is None or _HTML_TAG.match(text) or not data.rstrip().endswith(f"</{root[1]}>".encode()):
        return None
    return "application/xml"


def _is_json(data: bytes) -> bool:
    """One value, or one a line (NDJSON)."""
    if len(data) > _JSON_BYTES:
        return data.rstrip().endswith((b"}", b"]")) and b'"' in data[:_HEAD_BYTES]
    if b'"' not in data:
        return False
    text = decode(data).text
    return _is_value(text) or all(map(_is_value, text.strip().splitlines()[:_JSON_LINES]))


def _is_value(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _named_json(text: str, suffix: str) -> bool:
    """Under its own name, also what is nearly JSON: with comments, or cut off."""
    return suffix in _JSON_NAMES and text.startswith(("{", "[", '"', "//", "/*", "#"))


def _table(text: str) -> str | None:
    """A text whose every line is divided alike is a table, whatever its name."""
    mark = delimiter(text)
    if not lines_agree(text, mark):
        return None
    return "text/tab-separated-values" if mark == "\t" else "text/csv"
