"""What the headers of a message say: those that a mail program shows, and those that it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.extract.mail.parts import Header
from reviewer.extract.scribe import Scribe
from reviewer.extract.telling import telling
from reviewer.terms import Part

_SHOWN = {"from": "发件人", "to": "收件人", "cc": "抄送", "subject": "主题", "date": "日期"}
_KEPT = {
    "bcc": "密送",
    "reply-to": "回复地址",
    "sender": "代发人",
    "organization": "单位",
    "comments": "备注",
    "keywords": "关键词",
    "thread-topic": "话题",
    "delivered-to": "投递地址",
    "return-path": "退信地址",
    "disposition-notification-to": "回执地址",
    "resent-from": "转发人",
    "resent-to": "转发收件人",
    "content-description": "说明",
    "content-location": "位置",
}
# Ids, signatures and stamps of servers, full of digits and signs; told only if there is Chinese or a
# person's number in them.
_OF_MACHINES = re.compile(
    r"(content-(type|disposition|transfer-encoding|id)|message-id|references|in-reply-to|mime-version|dkim-.*"
    r"|arc-.*|authentication-results|received(-spf)?|domainkey-signature|thread-index|x-.*(id|sig|signature|spam.*|score|"
    r"hash|digest|key|token|stamp|data|info|scl|report|antiabuse|feedback|loop|version|mailer|scan.*|virus.*|uidl|priority)"
    r"|x-(ms|microsoft|google|qq|coremail|cm|exchange|forefront|gm|proofpoint|ironport|barracuda)-.*|list-.*|feedback-id"
    r"|date|user-agent|lines|status)",
    re.IGNORECASE,
)
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# A resident identity number (GB 11643-1999) or a mobile phone's, standing alone: no stamp looks so.
_PERSONAL = re.compile(
    r"(?<![\w.])(?:[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|1[3-9]\d{9})(?![\w.])"
)
_RECIPIENT = re.compile(r"\bfor\s+<?([^<>\s;]+@[^<>\s;]+)", re.IGNORECASE)


def read_headers(headers: Iterable[Header], scribe: Scribe) -> None:
    """Write down a message's headers; the same text twice in the same header is told once."""
    seen: set[tuple[str, str]] = set()
    for header in headers:
        name, text = header.name.lower(), header.text
        place, hidden = _place(name, text)
        if name == "received" and not _CHINESE.search(text):
            text = " ".join(dict.fromkeys(_RECIPIENT.findall(text)))
            place = "邮件头/Received" if text else ""
        if place and text and (place, text) not in seen:
            seen.add((place, text))
            part = Part.PROPERTY if hidden else Part.HEADER
            scribe.add(text, place, part=part, hidden=hidden)


def read_part_headers(headers: Iterable[Header], label: str, scribe: Scribe) -> None:
    """Headers of a part that tell something beside its name."""
    for header in headers:
        name = header.name.lower()
        if name in ("content-description", "content-location") or not name.startswith("content-"):
            text = header.text
            if name == "content-location" and text.lower().startswith("cid:"):
                continue  # an id of the program's own making
            if telling(text) or (name == "content-description" and text):
                scribe.add(text, f"{label} {_KEPT.get(name, header.name)}", part=Part.PROPERTY, hidden=True)


def _place(name: str, text: str) -> tuple[str, bool]:
    """Where a header is told, "" if it says nothing, and whether it is hidden."""
    if name in _SHOWN:
        return f"邮件头/{_SHOWN[name]}", False
    if name in _KEPT:
        return f"邮件头/{_KEPT[name]}", True
    says = _CHINESE.search(text) or _PERSONAL.search(text) if _OF_MACHINES.fullmatch(name) else telling(text)
    return (f"邮件头/{name.title()}" if says else ""), True
