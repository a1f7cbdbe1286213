"""Signatures and seals of an OFD: who signed, with which seal, and what the seal shows (GB/T 33190-2016, 18).

Seal and signed value are DER (GB/T 38540-2020): names and certificates in them are read, the picture is a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from reviewer.extract.embedded import read_embedded
from reviewer.extract.package import Archive, take_attribute
from reviewer.extract.package.der import DerError, values
from reviewer.extract.package.pictures import Pictures
from reviewer.extract.package.rest import read_unknown
from reviewer.extract.package.xml import attr, child, found, local, take
from reviewer.extract.pictures import is_picture
from reviewer.extract.scribe import Enclosure
from reviewer.extract.sniff import BINARY, sniff
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

_MOST_SIGNATURES = 500
_LEAST_PICTURE_BYTES = 64
_BARE_SIGNATURE_BYTES = 512
_OFD = "application/ofd"
_OWN = frozenset({"ProviderName", "Company", "SignatureDateTime", "SignatureMethod"})


@dataclass(slots=True, kw_only=True)
class _Seals:
    """What all signatures of a file add up to; the same seal on ten pages is one."""

    count: int = 0
    names: dict[str, None] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def read_signatures(archive: Archive, pictures: Pictures, lists: list[str]) -> None:
    """Read the signature lists of all documents and say once, for all of them, what a person has to know."""
    seals = _Seals()
    for name in lists:
        root = archive.xml(name)
        folder = name.rpartition("/")[0]
        for entry in list(found(root, "Signature"))[:_MOST_SIGNATURES] if root is not None else ():
            own = archive.resolve(attr(entry, "BaseLoc"), folder)
            if own is not None:
                seals.count += 1
                _signature(archive, pictures, own, seals)
    for text in seals.names:
        archive.scribe.add(text, "签章", part=Part.PROPERTY, hidden=True)
    if seals.unreadable:
        archive.scribe.gap("签章", _unreadable(len(seals.unreadable)))


def _signature(archive: Archive, pictures: Pictures, name: str, seals: _Seals) -> None:
    root = archive.xml(name)
    if root is None:
        return
    folder = name.rpartition("/")[0]
    for entry in list(root.iter()):
        kind = local(entry)
        if kind == "Provider":
            for key in ("ProviderName", "Company"):
                _note(take_attribute(entry, key), seals)
        elif kind in _OWN:
            take(entry)
        elif kind in ("Reference", "FileRef", "CheckValue"):
            continue
        elif kind == "Seal":
            _binary(archive, pictures, archive.resolve(_path(entry), folder), seals)
        elif kind == "SignedValue":
            _binary(archive, pictures, archive.resolve(take(entry), folder), seals)


def _path(seal: etree._Element) -> str:
    inner = child(seal, "BaseLoc")
    return take(inner if inner is not None else seal).strip()


def _binary(archive: Archive, pictures: Pictures, name: str | None, seals: _Seals) -> None:
    if name is None or archive.is_read(name):
        return
    data = archive.data(name)
    if not data:
        return
    try:
        found_values = list(values(data))
    except DerError:
        _undecoded(archive, pictures, name, data, seals)
        return
    for value in found_values:
        if value.text:
            _note(value.text, seals)
        elif len(value.data) >= _LEAST_PICTURE_BYTES:
            _picture(archive, pictures, value.data)


def _undecoded(archive: Archive, pictures: Pictures, name: str, data: bytes, seals: _Seals) -> None:
    """A signed value that is no DER: a bare signature is only a number, a text is a text."""
    if sniff(data, "") != BINARY:
        read_unknown(archive, pictures, name, data, f"签章 {name}")
    elif len(data) > _BARE_SIGNATURE_BYTES:
        seals.unreadable.append(name)


def _note(text: str, seals: _Seals) -> None:
    """Names and addresses; identifiers of algorithms and serial numbers of makers say nothing to a reader."""
    if telling(text) or (len(text) > 1 and not text.isascii()):
        seals.names.setdefault(text)


def _picture(archive: Archive, pictures: Pictures, data: bytes) -> None:
    """The picture of a seal is a picture, or a small OFD of its own."""
    if is_picture("", data):
        pictures.shown(data, "印章")
    elif data.startswith(b"PK") and sniff(data, "seal.ofd") == _OFD:
        archive.scribe.enclose(read_embedded(data, "seal.ofd"), "印章图案", Enclosure.CHUNK)


def _unreadable(count: int) -> str:
    return tr(
        f"{count} 个签章数据无法解读，其中的签章人、印章名称未读取：请打开签章属性核对",
        f"{count} seal(s) or signature(s) could not be decoded: open the signature properties and check the names",
    )
