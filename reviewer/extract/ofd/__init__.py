"""OFD, the national format for fixed layout (GB/T 33190-2016): every page, and everything beside the pages.

Read straight from the zip and its XML. Makers differ in prefixes, in the case of paths and in which folder a path
starts from; all of that is taken as it comes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from lxml import etree

from reviewer.extract.embedded import read_embedded
from reviewer.extract.limits import time_left_s
from reviewer.extract.ofd.facts import read_actions, read_extensions, read_info, read_outline, read_tags, texts
from reviewer.extract.ofd.page import A4, Book, Leaf, PageReader, Template, page_area
from reviewer.extract.ofd.resources import Resources
from reviewer.extract.ofd.signatures import read_signatures
from reviewer.extract.package import Archive, take_attribute
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.rest import Format, read_generic, read_rest, read_strays
from reviewer.extract.package.xml import attr, child, found, local, plain, take, take_all
from reviewer.extract.pictures import is_picture
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.language import tr
from reviewer.terms import Part

MOST_PAGES = 20_000
_PATIENCE_S = 10.0
_MOST_VERSIONS = 50
_ENTRY = "OFD.xml"
_ENCRYPTION = re.compile(
    r"(^|/)(Encryptions\.xml|decryptseed\.dat|encryptinfo\.dat|EncryptEntries[^/]*)$", re.IGNORECASE
)
_FORMAT = Format(
    letters=frozenset({"TextCode", "Remark"}),
    mute_elements=frozenset({"CheckValue", "FontFile", "AbbreviatedData", "PhysicalBox", "MaxUnitID"}),
    mute_attributes=frozenset(
        {"FontName", "FamilyName", "Boundary", "CTM", "DeltaX", "DeltaY", "ID", "DocID", "LastModDate", "xmlns"}
        | {"CreationDate", "ModDate", "Date", "Size"}
    ),
)


@dataclass(slots=True, kw_only=True)
class _File:
    """The opened file and what all its documents share."""

    archive: Archive
    pictures: Pictures
    signatures: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    books: list[Book] = field(default_factory=list)


def read(data: bytes) -> Extracted:
    """Read an OFD file."""
    scribe = Scribe()
    archive = Archive.open(data, scribe)
    if archive is not None:
        file = _File(archive=archive, pictures=Pictures(archive))
        _tell_encryption(archive)
        _read_entry(file)
        read_signatures(archive, file.pictures, file.signatures)
        _read_unreferenced(file)
        read_rest(archive, file.pictures, _FORMAT)
    return scribe.finish()


def _read_unreferenced(file: _File) -> None:
    """Pages, documents and annotations that nothing refers to: drawn glyph by glyph like the others."""
    for member in file.archive.unread():
        if not member.name.casefold().endswith(".xml") or file.archive.is_read(member.name):
            continue
        label = f"未引用的文件 {member.name}"
        root = file.archive.xml(member.name)
        kind = "" if root is None else local(root)
        if root is not None and kind == "Document":
            _read_document(file, "/" + member.name, "", f"{label} ", hidden=True)
        elif root is not None and kind in ("Page", "PageAnnot") and file.books:
            book = replace(file.books[0], label=f"{label} ", hidden=True)
            notes = (member.name,) if kind == "PageAnnot" else ()
            PageReader(book, Leaf(number=1, name=member.name, notes=notes)).read(root)
            read_strays(file.archive, _FORMAT, member.name)
        elif root is not None:
            file.archive.release(member.name)
            read_generic(file.archive, root, label)


def _tell_encryption(archive: Archive) -> None:
    """Encrypted parts stand in for others that a reader with the key sees (GM/T 0099-2020, annex C)."""
    names = [member.name for member in archive.members if _ENCRYPTION.search(member.name)]
    if names:
        archive.scribe.gap(
            "文件",
            tr(
                "文件含有已加密的内容（GM/T 0099），未读取：去除密码后再审",
                "the file holds encrypted content (GM/T 0099) that was not read: remove the password",
            ),
        )


def _read_entry(file: _File) -> None:
    name = file.archive.find(_ENTRY) or next(
        (m.name for m in file.archive.members if m.name.casefold().endswith("/ofd.xml")), None
    )
    root = file.archive.xml(name) if name is not None else None
    if name is None or root is None:
        file.archive.scribe.gap("文件", tr("找不到或读不到 OFD.xml，正文未读取", "OFD.xml is missing or unreadable"))
        return
    folder = name.rpartition("/")[0]
    bodies = list(found(root, "DocBody"))
    if not bodies:
        file.archive.scribe.gap("文件", tr("OFD.xml 中没有文档", "OFD.xml names no document"))
    for number, body in enumerate(bodies, 1):
        _read_body(file, body, folder, f"文档{number} " if len(bodies) > 1 else "")


def _read_body(file: _File, body: etree._Element, folder: str, label: str) -> None:
    info = child(body, "DocInfo")
    cover = read_info(file.archive, info, label) if info is not None else None
    for path in texts(body, "Signatures"):
        signatures = file.archive.resolve(path, folder)
        if signatures is not None:
            file.signatures.append(signatures)
    roots = list(texts(body, "DocRoot"))
    if not roots:
        file.archive.scribe.gap(f"{label}正文".strip(), _no_root())
    for path in roots:
        _read_document(file, path, folder, label, hidden=False)
    for version in list(found(body, "Version"))[:_MOST_VERSIONS]:
        _read_version(file, version, folder, label)
    if cover is not None:
        target = file.archive.resolve(cover, folder)
        if target is not None:
            file.pictures.placed(target, f"{label}封面")


def _read_version(file: _File, version: etree._Element, folder: str, label: str) -> None:
    """A version names all its files and a document root of its own (GB/T 33190-2016, 19)."""
    name = file.archive.resolve(attr(version, "BaseLoc"), folder)
    root = file.archive.xml(name) if name is not None else None
    if name is None or root is None:
        file.archive.scribe.gap(f"{label}早期版本", tr("版本信息读不到", "a version's description cannot be read"))
        return
    home = name.rpartition("/")[0]
    index = attr(version, "Index") or attr(version, "ID") or ""
    title = take_attribute(root, "Name")
    file.archive.scribe.add(title, f"{label}早期版本{index}/名称", part=Part.PROPERTY, hidden=True)
    for path in texts(root, "DocRoot"):
        is_current = (attr(version, "Current") or "").lower() == "true"
        _read_document(file, path, home, f"{label}早期版本{index} ", hidden=not is_current, missing_ok=is_current)


def _read_document(file: _File, path: str, folder: str, label: str, *, hidden: bool, missing_ok: bool = False) -> None:
    archive = file.archive
    name = archive.resolve(path, folder)
    if name is None:
        if not missing_ok:
            archive.scribe.gap(f"{label}正文".strip(), _no_root())
        return
    if name in file.documents:
        return
    file.documents.add(name)
    root = archive.xml(name)
    if root is not None:
        _Document(file, name, root, label, hidden=hidden).read()


class _Document:
    """Reads one document: its resources, its pages in order, and all that hangs on its root."""

    def __init__(self, file: _File, name: str, root: etree._Element, label: str, *, hidden: bool) -> None:
        self._file, self._archive = file, file.archive
        self._name, self._root = name, root
        self._folder = name.rpartition("/")[0]
        self._label = label
        common = child(root, "CommonData")
        self._book = Book(
            archive=file.archive,
            resources=Resources(file.archive),
            pictures=file.pictures,
            templates=self._templates(common),
            area=page_area(child(common, "PageArea")) or A4,
            label=label,
            hidden=hidden,
            doubtful={},
            drawn=set(),
        )
        for path in texts(common, "PublicRes", "DocumentRes") if common is not None else ():
            self._book.resources.learn(path, self._folder)
        self._book.resources.default_space = "" if common is None else _text(child(common, "DefaultCS"))
        file.books.append(self._book)

    def read(self) -> None:
        """Pages first, then what stands beside them."""
        self._pages()
        read_outline(self._archive, self._root, self._label)
        read_actions(self._archive, self._root, f"{self._label}文档".strip())
        self._attachments()
        for kind, reader in (("CustomTags", read_tags), ("Extensions", read_extensions)):
            for path in texts(self._root, kind):
                name = self._archive.resolve(path, self._folder)
                if name is not None:
                    reader(self._archive, self._file.pictures, name, self._label)
        self._finish()

    def _templates(self, common: etree._Element | None) -> dict[str, Template]:
        templates: dict[str, Template] = {}
        for entry in found(common, "TemplatePage") if common is not None else ():
            name = self._archive.resolve(attr(entry, "BaseLoc"), self._folder)
            if name is not None:
                templates[attr(entry, "ID") or ""] = Template(name=name, order=attr(entry, "ZOrder") or "Background")
                self._archive.scribe.add(
                    take_attribute(entry, "Name"), f"{self._label}模板/名称", part=Part.PROPERTY, hidden=True
                )
        return templates

    def _pages(self) -> None:
        notes = self._notes()
        pages = child(self._root, "Pages")
        entries = [entry for entry in pages if local(entry) == "Page"] if pages is not None else []
        if not entries:
            self._archive.scribe.gap(f"{self._label}正文".strip(), tr("没有任何页面", "there is not a single page"))
        for number, entry in enumerate(entries, 1):
            place = f"{self._label}p{number}"
            if number > MOST_PAGES or time_left_s() < _PATIENCE_S:
                self._archive.scribe.gap(f"{place}–p{len(entries)}", _out_of_time())
                self._account(entries[number - 1 :])
                break
            name = self._archive.resolve(attr(entry, "BaseLoc"), self._folder)
            if name is None:
                self._archive.scribe.gap(place, tr("引用的页面不在文件中", "the page is missing from the file"))
                continue
            self._page(Leaf(number=number, name=name, notes=tuple(notes.pop(attr(entry, "ID") or "", ()))), place)
        self._stray_notes(notes)

    def _page(self, leaf: Leaf, place: str) -> None:
        root = self._archive.xml(leaf.name)
        if root is None:
            return
        PageReader(self._book, leaf).read(root)
        for name in (leaf.name, *leaf.notes):
            tree = self._archive.xml(name)
            if tree is not None:
                read_actions(self._archive, tree, place)
            read_strays(self._archive, _FORMAT, name)

    def _account(self, entries: list[etree._Element]) -> None:
        """Pages that one gap speaks for need none of their own."""
        for entry in entries:
            name = self._archive.resolve(attr(entry, "BaseLoc"), self._folder)
            if name is not None:
                self._archive.account(name)

    def _notes(self) -> dict[str, list[str]]:
        """Page id → the parts with its annotations."""
        notes: dict[str, list[str]] = defaultdict(list)
        for path in texts(self._root, "Annotations"):
            name = self._archive.resolve(path, self._folder)
            root = self._archive.xml(name) if name is not None else None
            if name is None or root is None:
                self._archive.scribe.gap(f"{self._label}批注".strip(), tr("批注读不到", "annotations are missing"))
                continue
            for entry in found(root, "Page"):
                for location in texts(entry, "FileLoc"):
                    target = self._archive.resolve(location, name.rpartition("/")[0], self._folder)
                    if target is None:
                        self._archive.scribe.gap(
                            f"{self._label}批注".strip(), tr("引用的批注文件不在文件中", "annotations are missing")
                        )
                    else:
                        notes[attr(entry, "PageID") or ""].append(target)
        return notes

    def _stray_notes(self, notes: dict[str, list[str]]) -> None:
        """Annotations of pages that do not exist: read as they are, at the last look."""
        for name in (name for names in notes.values() for name in names):
            self._archive.xml(name)

    def _attachments(self) -> None:
        for path in texts(self._root, "Attachments"):
            name = self._archive.resolve(path, self._folder)
            root = self._archive.xml(name) if name is not None else None
            if name is not None and root is not None:
                for entry in found(root, "Attachment"):
                    self._attachment(entry, name)

    def _attachment(self, entry: etree._Element, home: str) -> None:
        scribe = self._archive.scribe
        title = take_attribute(entry, "Name")
        label = f"{self._label}附件 {title}".rstrip()
        scribe.add(title, f"{self._label}附件名", part=Part.FILE_NAME, hidden=True)
        usage = take_attribute(entry, "Usage")
        if usage and usage.lower() != "none":
            scribe.add(usage, f"{label}/用途", part=Part.PROPERTY, hidden=True)
        locations = list(texts(entry, "FileLoc"))
        target = self._archive.resolve(locations[0], home.rpartition("/")[0], self._folder) if locations else None
        data = self._archive.data(target) if target is not None else None
        if target is None:
            scribe.gap(label, tr("附件不在文件中，未读取", "the attachment is missing from the file"))
        elif data is not None and is_picture(target, data):
            self._file.pictures.shown(data, label)
        elif data is not None:
            form = attr(entry, "Format") or ""
            file_name = title if "." in title else f"{title}.{form}" if form else target.rpartition("/")[2]
            scribe.enclose(read_embedded(data, file_name), label, Enclosure.OBJECT)

    def _finish(self) -> None:
        """Take what templates and units have drawn; tell of fonts that nobody can read and of unused media."""
        for code in self._book.drawn:
            take(code)
        for font, places in self._book.doubtful.items():
            odd = self._book.resources.odd[font]
            if len(odd) < 2 and not any(said.startswith("\ufffd") for said in odd):
                continue  # one odd character is a bullet; two different ones are text
            self._archive.scribe.gap(f"{places[0]} 字体 {font}".rstrip(), _untrusted(len(places)))
        for font in self._book.resources.contradictory():
            self._archive.scribe.gap(f"{self._label}字体 {font}".rstrip(), _contradictory())
        for identity, medium in self._book.resources.media.items():
            if identity not in self._book.resources.placed and medium.name is not None:
                if medium.kind.lower() == "image":
                    self._book.pictures.placed(medium.name, f"{self._label}未放置的图片")
                elif not self._archive.is_read(medium.name):
                    self._archive.account(medium.name)
                    self._archive.scribe.gap(medium.name, tr("音频或视频，未读取", "audio or video, not read"))
        for kind in ("Permissions", "VPreferences"):
            entry = child(self._root, kind)
            if entry is not None:
                take_all(entry)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else plain(element).strip()


def _no_root() -> str:
    return tr("引用的文档不在文件中，正文未读取", "the document is missing from the file; nothing was read of it")


def _untrusted(pages: int) -> str:
    return tr(
        f"字体没有文字对照（{pages} 页），取出的文字不可信：识别文字后再审，或由审核人看图核对",
        f"the font does not say which characters it draws ({pages} page(s)): let a reviewer look at the pages",
    )


def _contradictory() -> str:
    return tr(
        "同一字形被说成不同的文字，取出的文字可能与所见不符：由审核人看图核对",
        "one glyph is said to be different characters, the text may differ from what is seen: let a reviewer look",
    )


def _out_of_time() -> str:
    return tr("时间用尽或页数过多，未读取：拆分后再审", "out of time or too many pages, not read: split the file")
