"""Bodies of a message: plain text with files written into it, pages, cards and calendars, code beside a page."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.extract import read_with
from reviewer.extract.limits import DEFAULT_LIMITS
from reviewer.extract.mail.charset import text_of
from reviewer.extract.mail.parts import Entity, unuuencoded
from reviewer.extract.mail.words import base64_bytes
from reviewer.extract.scribe import Extracted, Scribe
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.lazy import lazy

_CARDS = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/x-vcalendar"})
_CODE = frozenset({"text/css", "text/javascript", "application/javascript", "application/x-javascript"})
_XML = frozenset({"text/xml", "application/xml"})
_BODIES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"}) | _CARDS | _CODE | _XML
_NAMES = {"text/html": "a.html", "text/csv": "a.csv", "text/markdown": "a.md", "message/rfc822": "a.eml"}
_MOST_FILES = 200

_BEGIN = lazy(r"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.M)
_UU_LINE = lazy(r"[!-M][ -`]{4,61}[ -~]?\r?\n|`\r?\n")  # a length of at most 45 bytes, and digits
_END = lazy(r"^(?:end|====)[ \t]*\r?$", re.M)
_YENC = lazy(r"^=ybegin ", re.M)
_PGP = lazy(r"^-----BEGIN PGP MESSAGE-----", re.M)
_FOLD = lazy(rb"\r?\n[ \t]")
_QUOTED_LINE = lazy(rb"^([^\r\n:]*ENCODING=QUOTED-PRINTABLE[^\r\n:]*:)((?:[^\r\n]*=\r?\n)*[^\r\n]*)", re.M | re.I)
_ESCAPED = lazy(rb"\\[nN]")
_VALUES = lazy(r"""[>"']([^<>"']+)[<"']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that was written into the text of a message."""

    name: str
    data: bytes
    trouble: str | None


def is_body(part: Entity) -> bool:
    """Whether a mail program shows the part as text of the message; a page of a web archive counts as one."""
    if part.media_type not in _BODIES:
        return False
    return part.disposition != "attachment" and (not part.names or part.disposition == "inline")


def is_code(part: Entity) -> bool:
    """Whether the part is style, script or data of a web archive."""
    return part.media_type in _CODE | _XML


def title(part: Entity) -> str:
    """What a person calls such a body."""
    if is_code(part):
        return "网页资源"
    return "网页正文" if part.media_type == "text/html" else "正文"


def marked(text: str) -> bytes:
    """Text in an encoding that nobody has to guess."""
    return codecs.BOM_UTF8 + text.encode("utf-8", errors="replace")


def read_page(data: bytes, charset: str) -> Extracted:
    """A page; without a character set in the part's header, it says its own."""
    if not charset:
        return read_with("reviewer.extract.html", data, DEFAULT_LIMITS)
    found = text_of(data, charset)
    inner = read_with("reviewer.extract.html", marked(found.text), DEFAULT_LIMITS)
    if not found.trouble:
        return inner
    scribe = Scribe()
    scribe.gap(tr("全文", "whole document"), found.trouble)
    return Extracted(text=inner.text, segments=inner.segments, gaps=(*inner.gaps, *scribe.finish().gaps))


def read_code(data: bytes, charset: str, label: str, scribe: Scribe) -> None:
    """Style, script and data that a page brings along: what may say something."""
    text = text_of(data, charset).text
    for number, line in enumerate(text.splitlines(), 1):
        values = [found[1] for found in _VALUES.finditer(line)] if line.lstrip().startswith("<") else [line]
        for value in values:
            if telling(value):
                scribe.add(value.strip(), f"{label} ¶{number}", part=Part.SCRIPT, hidden=True)


def opened(media_type: str, data: bytes) -> bytes:
    """Cards and calendars without the folds and the codes of their lines (RFC 5545, 3.1; RFC 6350; vCard 2.1)."""
    if media_type not in _CARDS:
        return data
    quoted = _QUOTED_LINE.sub(lambda found: found[1] + binascii.a2b_qp(found[2]), data)
    return _ESCAPED.sub(b"\n", _FOLD.sub(b"", quoted))


def files_in(text: str) -> tuple[str, list[File]]:
    """The text without the files between its lines "begin" and "end" (POSIX uuencode), and those files."""
    kept: list[str] = []
    files: list[File] = []
    at = 0
    while len(files) < _MOST_FILES and (begin := _BEGIN.search(text, at)):
        if not begin[1] and not _UU_LINE.match(text, begin.end()):  # a sentence that begins so
            kept.append(text[at : begin.end()])
            at = begin.end()
            continue
        end = _END.search(text, begin.end())
        stop = end.start() if end else len(text)
        content = text[begin.end() : stop].encode("utf-8", errors="replace")
        data, whole = (base64_bytes(content), True) if begin[1] else unuuencoded(content + b"\nend")
        damaged = tr("编码有损坏，能解出的已读", "the encoding is damaged, what could be decoded was read")
        files.append(File(name=begin[2].strip(), data=data, trouble=None if whole and end else damaged))
        kept.append(text[at : begin.start()])
        at = end.end() if end else len(text)
    return "".join([*kept, text[at:]]), files


def unread_in(text: str) -> Iterator[str]:
    """What stands in the text and is not for the eye."""
    if _YENC.search(text):
        yield tr("正文夹有 yEnc 编码的文件，未读取：另存后单独再审", "a file in yEnc stands in the text, not read")
    if _PGP.search(text):
        yield tr("正文夹有 PGP 加密内容，未读取：解密后再审", "the text holds an encrypted PGP message, not read")


def likely_name(media_type: str) -> str:
    """A name that says no more than the declared type, for a part without one."""
    return _NAMES.get(media_type, "")
