"""The last look at a package: text that no walker took, and members that nothing refers to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from lxml import etree

from reviewer.extract.embedded import read_embedded
from reviewer.extract.package import Archive, Member
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.xml import local
from reviewer.extract.pictures import is_picture
from reviewer.extract.scribe import Enclosure
from reviewer.extract.sniff import BINARY, EMPTY, sniff
from reviewer.extract.telling import mere_number, telling
from reviewer.language import tr
from reviewer.terms import Part
from reviewer.value import dataclass, field

_ENCODED = re.compile(r"[A-Za-z0-9+/=\s]{60,}")
_FONT = re.compile(r"\.(ttf|otf|ttc|otc|woff2?|cff|pfb|pfm|afm|fnt|odttf|eot)$", re.IGNORECASE)
_FONT_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2", b"%!PS-AdobeFont", b"\1\0\4")
_MEDIA = re.compile(
    r"\.(wav|mp3|mp4|m4a|m4v|wma|wmv|avi|mov|mpe?g|aiff?|mid|midi|flv|mkv|webm|ogg|ogv)$", re.IGNORECASE
)
_DECIMAL = re.compile(r"\s*-?\d{1,6}\.\d+[a-z%]{0,3}\s*")
_MADE_UP = re.compile(r"_[A-Za-z_]+[\d_]*")
"""A name that a program gave: `__Annotation__6_1284872864`."""
_WORD = re.compile(r"\w")
_SHORT = 7
"""A shorter number in an unknown part is a count or an index."""
_MOST_LEFTOVERS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What a format keeps in its trees besides text that somebody may read.

    `letters`: elements whose every letter counts; `mute_elements` and `mute_attributes`: measures, references and
    names of fonts; `styling`: elements whose attributes are only names of styles; `plain_names`: names of members
    that programs make up.
    """

    letters: frozenset[str] = frozenset()
    mute_elements: frozenset[str] = frozenset()
    mute_attributes: frozenset[str] = frozenset()
    styling: frozenset[str] = frozenset()
    plain_names: re.Pattern[str] = field(default_factory=lambda: re.compile(r"(?!)"))


def read_strays(archive: Archive, form: Format, name: str) -> None:
    """Write down what is left in one tree, and give the tree up."""
    root = archive.release(name)
    if root is not None:
        for text, label in dict.fromkeys(_left(root, form)):
            archive.scribe.add(text, f"{name} {label}".strip(), part=Part.ATTRIBUTE, hidden=True)


def read_rest(archive: Archive, pictures: Pictures, form: Format) -> None:
    """Account for all that is left: trees, pictures, members that nothing refers to, and their names."""
    for name, _ in archive.trees():
        read_strays(archive, form, name)
    read_names(archive, form)
    pictures.leftover()
    for member in archive.unread():
        read_member(archive, pictures, member, f"未引用的文件 {member.name}")


def read_names(archive: Archive, form: Format) -> None:
    """A member's own name can say something: a picture named after a person, a folder after a case."""
    parents = {posixpath.dirname(member.name.rstrip("/")) + "/" for member in archive.members}
    for member in archive.members:
        if member.name in parents:  # the name of the folder is a part of the names in it
            continue
        pieces = (piece for piece in member.name.split("/") if telling(piece) and not form.plain_names.fullmatch(piece))
        if next(pieces, None):
            archive.scribe.add(member.name, "部件名", part=Part.FILE_NAME, hidden=True)


def read_member(archive: Archive, pictures: Pictures, member: Member, label: str) -> None:
    """Read a member that no walker knows by what it holds; what has no reader becomes a gap."""
    data = archive.member_data(member)
    if data:
        read_unknown(archive, pictures, member.name, data, label)


def read_unknown(archive: Archive, pictures: Pictures, name: str, data: bytes, label: str) -> None:
    """Read bytes of unknown use by what they are."""
    if is_font(name, data):
        return
    kind = sniff(data, posixpath.basename(name))
    if is_picture(name, data):
        pictures.shown(data, label)
    elif kind == "application/xml" or name.casefold().endswith((".xml", ".rels", ".rdf")):
        root = archive.tree(label, data)
        if root is not None:
            archive.release(label)
            read_generic(archive, root, label)
    elif kind in (BINARY, EMPTY) or _MEDIA.search(name):
        archive.scribe.gap(label, _unknown(name))
    else:
        archive.scribe.enclose(read_embedded(data, posixpath.basename(name)), label, Enclosure.OBJECT)


def read_generic(archive: Archive, root: etree._Element, label: str) -> None:
    """Write down all text nodes of an unknown tree and the attributes that may say something."""
    texts = [text.strip() for element in root.iter() for text in (element.text, element.tail) if text and text.strip()]
    encoded = [text for text in texts if _ENCODED.fullmatch(text) and not telling(text)]
    for text in texts[:_MOST_LEFTOVERS]:
        if text not in encoded and not (len(text) < _SHORT and mere_number(text)):
            archive.scribe.add(text, label, part=Part.EMBEDDED, hidden=True)
    values = (str(value) for element in root.iter() for value in element.attrib.values())
    for value in list(dict.fromkeys(filter(telling, values)))[:_MOST_LEFTOVERS]:
        archive.scribe.add(value, label, part=Part.ATTRIBUTE, hidden=True)
    if encoded:
        archive.scribe.gap(label, tr("部件中有编码数据，未解读", "the part holds encoded data, not decoded"))
    if len(texts) > _MOST_LEFTOVERS:
        archive.scribe.gap(label, tr("部件内容过多，未读全", "the part holds too much and was not read in full"))


def is_font(name: str, data: bytes) -> bool:
    """Whether a member is a font file: its glyphs draw text that stands elsewhere."""
    return _FONT.search(name) is not None and data.startswith(_FONT_MAGIC)


def _left(root: etree._Element, form: Format) -> Iterable[tuple[str, str]]:
    for element in root.iter():
        label = local(element)
        text = (element.text or "").strip()
        if (
            text
            and label not in form.mute_elements
            and (telling(text) or (label in form.letters and _WORD.search(text)))
        ):
            yield text, label
        tail = (element.tail or "").strip()
        if tail and telling(tail):
            yield tail, ""
        for key, value in () if label in form.styling else element.attrib.items():
            named = str(key).rpartition("}")[2]
            text = str(value)
            mute = named in form.mute_attributes or _DECIMAL.fullmatch(text) or _MADE_UP.fullmatch(text)
            if not mute and telling(text):
                yield text, f"{label}/{named}"


def _unknown(name: str) -> str:
    if _MEDIA.search(name):
        return tr("音频或视频，未读取", "audio or video, not read")
    return tr(
        "文件内没有任何内容引用它，格式不认识，未读取：删除后再审，或由审核人核对",
        "nothing in the document refers to it and its kind is unknown; not read: remove it or let a reviewer check",
    )
