"""Presentations of the years before 2007 (.ppt, .pps, .pot, and .dps of WPS): slides in their order, notes, masters.

[MS-PPT]. Only what the last edit refers to is shown; what earlier edits left in the file is read as hidden.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import islice

from reviewer.extract.limits import time_left_s
from reviewer.extract.ole.container import LEFTOVER, Container, open_container
from reviewer.extract.ole.objects import read_object
from reviewer.extract.ole.ppt import kinds
from reviewer.extract.ole.ppt.persist import Edits, read_edits
from reviewer.extract.ole.ppt.slides import Page, PageReader, is_hidden, lines, strings, text_of_atom, wide
from reviewer.extract.ole.properties import read_properties
from reviewer.extract.ole.records import Record, record_at, records
from reviewer.extract.ole.rest import encrypted, read_rest
from reviewer.extract.prompts import is_prompt
from reviewer.extract.residue import Known
from reviewer.extract.scribe import Enclosure, Extracted, Scribe
from reviewer.extract.telling import telling
from reviewer.language import tr
from reviewer.terms import Part

MAIN_STREAM = "PowerPoint Document"
_CURRENT_USER = "Current User"
_MOST_UNPACKED = 1 << 28
_MOST_SLIDES = 10_000
_LEAST_S = 6.0
_PLACES = {
    kinds.HEADERS_FOOTERS: ("页眉页脚", Part.FOOTER),
    kinds.HYPERLINK: ("链接", Part.FIELD_CODE),
    kinds.NAMED_SHOW: ("自定义放映", Part.PROPERTY),
}
_PACKED = 1


def read(data: bytes) -> Extracted:
    """Read a presentation."""
    scribe = Scribe()
    container = open_container(scribe, data)
    if container is None:
        return scribe.finish()
    root = container.compound.root
    stream, current = root.stream(MAIN_STREAM) or b"", root.stream(_CURRENT_USER)
    edits = read_edits(stream, current)
    if edits.encrypted:
        scribe.gap("全文", encrypted())
        for name in (MAIN_STREAM, "Pictures"):
            container.take((name,))
    else:
        _Presentation(container, stream, edits).write()
    scribe.add(_user(current or b""), "最后保存者", part=Part.PROPERTY, hidden=True)
    read_properties(container, root, of_slides=True)
    read_rest(container, MAIN_STREAM)
    return scribe.finish()


def _user(current: bytes) -> str:
    """Who saved last ([MS-PPT] 2.3.2 CurrentUserAtom): in one-byte letters, then in UTF-16."""
    if len(current) < 28:
        return ""
    (length,) = struct.unpack_from("<H", current, 20)
    name = current[28 + length + 4 : 28 + 3 * length + 4].decode("utf-16-le", "ignore")
    return name or current[28 : 28 + length].decode("latin-1")


class _Presentation:
    """Writes one presentation down."""

    def __init__(self, container: Container, stream: bytes, edits: Edits) -> None:
        self._container = container
        self._scribe = container.scribe
        self._stream = stream
        self._edits = edits
        self._shown: set[int] = set()  # where the records lie that were read

    def write(self) -> None:
        document = self._object(self._edits.document)
        if document is None or document.kind != kinds.DOCUMENT or not self._edits.whole:
            self._scribe.gap(
                "正文",
                tr("文件结构已损坏，幻灯片未按顺序读全", "the structure is damaged; slides were not read in order"),
            )
        if document is not None and document.kind == kinds.DOCUMENT:
            self._pages(document)
            self._facts(document)
        known = Known([self._scribe.finish().text])
        self._objects()
        self._former(known)
        self._container.take((MAIN_STREAM,))

    def _object(self, number: int) -> Record | None:
        at = self._edits.objects.get(number)
        record = None if at is None else record_at(self._stream, at)
        if record is None or record.start in self._shown:  # a list may name the same page without end
            return None
        self._shown.add(record.start)
        return record

    def _pages(self, document: Record) -> None:
        reader = PageReader(self._container, document.first(kinds.DRAWING_GROUP))
        slides = list(islice(self._listed(document, kinds.SLIDES), _MOST_SLIDES))
        notes = dict(self._notes(document))
        for number, (identity, slide, outline) in enumerate(slides, 1):
            label = f"幻灯片{number}"
            if time_left_s() < _LEAST_S:
                self._scribe.gap(
                    label, tr("读取时间用尽，此后未读取：拆分后再审", "out of time: split it and review again")
                )
                break
            if slide is None:
                self._scribe.gap(label, tr("幻灯片不在文件中", "the slide is missing from the file"))
                for text in (line for piece in outline for line in lines(piece)):
                    self._scribe.add(text, f"{label} 大纲", hidden=True)
                continue
            reader.write(slide, Page(label=label, hidden=is_hidden(slide), outline=outline))
            if identity in notes:
                reader.write(notes.pop(identity), Page(label=f"{label} 备注", part=Part.NOTES, hidden=True))
        for page in notes.values():
            reader.write(page, Page(label="备注（未列入）", part=Part.NOTES, hidden=True))
        for number, (_, master, outline) in enumerate(self._listed(document, kinds.MASTERS), 1):
            if master is not None:
                pattern = Page(label=f"母版{number}", part=Part.TEXT_BOX, outline=outline, is_pattern=True)
                reader.write(master, pattern)
        for number in self._edits.objects:
            record = record_at(self._stream, self._edits.objects[number])
            if record is not None and record.start not in self._shown and record.kind in _PATTERNS:
                self._shown.add(record.start)
                reader.write(
                    record, Page(label=_PATTERNS[record.kind], part=Part.TEXT_BOX, hidden=True, is_pattern=True)
                )
        reader.store()

    def _listed(self, document: Record, what: int) -> Iterator[tuple[int, Record | None, tuple[str, ...]]]:
        """Number, record and outline texts of each page in a list of the document, in order."""
        for group in document.inner():
            if group.kind != kinds.LIST_WITH_TEXT or group.instance != what:
                continue
            entry: Record | None = None
            texts: list[str] = []
            for record in group.inner():
                if record.kind == kinds.SLIDE_PERSIST:
                    if entry is not None:
                        yield self._entry(entry, texts)
                    entry, texts = record, []
                elif record.kind == kinds.TEXT_HEADER:
                    texts.append("")  # one that is never filled still counts
                elif (text := text_of_atom(record)) is not None:
                    texts[-1:] = [text]
            if entry is not None:
                yield self._entry(entry, texts)

    def _entry(self, entry: Record, texts: list[str]) -> tuple[int, Record | None, tuple[str, ...]]:
        if entry.end - entry.start < 16:
            return -1, None, tuple(texts)
        reference, identity = struct.unpack_from("<I8xI", entry.body)
        return identity, self._object(reference), tuple(texts)

    def _notes(self, document: Record) -> Iterator[tuple[int, Record]]:
        """Notes pages by the number of the slide that they belong to."""
        for number, (_, page, _) in enumerate(self._listed(document, kinds.NOTES_PAGES)):
            atom = None if page is None else page.first(kinds.NOTES_ATOM)
            if page is not None:
                body = b"" if atom is None else atom.body
                yield int.from_bytes(body[:4], "little") if len(body) >= 4 else -1 - number, page

    def _facts(self, document: Record) -> None:
        """Footers, links, names of shows, sounds: what the document says beside its slides."""
        told: set[tuple[str, str]] = set()
        for record in _facts(document):
            place, part = _PLACES.get(record.kind, ("文稿信息", Part.PROPERTY))
            single = record.kind == kinds.STRING
            texts = (wide(record),) if single else tuple(strings(record)) if record.kind in _PLACES else ()
            for text in texts:
                if (place, text) not in told and (not single or telling(text)):
                    told.add((place, text))
                    self._scribe.add(text, place, part=part, hidden=True)
            if record.kind == kinds.SOUND_DATA:
                self._scribe.gap("声音", tr("音频或视频，未读取", "audio or video, not read"))

    def _objects(self) -> None:
        """Embedded objects and macros, each a compound file in a record; packages of newer programs."""
        number = 0
        for top in records(self._stream):
            for record in top.all():
                if record.kind == kinds.OLE_STORAGE:
                    number += 1
                    label = f"嵌入对象{number}"
                    content = _unpacked(record)
                    if content is None:
                        self._scribe.gap(
                            label, tr("嵌入对象已损坏，未读取", "the embedded object is damaged; not read")
                        )
                        continue
                    self._scribe.enclose(read_object(content), label, Enclosure.OBJECT)
                elif record.kind in kinds.ROUND_TRIPS:
                    self._container.packages.append(record.body)

    def _former(self, known: Known) -> None:
        """Text of records that the last edit no longer refers to, and of what nobody asked for."""
        for top in records(self._stream):
            shown = top.start in self._shown
            for record in top.all():
                text = text_of_atom(record)
                for line in lines(text) if text is not None else ():
                    if not (shown and is_prompt(line)) and known.news(line):
                        place = "未显示的文字" if shown else f"{LEFTOVER} {MAIN_STREAM}"
                        self._scribe.add(line, place, hidden=True)


_PATTERNS = {
    kinds.SLIDE: "幻灯片（未列入）",
    kinds.NOTES: "备注母版",
    kinds.HANDOUT: "讲义母版",
    kinds.MAIN_MASTER: "母版（未列入）",
}


def _facts(document: Record, depth: int = 0) -> Iterator[Record]:
    for record in document.inner():
        if record.kind in (kinds.ENVIRONMENT, kinds.LIST_WITH_TEXT, kinds.DRAWING_GROUP):
            continue
        yield record
        if record.kind not in _PLACES and depth < 20:
            yield from _facts(record, depth + 1)


def _unpacked(record: Record) -> bytes | None:
    """The compound file of an object ([MS-PPT] 2.10.34), packed or as it is."""
    if record.instance != _PACKED:
        return record.body
    try:
        return zlib.decompressobj().decompress(record.body[4:], _MOST_UNPACKED)
    except zlib.error:
        return None
