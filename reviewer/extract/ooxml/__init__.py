"""An OOXML file (docx, xlsx, pptx) as a set of parts: by name, with relations, and which of them nobody has read.

Places are data, written down in reports and records: they are Chinese in every language of the program.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from reviewer.extract.ooxml.sweep import Sweep
from reviewer.extract.package.xml import UnreadableError, attr, found, parse, remarks, stream
from reviewer.extract.package.zip import Members
from reviewer.extract.residue import residue
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.value import dataclass

_LONG_NUMBER, _WIDE_NUMBER = re.compile(rb"[0-9]{11}"), re.compile(rb"(?:[0-9]\0){11}")
_CONTENT_TYPES = "[content_types].xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relationship of a part: what it is for, and the part (or, if external, the address) it points to."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the zip under its normalised name; `twin` tells it from others of the same name."""

    name: str
    info: zipfile.ZipInfo
    twin: int


class Package:
    """One opened OOXML file; what cannot be read becomes a gap of the scribe, and None here.

    `trees` are the parts handed out so far: whoever reads a text takes it out of its tree (package.xml.take), so
    that what nobody read is still there at the end. `numbered` are those of them with a long number somewhere.
    """

    def __init__(self, members: Members, scribe: Scribe) -> None:
        self.scribe = scribe
        self.trees: list[tuple[str, etree._Element]] = []
        self.numbered: list[tuple[str, etree._Element]] = []
        self.sweep = Sweep()
        self._members = members
        self._read: set[int] = set()
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._told: set[tuple[str, str]] = set()
        self.members = tuple(
            Member(name=_normal(info.filename), info=info, twin=twin) for twin, info in enumerate(members.infos)
        )
        # A part name ignores case; of twins the last one wins, as in zipfile and most office programs.
        self._by_name = {member.name.casefold(): member for member in self.members}
        self._types = self._content_types()
        for gap in members.faults():
            scribe.gap(gap.place, gap.reason)
        if members.comment.strip(b"\0 "):
            comment = members.comment.decode("utf-8", "replace")
            scribe.add(comment, "压缩包注释", part=Part.PROPERTY, hidden=True)
        for text in residue(members.fields):
            scribe.add(text, "压缩包附加字段", part=Part.PROPERTY, hidden=True)

    @classmethod
    def open(cls, data: bytes, scribe: Scribe) -> Package | None:
        """The package in these bytes; None, with a gap written down, if they cannot be opened."""
        try:
            return cls(Members(data), scribe)
        except UnreadableError as error:
            scribe.gap("文件", str(error))
            return None

    @property
    def main(self) -> str:
        """The name of the main part, or "" with a gap written down if there is none."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        self.scribe.gap("文件", tr("找不到正文部件，未能读取", "the main part is missing; nothing could be read"))
        return ""

    def has(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name.casefold() in self._by_name

    def _canonical(self, name: str) -> str:
        member = self._by_name.get(name.casefold())
        return name if member is None else member.name

    def content_type(self, name: str) -> str:
        """The declared content type of a part, lower case; "" if none is declared."""
        suffix = name.rpartition(".")[2].casefold()
        return self._types.get("/" + name.casefold()) or self._types.get(suffix, "")

    def data(self, name: str) -> bytes | None:
        """A part's bytes by name."""
        member = self._by_name.get(name.casefold())
        if member is None:
            self.scribe.gap(name, tr("引用的部件不在文件中", "a part that is referred to is missing from the file"))
            return None
        return self.member_data(member)

    def member_data(self, member: Member) -> bytes | None:
        """One member's bytes, twin or not."""
        self._read.add(member.twin)
        try:
            return self._members.read(member.info)
        except UnreadableError as error:
            self.scribe.gap(member.name, str(error))
            return None

    def xml(self, name: str) -> etree._Element | None:
        """A part's XML tree by name."""
        data = self.data(name)
        return None if data is None else self.tree(name, data)

    def tree(self, name: str, data: bytes) -> etree._Element | None:
        """The XML tree of a part's bytes; comments in it are written down as hidden text."""
        try:
            root = parse(data)
            self._remark(name, data)
        except UnreadableError as error:
            self.scribe.gap(name, str(error))
            return None
        self.sweep.hear(name, data)
        self.trees.append((name, root))
        if _may_hold_a_long_number(data):
            self.numbered.append((name, root))
        return root

    def rows(self, name: str, *names: str) -> Iterator[etree._Element]:
        """The elements of these local names in a large part, one at a time; what stands beside them is kept."""
        data = self.data(name)
        if data is None:
            return
        try:
            yield from stream(data, *names, rest=lambda root: self.trees.append((name, root)))
            self.sweep.hear(name, data)
            self._remark(name, data)
        except UnreadableError as error:
            self.scribe.gap(name, str(error))

    def _remark(self, name: str, data: bytes) -> None:
        for remark in remarks(data):
            self.scribe.add(remark, f"{name} XML注释", part=Part.ATTRIBUTE, hidden=True)

    def account(self, name: str) -> None:
        """Count a part as dealt with although its bytes were not asked for."""
        member = self._by_name.get(name.casefold())
        if member is not None:
            self._read.add(member.twin)

    def unread(self) -> tuple[Member, ...]:
        """Members that nobody has asked for, directories left out."""
        return tuple(
            member for member in self.members if member.twin not in self._read and not member.name.endswith("/")
        )

    def relations(self, source: str) -> tuple[Relation, ...]:
        """The relationships of a part; those of the package itself for ""."""
        if source not in self._relations:
            self._relations[source] = tuple(self._read_relations(source))
        return self._relations[source]

    def related(self, source: str, *kinds: str) -> tuple[str, ...]:
        """Names of the parts that a part refers to with one of these kinds of relationship, as far as present."""
        return tuple(
            relation.target
            for relation in self.relations(source)
            if relation.kind in kinds and not relation.external and self.has(relation.target)
        )

    def relation(self, source: str, identity: str | None) -> Relation | None:
        """The relationship of a part with this id."""
        return next((relation for relation in self.relations(source) if relation.id == identity), None)

    def told(self, relation: Relation) -> None:
        """An external address has been written down at a better place than its relationship."""
        self._told.add((relation.source, relation.id))

    def addresses(self) -> Iterator[Relation]:
        """External relationships of every part that were not told yet: never fetched, only reported."""
        for member in self.members:
            source = _relations_source(member.name)
            for relation in self.relations(source) if source is not None else ():
                if relation.external and (source, relation.id) not in self._told:
                    yield relation

    def _content_types(self) -> dict[str, str]:
        root = self.xml(self._by_name[_CONTENT_TYPES].name) if self.has(_CONTENT_TYPES) else None
        if root is None:
            return {}
        return {
            (attr(entry, "PartName") or attr(entry, "Extension") or "").casefold(): (
                attr(entry, "ContentType") or ""
            ).lower()
            for entry in found(root, "Default", "Override")
        }

    def _read_relations(self, source: str) -> Iterator[Relation]:
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", name + ".rels")
        root = self.xml(part) if self.has(part) else None
        for entry in found(root, "Relationship") if root is not None else ():
            external = (attr(entry, "TargetMode") or "").casefold() == "external"
            target = attr(entry, "Target") or ""
            yield Relation(
                source=source,
                id=attr(entry, "Id") or "",
                kind=(attr(entry, "Type") or "").rpartition("/")[2],
                target=target if external else self._canonical(_resolve(folder, target)),
                external=external,
            )


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _resolve(folder: str, target: str) -> str:
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join("/", folder, path)
    return posixpath.normpath(joined).lstrip("/")


def _relations_source(name: str) -> str | None:
    folder, file = posixpath.split(name)
    if not file.casefold().endswith(".rels") or posixpath.basename(folder) != "_rels":
        return None
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def _may_hold_a_long_number(data: bytes) -> bool:
    """In digits of either width or as characters by number; three searches are four times as fast as one for any."""
    if b"&#" in data or _LONG_NUMBER.search(data):
        return True
    return b"\0" in data and _WIDE_NUMBER.search(data) is not None
