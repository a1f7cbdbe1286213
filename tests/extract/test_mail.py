"""Every place in a message where text can be, one planted mark a row."""

from __future__ import annotations

import binascii
import random
import time

import pytest
from builders_image import saved, striped
from builders_mail import attachment, mail, multipart, part, word, word_of
from builders_ooxml import docx, paragraph, png, run
from builders_rtf import rtf, wide
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract import Source, extract
from reviewer.extract.mail import read
from reviewer.extract.scribe import Extracted
from reviewer.extract.sniff import sniff
from reviewer.terms import Part

MARK = "青石标记七三九一"
GB = MARK.encode("gb18030")
PAGE = f"<html><body><p>{MARK}</p></body></html>"
TEXT = part("见附件")
BODY = [("正文!¶1", Part.BODY, False)]


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def uuencoded(data: bytes) -> bytes:
    """A file as old programs write it into a text."""
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 a.txt\n" + b"".join(lines) + b"`\nend\n"


def shown(place: str) -> list[tuple[str, Part, bool]]:
    return [(place, Part.HEADER, False)]


def kept(place: str) -> list[tuple[str, Part, bool]]:
    return [(place, Part.PROPERTY, True)]


CASES = [
    ("subject", mail(TEXT, f"Subject: {word(MARK)}"), shown("邮件头/主题")),
    ("subject in Q", mail(TEXT, f"Subject: {word(MARK, 'utf-8', 'Q')}"), shown("邮件头/主题")),
    ("split", mail(TEXT, f"Subject: {word(MARK[:3])}\r\n {word(MARK[3:])}"), shown("邮件头/主题")),
    ("split within", mail(TEXT, f"Subject: {word_of(GB[:5])}\r\n {word_of(GB[5:])}"), shown("邮件头/主题")),
    ("raw bytes", mail(TEXT, b"Subject: " + GB + "的通知".encode("gb18030")), shown("邮件头/主题")),
    ("folded", mail(TEXT, f"Subject:\r\n\t{MARK}"), shown("邮件头/主题")),
    ("recipient", mail(TEXT, f'To: "{word(MARK)}" <b@example.cn>'), shown("邮件头/收件人")),
    ("copy", mail(TEXT, f"cC: {word(MARK)} <b@example.cn>"), shown("邮件头/抄送")),
    ("blind copy", mail(TEXT, f"Bcc: {word(MARK)} <b@example.cn>"), kept("邮件头/密送")),
    ("header of its own", mail(TEXT, f"X-Department: {word(MARK)}"), kept("邮件头/X-Department")),
    ("plain", mail(part(MARK)), BODY),
    ("quoted", mail(part(MARK, encoding="quoted-printable")), BODY),
    ("8bit without a word", mail(b"\r\n" + GB + "的通知\r\n".encode("gb18030")), BODY),
    ("wider than said", mail(part(GB + "镕".encode("gb18030"), "text/plain; charset=gb2312")), BODY),
    ("said to be Western", mail(part(GB, "text/plain; charset=iso-8859-1")), BODY),
    ("said in capitals", mail(part(GB, 'TEXT/PLAIN; CHARSET="GBK"')), BODY),
    ("unknown charset", mail(part(GB + "的通知".encode("gb18030"), "text/plain; charset=x-user")), BODY),
    ("no charset of text", mail(part(MARK, "text/plain; charset=hex")), BODY),
    ("utf-7", mail(part(MARK.encode("utf-7"), "text/plain; charset=utf-7", encoding="7bit")), BODY),
    ("page", mail(part(PAGE, "text/html; charset=utf-8")), [("网页正文!¶1", Part.BODY, False)]),
    (
        "page says its own",
        mail(part(f"<meta charset=gbk>{PAGE}".encode("gbk"), "text/html")),
        [("网页正文!¶1", Part.BODY, False)],
    ),
    (
        "alternatives",
        mail(multipart(part("x"), part(PAGE, "text/html"), kind="alternative")),
        [("网页正文!¶1", Part.BODY, False)],
    ),
    ("second text", mail(multipart(part("x"), part(MARK))), [("正文2!¶1", Part.BODY, False)]),
    ("attachment", mail(multipart(TEXT, attachment(MARK))), [("附件 a.txt!¶1", Part.BODY, False)]),
    (
        "document",
        mail(multipart(TEXT, attachment(docx(paragraph(run(MARK))), 'filename="a.docx"'))),
        [("附件 a.docx!¶1", Part.BODY, False)],
    ),
    (
        "RTF",
        mail(multipart(TEXT, attachment(rtf(wide(MARK)), "filename=a.doc"))),
        [("附件 a.doc!¶1", Part.BODY, False)],
    ),
    (
        "message",
        mail(multipart(TEXT, part(mail(part(MARK)), "message/rfc822", encoding="7bit"))),
        [("转发邮件!正文!¶1", Part.BODY, False)],
    ),
    (
        "message's subject",
        mail(part(mail(TEXT, f"Subject: {word(MARK)}"), "message/rfc822")),
        shown("转发邮件!邮件头/主题"),
    ),
    ("digest", mail(multipart(b"\r\n" + mail(part(MARK)), kind="digest")), [("转发邮件!正文!¶1", Part.BODY, False)]),
    ("before", mail(multipart(TEXT, before=MARK)), [("分段之前 ¶1", Part.EMBEDDED, True)]),
    ("after", mail(multipart(TEXT, after=MARK)), [("分段之后 ¶1", Part.EMBEDDED, True)]),
    (
        "signed",
        mail(
            multipart(
                part(MARK),
                part("-----BEGIN PGP SIGNATURE-----", "application/pgp-signature", encoding="7bit"),
                kind="signed",
            )
        ),
        BODY,
    ),
    ("report", mail(multipart(part(MARK, "message/delivery-status", encoding="7bit"), kind="report")), BODY),
    ("calendar", mail(part(f"SUMMARY:{MARK[:4]}\r\n {MARK[4:]}", "text/calendar; charset=utf-8")), BODY),
    (
        "card",
        mail(
            part(
                "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + "".join(f"={b:02X}" for b in MARK.encode()),
                "text/x-vcard",
                encoding="7bit",
            )
        ),
        BODY,
    ),
    (
        "uuencoded",
        mail(part(b"x\n" + uuencoded(MARK.encode()) + b"y", encoding="8bit")),
        [("附件 a.txt!¶1", Part.BODY, False)],
    ),
    (
        "uuencoded part",
        mail(
            multipart(
                part(uuencoded(MARK.encode()), "application/octet-stream; name=b.txt", encoding="8bit").replace(
                    b"ng: 8bit", b"ng: x-uuencode"
                )
            )
        ),
        [("附件 b.txt!¶1", Part.BODY, False)],
    ),
    (
        "style of a page",
        mail(multipart(part(PAGE.replace(MARK, "x"), "text/html"), part(f"/* {MARK} */", "text/css"), kind="related")),
        [("网页资源 ¶1", Part.SCRIPT, True)],
    ),
    (
        "description",
        mail(multipart(TEXT, part("x", headers=[f"Content-Description: {word(MARK)}"]))),
        kept("邮件部件 说明"),
    ),
    ("boundary not said", mail(multipart(part(MARK)).replace(b'; boundary="=_b"', b"")), BODY),
    ("no headers", mail(multipart(b"\r\n" + MARK.encode())), BODY),
    (
        "mailbox",
        b"From a@b Thu Jan  1 00:00:00 2026\n"
        + mail(TEXT)
        + b"\n\nFrom a@b Thu Jan  1 00:00:00 2026\n"
        + mail(part(MARK)),
        [("第2封!正文!¶1", Part.BODY, False)],
    ),
    ("Apple's", (b"%d\n" % len(mail(part(MARK)))) + mail(part(MARK)) + b"<plist/>", BODY),
]


@pytest.mark.parametrize(("data", "places"), [pytest.param(data, places, id=name) for name, data, places in CASES])
def test_where_the_mark_is_read(data, places):
    extracted = read(data)
    assert found(extracted) == places
    assert extracted.gaps == ()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("filename*=utf-8''" + "".join(f"%{b:02X}" for b in MARK.encode()) + ".txt", id="RFC 2231"),
        pytest.param(
            "filename*0*=gbk''"
            + "".join(f"%{b:02X}" for b in GB[:6])
            + ";\r\n filename*1*="
            + "".join(f"%{b:02X}" for b in GB[6:])
            + "; filename*2=.txt",
            id="in sections",
        ),
        pytest.param(f'filename="{word(MARK + ".txt")}"', id="encoded word"),
        pytest.param(f'filename="{word(MARK[:4])}\r\n {word(MARK[4:] + ".txt")}"', id="encoded words"),
        pytest.param('filename="' + GB.decode("latin-1") + '.txt"', id="raw bytes"),
        pytest.param("filename=" + "".join(f"%{b:02X}" for b in MARK.encode()) + ".txt", id="percent"),
    ],
)
def test_names_of_attachments(name):
    extracted = read(mail(multipart(TEXT, attachment("x", name))))
    assert [(s.text, s.place) for s in extracted.segments if s.part is Part.FILE_NAME] == [
        (f"{MARK}.txt", f"附件 {MARK}.txt")
    ]


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (mail(multipart(TEXT, part(saved(striped()), "image/png; name=a.png"))), "附件 a.png!图面", "图"),
        (mail(multipart(TEXT, part("x", "application/octet-stream"), kind="encrypted")), "加密内容", "加密"),
        (
            mail(part(b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x03", "application/pkcs7-mime; name=smime.p7m")),
            "加密内容",
            "加密",
        ),
        (mail(part("-----BEGIN PGP MESSAGE-----\nabc")), "正文", "PGP"),
        (mail(part("=ybegin line=128 size=1 name=x\nabc")), "正文", "yEnc"),
        (mail(part("", 'message/external-body; access-type=URL; URL="http://example.cn/x"')), "外部正文", "别处"),
        (mail(part("abc").replace(b"YWJj", b"YW**Jj")), "正文", "损坏"),
        (mail(part("a", encoding="x-what")), "正文", "x-what"),
        (mail(multipart(TEXT)[:-6]), "邮件结构", "截断"),
        (mail(b"Content-Type: multipart/mixed\r\n\r\nabc"), "邮件结构", "分段标记"),
        (mail(multipart(TEXT, part("x", "application/pkcs7-signature"), kind="signed")), "签名", "证书"),
    ],
)
def test_what_is_not_read_is_told(data, place, words):
    assert any(gap.place == place and words in gap.reason for gap in read(data).gaps)


def test_damaged_base64_is_read_as_far_as_it_goes():
    head, _, body = part(MARK * 20).rpartition(b"\r\n")
    data = mail(head + b"\r\n" + body.replace(b"\n", b"!\n"))
    assert found(read(data))


def test_signed_in_one_piece():
    inner = part(MARK)
    octets = b"\x04\x82" + len(inner).to_bytes(2, "big") + inner
    data = (
        bytes.fromhex("308006092a864886f70d010702a080308002010131003080" + "06092a864886f70d010701" + "a080")
        + octets
        + bytes(12)
    )
    extracted = read(mail(part(data, "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m")))
    assert found(extracted) == BODY
    assert [gap.place for gap in extracted.gaps] == ["签名"]


def test_machines_headers_say_nothing():
    stamps = ["Message-ID: <12345678@example.cn>", "DKIM-Signature: v=1; bh=12345678", "X-QQ-mid: 12345678a@b.c"]
    received = "Received: from x (x [192.0.2.1]) by y with SMTP id 12345678\r\n for <b@example.cn>; Thu, 1 Jan 2026"
    texts = [s.text for s in read(mail(TEXT, *stamps, received)).segments]
    assert texts == ["a@example.cn", "b@example.cn", "见附件"]


def test_usual_preamble_is_no_text():
    assert [
        s.text for s in read(mail(multipart(TEXT, before="This is a multi-part message in MIME format."))).segments
    ] == ["a@example.cn", "见附件"]


def test_an_icon_is_told_by_its_name_only():
    extracted = read(mail(multipart(TEXT, part(png(16, 16), "image/png; name=a.png"))))
    assert [s.text for s in extracted.segments] == ["a@example.cn", "见附件", "a.png"]
    assert extracted.gaps == ()


def test_messages_inside_each_other_end():
    data = mail(part(MARK))
    for _ in range(12):
        data = mail(part(data, "message/rfc822", encoding="7bit"))
    assert any("嵌套" in gap.reason for gap in read(data).gaps)
    deep = part(MARK)
    for number in range(60):
        deep = multipart(deep, boundary=f"b{number}x")
    assert found(read(mail(deep))) == [] or read(mail(deep)).gaps


def test_two_hundred_attachments():
    names = [f"名单{number}.txt" for number in range(200)]
    data = mail(multipart(TEXT, *(attachment(MARK, f'filename="{word(name)}"') for name in names)))
    document = extract(Source(path="a.eml", name="a.eml", data=data))
    assert [s.place for s in document.segments if MARK in s.text] == [f"附件 {name}!¶1" for name in names]


@pytest.mark.parametrize("line", [b"begin 644 x\n", b"begin 644 x\n`\n", b"From a@b Jan 2026\n", b"=?", b"--=_b\n"])
def test_a_line_over_and_over_takes_no_longer_than_its_length(line):
    start = time.process_time()
    read(mail(b"\r\n" + line * 20_000))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (mail(TEXT), "a", "message/rfc822"),
        (b"From a@b Thu Jan  1 00:00:00 2026\n" + mail(TEXT), "a", "application/mbox"),
        (b"12\nFrom: x\nTo: y\n", "a.emlx", "application/mbox"),
        (b"From here on, 2026\n\nText", "a.txt", "text/plain"),
    ],
)
def test_sniffed(data, name, kind):
    assert sniff(data, name) == kind


@given(
    lines=st.lists(st.text("张三的公示ab c=.-\t", max_size=30), max_size=6),
    encoding=st.sampled_from(["base64", "quoted-printable", "8bit"]),
    charset=st.sampled_from(["utf-8", "gb18030"]),
    together=st.booleans(),
)
@settings(deadline=None, max_examples=100)
def test_what_was_written_is_read(lines, encoding, charset, together):
    text = "\n".join(lines)
    body = part(text.encode(charset), f"text/plain; charset={charset}", encoding=encoding)
    extracted = read(mail(multipart(body, TEXT) if together else body))
    read_lines = [s.text for s in extracted.segments if s.place.startswith("正文!")]
    wanted = [line.rstrip() for line in lines if line.strip()]
    assert [line.rstrip() for line in read_lines] == wanted


def mutants(data: bytes, count: int, seed: int) -> list[bytes]:
    """Cut, doubled, changed: copies of a file as accidents make them."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        at, size = chance.randrange(len(data)), chance.randrange(1, 9)
        piece = chance.choice([b"", b"\n", b"\r\n\r\n", b"--=_b\r\n", b"=?", b"=", b":", b"*", chance.randbytes(size)])
        made.append(data[:at] + piece + data[at + chance.choice([0, size]) :])
        made.append(data[:at])
    return made


def test_damage_is_survived():
    for number, (_, data, _) in enumerate(CASES):
        for mutant in mutants(data, 5, seed=number):
            read(mutant)
