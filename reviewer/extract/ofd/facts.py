"""What an OFD says of itself and around its pages: DocInfo, outline, bookmarks, actions, tags, extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.package import Archive, take_attribute
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.rest import read_generic, read_unknown
from reviewer.extract.package.xml import attr, child, found, local, plain, take
from reviewer.extract.telling import mere_number, telling
from reviewer.language import tr
from reviewer.terms import Part

_INFO = {
    "Title": "标题",
    "Author": "作者",
    "Subject": "主题",
    "Abstract": "摘要",
    "CreationDate": "创建时间",
    "ModDate": "修改时间",
    "DocUsage": "用途",
    "Keyword": "关键词",
    "Creator": "制作软件",
    "CreatorVersion": "制作软件版本",
    "DocID": "文档标识",
}
_MADE_UP = re.compile(r"[0-9A-Fa-f{}-]{32,40}")
"""An identifier that a program drew by lot."""


def read_info(archive: Archive, info: etree._Element, label: str) -> str | None:
    """Write down DocInfo (GB/T 33190-2016, 7.4, table 4); returns the path of the cover, if it has one."""
    cover: str | None = None
    for entry in list(info.iter()):
        name = local(entry)
        if name == "Cover":
            cover = take(entry).strip()
        elif name == "CustomData":
            key = take_attribute(entry, "Name")
            text = take(entry).strip()
            place = f"{label}属性/自定义 {key}" if key else f"{label}属性/自定义"
            archive.scribe.add(text or key, place, part=Part.PROPERTY, hidden=True)
        elif name in _INFO:
            text = take(entry).strip()
            if name != "DocID" or not _MADE_UP.fullmatch(text):
                archive.scribe.add(text, f"{label}属性/{_INFO[name]}", part=Part.PROPERTY, hidden=True)
    return cover


def read_outline(archive: Archive, root: etree._Element, label: str) -> None:
    """Titles of the outline and names of bookmarks: a reader shows them beside the page."""
    for entry in found(root, "OutlineElem"):
        archive.scribe.add(take_attribute(entry, "Title"), f"{label}大纲", part=Part.PROPERTY, hidden=True)
    for entry in found(root, "Bookmark"):
        archive.scribe.add(take_attribute(entry, "Name"), f"{label}书签", part=Part.PROPERTY, hidden=True)


def read_actions(archive: Archive, root: etree._Element, place: str) -> None:
    """Addresses that a click leads to, and sounds and films; nothing is ever fetched."""
    for entry in found(root, "URI"):
        base, address = take_attribute(entry, "Base"), take_attribute(entry, "URI")
        archive.scribe.add(f"{base}{address}", f"{place} 链接", part=Part.PROPERTY, hidden=True)
    for entry in found(root, "Sound", "Movie"):
        if attr(entry, "ResourceID"):
            archive.scribe.gap(place, tr("音频或视频，未读取", "audio or video, not read"))
    for entry in found(root, "GotoA"):
        take_attribute(entry, "AttachID")


def read_tags(archive: Archive, pictures: Pictures, name: str, label: str) -> None:
    """Custom tags (GB/T 33190-2016, 16): official marks of title, number and level, in XML of their own."""
    root = archive.xml(name)
    folder = name.rpartition("/")[0]
    for entry in found(root, "CustomTag") if root is not None else ():
        for key in ("FileLoc", "SchemaLoc"):
            target = archive.resolve(_text(child(entry, key)), folder)
            if target is None:
                continue
            tree = archive.xml(target) if key == "FileLoc" else None
            if tree is not None:
                _tag_tree(archive, tree, f"{label}自定义标引")
            else:
                archive.account(target)


def _tag_tree(archive: Archive, tree: etree._Element, place: str) -> None:
    """References to objects are numbers; names and values are text."""
    for element in tree.iter():
        name, text = local(element), (element.text or "").strip()
        if name in ("ObjectRef", "PageRef"):
            element.text = None
            continue
        if text and not mere_number(text):
            archive.scribe.add(text, f"{place} {name}", part=Part.PROPERTY, hidden=True)
            element.text = None


def read_extensions(archive: Archive, pictures: Pictures, name: str, label: str) -> None:
    """Extensions (GB/T 33190-2016, 17): what some program keeps for itself."""
    root = archive.xml(name)
    if root is None:
        return
    folder = name.rpartition("/")[0]
    for entry in found(root, "Extension"):
        who = take_attribute(entry, "AppName")
        place = f"{label}扩展 {who}".rstrip()
        for inner in entry:
            kind, text = local(inner), plain(inner).strip()
            target = archive.resolve(text, folder) if kind == "ExtendData" else None
            if target is not None:
                data = archive.data(target)
                take(inner)
                if data:
                    read_unknown(archive, pictures, target, data, place)
            elif kind == "Property":
                key = take_attribute(inner, "Name")
                value = take(inner).strip()
                if value and (telling(value) or not (key and mere_number(value))):
                    archive.scribe.add(value, f"{place}/{key}", part=Part.PROPERTY, hidden=True)
                elif telling(key):
                    archive.scribe.add(key, place, part=Part.PROPERTY, hidden=True)
            elif kind == "Data":
                read_generic(archive, inner, place)
                _empty(inner)


def _empty(element: etree._Element) -> None:
    for inner in list(element):
        element.remove(inner)
    element.text = None
    element.attrib.clear()


def _text(element: etree._Element | None) -> str:
    return "" if element is None else plain(element).strip()


def texts(root: etree._Element, *names: str) -> Iterator[str]:
    """The contents of elements that hold a path."""
    for entry in found(root, *names):
        text = take(entry).strip()
        if text:
            yield text
