"""One message: headers, bodies in every form they come in, attachments, and what stands between the parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.extract import read_with
from reviewer.extract.embedded import read_embedded
from reviewer.extract.limits import DEFAULT_LIMITS, time_left_s
from reviewer.extract.mail import bodies
from reviewer.extract.mail.charset import text_of
from reviewer.extract.mail.headers import read_headers, read_part_headers
from reviewer.extract.mail.parts import Entity, entity, pieces
from reviewer.extract.mail.signatures import read_signature, signed_content
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.language import tr
from reviewer.terms import Part

_DEEPEST = 40  # multiparts inside each other
_MOST_PARTS = 5000
_RESERVE_S = 5.0
_USUAL_PREAMBLE = re.compile(
    r"\s*(this is an? (multi-?part|s/mime|cryptographically signed|openpgp|mime)[^.]*(message|format)[^.]*[.]?\s*"
    r"(--\s*)?|your mail(er| client)[^.]*[.]\s*)*",
    re.IGNORECASE,
)
_SEALED = frozenset({"application/pgp-encrypted", "application/x-pgp-encrypted"})
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_OPAQUE = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})
_MESSAGES = frozenset({"message/rfc822", "message/news", "message/global"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A part that is still to be read, and how deep it lies."""

    entity: Entity
    depth: int


class Message:
    """Reads one message into a scribe; parts come in their order, however they nest."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._counts: dict[str, int] = {}
        self._parts = 0

    def read(self, data: bytes) -> None:
        """Read a message from its first header to its last byte."""
        whole = entity(data)
        read_headers(whole.headers, self._scribe)
        waiting = [_Waiting(entity=whole, depth=0)]
        while waiting:
            current = waiting.pop()
            self._parts += 1
            if self._parts > _MOST_PARTS or time_left_s() < _RESERVE_S:
                self._scribe.gap(
                    tr("此后的部分", "the rest"),
                    tr(
                        "邮件部分过多或时间用尽，未读完：附件另存后单独再审",
                        "too many parts, or no time left: save the attachments and review each",
                    ),
                )
                return
            if current.depth:
                read_part_headers(current.entity.headers, self._label_of(current.entity), self._scribe)
            waiting += reversed(self._read(current))

    def _label_of(self, part: Entity) -> str:
        return f"附件 {part.names[0]}" if part.names else tr("邮件部件", "part of the mail")

    def _read(self, current: _Waiting) -> list[_Waiting]:
        """Read one part, or give the parts that it is made of."""
        part = current.entity
        kind = part.media_type
        if kind.startswith("multipart/"):
            return self._multipart(current)
        if kind in _MESSAGES:
            self._message(part)
        elif kind == "message/external-body":
            self._elsewhere(part)
        elif kind in _SEALED:
            self._sealed(part)
        elif kind in _SIGNATURES:
            data, _ = part.content()
            read_signature(data, self._numbered("签名"), self._scribe)
        elif kind in _OPAQUE:
            return self._opaque(current)
        elif bodies.is_body(part) or kind in _REPORTS:
            self._body(part)
        else:
            self._attachment(part)
        return []

    # --- parts of parts -------------------------------------------------------------------------------

    def _multipart(self, current: _Waiting) -> list[_Waiting]:
        part = current.entity
        body, trouble = part.content()
        place = tr("邮件结构", "structure of the mail")
        if trouble:
            self._scribe.gap(place, trouble)
        if part.media_type == "multipart/encrypted":
            self._sealed(part)
            return []
        cut = pieces(body, part.parameters.get("boundary", "")) if current.depth < _DEEPEST else None
        if cut is None:
            if body.strip():
                self._scribe.gap(
                    place,
                    tr(
                        "邮件分段标记缺失或嵌套过深，按纯文本读取：请打开邮件核对",
                        "no boundary between the parts, or nested too deeply: read as text, open the mail and check",
                    ),
                )
                self._text(body, "", self._numbered("正文"))
            return []
        self._beside(cut.before, tr("分段之前", "before the parts"))
        self._beside(cut.after, tr("分段之后", "after the parts"))
        if not cut.closed:
            self._scribe.gap(
                place,
                tr("邮件没有结束标记，可能被截断：取得完整邮件后再审", "the mail has no end, it may be cut short"),
            )
        inner = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        return [_Waiting(entity=entity(piece, inner), depth=current.depth + 1) for piece in cut.parts]

    def _beside(self, data: bytes, where: str) -> None:
        """Text outside of all parts: no mail program shows it."""
        if not data.strip():
            return
        text = text_of(data.strip(), "").text
        if _USUAL_PREAMBLE.fullmatch(text[:2000]) and len(text) < 2000:
            return
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                self._scribe.add(line, f"{where} ¶{number}", part=Part.EMBEDDED, hidden=True)

    def _message(self, part: Entity) -> None:
        """An enclosed message, read as an attachment with a name of its own."""
        data, trouble = part.content()
        label = self._numbered("转发邮件")
        for name in part.names:
            self._scribe.add(name, label, part=Part.FILE_NAME)
        self._enclose(data, f"{label}.eml", label, trouble)

    def _elsewhere(self, part: Entity) -> None:
        label = self._numbered("外部正文")
        told = "; ".join(f"{key}={value}" for key, value in part.parameters.items())
        self._scribe.add(told, label, part=Part.PROPERTY, hidden=True)
        self._scribe.gap(
            label,
            tr("内容不在邮件中而在别处，未读取：取得后单独再审", "the content lies elsewhere and was not read"),
        )

    def _sealed(self, part: Entity) -> None:
        self._scribe.gap(
            self._numbered("加密内容"),
            tr("邮件内容已加密，未读取：解密后再审", "encrypted, not read: decrypt it and review again"),
        )

    def _opaque(self, current: _Waiting) -> list[_Waiting]:
        """S/MIME in one piece: signed content lies open inside, enveloped content is sealed."""
        data, _ = current.entity.content()
        signed = signed_content(data)
        if signed is None or current.depth >= _DEEPEST:
            self._sealed(current.entity)
            return []
        read_signature(data, self._numbered("签名"), self._scribe)
        return [_Waiting(entity=entity(signed), depth=current.depth + 1)]

    # --- leaves ---------------------------------------------------------------------------------------

    def _body(self, part: Entity) -> None:
        data, trouble = part.content()
        label = self._numbered(bodies.title(part))
        if trouble:
            self._scribe.gap(label, trouble)
        charset = part.parameters.get("charset", "")
        if part.media_type == "text/html":
            self._scribe.enclose(bodies.read_page(data, charset), label, Enclosure.MEMBER)
        elif bodies.is_code(part):
            bodies.read_code(data, charset, label, self._scribe)
        else:
            self._text(bodies.opened(part.media_type, data), charset, label)

    def _text(self, data: bytes, charset: str, label: str) -> None:
        """Plain text, and files that were written into it."""
        found = text_of(data, charset)
        if found.trouble:
            self._scribe.gap(label, found.trouble)
        text, files = bodies.files_in(found.text)
        for file in files:
            self._scribe.add(file.name, f"附件 {file.name}", part=Part.FILE_NAME)
            self._enclose(file.data, file.name, f"附件 {file.name}", file.trouble)
        inner = read_with("reviewer.extract.plain", bodies.marked(text), DEFAULT_LIMITS)
        self._scribe.enclose(inner, label, Enclosure.MEMBER)
        for reason in bodies.unread_in(text):
            self._scribe.gap(label, reason)

    def _attachment(self, part: Entity) -> None:
        data, trouble = part.content()
        name = part.names[0] if part.names else _last(part.header("content-location"))
        label = f"附件 {name}" if name else self._numbered("附件")
        for other in part.names:
            self._scribe.add(other, label, part=Part.FILE_NAME)
        if not data.strip():
            if data or trouble:
                self._scribe.gap(label, trouble or tr("附件为空", "the attachment is empty"))
            return
        self._enclose(data, name or bodies.likely_name(part.media_type), label, trouble)

    def _enclose(self, data: bytes, name: str, label: str, trouble: str | None) -> None:
        if trouble:
            self._scribe.gap(label, trouble)
        self._scribe.enclose(read_embedded(data, name), label, Enclosure.MEMBER)

    def _numbered(self, label: str) -> str:
        """正文, 正文2, 正文3."""
        self._counts[label] = self._counts.get(label, 0) + 1
        number = self._counts[label]
        return label if number == 1 else f"{label}{number}"


def _last(address: str) -> str:
    """The file's name in the address of a web archive's part."""
    return address.partition("?")[0].rpartition("/")[2][:255]
