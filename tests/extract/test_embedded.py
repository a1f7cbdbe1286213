"""Old documents inside other documents: whatever lies in whatever is read by its own reader, to a told depth."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import builders_xlsb
import pytest
from builders_cfb import Tree, compound
from builders_doc import doc, para
from builders_mail import attachment, mail, multipart, part
from builders_odf import Draft, frame, odf, p
from builders_ofd import ofd, page, text
from builders_ooxml import Extra, docx, paragraph, pptx, run, xlsx
from builders_ooxml import Sheet as Page
from builders_ooxml import Slide as Leaf
from builders_outlook import enclosed, msg, storage
from builders_ppt import Slide, chars, ppt, shape
from builders_rtf import rtf
from builders_xls import label, xls

from reviewer.extract import Source, extract
from reviewer.extract.embedded import MAX_DEPTH
from reviewer.extract.ole.compound import Storage, open_compound

MARK = "青石标记七三九一"
INNER = {
    "xls": compound({"Workbook": xls(label(3, 1, MARK))}),
    "doc": doc(para("公示"), para(MARK)),
    "ppt": ppt(Slide(shapes=(shape(chars(MARK)),))),
}


def tree(data: bytes) -> Tree:
    """What is in a compound file, to be put into a storage of another one."""
    return _tree(open_compound(data).root)


def _tree(storage: Storage) -> Tree:
    streams = {stream.name: stream.data for stream in storage.streams}
    return {**streams, **{inner.name: _tree(inner) for inner in storage.storages}}


def old_object(data: bytes) -> bytes:
    """An object of OLE 1.0, as RTF holds it."""
    names = b"".join(struct.pack("<I", len(name) + 1) + name + b"\0" for name in (b"Excel.Sheet.8", b"", b""))
    return struct.pack("<II", 0x0501, 2) + names + struct.pack("<I", len(data)) + data


def in_ofd(data: bytes) -> bytes:
    from builders_ofd import Draft as Fixed

    listed = '<?part Attachments?><Attachment ID="1" Name="表"><FileLoc>a.bin</FileLoc></Attachment>'
    parts: dict[str, str | bytes] = {"Doc_0/A.xml": listed, "Doc_0/a.bin": data}
    return ofd(Fixed(pages=[page(text("公示"))], root="<Attachments>A.xml</Attachments>", parts=parts))


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.bin", data)
    return buffer.getvalue()


def extra(data: bytes) -> Extra:
    return Extra(name="embeddings/oleObject1.bin", content=data, kind="oleObject")


OUTER: dict[str, Callable[[bytes], bytes]] = {
    "docx": lambda data: docx(paragraph(run("公示")), extras=[extra(data)]),
    "xlsx": lambda data: xlsx(Page(rows=""), extras=[extra(data)]),
    "pptx": lambda data: pptx(Leaf(shapes=""), extras=[extra(data)]),
    "xlsb": lambda data: builders_xlsb.xlsb(
        builders_xlsb.Sheet(rows=builders_xlsb.row(0, builders_xlsb.inline(0, "公示"))),
        parts={"xl/embeddings/oleObject1.bin": data},
    ),
    "doc": lambda data: doc(para("公示"), streams={"ObjectPool": {"_1": tree(data)}}),
    "xls": lambda data: compound({"Workbook": xls(label(0, 0, "公示")), "MBD00A1": tree(data)}),
    "ppt": lambda data: ppt(Slide(shapes=(shape(chars("公示")),)), objects=(data,)),
    "rtf": lambda data: rtf(rf"{{\object\objemb{{\*\objdata {old_object(data).hex()}}}}}\par"),
    "odt": lambda data: odf(Draft(body=p("公示") + frame('<draw:object-ole xlink:href="./O"/>'), parts={"O": data})),
    "ofd": in_ofd,
    "eml": lambda data: mail(multipart(part("text/plain", "公示"), attachment(data, 'filename="a.bin"'))),
    "msg": lambda data: msg({}, attachments=[storage({0x3701: data, 0x3705: 1, 0x3707: "a.bin"}, 8)]),
    "msg object": lambda data: msg({}, attachments=[enclosed({0x3705: 6}, tree(data))]),
    "zip": zipped,
}
WHERE = {"xls": "名单!B4", "doc": "¶2", "ppt": "幻灯片1 ¶1"}


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize("outer", OUTER)
def test_an_old_document_inside_another(outer: str, inner: str) -> None:
    name = f"a.{outer.split()[0]}"
    document = extract(Source(path=name, name=name, data=OUTER[outer](INNER[inner])))
    (place,) = (segment.place for segment in document.segments if MARK in segment.text)
    assert place.endswith(f"!{WHERE[inner]}")
    assert document.gaps == ()


@pytest.mark.parametrize("outer", OUTER)
def test_how_deep_reading_goes_is_told(outer: str) -> None:
    data = INNER["doc"]
    for _ in range(MAX_DEPTH + 2):
        data = OUTER[outer](data)
    name = f"a.{outer.split()[0]}"
    gaps = extract(Source(path=name, name=name, data=data)).gaps
    assert any("嵌套" in gap.reason for gap in gaps)
