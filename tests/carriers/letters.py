"""Carriers of mail, web archives and RTF."""

from __future__ import annotations

import base64
from email.message import EmailMessage

from builders_ooxml import docx, paragraph, run

from .carrier import Carrier, hidden, seen


def mail(text: str = "请审阅。", subject: str = "名单") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.test", "b@example.test", subject
    message["Message-ID"] = "<1@example.test>"
    message.set_content(text)
    return message


def attached(data: bytes, name: str) -> bytes:
    message = mail()
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def forwarded(number: str) -> bytes:
    message = mail()
    message.add_attachment(mail(f"身份证号{number}"))
    return bytes(message)


def alternative(number: str) -> bytes:
    message = mail()
    message.add_alternative(f"<html><body><p>身份证号{number}</p></body></html>", subtype="html")
    return bytes(message)


def archive(number: str) -> bytes:
    body = base64.encodebytes(f"<html><body><p>身份证号{number}</p></body></html>".encode())
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\nSubject: page\r\n\r\n'
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: http://example.test/\r\n\r\n" + body + b"\r\n--b--\r\n"
    )


def rtf(body: str) -> bytes:
    return rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\f0 page\par " + body.encode("ascii") + b"}"


CARRIERS: tuple[Carrier, ...] = (
    seen("mail body.eml", "正文!¶1", lambda n: bytes(mail(f"身份证号{n}"))),
    seen("mail quoted printable.eml", "正文!¶1", lambda n: bytes(mail(f"张三的身份证号是{'=' * 3}{n}"))),
    seen("mail subject.eml", "邮件头/主题", lambda n: bytes(mail(subject=f"张三证号{n}"))),
    seen("mail html.eml", "网页正文!¶1", alternative),
    seen("mail attachment.eml", "名单.txt!¶1", lambda n: attached(f"身份证号{n}".encode(), "名单.txt")),
    seen("mail attached document.eml", "a.docx!¶1", lambda n: attached(docx(paragraph(run(n))), "a.docx")),
    seen("mail forwarded.eml", "转发邮件!正文!¶1", forwarded),
    hidden("mail header.eml", "邮件头", lambda n: b"X-Id: " + n.encode() + b"\r\n" + bytes(mail())),
    seen("mail name of an attachment.eml", "附件", lambda n: attached(b"page", f"{n}.txt")),
    seen("web archive.mht", "网页正文!¶1", archive),
    seen("rtf text.rtf", "¶2", lambda n: rtf(rf"ID {n}\par")),
    seen("rtf groups.rtf", "¶2", lambda n: rtf(rf"{n[:6]}{{\b {n[6:12]}}}{n[12:]}\par")),
    seen("rtf table.rtf", "表1", lambda n: rtf(rf"\trowd\cellx2000\cellx4000\intbl a\cell {n}\cell\row\pard\par")),
    hidden("rtf hidden.rtf", "隐藏文字", lambda n: rtf(rf"{{\v {n}}}\par")),
    hidden("rtf annotation.rtf", "批注", lambda n: rtf(rf"{{\*\annotation {n}}}\par")),
    hidden("rtf author.rtf", "属性", lambda n: rtf(rf"{{\info{{\author {n}}}}}")),
    seen("rtf header.rtf", "页眉", lambda n: rtf(rf"{{\header {n}\par}}")),
    seen("rtf footnote.rtf", "脚注", lambda n: rtf(rf"{{\footnote {n}}}\par")),
    hidden("rtf field code.rtf", "域代码", lambda n: rtf(rf'{{\field{{\*\fldinst ASK "{n}"}}{{\fldrslt a}}}}\par')),
    hidden("rtf deleted.rtf", "修订删除", lambda n: rtf(rf"{{\deleted {n}}}\par")),
    hidden("rtf unknown destination.rtf", "未显示的内容", lambda n: rtf(rf"{{\*\odd {n}}}\par")),
    hidden("rtf variable.rtf", "属性/docvar", lambda n: rtf(rf"{{\*\docvar {{v}}{{{n}}}}}")),
)
