"""What kind of file some bytes are: contents first, the name only as a hint."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract.sniff import sniff

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def archive(**members: str) -> bytes:
    """A zip archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, contents in members.items():
            target.writestr(name, contents)
    return buffer.getvalue()


def office(part: str, kind: str, more: str = "") -> bytes:
    types = f'<Types>{more}<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    return archive(**{"[Content_Types].xml": types, part: "<x/>"})


def compound(*streams: str, inside: str = "") -> bytes:
    """An OLE file with these streams at its root, and one in a storage below it."""
    names = ["Root Entry", *streams, *(["ObjectPool", inside] if inside else [])]
    last = len(streams) + bool(inside)
    entries = b""
    for number, name in enumerate(names):
        kind = 5 if number == 0 else 1 if name == "ObjectPool" else 2
        child = 1 if number == 0 else last + 1 if name == "ObjectPool" else 0xFFFFFFFF
        follows = number + 1 if 0 < number < last else 0xFFFFFFFF
        text = name.encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, follows, child)
        entries += bytes(48)
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = -(-len(entries) // 512)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return bytes(header) + fat + entries.ljust(sectors * 512, b"\0")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "a.docx", "application/x-empty"),
        (b"%PDF-1.7\n%", "a.txt", "application/pdf"),
        pytest.param(b"junk\n%PDF-1.4\n1 0 obj\nendobj", "a", "application/pdf", id="pdf after junk"),
        (b"{\\rtf1 x}", "a.doc", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.png", "image/jpeg"),
        (b"RIFF\1\2\3\4WEBPVP8 ", "a", "image/webp"),
        (b"Rar!\x1a\x07\1\0", "a.zip", "application/vnd.rar"),
        (bytes(range(256)) * 20, "a.txt", "application/octet-stream"),
        (bytes(300), "a.txt", "application/octet-stream"),
        ("通知".encode(), "a", "text/plain"),
        ("关于公示补助名单的通知".encode("gb18030"), "a.txt", "text/plain"),
        ("关于公示补助名单的通知".encode("utf-16-le"), "a.txt", "text/plain"),
        pytest.param(("通知" * 5000).encode(), "a.txt", "text/plain", id="beginning ends within a character"),
        ("# 标题".encode(), "说明.MD", "text/markdown"),
        pytest.param("<div align=center>甲</div>\n\n# 乙".encode(), "a.md", "text/markdown", id="tags in Markdown"),
        pytest.param(b"<!DOCTYPE html><html>", "a.md", "text/html", id="page called Markdown"),
        ("姓名".encode(), "a.csv", "text/csv"),
        ("姓名".encode(), "a.tsv", "text/tab-separated-values"),
        pytest.param("姓名,性别,村\n张,男,甲\n李,女,乙".encode(), "a.txt", "text/csv", id="table called txt"),
        pytest.param(b"a\tb\nc\td\ne\tf", "a.xls", "text/tab-separated-values", id="table called xls"),
        pytest.param("他说，是的，没错\n是的，他说，没错\n没错，是的，好".encode(), "a.txt", "text/plain", id="prose"),
        (b"<html><body>x", "a.xls", "text/html"),
        (b"\n <!-- x --><p>x</p>", "a", "text/html"),
        ("<table><tr><td>甲".encode("gb18030"), "a.xls", "text/html"),
        ("<html><body>甲".encode("utf-16"), "a", "text/html"),
        ("正文".encode(), "a.html", "text/html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'>", "a", "text/html"),
        (b"<?xml version='1.0'?><list/>", "a.txt", "application/xml"),
        (b"<?xml version='1.0'?><!-- x --><svg xmlns='x'>", "a", "image/svg+xml"),
        pytest.param("<关于>的通知".encode(), "a.txt", "text/plain", id="angle brackets"),
        (b'{"a": [1, 2]}', "a.txt", "text/plain"),
        (b'{"a": [1, 2]}', "a", "application/json"),
        (rb'{"a": "\u5f20"}', "a.txt", "application/json"),
        (b"<list><a>1</a></list>", "a.log", "text/plain"),
        (b"<list><a>&#24352;</a></list>", "a.txt", "application/xml"),
        pytest.param("[附件] 名单".encode(), "a.txt", "text/plain", id="square brackets"),
        (b"Received: x\n by y\nSubject: z\n\nbody", "a.txt", "message/rfc822"),
        (b"From: x\nSubject: y\n\nz", "a.eml", "message/rfc822"),
        pytest.param(b"Date: x\nSubject: y\n\nz", "a.txt", "text/plain", id="headers of a memo"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; x\n\n", "a.doc", "multipart/related"),
    ],
)
def test_sniff(data, name, kind):
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (office("word/document.xml", WORD + ".main+xml"), WORD),
        (office("xl/workbook.xml", EXCEL + ".main+xml"), EXCEL),
        (
            office("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
            "application/vnd.ms-word.document.macroEnabled.12",
        ),
        (
            office("word/document.xml", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
            "application/vnd.ms-word.template.macroEnabled.12",
        ),
        (
            office("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        ),
        pytest.param(
            office("word/document.xml", WORD + ".main+xml", f'<Default Extension="xlsx" ContentType="{EXCEL}"/>'),
            WORD,
            id="workbook embedded",
        ),
        pytest.param(
            office(
                "word/document.xml",
                WORD + ".main+xml",
                f'<Override PartName="/xl/workbook.xml" ContentType="{EXCEL}.main+xml"/>',
            ),
            WORD,
            id="declares a part that is not there",
        ),
        pytest.param(archive(**{"word/document.xml": "<x/>"}), WORD, id="types missing"),
        pytest.param(office("word/document.xml", WORD + ".main+xml")[:-30], WORD, id="cut short"),
        (archive(**{"OFD.xml": "<x/>"}), "application/ofd"),
        (
            archive(mimetype="application/vnd.oasis.opendocument.text", x="y"),
            "application/vnd.oasis.opendocument.text",
        ),
        (archive(x="y"), "application/zip"),
        (b"PK\x05\x06" + bytes(18), "application/zip"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.zip"])
def test_what_a_zip_really_is(data, kind, name):
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (compound("1Table", "WordDocument"), "application/msword"),
        (compound("Workbook"), "application/vnd.ms-excel"),
        (compound("A", "B", "C", "D", "PowerPoint Document"), "application/vnd.ms-powerpoint"),
        (compound("EncryptionInfo", "EncryptedPackage"), "application/encrypted"),
        (compound("__properties_version1.0"), "application/vnd.ms-outlook"),
        pytest.param(
            compound("Workbook", inside="WordDocument"), "application/vnd.ms-excel", id="letter in a workbook"
        ),
        (compound("Else"), "application/x-ole-storage"),
        pytest.param(compound("Workbook")[:600], "application/x-ole-storage", id="cut short"),
    ],
)
def test_what_an_ole_file_really_is(data, kind):
    assert sniff(data, "a.txt") == kind


@given(
    data=st.binary(), start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<", b"%PDF-"])
)
@settings(deadline=None)
def test_any_bytes_have_a_kind(data, start):
    assert "/" in sniff(start + data, "a.txt")


@given(data=st.binary(min_size=1, max_size=8), at=st.integers(0, 2000))
@settings(deadline=None)
def test_any_damage_to_a_container_leaves_a_kind(data, at):
    for whole in (office("word/document.xml", WORD + ".main+xml"), compound("Workbook", inside="WordDocument")):
        place = 8 + at % (len(whole) - 8)
        assert "/" in sniff(whole[:place] + data + whole[place + len(data) :], "a.txt")
