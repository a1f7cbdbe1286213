"""XMP packets: every value that says something, by the name of its property (ISO 16684-1)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from reviewer.extract.image.facts import Facts
from reviewer.language import tr

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_FRAME = (_RDF, "{adobe:ns:meta/}", "{http://www.w3.org/XML/1998/namespace}")
_CAMERA = ("{http://ns.adobe.com/tiff/", "{http://ns.adobe.com/exif/")
_SETTINGS = ("{http://ns.adobe.com/camera-raw-settings/", "{http://ns.adobe.com/hdr-gain-map/")
_NUMBER = re.compile(r"^[\d/.,\s+-]+$")
# Dates, identifiers and constants: they say nothing of the document's matter.
_TECHNICAL = re.compile(
    r"^(?:D:\d{4}|\d{4}-\d\d-\d\d|(?:uuid|xmp\.\w+|adobe|urn):|https?://ns\.|(?:application|image)/[\w.+-]+$"
    r"|x-default$|True$|False$|\W*$|[0-9A-Fa-f]{32}$)"
)
_TELLING = re.compile(r"[\u3400-\u9fff]|\d{7}|\w@\w+\.\w")
_PACKET = re.compile(rb"<\?xpacket[^>]*\?>")
_PICTURE = "/9j/"  # how a JPEG begins in base64


class BrokenXmpError(ValueError):
    """The packet is no XML that can be read."""


def read_xmp(packet: bytes, facts: Facts) -> None:
    """Write down the values of a packet; thumbnails in it are kept for comparison."""
    try:
        for name, text in values(packet):
            if text.startswith(_PICTURE):
                _keep(text, facts)
            elif not _TECHNICAL.match(text):
                facts.say(f"XMP/{name}", text)
    except BrokenXmpError:
        facts.gap("XMP", broken())
        facts.sweep("XMP", packet)


def values(packet: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of every value and attribute but numbers of the camera; raises BrokenXmpError."""
    for element in _root(packet).iter(etree.Element):
        inner = [(_property_of(element), element.text or ""), (_property_of(element), element.tail or "")]
        outer = [(str(name), str(text)) for name, text in element.attrib.items()]
        for name, text in ((name, text.strip()) for name, text in inner + outer):
            if not text or name.startswith(_FRAME) or (name.startswith(_CAMERA) and _NUMBER.match(text)):
                continue
            if not name.startswith(_SETTINGS) or _TELLING.search(text):
                yield etree.QName(name).localname, text


def broken() -> str:
    """The gap's reason for a packet that cannot be read."""
    return tr("属性数据（XMP）已损坏，未读取", "the XMP metadata is damaged and was not read")


def _root(packet: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_PACKET.sub(b"", packet).strip(b"\0 \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenXmpError from error
    if getattr(root.getroottree().docinfo, "doctype", ""):  # entities would hold text that the tree does not
        raise BrokenXmpError
    return root


def _property_of(element: etree._Element) -> str:
    """The nearest name that is not a list or an item of RDF."""
    named: etree._Element | None = element
    while named is not None and str(named.tag).startswith(_RDF):
        named = named.getparent()
    return "XMP" if named is None or str(named.tag).startswith(_FRAME) else str(named.tag)


def _keep(text: str, facts: Facts) -> None:
    try:
        facts.thumbnails.append(("XMP/缩略图", base64.b64decode("".join(text.split()))))
    except binascii.Error:
        facts.gap("XMP/缩略图", broken())
