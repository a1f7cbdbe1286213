"""Objects in documents: packed files, other programs' documents, and how deep reading goes."""

from __future__ import annotations

import struct

import pytest
from builders_cfb import Tree, compound
from builders_doc import doc, para, row
from builders_image import code, saved, wmf, wmf_font, wmf_select, wmf_text
from builders_ooxml import Extra, docx, ordinary_docx, ordinary_xlsx, paragraph, run
from builders_ppt import Slide, chars, ppt, shape

from reviewer.extract.docx import read as read_docx
from reviewer.extract.ole import read
from reviewer.extract.ole.doc import read as read_doc
from reviewer.extract.ole.objects import read_object
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"


def places(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def native(data: bytes, *, label: str = "a.txt", path: str = r"D:\甲\a.txt", wide: bool = False) -> bytes:
    """A file as the packager keeps it."""
    temporary = b"C:\\Temp\\a.txt\0"
    body = b"\x02\0" + label.encode("gb18030") + b"\0" + path.encode("gb18030") + b"\0\0\0\x03\0"
    body += struct.pack("<I", len(temporary)) + temporary + struct.pack("<I", len(data)) + data
    for text in (r"C:\Temp\a.txt", label, path) if wide else ():
        body += struct.pack("<I", len(text)) + text.encode("utf-16-le")
    return struct.pack("<I", len(body)) + body


TEXT = MARK.encode()
DRAWN = wmf(wmf_font(134), wmf_select(0), wmf_text(MARK.encode("gb18030")), placeable=False)
OBJECTS = [
    ("packed file", {"\x01Ole10Native": native(TEXT)}, ("a.txt!¶1", Part.EMBEDDED, True)),
    ("label", {"\x01Ole10Native": native(b"x", label=f"{MARK}.txt")}, ("对象文件名", Part.FILE_NAME, True)),
    ("label in UTF-16", {"\x01Ole10Native": native(b"x", label=MARK, wide=True)}, ("对象文件名", Part.FILE_NAME, True)),
    ("path", {"\x01Ole10Native": native(b"x", path=rf"D:\{MARK}\a.txt")}, ("对象原路径", Part.PROPERTY, True)),
    ("raw data", {"\x01Ole10Native": struct.pack("<I", len(TEXT)) + TEXT}, ("内容!¶1", Part.EMBEDDED, True)),
    ("package", {"Package": docx(paragraph(run(MARK)))}, ("Package!¶1", Part.EMBEDDED, True)),
    ("contents", {"CONTENTS": TEXT}, ("CONTENTS!¶1", Part.EMBEDDED, True)),
    (
        "how it looks",
        {"CONTENTS": b"x", "\x02OlePres000": struct.pack("<iI", -1, 3) + bytes(32) + DRAWN},
        ("图片1（OlePres000 附近）!文字1", Part.TEXT_BOX, False),
    ),
    (
        "how it looks, as a bitmap with a code",
        {"CONTENTS": b"x", "\x02OlePres000": struct.pack("<iI", -1, 8) + bytes(32) + saved(code(MARK), "BMP")[14:]},
        ("图片1（OlePres000 附近）!二维码1", Part.ALT_TEXT, True),
    ),
    (
        "sub-storage",
        {"Inner": {"WordDocument": b""}, "\x01Ole10Native": native(TEXT)},
        ("a.txt!¶1", Part.EMBEDDED, True),
    ),
]


@pytest.mark.parametrize(("tree", "expected"), [row[1:] for row in OBJECTS], ids=[row[0] for row in OBJECTS])
def test_objects(tree: Tree, expected: tuple[str, Part, bool]) -> None:
    assert places(read_object(compound(tree))) == [expected]


WHOLE = [
    (doc(para(MARK)), ("¶1", Part.BODY, False)),
    (ppt(Slide(shapes=(shape(chars(MARK)),))), ("幻灯片1 ¶1", Part.BODY, False)),
    (native(TEXT), ("a.txt!¶1", Part.EMBEDDED, True)),
    (TEXT, ("¶1", Part.BODY, False)),
]


@pytest.mark.parametrize(("data", "expected"), WHOLE)
def test_object_of_any_kind(data: bytes, expected: tuple[str, Part, bool]) -> None:
    assert places(read_object(data)) == [expected]


def old_object(data: bytes, *, form: int = 2, topic: str = "") -> bytes:
    """An object of OLE 1.0."""
    names = b"".join(struct.pack("<I", len(n) + 1) + n + b"\0" for n in (b"Package", topic.encode("gb18030"), b""))
    return struct.pack("<II", 0x0501, form) + names + struct.pack("<I", len(data)) + data


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (old_object(native(TEXT)[4:]), ("a.txt!¶1", Part.EMBEDDED, True)),
        (old_object(doc(para(MARK))), ("内容!¶1", Part.EMBEDDED, True)),
        (old_object(b"", form=1, topic=rf"D:\{MARK}.xls"), ("对象信息", Part.PROPERTY, True)),
    ],
)
def test_objects_of_ole_1(data: bytes, expected: tuple[str, Part, bool]) -> None:
    assert places(read_object(data)) == [expected]


def test_object_pool_of_a_document() -> None:
    inner = {"WordDocument": b"?", "1Table": b"?"}
    pool: Tree = {
        "ObjectPool": {"_1": {"\x01Ole10Native": native(TEXT)}, "_2": {"Package": ordinary_xlsx([["甲"]])}, "_3": inner}
    }
    extracted = read_doc(doc(para("公示"), *row("甲", "乙"), streams=pool))
    assert places(extracted) == [("嵌入对象1!a.txt!¶1", Part.EMBEDDED, True)]
    assert any(s.place.startswith("嵌入对象2!Package!") for s in extracted.segments)
    assert [gap.place for gap in extracted.gaps if gap.place.startswith("嵌入对象3")] == ["嵌入对象3!正文"]


def test_object_of_an_office_package() -> None:
    data = docx(
        "<w:p/>",
        extras=(
            Extra(
                name="embeddings/oleObject1.bin", content=compound({"\x01Ole10Native": native(TEXT)}), kind="oleObject"
            ),
        ),
    )
    extracted = read_docx(data)
    assert places(extracted) == [("嵌入对象1!a.txt!¶1", Part.EMBEDDED, True)]
    assert extracted.gaps == ()


def test_nesting_stops_and_says_so() -> None:
    data = TEXT
    for _ in range(8):
        data = compound({"\x01Ole10Native": native(data, label="内.bin")})
    extracted = read_docx(docx("<w:p/>", extras=(Extra(name="embeddings/o.bin", content=data, kind="oleObject"),)))
    assert [gap.reason[:4] for gap in extracted.gaps] == ["附件嵌套"]


def test_documents_nested_too_deep_are_a_gap() -> None:
    data = ordinary_docx()
    for _ in range(8):
        data = docx(
            "<w:p/>", extras=(Extra(name="embeddings/o.bin", content=compound({"Package": data}), kind="oleObject"),)
        )
    assert any("嵌套" in gap.reason for gap in read_docx(data).gaps)


def test_unknown_file_is_swept_and_told() -> None:
    extracted = read(compound({"Odd": b"\1\2" + MARK.encode("utf-16-le"), "Deep": {"Er": bytes(range(256))}}))
    assert places(extracted) == [("残留文字 Odd", Part.ATTRIBUTE, True)]
    assert [gap.place for gap in extracted.gaps] == ["Deep/Er", "全文"]
