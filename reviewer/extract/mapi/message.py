"""Writes a message down from its MAPI properties: people, subject, every form of its body, attachments, the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reviewer.extract import read_with
from reviewer.extract.embedded import read_embedded
from reviewer.extract.limits import DEFAULT_LIMITS
from reviewer.extract.mail import bodies
from reviewer.extract.mail.headers import read_headers
from reviewer.extract.mail.parts import entity
from reviewer.extract.mapi.compressed import decompressed
from reviewer.extract.mapi.properties import BINARY, MULTIPLE, STRING8, UNICODE, Properties, charset
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.sniff import BINARY as UNKNOWN
from reviewer.extract.sniff import sniff
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

_SHOWN = (
    ((0x0037, 0x0E1D), "主题"),
    ((0x0042, 0x0C1A), "发件人"),
    ((0x0E04,), "收件人"),
    ((0x0E03,), "抄送"),
)
_KEPT = (
    ((0x0C1A,), "代发人"),
    ((0x0E02,), "密送"),
    ((0x5D02, 0x0065), "发件人地址"),
    ((0x5D01, 0x0C1F), "代发人地址"),
    ((0x0070,), "话题"),
    ((0x0050,), "回复地址"),
    ((0x0075, 0x0040), "接收人"),
    ((0x003F, 0x0044), "代收人"),
)
_BODY, _RTF, _HTML, _HEADERS = 0x1000, 0x1009, 0x1013, 0x007D
_TYPES = {1: "收件人", 2: "抄送", 3: "密送"}
# Keys and ids of stores: digits and addresses that are told elsewhere.
_OF_STORES = frozenset({0x0FFF, 0x0FF9, 0x300B, 0x0FF6, 0x0071, 0x001A, 0x1035, 0x1039, 0x1042, 0x65E2, 0x65E3, 0x3FFA})
_WIDE_TEXT = re.compile(rb"(?:[\x20-\x7e]\0|[\x00-\xff][\x4e-\x9f]){3,}")
_LARGE_BYTES = 1 << 14
_SMALL_TEXT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attachment; `read` reads what is not simply bytes: an enclosed message, an OLE object."""

    properties: Properties
    read: Callable[[str], Extracted | None]


class Writer:
    """Writes one message; what was told once is not told again as a leftover."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._told: set[str] = set()
        self._shown: dict[str, None] = {}  # lines of the body, in their order

    def write(self, message: Properties, recipients: Iterable[Properties], attachments: Iterable[Attachment]) -> None:
        for ids, label in _SHOWN:
            self._tell(message.text(*ids), f"邮件头/{label}", Part.HEADER)
        for ids, label in _KEPT:
            self._tell(message.text(*ids), f"邮件头/{label}", Part.PROPERTY, hidden=True)
        for number, recipient in enumerate(recipients, 1):
            self._recipient(recipient, number)
        self._bodies(message)
        self._headers(message)
        for number, attachment in enumerate(attachments, 1):
            self._attachment(attachment, number)
        self._rest(message, "属性")

    def _tell(self, text: str, place: str, part: Part, *, hidden: bool = False) -> None:
        if text and not (hidden and text in self._told):
            self._scribe.add(text, place, part=part, hidden=hidden)
            self._told.add(text)

    def _recipient(self, recipient: Properties, number: int) -> None:
        label = f"邮件头/{_TYPES.get(recipient.number(0x0C15) & 15, '收件人')}{number}"
        for ids in ((0x3001, 0x5FF6), (0x39FE, 0x3003)):
            self._tell(recipient.text(*ids), label, Part.PROPERTY, hidden=True)
        self._rest(recipient, label)

    def _bodies(self, message: Properties) -> None:
        """Plain, page and RTF say the same as a rule: what the later ones say besides is what is added."""
        text = message.text(_BODY)
        if text:
            self._body(read_with("reviewer.extract.plain", bodies.marked(text), DEFAULT_LIMITS), "正文")
        if message.is_text(_HTML):
            page = bodies.read_page(bodies.marked(message.text(_HTML)), "utf-8")
            self._body(page, "网页正文")
        elif data := message.data(_HTML):
            self._body(bodies.read_page(data, charset(message.codepage)), "网页正文")
        if packed := message.data(_RTF):
            rtf, whole = decompressed(packed)
            if not whole:
                self._scribe.gap(
                    "RTF 正文",
                    tr(
                        "压缩的正文已损坏，能解出的已读：请在 Outlook 中打开核对",
                        "the compressed body is damaged, what could be unpacked was read: open it in Outlook",
                    ),
                )
            if rtf.strip(b"\0 "):
                self._body(read_with("reviewer.extract.rtf", rtf, DEFAULT_LIMITS), "RTF 正文")

    def _body(self, inner: Extracted, label: str) -> None:
        """A form of the body; what an earlier one shows already is left out."""
        text = "".join(self._shown)

        def said(line: str) -> bool:
            return line in self._shown or (len(text) < _SMALL_TEXT and line in text)

        kept = tuple(segment for segment in inner.segments if not said(_squeezed(segment.text)))
        self._scribe.enclose(Extracted(text=inner.text, segments=kept, gaps=inner.gaps), label, Enclosure.MEMBER)
        self._shown |= dict.fromkeys(_squeezed(segment.text) for segment in kept if not segment.hidden)

    def _headers(self, message: Properties) -> None:
        """The headers with which the message travelled; Outlook shows them in a dialogue only."""
        headers = message.text(_HEADERS)
        if not headers:
            return
        inner = Scribe()
        read_headers(entity(headers.encode("utf-8", errors="replace")).headers, inner)
        kept = tuple(segment for segment in inner.finish().segments if segment.text not in self._told)
        self._scribe.enclose(Extracted(text=inner.finish().text, segments=kept), "传输邮件头", Enclosure.OBJECT)

    # --- attachments ----------------------------------------------------------------------------------

    def _attachment(self, attachment: Attachment, number: int) -> None:
        properties = attachment.properties
        names = [properties.text(one) for one in (0x3707, 0x3704, 0x3001)]
        shown = next(filter(None, names), "")
        label = f"附件 {shown}" if shown else f"附件{number}"
        if shown:
            self._scribe.add(shown, label, part=Part.FILE_NAME)
            self._told.add(shown)
        for name in names:
            short = "~" in name and name.isascii()
            if not short:
                self._tell(name, label, Part.FILE_NAME, hidden=True)
        inner = attachment.read(shown)
        if inner is not None:
            self._scribe.enclose(inner, label, Enclosure.MEMBER)
        path = properties.text(0x370D, 0x3708)
        self._tell(path, f"{label} 路径", Part.PROPERTY, hidden=True)
        if inner is None:
            self._scribe.gap(
                label,
                tr(
                    "附件内容不在邮件中或为空，未读取：单独再审",
                    "the attachment's content is not here, or empty: not read",
                ),
            )
        rendering = properties.data(0x3709)
        if len(rendering) > _LARGE_BYTES:
            self._scribe.gap(label, tr("附件图标中可能有文字，未读取", "the attachment's icon may hold text, not read"))
        self._rest(properties, label)

    # --- what is left ---------------------------------------------------------------------------------

    def _rest(self, properties: Properties, label: str) -> None:
        """Every other property of text, and text in properties of bytes, that may say something."""
        for found in properties.left():
            place = f"{label}/{found.name or f'0x{found.id:04X}'}"
            kind = found.kind & ~MULTIPLE
            if telling(found.name):
                self._tell(found.name, place, Part.PROPERTY, hidden=True)
            if kind in (STRING8, UNICODE):
                text = properties.decoded(found).strip("\0").strip()
                if telling(text) and found.id not in _OF_STORES:
                    self._tell(text, place, Part.PROPERTY, hidden=True)
            elif kind == BINARY:
                self._bytes(found.value, place, known=found.id in _OF_STORES)

    def _bytes(self, data: bytes, place: str, *, known: bool) -> None:
        for found in _WIDE_TEXT.finditer(data[: 1 << 20]):
            text = found[0].decode("utf-16-le", errors="replace").strip()
            if _CHINESE_RUN.search(text):
                self._tell(text, place, Part.PROPERTY, hidden=True)
        if len(data) <= _LARGE_BYTES or known:
            return
        if sniff(data, "") != UNKNOWN:
            self._scribe.enclose(read_embedded(data, ""), place, Enclosure.OBJECT)
        else:
            self._scribe.gap(place, tr("不认识的二进制属性，未读取", "unknown binary property, not read"))


_CHINESE_RUN = re.compile("[\u4e00-\u9fff]{3}|\\w@\\w+\\.\\w")


def _squeezed(text: str) -> str:
    return "".join(text.split())
