"""Word's XML of 2003 and Office's XML of one piece (Flat OPC): packed as the usual file, and read as that."""

from __future__ import annotations

import base64
import binascii
import zipfile
from io import BytesIO

from lxml import etree

from reviewer.extract.data.value import xml_path
from reviewer.extract.data.xml_tree import elements, local
from reviewer.extract.embedded import read_embedded
from reviewer.extract.scribe import Enclosure, Scribe
from reviewer.language import tr
from reviewer.terms import Part

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_READ = frozenset({"body", "styles", "binData"})


def write_package(root: etree._Element, scribe: Scribe) -> None:
    """Flat OPC (ECMA-376 does not name it; Word saves it as “XML 文档”): every part becomes a member again."""
    types, members = "", dict[str, bytes]()
    for part in elements(root):
        name, kind = _attr(part, "name").lstrip("/"), _attr(part, "contentType")
        content = next(elements(part), None)
        if not name or content is None:
            continue
        members[name] = _content(content)
        types += f'<Override PartName="/{_quoted(name)}" ContentType="{_quoted(kind)}"/>'
    members["[Content_Types].xml"] = _TYPES.format(types).encode()
    scribe.enclose(read_embedded(_packed(members), ""), "XML", Enclosure.MEMBER)


def write_word(root: etree._Element, scribe: Scribe) -> None:
    """WordprocessingML of 2003: body and styles are those of today; headers, properties and data stand beside them."""
    by_name = {local(child): child for child in elements(root)}
    members = {
        "[Content_Types].xml": _TYPES.format(f'<Override PartName="/document.xml" ContentType="{_MAIN}"/>').encode(),
        "_rels/.rels": _relation("officeDocument", "document.xml"),
        "document.xml": f'<w:document xmlns:w="{_WORD}">'.encode()
        + (etree.tostring(by_name["body"], with_tail=False) if "body" in by_name else b"")
        + b"</w:document>",
    }
    if "styles" in by_name:
        members["styles.xml"] = etree.tostring(by_name["styles"], with_tail=False)
        members["_rels/document.xml.rels"] = _relation("styles", "styles.xml")
    scribe.enclose(read_embedded(_packed(members), ""), "XML", Enclosure.MEMBER)
    for child in elements(root):
        if local(child) not in _READ:
            _write_rest(child, scribe)
    if any(True for _ in root.iter("{*}binData")):
        scribe.gap("图片或对象", _pictures())


def _write_rest(element: etree._Element, scribe: Scribe) -> None:
    for inner in element.iter("*"):
        if inner.text and inner.text.strip():
            path = (local(element),) if inner is element else (local(element), local(inner))
            scribe.add(inner.text.strip(), xml_path(path), part=Part.PROPERTY, hidden=True)


def _content(content: etree._Element) -> bytes:
    if local(content) == "binaryData":
        try:
            return base64.b64decode("".join((content.text or "").split()))
        except (binascii.Error, ValueError):
            return b""
    inner = next(elements(content), None)
    return b"" if inner is None else etree.tostring(inner, with_tail=False)


def _relation(kind: str, target: str) -> bytes:
    return _RELATIONS.format(f'<Relationship Id="r1" Type="{_OFFICE}{kind}" Target="{target}"/>').encode()


def _packed(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def _attr(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _pictures() -> str:
    return tr(
        "文中的图片或对象未读取：另存为 .docx 后再审", "pictures or objects in it were not read: save it as .docx"
    )
