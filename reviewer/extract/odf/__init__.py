"""OpenDocument (odt, ods, odp, odg and their templates; flat files too): everything in the file.

Read straight from the zip and its XML (ISO/IEC 26300, OASIS OpenDocument 1.3).
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re

from reviewer.extract.embedded import read_embedded
from reviewer.extract.odf.desk import Shared
from reviewer.extract.odf.document import read_document, read_flat
from reviewer.extract.odf.facts import encrypted_members, write_editors
from reviewer.extract.package import Archive, Member
from reviewer.extract.package.der import DerError, values
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.rest import Format, read_rest
from reviewer.extract.package.xml import attr, found, local, plain, take
from reviewer.extract.pictures import is_picture
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

_SCRIPTS = re.compile(r"(^|/)(Basic|Dialogs|Scripts)/", re.IGNORECASE)
_SIGNATURES = re.compile(r"META-INF/.*signatures.*\.xml$", re.IGNORECASE)
_FORMAT = Format(
    letters=frozenset({"p", "h", "span", "a", "title", "desc", "annotation"}),
    mute_elements=frozenset({"config-item", "binary-data"}),
    mute_attributes=frozenset(
        {"font-family", "font-family-asian", "font-family-complex", "font-family-generic", "font-name", "name-asian"}
        | {"font-style-name", "font-style-name-asian", "font-style-name-complex", "font-name-asian"}
        | {"display-name", "style-name", "parent-style-name", "next-style-name", "list-style-name", "text-style-name"}
        | {"master-page-name", "default-cell-style-name", "class-names", "font-name-complex", "id", "change-id"}
        | {"d", "viewBox", "points", "enhanced-path", "path", "path-stretchpoint-x", "path-stretchpoint-y"}
        | {"cell-range-address", "base-cell-address", "target-range-address", "cell-address", "transform"}
        | {"end-cell-address", "table-background", "values-cell-range-address", "label-cell-address"}
        | {"print-ranges", "formula", "image-count", "bullet-char", "num-suffix", "num-prefix", "full-path"}
        | {
            "class-id",
            "continue-list",
            "modifiers",
            "x",
            "y",
            "width",
            "height",
            "rsid",
            "paragraph-rsid",
            "date-value",
        }
    ),
    styling=frozenset(
        {"style", "font-face", "page-layout", "master-page", "list-style", "outline-style", "marker", "gradient"}
        | {"presentation-page-layout", "hatch", "fill-image", "opacity", "stroke-dash", "table-template", "theme"}
        | {"color", "color-table", "number-style", "text-style", "date-style", "currency-style", "time-style"}
        | {"percentage-style", "boolean-style", "config-item", "config-item-map-entry", "font-face-uri", "file-entry"}
    ),
    plain_names=re.compile(r"[0-9A-F]{20,}\.\w{2,4}|[0-9A-Fa-f]{16,}.*"),
)


def read(data: bytes) -> Extracted:
    """Read an OpenDocument, packed or flat."""
    scribe = Scribe()
    if data.startswith(b"PK"):
        archive = Archive.open(data, scribe)
        if archive is not None:
            _read_package(archive)
    else:
        shared = _flat(scribe)
        read_flat(shared, "文件", data)
        _close(shared)
    return scribe.finish()


def _flat(scribe: Scribe) -> Shared:
    archive = Archive.empty(scribe)
    return Shared(archive=archive, pictures=Pictures(archive))


def _read_package(archive: Archive) -> None:
    shared = Shared(archive=archive, pictures=Pictures(archive))
    archive.account("mimetype")
    locked = encrypted_members(archive)
    if "content.xml" not in locked and not any(name.endswith("encrypted-package") for name in locked):
        read_document(shared, "", "", hidden=False)
    for folder in _objects(archive):
        shared.objects += 1
        read_document(shared, folder, f"未引用的对象 {folder}", hidden=True)
    for member in archive.unread():
        _member(shared, member)
    _close(shared)


def _close(shared: Shared) -> None:
    write_editors(shared.archive, shared.editors)
    _replacements(shared)
    read_rest(shared.archive, shared.pictures, _FORMAT)


def _objects(archive: Archive) -> tuple[str, ...]:
    """Folders with a document that no other one shows."""
    names = (member.name for member in archive.unread())
    return tuple(posixpath.dirname(name) for name in names if name.endswith("/content.xml"))


def _replacements(shared: Shared) -> None:
    """Pictures of objects as they looked when they were last drawn: told once, they may be out of date."""
    archive = shared.archive
    names = dict.fromkeys(
        [*shared.replaced, *(m.name for m in archive.unread() if m.name.startswith("ObjectReplacements/"))]
    )
    for name in names:
        archive.account(name)
    if names:
        archive.scribe.gap(
            "对象替换图",
            tr(
                f"{len(names)} 个嵌入对象的替换图可能显示旧内容，未读取",
                f"{len(names)} replacement picture(s) of embedded objects may show former content; not read",
            ),
        )


def _member(shared: Shared, member: Member) -> None:
    """Members with a use of their own; all others are left for the last look."""
    archive, name = shared.archive, member.name
    if name.startswith("Thumbnails/"):
        data = archive.member_data(member)
        if data:
            shared.pictures.thumbnail(name, data)
    elif _SIGNATURES.search(name):
        _signature(archive, member)
    elif _SCRIPTS.search(name):
        _script(archive, member)
    elif name == "VersionList.xml":
        root = archive.xml(name)
        for entry in found(root, "version-entry") if root is not None else ():
            for key in ("title", "comment", "creator"):
                archive.scribe.add(attr(entry, key) or "", f"早期版本/{key}", part=Part.PROPERTY, hidden=True)
    elif name.startswith("Versions/"):
        data = archive.member_data(member)
        if data:
            label = f"早期版本 {posixpath.basename(name)}"
            archive.scribe.enclose(read_embedded(data, posixpath.basename(name)), label, Enclosure.OBJECT)


def _script(archive: Archive, member: Member) -> None:
    """Macros: their source is text."""
    name = member.name
    if not name.casefold().endswith((".xml", ".xba", ".xlb", ".xdl")):
        data = archive.member_data(member)
        if data and not is_picture(name, data):
            inner = read_embedded(data, posixpath.basename(name))
            for segment in inner.segments:
                archive.scribe.add(segment.text, f"宏 {name}!{segment.place}", part=Part.SCRIPT, hidden=True)
            for gap in inner.gaps:
                archive.scribe.gap(f"宏 {name}", gap.reason)
        return
    root = archive.xml(name)
    if root is not None and local(root) == "module":
        archive.scribe.add(take(root).strip(), f"宏 {name}", part=Part.SCRIPT, hidden=True)


def _signature(archive: Archive, member: Member) -> None:
    """A digital signature: who signed stands in its certificate."""
    root = archive.xml(member.name)
    if root is None:
        return
    undecoded = False
    for element in root.iter():
        text = (element.text or "").strip()
        if local(element) in ("X509Certificate", "EncapsulatedX509Certificate"):
            try:
                names = [value.text for value in values(base64.b64decode(text)) if value.text]
            except (DerError, binascii.Error, ValueError):
                undecoded = True
                continue
            for name in dict.fromkeys(names):
                archive.scribe.add(name, "数字签名/证书", part=Part.PROPERTY, hidden=True)
        elif local(element) in ("X509IssuerName", "X509SubjectName", "SignatureComments", "description"):
            archive.scribe.add(plain(element).strip(), "数字签名", part=Part.PROPERTY, hidden=True)
        elif text and telling(text) and not re.fullmatch(r"[A-Za-z0-9+/=\s.:TZ-]+", text):
            archive.scribe.add(text, "数字签名", part=Part.PROPERTY, hidden=True)
    archive.release(member.name)
    if undecoded:
        archive.scribe.gap(member.name, tr("数字签名含签名人证书，未解读", "the signer's certificate was not decoded"))
