"""Messages made in memory, byte by byte: the usual libraries refuse to write what real programs write."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence


def word(text: str, charset: str = "gb2312", encoding: str = "B") -> str:
    """An encoded word (RFC 2047) of bytes in a wider character set than it says."""
    raw = text.encode("gb18030" if charset.lower().startswith("gb") else charset)
    return word_of(raw, charset, encoding)


def word_of(raw: bytes, charset: str = "gb2312", encoding: str = "B") -> str:
    """An encoded word of these bytes."""
    if encoding == "B":
        return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    return f"=?{charset}?Q?{''.join(f'={byte:02X}' for byte in raw)}?="


def part(
    content: bytes | str,
    kind: str = "text/plain; charset=utf-8",
    *,
    encoding: str = "base64",
    headers: Sequence[str | bytes] = (),
) -> bytes:
    """One part of a message."""
    raw = content.encode() if isinstance(content, str) else content
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(raw)
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *headers]
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + b"\r\n\r\n" + coded


def attachment(content: bytes | str, name: str = 'filename="a.txt"', kind: str = "application/octet-stream") -> bytes:
    """A part to be saved; `name` is the parameter as written."""
    return part(content, kind, headers=[b"Content-Disposition: attachment; " + name.encode("latin-1", "replace")])


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "=_b", before: str = "", after: str = "") -> bytes:
    """Parts between boundaries, with a Content-Type header in front."""
    line = f"--{boundary}\r\n".encode()
    body = b"".join(line + one + b"\r\n" for one in parts) + f"--{boundary}--\r\n".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    return head.encode() + before.encode() + b"\r\n" + body + after.encode()


def mail(content: bytes = b"", *headers: str | bytes) -> bytes:
    """A message: `content` begins with the headers of its content."""
    first = ["MIME-Version: 1.0", "From: a@example.cn", *headers]
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in first) + b"\r\n" + content
