"""A message taken apart (RFC 5322, RFC 2046): every byte of it lies in a header, a part, or beside the parts.

The standard library's parser does not keep the bytes of enclosed messages and drops what it cannot place.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from reviewer.extract.mail.words import base64_bytes, header_text, parameters
from reviewer.language import tr
from reviewer.text.lazy import lazy

_HEADER_LINE = lazy(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_BLANK = lazy(rb"[ \t]*\r?\n")
_LIKELY_BOUNDARY = lazy(rb"^--([!-~]{1,200}?)[ \t]*\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_NOT_BASE64 = lazy(rb"[^A-Za-z0-9+/=\s]")
_NOT_QUOTED = lazy(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_UU_BEGIN = lazy(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)
_PLAIN = frozenset({"", "7bit", "8bit", "binary", "none"})
_MOST_HEADERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """One header; `raw` is the value as found, folds and all."""

    name: str
    raw: bytes

    @property
    def text(self) -> str:
        return header_text(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A message or a part of one: headers and what stands below them, still encoded."""

    headers: tuple[Header, ...]
    body: bytes
    default_type: str = "text/plain"
    _texts: dict[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """The text of the first header of this name; "" if there is none."""
        if name not in self._texts:
            found = (header.text for header in self.headers if header.name.lower() == name)
            self._texts[name] = next(found, "")
        return self._texts[name]

    @property
    def media_type(self) -> str:
        named = self.header("content-type").partition(";")[0].strip().lower()
        return named if named.count("/") == 1 else self.default_type

    @property
    def parameters(self) -> dict[str, str]:
        return parameters(self.header("content-type"))

    @property
    def disposition(self) -> str:
        return self.header("content-disposition").partition(";")[0].strip().lower()

    @property
    def names(self) -> tuple[str, ...]:
        """What the part is called, by any of its headers; the one that mail programs show comes first."""
        found = (
            parameters(self.header("content-disposition")).get("filename", ""),
            self.parameters.get("name", ""),
        )
        return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))

    def content(self) -> tuple[bytes, str | None]:
        """The body without its transfer encoding, and what a person must know if it was damaged."""
        encoding = self.header("content-transfer-encoding").partition(";")[0].strip().strip('"').lower()
        return decoded(self.body, encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A multipart body: its parts, and the bytes before the first and after the last."""

    parts: tuple[bytes, ...]
    before: bytes
    after: bytes
    closed: bool


def entity(data: bytes, default_type: str = "text/plain") -> Entity:
    """Take headers and body apart; where headers stop looking like headers, the body begins."""
    headers: list[Header] = []
    at = 0
    while len(headers) < _MOST_HEADERS:
        found = _HEADER_LINE.match(data, at)
        if found is None:
            break
        headers.append(Header(name=found[1].decode("ascii"), raw=found[2]))
        at = found.end()
    blank = _BLANK.match(data, at)
    return Entity(headers=tuple(headers), body=data[blank.end() if blank else at :], default_type=default_type)


def pieces(body: bytes, boundary: str) -> Pieces | None:
    """A multipart body cut at its boundary, or at the one it seems to have; None if it cannot be cut."""
    mark = boundary.encode("utf-8", errors="replace")
    if not mark or b"--" + mark not in body:
        likely = _LIKELY_BOUNDARY.search(body)
        if likely is None:
            return None
        mark = likely[1]
    line = re.compile(rb"^--" + re.escape(mark) + rb"(--)?[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
    parts: list[bytes] = []
    start = -1
    before = body
    for found in line.finditer(body):
        if start < 0:
            before = body[: found.start()]
        else:
            parts.append(_without_line_end(body[start : found.start()]))
        start = found.end()
        if found[1]:
            return Pieces(parts=tuple(parts), before=before, after=body[start:], closed=True)
    if start < 0:
        return None
    return Pieces(parts=(*parts, body[start:]), before=before, after=b"", closed=False)


def _without_line_end(part: bytes) -> bytes:
    """The line end before a boundary belongs to it (RFC 2046, 5.1.1)."""
    return part.removesuffix(b"\n").removesuffix(b"\r")


def decoded(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes below a transfer encoding, as far as they can be had."""
    if encoding in _PLAIN:
        return body, None
    damaged = tr(
        "传输编码有损坏，能解出的已读：取得原件后再审",
        "the transfer encoding is damaged, what could be decoded was read: review the original",
    )
    if encoding == "base64":
        bad = _NOT_BASE64.search(body) is not None or len(body.translate(None, b" \t\r\n=")) % 4 == 1
        return base64_bytes(body), damaged if bad else None
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), damaged if _NOT_QUOTED.search(body) else None
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        begin = _UU_BEGIN.search(body)
        data, whole = unuuencoded(body[begin.end() :] if begin else body)
        return data, None if whole else damaged
    return body, tr(
        f"不认识的传输编码（{encoding[:40]}），按原样读取：请打开邮件核对",
        f"unknown transfer encoding ({encoding[:40]}), read as it stands: open the mail and check",
    )


def unuuencoded(body: bytes) -> tuple[bytes, bool]:
    """The bytes of uuencoded lines, to the line "end"; whether all of them could be decoded."""
    data: list[bytes] = []
    for line in body.splitlines():
        if line.strip() == b"end":
            return b"".join(data), True
        if not line:
            continue
        try:
            data.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = ((line[0] - 32) & 63) * 4 // 3 + 2  # trailing junk is common (Python's own uu module does so)
            try:
                data.append(binascii.a2b_uu(line[:length]))
            except binascii.Error:
                return b"".join(data), False
    return b"".join(data), False
