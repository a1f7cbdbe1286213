"""A document that is a zip of XML parts (OFD, OpenDocument, EPUB): by name, and which parts nobody has read.

Places are data, written down in reports and records: they are Chinese in every language of the program.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from reviewer.extract.package.xml import MAX_TREE_BYTES, UnreadableError, parse, remarks
from reviewer.extract.package.zip import Members
from reviewer.extract.residue import residue
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.text.decode import decode
from reviewer.value import dataclass

_UTF8_NAME = 0x800  # APPNOTE.TXT 4.4.4, bit 11
# A DOCTYPE that only names a grammar: nothing is fetched, no entity is declared. Macros and old tables of contents
# have one; any other is refused.
_EMPTY_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+[\w:.-]{1,80}(?:\s+(?:PUBLIC\s+"[^"<>\[\]]{0,200}"\s+|SYSTEM\s+)"[^"<>\[\]]{0,200}")?\s*>"""
)
_MAX_TREES_BYTES = 4 * MAX_TREE_BYTES
"""All trees held at one time: a tree takes about six times its XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the zip under its normalised name; `twin` tells it from others of the same name."""

    name: str
    info: zipfile.ZipInfo
    twin: int


class Archive:
    """One opened package; what cannot be read becomes a gap of the scribe, and None here.

    Whoever reads a text takes it out of its tree (`take`, `take_attribute`), so that what nobody read is still
    there at the end; see package/rest.py.
    """

    def __init__(self, members: Members | None, scribe: Scribe) -> None:
        self.scribe = scribe
        self._members = members
        self._read: set[int] = set()
        self._trees: dict[str, tuple[etree._Element, int]] = {}
        self._held_bytes = 0
        self._remarked: set[str] = set()
        self.members = tuple(
            Member(name=_normal(_name(info)), info=info, twin=twin)
            for twin, info in enumerate(members.infos if members is not None else ())
        )
        # Of twins the last one wins, as in zipfile and most programs.
        self._by_name = {member.name: member for member in self.members}
        self._by_folded = {member.name.casefold(): member for member in self.members}
        if members is not None:
            self._tell(members)

    def _tell(self, members: Members) -> None:
        for gap in members.faults():
            self.scribe.gap(gap.place, gap.reason)
        if members.comment.strip(b"\0 "):
            self.scribe.add(decode(members.comment).text, "压缩包注释", part=Part.PROPERTY, hidden=True)
        for text in residue(members.fields):
            self.scribe.add(text, "压缩包附加字段", part=Part.PROPERTY, hidden=True)

    @classmethod
    def open(cls, data: bytes, scribe: Scribe) -> Archive | None:
        """The package in these bytes; None, with a gap written down, if they cannot be opened."""
        try:
            return cls(Members(data), scribe)
        except UnreadableError as error:
            scribe.gap("文件", str(error))
            return None

    @classmethod
    def empty(cls, scribe: Scribe) -> Archive:
        """A package without members, for a document that is one XML file."""
        return cls(None, scribe)

    def find(self, name: str) -> str | None:
        """The name as the zip writes it, whatever its case here; None if there is no such member."""
        member = self._by_name.get(name) or self._by_folded.get(name.casefold())
        return None if member is None else member.name

    def resolve(self, path: str | None, *folders: str) -> str | None:
        """The member that a path leads to from the first of these folders that makes sense, or from the root."""
        text = (path or "").strip().replace("\\", "/")
        if not text:
            return None
        bases = ("",) if text.startswith("/") else (*folders, "")
        for spelled in dict.fromkeys((text, unquote(text))):
            for base in bases:
                found = self.find(posixpath.normpath(posixpath.join("/", base, spelled)).lstrip("/"))
                if found is not None and not found.endswith("/"):
                    return found
        return None

    def data(self, name: str) -> bytes | None:
        """A member's bytes by name."""
        member = self._by_name.get(name) or self._by_folded.get(name.casefold())
        return None if member is None else self.member_data(member)

    def member_data(self, member: Member) -> bytes | None:
        """One member's bytes, twin or not."""
        self._read.add(member.twin)
        if self._members is None:
            return None
        try:
            return self._members.read(member.info)
        except UnreadableError as error:
            self.scribe.gap(member.name, str(error))
            return None

    def account(self, name: str) -> None:
        """Count a member as dealt with although its bytes were not asked for."""
        member = self._by_name.get(name) or self._by_folded.get(name.casefold())
        if member is not None:
            self._read.add(member.twin)

    def is_read(self, name: str) -> bool:
        """Whether somebody has asked for this member."""
        member = self._by_name.get(name) or self._by_folded.get(name.casefold())
        return member is not None and member.twin in self._read

    def unread(self) -> tuple[Member, ...]:
        """Members that nobody has asked for, directories left out."""
        return tuple(
            member for member in self.members if member.twin not in self._read and not member.name.endswith("/")
        )

    def xml(self, name: str) -> etree._Element | None:
        """A member's XML tree; asked for again, the same tree, with what is left in it."""
        if name in self._trees:
            return self._trees[name][0]
        data = self.data(name)
        return None if data is None else self.tree(name, data)

    def tree(self, name: str, data: bytes) -> etree._Element | None:
        """The XML tree of some bytes; comments in it are written down as hidden text."""
        try:
            if self._held_bytes + len(data) > _MAX_TREES_BYTES:
                raise UnreadableError(_too_much())
            plain = _EMPTY_DOCTYPE.sub(b"", data, count=1)
            root = parse(plain)
            self.remark(name, plain)
        except UnreadableError as error:
            self.scribe.gap(name, str(error))
            return None
        self._trees[name] = (root, len(data))
        self._held_bytes += len(data)
        return root

    def remark(self, name: str, data: bytes) -> None:
        """Write down the comments of a part that has been parsed, once."""
        if name in self._remarked:
            return
        self._remarked.add(name)
        for text in remarks(data):
            self.scribe.add(text, f"{name} XML注释", part=Part.ATTRIBUTE, hidden=True)

    def hold(self, name: str, root: etree._Element) -> None:
        """Keep a tree that was built elsewhere, for the last look."""
        self._trees[name] = (root, 0)

    def release(self, name: str) -> etree._Element | None:
        """Give up a tree."""
        root, size = self._trees.pop(name, (None, 0))
        self._held_bytes -= size
        return root

    def trees(self) -> Iterator[tuple[str, etree._Element]]:
        """All trees that are still held."""
        for name, (root, _) in tuple(self._trees.items()):
            yield name, root


def take_attribute(element: etree._Element, name: str) -> str:
    """An attribute by local name, taken out of the tree; "" if it is missing."""
    for key in list(element.attrib):
        if str(key) == name or str(key).endswith("}" + name):
            return str(element.attrib.pop(key)).strip()
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the UTF-8 flag it is in the code page of whoever made the zip."""
    if info.filename.isascii() or info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return decode(info.orig_filename.encode("cp437")).text.replace("\0", "")
    except UnicodeEncodeError:
        return info.filename


def _normal(name: str) -> str:
    path = name.replace("\\", "/")
    folder = "/" if path.endswith("/") else ""
    return posixpath.normpath("/" + path).lstrip("/") + folder


def _too_much() -> str:
    return tr("文件过大，此部件未读取：拆分后再审", "the file is too large, this part was not read: split it")
