"""The last look at an OOXML file: every member that no reader asked for is read as it is, or becomes a gap."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from reviewer.extract.embedded import read_embedded
from reviewer.extract.ooxml import Member, Package
from reviewer.extract.ooxml.markup import sayings
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.package.xml import local
from reviewer.extract.pictures import is_picture
from reviewer.extract.residue import residue
from reviewer.extract.scribe import Enclosure
from reviewer.extract.telling import mere_number, telling
from reviewer.language import tr
from reviewer.terms import Part

_TEXTS = frozenset({"t", "delText", "instrText", "delInstrText"})
# Elements of positions, of references to cells and of number formats.
_MEASURES = frozenset(
    {"posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "Anchor", "f", "formatCode"}
    | {"row", "col", "rowOff", "colOff", "sqref"}
)
_XML_SUFFIXES = (".xml", ".rels", ".vml", ".svg", ".psmdcp")
_MUTE = re.compile(
    # Looks and program state: their attributes are names of fonts, styles and colours. Text nodes are still read.
    r"(theme/|styles?(witheffects)?\d*\.xml|fonttable|websettings|settings\.xml|numbering\.xml|calcchain|tablestyles|viewprops|"
    r"presprops|quickstyle\d*|colors\d*\.xml|diagrams/layout|commentsextended|commentsids|commentsextensible|"
    r"metadata\.xml|docprops/)",
    re.IGNORECASE,
)
_SILENT = re.compile(r"(printersettings|\.odttf$|\.fntdata$|\.ttf$|\.otf$|_xmlsignatures/origin\.sigs$)", re.IGNORECASE)
_MEDIA = re.compile(r"\.(wav|mp3|mp4|m4a|m4v|wma|wmv|avi|mov|mpe?g|aiff?|mid|midi|flv|mkv|webm)$", re.IGNORECASE)
_MACROS = re.compile(r"vbaproject|vbadata", re.IGNORECASE)
_INK = "inkml"
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN_MAGIC = (b"PK\x03\x04", b"%PDF-")
_FOREIGN_SUFFIXES = (".txt", ".csv", ".json", ".htm", ".html", ".md", ".pdf", ".rtf")
_SHORT = 7
"""A shorter number in an unknown part is a count or an index."""
_LONG_NUMBER = re.compile(r"\d{11}")
_ENCODED = re.compile(r"[A-Za-z0-9+/=\s]{60,}")


def read_rest(package: Package, pictures: Pictures) -> None:
    """Account for all that is left: addresses, pictures, embedded files, unknown parts."""
    _addresses(package)
    _strays(package)
    _thumbnails(package, pictures)
    pictures.leftover()
    _names(package)
    objects = 0
    for member in package.unread():
        objects += _is_object(member)
        _member(package, member, f"嵌入对象{objects}")
    _numbers(package)
    package.sweep.tell(package.scribe)


def _strays(package: Package) -> None:
    """Text that nobody took: no office program shows it where it stands.

    In elements of text every letter counts, elsewhere what may say something.
    """
    for name, root in package.trees:
        for element in root.iter():
            text, label = element.text, local(element)
            if text and label not in _MEASURES and (telling(text) or (label in _TEXTS and text.strip())):
                package.scribe.add(text.strip(), f"{name} {label}", part=Part.ATTRIBUTE, hidden=True)
            if element.tail and telling(element.tail):
                package.scribe.add(element.tail.strip(), name, part=Part.ATTRIBUTE, hidden=True)


def _numbers(package: Package) -> None:
    """Long numbers in attributes that no reader asked for: the length of a phone number, longer than any measure."""
    told = {segment.text for segment in package.scribe.finish().segments}
    for name, root in package.numbered:
        for label, text in dict.fromkeys(sayings(root)):
            if _LONG_NUMBER.search(text) and text not in told:
                told.add(text)
                package.scribe.add(text, f"{name} {label}", part=Part.ATTRIBUTE, hidden=True)


def _addresses(package: Package) -> None:
    """External targets: templates, linked pictures, web and mail addresses; they are told, never fetched."""
    seen: set[tuple[str, str, str]] = set()
    for relation in package.addresses():
        key = (relation.source, relation.kind, relation.target)
        if key not in seen:
            seen.add(key)
            place = f"{posixpath.basename(relation.source) or '.rels'}/{relation.kind}"
            package.scribe.add(relation.target, place, part=Part.PROPERTY, hidden=True)


def _thumbnails(package: Package, pictures: Pictures) -> None:
    for member in package.unread():
        if not posixpath.basename(member.name).casefold().startswith("thumbnail."):
            continue
        data = package.member_data(member)
        if data is not None:
            pictures.thumbnail(member.name, data)


def _names(package: Package) -> None:
    """A member's own name can say something: a picture named after a person."""
    for member in package.members:
        base = posixpath.basename(member.name)
        if telling(base):
            package.scribe.add(base, "部件名", part=Part.FILE_NAME, hidden=True)


def _is_object(member: Member) -> bool:
    return "embeddings/" in member.name.casefold()


def _member(package: Package, member: Member, label: str) -> None:
    data = package.member_data(member)
    if data is None or not data:
        return
    if _SILENT.search(member.name):
        # Names of printers and makers of fonts stand there by right; a number as long as a person's does not.
        for text in filter(_LONG_NUMBER.search, residue(data)):
            package.scribe.add(text, member.name, part=Part.EMBEDDED, hidden=True)
        return
    if _is_document(member, data):
        inner = read_embedded(data, posixpath.basename(member.name))
        package.scribe.enclose(inner, label if _is_object(member) else member.name, Enclosure.OBJECT)
    elif member.name.casefold().endswith(_XML_SUFFIXES) or package.content_type(member.name).endswith("xml"):
        _generic(package, member.name, data)
    elif _is_object(member):
        from reviewer.extract.ole.objects import read_object  # few documents hold one

        package.scribe.enclose(read_object(data), label, Enclosure.OBJECT)
    elif _MACROS.search(member.name):
        from reviewer.extract.ole.vba import read_vba_file

        read_vba_file(package.scribe, data, member.name)
    else:
        package.scribe.gap(*_binary(package, member.name, data))


def _is_document(member: Member, data: bytes) -> bool:
    """Whether a member is a file of a format of its own, which another reader may know."""
    if data.startswith(_OLE_MAGIC):
        return False
    foreign = member.name.casefold().endswith(_FOREIGN_SUFFIXES) or data.startswith(_FOREIGN_MAGIC)
    return foreign or (_is_object(member) and not member.name.casefold().endswith(".bin"))


def _generic(package: Package, name: str, data: bytes) -> None:
    root = package.tree(name, data)
    if root is None:
        return
    if _INK in package.content_type(name) or local(root) == "ink":
        package.scribe.gap(name, tr("手写墨迹，未读取", "handwritten ink, not read"))
        return
    if "_xmlsignatures/" in name.casefold():
        _signature(package, name, root)
        return
    read_generic(package, name, root, attributes=not _MUTE.search(name))


def read_generic(package: Package, name: str, root: etree._Element, *, attributes: bool) -> None:
    """Write down all text nodes of an unknown part and, if asked, the attributes that may say something."""
    part = Part.PROPERTY if "customxml/" in name.casefold() else Part.EMBEDDED
    texts = [text.strip() for element in root.iter() for text in (element.text, element.tail) if text]
    for text in texts:
        if not _ENCODED.fullmatch(text) and not (len(text) < _SHORT and mere_number(text)):
            package.scribe.add(text, name, part=part, hidden=True)
    if any(_ENCODED.fullmatch(text) for text in texts):
        package.scribe.gap(name, tr("部件中有编码数据，未解读", "the part holds encoded data, not decoded"))
    values = (str(value) for element in root.iter() for value in element.attrib.values()) if attributes else ()
    for value in dict.fromkeys(filter(telling, values)):
        package.scribe.add(value, name, part=Part.ATTRIBUTE, hidden=True)


def _signature(package: Package, name: str, root: etree._Element) -> None:
    """A digital signature: its comments are text; its certificate names the signer in a form not read here."""
    for element in root.iter():
        if element.text and telling(element.text) and not _ENCODED.fullmatch(element.text):
            package.scribe.add(element.text.strip(), name, part=Part.PROPERTY, hidden=True)
    package.scribe.gap(
        name, tr("数字签名含签名人证书，未解读", "the signature holds the signer's certificate, not decoded")
    )


def _binary(package: Package, name: str, data: bytes) -> tuple[str, str]:
    """Place and reason of the gap for a member that is no XML."""
    lower, declared = name.casefold(), package.content_type(name)
    if "activex" in lower or "activex" in declared:
        return name, tr("含有 ActiveX 控件，未读取", "the file holds an ActiveX control; not read")
    if _MEDIA.search(name):
        return name, tr("音频或视频，未读取", "audio or video, not read")
    if is_picture(name):
        return name, tr("图中可能有文字，未读取", "the picture may hold text and was not read")
    return name, tr("不认识的部件，未读取", "unknown part, not read")
