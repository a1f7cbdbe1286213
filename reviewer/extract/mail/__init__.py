"""Mail (.eml), mailboxes (mbox, .emlx) and web archives (.mht), all of which are messages (RFC 5322, RFC 2557).

Read with a parser of our own that accounts for every byte; bodies are decoded by `text.decode`.
"""

from __future__ import annotations

import re

from reviewer.extract import read_with
from reviewer.extract.limits import DEFAULT_LIMITS, time_left_s
from reviewer.extract.mail.message import Message
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.language import tr
from reviewer.text.lazy import lazy

_POSTMARK = lazy(rb"^From [^\r\n]{1,200}[0-9]{4}[^\r\n]{0,20}\r?\n(?=[!-9;-~]+[ \t]*:)", re.MULTILINE)
_QUOTED_FROM = lazy(rb"^>(>*From )", re.MULTILINE)
_LENGTH = lazy(rb"([0-9]{1,10})[ \t]*\r?\n(?=[!-9;-~]+:)")
_MOST_MESSAGES = 20_000
_RESERVE_S = 6.0


def read(data: bytes) -> Extracted:
    """Read a message, or all messages of a mailbox."""
    scribe = Scribe()
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \0")
    length = _LENGTH.match(data)
    if length:
        _apple(data, length, scribe)
    elif _POSTMARK.match(data):
        _mailbox(data, scribe)
    else:
        Message(scribe).read(data)
    return scribe.finish()


def _apple(data: bytes, length: re.Match[bytes], scribe: Scribe) -> None:
    """Apple's .emlx: a line with the message's length, the message, a property list."""
    end = length.end() + int(length[1])
    Message(scribe).read(data[length.end() : end])
    rest = data[end:].strip()
    if rest:
        inner = read_with("reviewer.extract.plain", rest, DEFAULT_LIMITS)
        scribe.enclose(inner, tr("邮件属性表", "property list"), Enclosure.OBJECT)


def _mailbox(data: bytes, scribe: Scribe) -> None:
    """Messages one after the other, each below its postmark (RFC 4155)."""
    marks = [found.span() for found in _POSTMARK.finditer(data)]
    ends = [*(start for start, _ in marks[1:]), len(data)]
    for number, ((_, start), end) in enumerate(zip(marks, ends, strict=True), 1):
        label = tr(f"第{number}封", f"message {number}")
        if number > _MOST_MESSAGES or time_left_s() < _RESERVE_S:
            scribe.gap(
                label,
                tr("此封及以后的邮件未读取：拆分邮箱后再审", "this message and those after it were not read: split it"),
            )
            return
        message = _QUOTED_FROM.sub(rb"\1", data[start:end])
        inner = Scribe()
        Message(inner).read(message)
        if len(marks) == 1:
            label = tr("邮件", "mail")
        scribe.enclose(inner.finish(), label, Enclosure.MEMBER)
