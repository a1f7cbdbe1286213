"""What is drawn in a .doc: shapes and their words, pictures in the text and behind it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reviewer.extract.ole.container import Container
from reviewer.extract.ole.doc.fib import Table
from reviewer.extract.ole.doc.notes import HEADERS, Source, positions
from reviewer.extract.ole.doc.story import Desk
from reviewer.extract.ole.doc.strings import field_texts
from reviewer.extract.ole.officeart import (
    SHAPE,
    STORE_ENTRY,
    Shape,
    StoreEntry,
    embedded_pictures,
    picture,
    read_shape,
    store_entry,
)
from reviewer.extract.ole.records import Record, record_at, records
from reviewer.extract.ooxml.drawing import Aside, saying_name
from reviewer.terms import Part

_SPA_BYTES = 26
_WITH_FILE_NAME = 0x66
_FIELD_MARK = b"\xff" * 4
_SHAPE_MODES = (0x64, 0x66)


class Drawn:
    """Writes down the drawings of one document."""

    def __init__(self, container: Container, desk: Desk, source: Source) -> None:
        self._container = container
        self._desk = desk
        self._source = source
        self._data = container.compound.root.stream("Data") or b""

    def write(self) -> None:
        """Pictures in the text, then shapes on the page, then what lies in the store without a shape."""
        for anchor, place in self._desk.pictures:
            if anchor.picture is None or anchor.is_ole:
                continue
            if anchor.is_data:
                self._field(anchor.picture, place)
            else:
                self._inline(anchor.picture, place)
        art = self._source.tables[Table.DRAWINGS]
        tops = tuple(_drawings(art))
        store = [store_entry(record) for top in tops for record in top.all() if record.kind == STORE_ENTRY]
        places = self._places()
        for container in (record for top in tops for record in top.all() if record.kind == SHAPE):
            shape = read_shape(container)
            place = places.get(shape.identity, "")
            self._shape(shape, place or "图形", store, near=place)
            for content in embedded_pictures(container):
                self._container.pictures.placed(content, place)
        for entry in store:
            self._stored(entry, "")

    def _shape(self, shape: Shape, place: str, store: list[StoreEntry], *, near: str) -> None:
        self._container.packages.append(shape.package)
        for aside in shape.asides:
            self._aside(aside, place)
        for number in shape.pictures:
            if 0 < number <= len(store):
                self._stored(store[number - 1], near)

    def _aside(self, aside: Aside, place: str) -> None:
        watermark = place.startswith("页") and aside.what == "艺术字"
        what = "水印" if watermark else aside.what
        self._desk.scribe.add(aside.text, f"{place} {what}", part=aside.part or Part.BODY, hidden=aside.hidden)

    def _stored(self, entry: StoreEntry, near: str) -> None:
        content = entry.picture
        if content is None and entry.delayed >= 0:
            record = record_at(self._source.main, entry.delayed)
            content = None if record is None else picture(record)
            if record is not None and content is not None:
                self._container.take(("WordDocument",), entry.delayed, record.end)
        if content is not None:
            self._container.pictures.placed(content, near)

    def _places(self) -> dict[int, str]:
        """The place at which each shape is anchored."""
        places: dict[int, str] = {}
        for table, story in ((Table.DRAWN_IN_TEXT, 0), (Table.DRAWN_IN_HEADERS, HEADERS)):
            packed = self._source.tables[table]
            marks = positions(packed, _SPA_BYTES)
            start, _ = self._source.range(story)
            for number, mark in enumerate(marks[:-1]):
                at = 4 * len(marks) + _SPA_BYTES * number
                identity = int.from_bytes(packed[at : at + 4], "little")
                places[identity] = self._desk.anchors.get(start + mark, "页眉" if story else "")
        return places

    def _field(self, at: int, place: str) -> None:
        """What a form field says beside its value ([MS-DOC] 2.9.158 NilPICFAndBinData, 2.9.78 FFData)."""
        size, header = struct.unpack_from("<IH", self._data, at) if at + 6 <= len(self._data) else (0, 0)
        field = self._data[at + header : at + size]
        if field[:4] != _FIELD_MARK:
            return
        self._container.take(("Data",), at, at + size)
        for text in field_texts(field):
            self._aside(Aside(text=text, what="窗体域", part=Part.FORM_VALUE), place)

    def _inline(self, at: int, place: str) -> None:
        """A picture in the line ([MS-DOC] 2.9.192 PICFAndOfficeArtData)."""
        if at + 8 > len(self._data):
            return
        size, header, mode = struct.unpack_from("<IHH", self._data, at)
        end = min(at + size, len(self._data))
        if end <= at + header:
            return
        self._container.take(("Data",), at, end)
        body = at + header
        if mode == _WITH_FILE_NAME and body < end:
            length = self._data[body]
            name = self._data[body + 1 : body + 1 + length].decode("gb18030", "replace")
            if saying_name(name) or name:
                self._aside(Aside(text=name, what="链接图片", part=Part.PROPERTY), place)
            body += 1 + length
        if mode not in _SHAPE_MODES:
            self._container.pictures.placed(self._data[body:end], place)
            return
        for record in records(self._data, body, end):
            self._inline_record(record, place)

    def _inline_record(self, record: Record, place: str) -> None:
        if record.kind == SHAPE:
            for aside in read_shape(record).asides:
                self._aside(aside, place)
        content = store_entry(record).picture if record.kind == STORE_ENTRY else picture(record)
        if content is not None:
            self._container.pictures.placed(content, place)


def _drawings(art: bytes) -> Iterator[Record]:
    """The containers of an OfficeArtContent: the group, then each drawing behind a byte that says where it belongs."""
    group = record_at(art, 0)
    if group is None:
        return
    yield group
    at = group.end
    while (record := record_at(art, at + 1)) is not None:
        yield record
        at = record.end
