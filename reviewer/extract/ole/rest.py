"""The last look at a compound file: objects, macros, pictures, and text in bytes that no reader understood."""

from __future__ import annotations

import re

from reviewer.extract.limits import time_left_s
from reviewer.extract.ole.compound import Storage, Stream
from reviewer.extract.ole.container import LEFTOVER, Container, Path
from reviewer.extract.ole.native import link_targets
from reviewer.extract.ole.objects import is_object, read_inner
from reviewer.extract.ole.officeart import stray_pictures
from reviewer.extract.ole.presentation import picture_within
from reviewer.extract.ole.properties import read_properties
from reviewer.extract.ole.roundtrip import package_texts
from reviewer.extract.ole.vba import is_project, read_project
from reviewer.extract.package.xml import UnreadableError, parse
from reviewer.extract.residue import LEAST_S, Known, OutOfTimeError, residue, without
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

# Streams of the programs' own: a sweep finds what text they hold.
_PROGRAM = re.compile(
    r"\x01compobj|\x01ole|\x03objinfo|\x03linkinfo|\x03ocxname|\x01ole10itemname|worddocument|[01]table|data|workbook|"
    r"book|powerpoint document|current user|pictures|wpscustomdata|encryptedsummary|\x05.*",
    re.IGNORECASE,
)
_PRESENTATION = re.compile(r"\x02olepres\d*|\x03eprint|\x03meta|\x03print|\x03pic", re.IGNORECASE)
_LINK = re.compile(r"\x01ole|\x03linkinfo", re.IGNORECASE)
_CUSTOM_XML = "msodatastore"
_SIGNATURES = ("_xmlsignatures", "_signatures")
_SMALL = 64
"""Bytes: a shorter stream of an unknown name is a flag or a number."""


def read_rest(container: Container, *main: str) -> None:
    """Account for all that is left. `main`: the streams whose leftovers are former text of the document itself."""
    container.take_storage(("\x06DataSpaces",))
    _faults(container)
    _storages(container)
    known = Known([container.scribe.finish().text])
    _packages(container, known)
    for path, storage in container.compound.root.walk():
        for stream in storage.streams:
            if not container.is_dealt_with(path):
                _stream(container, (*path, stream.name), stream, known, part=_part(path, stream, main))
    for orphan in container.compound.orphans:
        _stream(container, ("游离流", orphan.name), orphan, known, part=Part.BODY)
    _sweep(container, b"\0\0".join(container.compound.slack), "空闲扇区", known, Part.BODY)


def _part(path: Path, stream: Stream, main: tuple[str, ...]) -> Part:
    return Part.BODY if not path and stream.name in main else Part.ATTRIBUTE


def _faults(container: Container) -> None:
    if container.compound.faults:
        container.scribe.gap(
            "文件", tr("文件已损坏，部分内容未能读取：另存一份再审", "the file is damaged and was not read in full")
        )


def _storages(container: Container) -> None:
    """Storages that are read as a whole; those inside them are no longer asked for."""
    objects = 0
    for path, storage in container.compound.root.walk():
        if not path or path in container.entered or container.is_dealt_with(path):
            continue
        if is_project(storage):
            container.take_storage(path)
            read_project(container.scribe, storage)
        elif is_object(storage) or path[-2:-1] == ("ObjectPool",):
            objects += 1
            read_inner(container, storage, path, f"嵌入对象{objects}")
        elif path[0].casefold() == _CUSTOM_XML:
            _custom_xml(container, storage, path)
        elif path[0].casefold() in _SIGNATURES:
            container.take_storage(path)
            container.scribe.gap(
                path[0], tr("数字签名含签名人证书，未解读", "the signature holds the signer's certificate, not decoded")
            )
        else:
            read_properties(container, storage, path)


def _packages(container: Container, known: Known) -> None:
    for package in container.packages:
        try:
            for text in filter(known.news, package_texts(package)):
                if telling(text):
                    container.scribe.add(text, "新版备份内容", part=Part.ATTRIBUTE, hidden=True)
        except UnreadableError as error:
            container.scribe.gap("新版备份内容", str(error))


def _custom_xml(container: Container, storage: Storage, path: Path) -> None:
    """Data that an office's own programs keep in the document."""
    for stream in storage.streams:
        container.take((*path, stream.name))
        try:
            root = parse(stream.data)
        except UnreadableError as error:
            container.scribe.gap("自定义XML", str(error))
            continue
        texts = [text.strip() for element in root.iter() for text in (element.text, element.tail) if text]
        values = [str(value) for element in root.iter() for value in element.attrib.values()]
        for text in dict.fromkeys((*filter(None, texts), *filter(telling, values))):
            container.scribe.add(text, "自定义XML", part=Part.PROPERTY, hidden=True)


def _stream(container: Container, path: Path, stream: Stream, known: Known, *, part: Part) -> None:
    """What of one stream was not read: its text is told; what may be more than text is a gap."""
    name, taken = stream.name, container.taken.get(path, [])
    place = "/".join(part.lstrip("\x01\x02\x03\x05\x06") for part in path)
    if _PRESENTATION.fullmatch(name):
        _presentation(container, stream.data, place)
        return
    if _LINK.fullmatch(name):
        for text in link_targets(stream.data):
            container.scribe.add(text, f"{place} 链接", part=Part.PROPERTY, hidden=True)
    left = without(stream.data, taken)
    if not taken and len(left) > _SMALL and not _PROGRAM.fullmatch(name):
        container.scribe.gap(place, _unknown())
    strays = tuple(stray_pictures(left))
    container.pictures.leftover(picture for _, picture in strays)
    left = without(left, [(record.start, record.end) for record, _ in strays])
    _sweep(container, left, place, known, part)


def _sweep(container: Container, data: bytes, place: str, known: Known, part: Part) -> None:
    try:
        if time_left_s() < LEAST_S:
            raise OutOfTimeError
        for text in filter(known.news, residue(data)):
            container.scribe.add(text, f"{LEFTOVER} {place}", part=part, hidden=True)
    except OutOfTimeError:
        container.scribe.gap(place, _no_time())


def _no_time() -> str:
    return tr(
        "读取时间用尽，未搜寻残留文字：拆分后再审",
        "out of time, not swept for leftover text: split it and review again",
    )


def _presentation(container: Container, data: bytes, place: str) -> None:
    """The picture by which an object is shown while nobody has opened it."""
    container.pictures.placed(picture_within(data), place)


def _unknown() -> str:
    return tr("不认识的部分，只搜寻了文字：由审核人核对", "unknown part, only swept for text: let a reviewer check it")


def encrypted() -> str:
    """The reason of the gap for a document that a password locks."""
    return tr(
        "文件已加密，需要密码才能打开，未读取：去除密码后再审",
        "the file is encrypted: remove the password and review again",
    )
