"""Electronic books (EPUB 2 and 3): chapters in the order of reading, then all that lies beside them.

A book is a zip of web pages; each is read by the reader of web pages (W3C EPUB 3.3, 4 and 5).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from reviewer.extract.html import read as read_page
from reviewer.extract.limits import time_left_s
from reviewer.extract.package import Archive, take_attribute
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.rest import Format, is_font, read_rest
from reviewer.extract.package.xml import attr, found, local, take
from reviewer.extract.pictures import is_picture
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.decode import decode

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_RIGHTS = "META-INF/rights.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_PAGE_NAMES = (".xhtml", ".html", ".htm")
_FONT_DISGUISES = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_META = {
    "title": "标题",
    "creator": "作者",
    "contributor": "参与者",
    "publisher": "出版者",
    "subject": "主题",
    "description": "简介",
    "rights": "权利",
    "source": "来源",
    "identifier": "标识",
    "date": "日期",
    "language": "语言",
}
_MUTE = frozenset({"identifier", "language", "date", "format", "type"})
_PATIENCE_S = 5.0
_FORMAT = Format(
    letters=frozenset({"text"}), mute_attributes=frozenset({"id", "idref", "href", "src", "unique-identifier"})
)
_RULE_END = re.compile(r"[;{}\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One file that the book's list names."""

    name: str
    kind: str
    is_contents: bool = False


def read(data: bytes) -> Extracted:
    """Read a book."""
    scribe = Scribe()
    archive = Archive.open(data, scribe)
    if archive is not None:
        archive.account("mimetype")
        pictures = Pictures(archive)
        _tell_locks(archive)
        _read_book(archive, pictures)
        read_rest(archive, pictures, _FORMAT)
    return scribe.finish()


def _tell_locks(archive: Archive) -> None:
    """What only a key opens; disguised fonts are no text."""
    archive.account(_RIGHTS)
    name = archive.find(_ENCRYPTION)
    root = archive.xml(name) if name is not None else None
    locked = 0
    for entry in found(root, "EncryptedData") if root is not None else ():
        method = next(found(entry, "EncryptionMethod"), None)
        reference = next(found(entry, "CipherReference"), None)
        disguise = method is not None and (attr(method, "Algorithm") or "") in _FONT_DISGUISES
        path = archive.resolve(None if reference is None else attr(reference, "URI"))
        if path is not None:
            archive.account(path)
        locked += not disguise
    if locked or archive.find(_RIGHTS) is not None:
        reason = tr("内容已加密（数字版权保护），未读取", "the content is encrypted (rights management); not read")
        archive.scribe.gap("文件", reason)


def _read_book(archive: Archive, pictures: Pictures) -> None:
    lists = [name for name in _package_lists(archive) if archive.xml(name) is not None]
    if not lists:
        archive.scribe.gap(
            "文件", tr("找不到书的目录文件（.opf），正文未按顺序读取", "the list of contents is missing")
        )
        _pages(archive, [m.name for m in archive.unread() if m.name.casefold().endswith(_PAGE_NAMES)])
        return
    for name in lists:
        root = archive.xml(name)
        if root is not None:
            _metadata(archive, root)
            _contents(archive, pictures, root, posixpath.dirname(name))


def _package_lists(archive: Archive) -> list[str]:
    name = archive.find(_CONTAINER)
    root = archive.xml(name) if name is not None else None
    paths = [attr(entry, "full-path") for entry in found(root, "rootfile")] if root is not None else []
    named = [path for path in map(archive.resolve, paths) if path is not None]
    return named or [m.name for m in archive.members if m.name.casefold().endswith(".opf")]


def _metadata(archive: Archive, root: etree._Element) -> None:
    for metadata in found(root, "metadata", "dc-metadata"):
        for entry in metadata:
            name = local(entry)
            key = take_attribute(entry, "name") or take_attribute(entry, "property") or _META.get(name, name)
            text = take_attribute(entry, "content") or take(entry).strip()
            if name not in _MUTE and (name != "meta" or telling(text)):
                archive.scribe.add(text, f"属性/{key}", part=Part.PROPERTY, hidden=True)
            for said in ("file-as", "role"):
                other = take_attribute(entry, said)
                if telling(other) and other != text:
                    archive.scribe.add(other, f"属性/{key}", part=Part.PROPERTY, hidden=True)


def _contents(archive: Archive, pictures: Pictures, root: etree._Element, folder: str) -> None:
    """The chapters in order, then the pages that no order names, then everything else of the list."""
    items: dict[str, _Item] = {}
    for entry in found(root, "item"):
        name = archive.resolve((attr(entry, "href") or "").partition("#")[0], folder)
        if name is not None:
            items[attr(entry, "id") or name] = _Item(
                name=name,
                kind=(attr(entry, "media-type") or "").lower(),
                is_contents="nav" in (attr(entry, "properties") or "").split(),  # EPUB 3.3, 5.4.1
            )
        elif attr(entry, "href") and ":" not in (attr(entry, "href") or ""):
            archive.scribe.gap(attr(entry, "href") or "", tr("引用的文件不在书中", "a file of the book is missing"))
    order = [attr(entry, "idref") or "" for entry in found(root, "itemref")]
    _pages(archive, [items[identity].name for identity in order if identity in items])
    for item in items.values():
        if not archive.is_read(item.name):
            _item(archive, pictures, item)


def _pages(archive: Archive, names: list[str]) -> None:
    for number, name in enumerate(dict.fromkeys(names), 1):
        if time_left_s() < _PATIENCE_S:
            archive.scribe.gap(f"第{number}节", tr("时间用尽，其后未读取：拆分后再审", "out of time: split the book"))
            for rest in names:
                archive.account(rest)
            return
        _page(archive, name, f"第{number}节", Enclosure.MEMBER)


def _page(archive: Archive, name: str, label: str, enclosure: Enclosure) -> None:
    data = None if archive.is_read(name) else archive.data(name)
    if data:
        archive.scribe.enclose(read_page(data), label, enclosure)


def _item(archive: Archive, pictures: Pictures, item: _Item) -> None:
    base = posixpath.basename(item.name)
    if item.kind in _PAGES and item.is_contents:
        _page(archive, item.name, "目录", Enclosure.MEMBER)  # readers show it beside the pages
    elif item.kind in _PAGES:
        _page(archive, item.name, f"未排入顺序的页面 {base}", Enclosure.OBJECT)
    elif item.kind == "application/x-dtbncx+xml":
        _outline(archive, item.name)
    elif item.kind == "text/css":
        _style(archive, item.name)
    elif is_picture(item.name):
        pictures.placed(item.name, base)
    elif "font" in item.kind:
        data = archive.data(item.name)
        if data and not is_font(item.name, data):
            archive.scribe.gap(item.name, tr("不认识的字体文件，未读取", "a font of unknown kind, not read"))


def _outline(archive: Archive, name: str) -> None:
    root = archive.xml(name)
    for entry in found(root, "text") if root is not None else ():
        archive.scribe.add(take(entry).strip(), "目录", part=Part.PROPERTY, hidden=True)


def _style(archive: Archive, name: str) -> None:
    """A style sheet can hold remarks, and words that it puts into the page."""
    data = archive.data(name)
    lines = _RULE_END.split(decode(data).text) if data else []
    for line in dict.fromkeys(line.strip() for line in lines if telling(line) and "font-family" not in line):
        archive.scribe.add(line, posixpath.basename(name), part=Part.ATTRIBUTE, hidden=True)
